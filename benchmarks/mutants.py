"""Mutation testing: how many of a seeded sample of small changes to the core the tests notice.

    make mutants                                          200 mutants, half an hour on two idle cores
    python -m benchmarks.mutants --count 50 --seed 7      another sample

mutmut makes one mutant of each operator, number, string and call in `article`, `ranking` and `summary`, and runs the
tests that reach it. It works in a copy of the source, `mutants/`, which also keeps what it found: `mutmut show NAME`
prints the change of one that survived.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MUTANTS = ROOT / "mutants"
_NONE = "service.none.*"
"""Matches no mutant: mutmut makes them all, and tries none."""
MISSED = frozenset({0, 5, 33})
"""mutmut's codes for a mutant that no test noticed, and for one that no test reaches."""


def mutmut(*arguments: str) -> int:
    """Run mutmut in the root and return its exit code."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "mutmut", "run", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def outcomes() -> dict[str, int | None]:
    """Return what mutmut knows of each mutant: its exit code, None for one not tried."""
    found: dict[str, int | None] = {}
    for path in sorted(MUTANTS.rglob("*.meta")):
        found.update(json.loads(path.read_text("utf-8"))["exit_code_by_key"])
    return found


def main() -> None:
    """Make the mutants, try a sample, print how many were noticed and which were not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    processes = ("--max-children", str(arguments.processes))
    mutmut(*processes, _NONE)
    sample = random.Random(arguments.seed).sample(sorted(outcomes()), arguments.count)
    if mutmut(*processes, *sample):
        sys.exit("mutmut failed; what it printed above says why.")
    found = outcomes()
    missed = [name for name in sample if found[name] in MISSED]
    killed = len(sample) - len(missed)
    print(f"{killed} of {len(sample)} mutants noticed ({killed / len(sample):.0%}), of {len(found):,} there are")
    print("\n".join(f"  survived: {name}" for name in missed))


if __name__ == "__main__":
    main()
