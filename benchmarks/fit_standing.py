"""Fit how far a bullet leans on the text before it (`statements.UNCLEAR`) on what readers said of bullets.

    python -m benchmarks.fit_standing

A logistic regression over the table beside this file: whether a reader found a bullet unclear alone, by what it leans
on; a ridge keeps rare signs small.

    python -m benchmarks.fit_standing --count STORIES.jsonl --draw DRAW.jsonl VERDICTS.jsonl... [--draw ...]

prints that table anew, as any change to `statements.leans` asks for: from draws (`benchmarks.draw_highlights`) and
their readers' verdicts, JSON lines of `number` and `alone`. It holds no text: signs, verdicts, how many say "unclear".
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.article.languages import get_language
from service.article.lines import collapsed
from service.article.words import known_terms, terms
from service.summary.clauses import read_clauses
from service.summary.statements import UNCLEAR, leans

TABLE = Path(__file__).with_name("standing_verdicts.csv")
_RIDGE = 4.0
_STEPS = 30


def _rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def signs_of(highlight: str, source: str, stories: Sequence[str]) -> tuple[str, ...]:
    """Return what a bullet leans on in the story that its source stands in."""
    english = get_language("en")
    story = next(story for story in stories if source in story)
    known, stems = known_terms(english), frozenset(terms(story[: story.index(source)], english))
    reading = read_clauses(highlight, is_english=True)
    return tuple(leans(reading, [True] * reading.n, lambda word: known[word] in stems))


def count(stories: Sequence[str], draws: Sequence[Sequence[Path]]) -> Iterator[tuple[str, int, int]]:
    """Yield (signs, verdicts, verdicts that say "unclear") for each combination of signs; readers follow a draw."""
    judged: Counter[str] = Counter()
    unclear: Counter[str] = Counter()
    for draw, *readers in draws:
        signs = {row["number"]: "; ".join(signs_of(row["highlight"], row["source"], stories)) for row in _rows(draw)}
        for verdict in chain.from_iterable(map(_rows, readers)):
            judged[signs[verdict["number"]]] += 1
            unclear[signs[verdict["number"]]] += not verdict["alone"]
    for combination in sorted(judged):
        yield combination, judged[combination], unclear[combination]


def fit(has: NDArray[np.float64], judged: NDArray[np.intp], unclear: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the log-odds of each column of `has` (n, k), whose first is the constant: by Newton's method."""
    ridge = np.diag([0.0, *[_RIDGE] * (has.shape[1] - 1)])
    weights = np.zeros(has.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-has @ weights))
        curvature = (has * (judged * chance * (1 - chance))[:, None]).T @ has + ridge
        weights += np.linalg.solve(curvature, has.T @ (unclear - judged * chance) - ridge @ weights)
    return weights


def fitted() -> Iterator[tuple[str, float, int, int]]:
    """Yield (sign, log-odds, verdicts on bullets that have it, of these "unclear"), first "" for all bullets."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged, unclear = (np.array([int(row[name]) for row in rows]) for name in ("judged", "unclear"))
    has = np.array([[True, *(sign in row["signs"].split("; ") for sign in UNCLEAR)] for row in rows], dtype=np.float64)
    for sign, weight, column in zip(["", *UNCLEAR], fit(has, judged, unclear), has.T, strict=True):
        yield sign, float(weight), int(judged @ column), int(unclear @ column)


def main() -> None:
    """Fit, or count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=Path, metavar="STORIES")
    parser.add_argument("--draw", type=Path, nargs="+", action="append", default=[])
    arguments = parser.parse_args()
    if arguments.count:
        stories = [collapsed(story["article"]) for story in _rows(arguments.count)]
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(["signs", "judged", "unclear"])
        table.writerows(count(stories, arguments.draw))
        return
    for sign, weight, judged, unclear in fitted():
        in_use = f"{UNCLEAR[sign]:+.2f}" if sign else "     "
        print(f"{weight:+.2f}  in use {in_use}  {judged:5,} verdicts, {unclear / judged:3.0%} unclear  {sign}")


if __name__ == "__main__":
    main()
