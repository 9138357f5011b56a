"""How far a batch has come, on a terminal: a bar, the rate, the time left. Nothing where there is no terminal."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tqdm import tqdm

from service.bulk.inputs import Input
from service.bulk.outputs import Progress

_FORMAT = "{percentage:3.0f}%|{bar:30}| {desc} [{elapsed}<{remaining}]"
_FORMAT_WITHOUT_END = "{desc} [{elapsed}]"


def bar_for(source: Input, *, hidden: bool = False) -> Callable[[Progress], None]:
    """Return a function that draws the progress it is given, on standard error."""
    total = source.total
    bar = tqdm(
        total=total,
        bar_format=_FORMAT if total else _FORMAT_WITHOUT_END,
        disable=True if hidden else None,  # None: where standard error is no terminal
    )
    start: list[tuple[float, int]] = []

    def draw(progress: Progress) -> None:
        n_records = progress.n_results + progress.n_problems
        if not start:
            start.append((monotonic(), n_records))
            bar.initial = bar.n = progress.position.progress  # of an earlier run: no part of the rate
        began, n_before = start[0]
        rate = (n_records - n_before) / max(monotonic() - began, 1e-9)
        said = f"{n_records:,} records, {progress.n_problems:,} refused, {rate:,.0f}/s"
        bar.set_description_str(said, refresh=False)
        bar.update(progress.position.progress - bar.n)
        if progress.is_whole:
            bar.close()

    return draw
