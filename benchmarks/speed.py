"""Text to summary: Nutgraf beside its peers, in one run on one machine.

    make bench-speed                                      the table of docs/explanation/performance.md, half an hour
    python -m benchmarks.speed --sizes 40 200 --runs 9    other sizes
    python -m benchmarks.speed --only fusion              no peers, nothing to install

CPU time, one thread, median over texts that share no sentence (`texts.py`). All contestants take turns, text by text,
and a ratio is the median of those on the same text: a machine's speed may change by half within a minute. Each peer has
an environment of its own, made once in `.bench/` from the pinned list in `benchmarks/peers/`. A peer that takes over
150 seconds at a size is not asked for a larger one. "Warm" has seen other texts, never this one; "cold" forgets every
word before each text.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import select
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple, cast

from benchmarks.contestants import CONTESTANTS, PEERS, SLOW_SECONDS

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent / ".bench"
LIMIT_SECONDS = 150
MOST_PEER_SENTENCES = 10_000
"""Peers are asked for no more: sumy's matrices of 50,000 sentences take 17 GiB."""
_FITTED_FROM = 200
"""The exponent is fitted on texts of so many sentences and more."""


class Measured(NamedTuple):
    """One contestant at one size."""

    times: list[float]
    """Seconds of CPU, by text; one that takes over `SLOW_SECONDS` is the last."""
    peak: float | None
    """MiB over the loaded process."""

    def seconds(self) -> float:
        """Return the median."""
        return statistics.median(self.times)

    def times_as_long_as(self, other: Measured) -> float:
        """Return the median of the ratios on the texts that both have done."""
        return statistics.median(one / another for one, another in zip(self.times, other.times, strict=False))


class Contestant:
    """A process that measures a contestant, in its environment."""

    def __init__(self, name: str, n_sentences: int) -> None:
        """Start it."""
        python = str(_python_of(PEERS[name])) if name in PEERS else sys.executable
        self._name = name
        self._left = LIMIT_SECONDS if name in PEERS else math.inf
        self._process = subprocess.Popen(
            [python, "-m", "benchmarks.contestants", name, str(n_sentences)],
            cwd=HERE.parent,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._asked = cast("IO[str]", self._process.stdin)
        self._said = cast("IO[str]", self._process.stdout)
        self.is_over = self._answer() is None
        self.measured: Measured | None = None

    def measure(self, seed: int) -> None:
        """Have it do a text; it is over when its time is up, or the text has taken so long that one is enough."""
        self._asked.write(f"{seed}\n")
        self._asked.flush()
        said = self._answer()
        if said is None:
            self.measured, self.is_over = None, True
            self.stop()  # it would slow the others
            return
        answer = json.loads(said)
        times = [*(self.measured.times if self.measured else []), answer["seconds"]]
        self.measured = Measured(times, answer["peak"])
        self.is_over = times[-1] > SLOW_SECONDS

    def stop(self) -> None:
        """End it, by its process id; it may be over."""
        self._process.kill()
        self._process.wait()
        self._asked.close()
        self._said.close()

    def _answer(self) -> str | None:
        """Return its next line, None when its time is up."""
        begun = time.monotonic()
        wait = None if self._left == math.inf else max(0.0, self._left)
        if not select.select([self._said], [], [], wait)[0]:
            return None
        self._left -= time.monotonic() - begun
        if not (line := self._said.readline()):
            raise SystemExit(f"{self._name} failed; its error stands above.")
        return line


def measured(names: Sequence[str], n_sentences: int, runs: int) -> dict[str, Measured]:
    """Measure contestants, in turns; without those that take too long."""
    contestants: dict[str, Contestant] = {}
    try:
        for name in names:
            contestants[name] = Contestant(name, n_sentences)
        for seed in range(runs):
            for contestant in contestants.values():
                if not contestant.is_over:
                    contestant.measure(seed)
        return {name: one.measured for name, one in contestants.items() if one.measured}
    finally:
        for contestant in contestants.values():
            contestant.stop()


def _python_of(peer: str) -> Path:
    """Return the interpreter of a peer's environment; make the environment first where there is none."""
    folder = ENVIRONMENTS / peer
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"Making {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers" / f"{peer}.txt"], check=True)
    return python


def exponent(by_size: dict[int, Measured]) -> float | None:
    """Fit seconds = a n^b by least squares on logarithms, from `_FITTED_FROM` sentences on; return b."""
    points = [(math.log(size), math.log(found.seconds())) for size, found in by_size.items() if size >= _FITTED_FROM]
    if len(points) < 2:  # noqa: PLR2004 # a line needs two
        return None
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def main() -> None:
    """Print a row for each contestant and a column for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[40, 200, 1000, 5000, 50_000], metavar="N")
    parser.add_argument("--runs", type=int, default=9, metavar="N", help="texts of each size (the default: 9)")
    parser.add_argument("--only", nargs="+", choices=list(CONTESTANTS), default=list(CONTESTANTS), metavar="NAME")
    given = parser.parse_args()
    table: dict[str, dict[int, Measured]] = {name: {} for name in given.only}
    for size in given.sizes:
        asked_before = [earlier for earlier in given.sizes if earlier < size]
        names = [name for name, by_size in table.items() if all(earlier in by_size for earlier in asked_before)]
        names = [name for name in names if name not in PEERS or size <= MOST_PEER_SENTENCES]
        for name, found in measured(names, size, given.runs).items():
            table[name][size] = found
    print("CPU milliseconds; times as long as the first row; fitted exponent; MiB at the largest size\n")
    print("| |" + "".join(f" {size:,} |" for size in given.sizes) + " exponent | MiB |")
    print("| --- |" + " ---: |" * (len(given.sizes) + 2))
    first = table[given.only[0]]
    for name, by_size in table.items():
        cells = []
        for size in given.sizes:
            if size not in by_size:
                cells.append("")
                continue
            found = by_size[size]
            is_compared = by_size is not first and size in first
            ratio = f" ({found.times_as_long_as(first[size]):.1f} ×)" if is_compared else ""
            cells.append(f"{1000 * found.seconds():,.1f}{ratio}")
        slope, peak = exponent(by_size), by_size[max(by_size)].peak if by_size else None
        cells += ["" if slope is None else f"{slope:.2f}", "" if peak is None else f"{peak:.0f}"]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
