"""Text to summary: Nutgraf beside its peers, in one run on one machine.

    make bench-speed                                      the table of docs/explanation/performance.md, half an hour
    python -m benchmarks.speed --sizes 40 200 --runs 9    other sizes
    python -m benchmarks.speed --only fusion              no peers, nothing to install

CPU time, one thread, median over texts that share no sentence (`texts.py`). Each peer has an environment of its own,
made once in `.bench/` from the pinned list in `benchmarks/peers/`. A peer that takes over 150 seconds at a size is not
asked for a larger one. "Warm" has seen other texts, never this one; "cold" forgets every word before each text.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

from benchmarks.contestants import CONTESTANTS, PEERS

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parent / ".bench"
LIMIT_SECONDS = 150
MOST_PEER_SENTENCES = 10_000
"""Peers are asked for no more: sumy's matrices of 50,000 sentences take 17 GiB."""
_FITTED_FROM = 200
"""The exponent is fitted on texts of so many sentences and more."""


class Measured(NamedTuple):
    """One contestant at one size."""

    seconds: float
    """Median of CPU time."""
    peak: float | None
    """MiB over the loaded process."""


def measured(name: str, n_sentences: int, runs: int) -> Measured | None:
    """Measure a contestant in its environment; None where a peer would take too long or too much."""
    if name in PEERS and n_sentences > MOST_PEER_SENTENCES:
        return None
    python = str(_python_of(PEERS[name])) if name in PEERS else sys.executable
    command = [python, "-m", "benchmarks.contestants", name, str(n_sentences), str(runs)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    limit = LIMIT_SECONDS if name in PEERS else None
    try:
        done = subprocess.run(
            command, cwd=HERE.parent, env=environment, capture_output=True, text=True, check=True, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{name} failed at {n_sentences} sentences:\n{error.stderr}") from None
    answer = json.loads(done.stdout)
    return Measured(statistics.median(answer["seconds"]), answer["peak"])


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
    points = [(math.log(size), math.log(found.seconds)) for size, found in by_size.items() if size >= _FITTED_FROM]
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
        for name, by_size in table.items():
            asked_before = [earlier for earlier in given.sizes if earlier < size]
            if all(earlier in by_size for earlier in asked_before) and (found := measured(name, size, given.runs)):
                by_size[size] = found
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
            seconds = by_size[size].seconds
            ratio = f" ({seconds / first[size].seconds:.1f} ×)" if by_size is not first and size in first else ""
            cells.append(f"{1000 * seconds:,.1f}{ratio}")
        slope, peak = exponent(by_size), by_size[max(by_size)].peak if by_size else None
        cells += ["" if slope is None else f"{slope:.2f}", "" if peak is None else f"{peak:.0f}"]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
