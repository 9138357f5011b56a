"""Fit how far a bullet leans on the text before it (`statements.UNCLEAR`) on what readers said of bullets.

    python -m benchmarks.fit_standing

A logistic regression over the table beside this file: whether a reader found a bullet unclear alone, by what it leans
on; a ridge keeps rare signs small.

    python -m benchmarks.fit_standing STORIES.jsonl DRAW.jsonl VERDICTS.jsonl...

prints the lines of that table for one draw (`benchmarks.draw_highlights`) and its readers' verdicts, JSON lines of
`number` and `alone`. The table holds no text: signs, how many verdicts, how many of them "unclear".
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from service.article.languages import get_language
from service.article.words import known_terms, terms
from service.summary.clauses import read_clauses
from service.summary.statements import UNCLEAR, leans

TABLE = Path(__file__).with_name("standing_verdicts.csv")
_RIDGE = 4.0
_STEPS = 30


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def signs_of(highlight: str, source: str, stories: Sequence[str]) -> tuple[str, ...]:
    """Return what a bullet leans on in the story that its source stands in."""
    english = get_language("en")
    known, stems = known_terms(english), frozenset[str]()
    if story := next((story for story in stories if source in story), ""):
        stems = frozenset(terms(story[: story.index(source)], english))
    reading = read_clauses(highlight, is_english=True)
    return tuple(leans(reading, [True] * reading.n, lambda word: known[word] in stems))


def counted(stories: Path, draw: Path, verdicts: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """Yield (signs, verdicts, verdicts that say "unclear"), for each combination of signs in a draw."""
    texts = [story["article"] for story in _lines(stories)]
    signs = {row["number"]: "; ".join(signs_of(row["highlight"], row["source"], texts)) for row in _lines(draw)}
    judged: Counter[str] = Counter()
    unclear: Counter[str] = Counter()
    for verdict in (verdict for path in verdicts for verdict in _lines(path)):
        judged[signs[verdict["number"]]] += 1
        unclear[signs[verdict["number"]]] += not verdict["alone"]
    for one in sorted(judged):
        yield one, judged[one], unclear[one]


def fit() -> None:
    """Print each sign's weight in the table, with how often bullets that have it were unclear."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged = np.array([int(row["judged"]) for row in rows])
    unclear = np.array([int(row["unclear"]) for row in rows])
    has = np.array([[True, *(sign in row["signs"].split("; ") for sign in UNCLEAR)] for row in rows], dtype=np.float64)
    ridge = np.diag([0.0, *[_RIDGE] * len(UNCLEAR)])
    weights = np.zeros(has.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-has @ weights))
        curvature = (has * (judged * chance * (1 - chance))[:, None]).T @ has + ridge
        weights += np.linalg.solve(curvature, has.T @ (unclear - judged * chance) - ridge @ weights)
    print(f"{judged.sum():,} verdicts, {unclear.sum() / judged.sum():.1%} unclear; without a sign {weights[0]:+.2f}")
    for sign, weight, column in zip(UNCLEAR, weights[1:], has.T[1:], strict=True):
        n = judged @ column
        print(f"{weight:+.2f}  {UNCLEAR[sign]:+.2f} in use  {n:5,.0f}  {unclear @ column / max(n, 1):4.0%}  {sign}")


def main() -> None:
    """Count one draw, or fit on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path, nargs="?")
    parser.add_argument("draw", type=Path, nargs="?")
    parser.add_argument("verdicts", type=Path, nargs="*")
    arguments = parser.parse_args()
    if arguments.stories is None:
        fit()
    else:
        csv.writer(sys.stdout).writerows(counted(arguments.stories, arguments.draw, arguments.verdicts))


if __name__ == "__main__":
    main()
