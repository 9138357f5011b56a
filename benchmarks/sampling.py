"""What happens beside a measurement: something done again and again, and the memory of processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def repeated(action: Callable[[], object], *, pause_seconds: float) -> Iterator[None]:
    """Do `action` in a thread, with a pause before each time, until the block ends."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(pause_seconds):
            action()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def own_memory(process: int) -> float:
    """Return the proportional set size of a process, in MiB; 0 for one that has just ended. Linux only."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0) / 1024


def family_memory(process: int) -> float:
    """Return the proportional set size of a process and of all below it, in MiB."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return 0.0
    return own_memory(process) + sum(family_memory(int(child)) for child in children)
