"""What a word is worth in a bullet: the chance that an editor's bullets hold it.

The odds of a word grow with the scores of the sentences that hold it, added up (central sentences, and with `fusion`
early ones, lend their weight), and with how often it stands in the text; in a longer text a word has more rivals. A
name's odds are a quarter higher. The four exponents were fitted on news-dev by `benchmarks/fit_worth.py`: a logistic
regression on logarithms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp

_BY_SCORE, _BY_COUNT, _BY_LENGTH, _NAME = 0.69, 0.89, -0.56, 0.22
"""Exponents of the summed scores, the count and the number of sentences; log-odds for a word with a capital."""
LEAST_WEIGHT = 0.01
"""Added to the summed scores, so that a word of sentences that score nothing still has odds."""
FUNCTION_WORD = 0.03
"""A function word's worth: many are in any bullet, so a shared one says little."""

_FOR_NAMES = exp(_NAME)


def word_worth(terms: Sequence[Sequence[str]], scores: Iterable[float]) -> dict[str, tuple[float, float]]:
    """Return term -> chance, from 0 to 1, that an editor's bullets hold it: written small, with a capital.

    `terms` are by sentence, repeats kept, `scores` too, from 0 to 1. Cost: linear.
    """
    weights: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for sentence_terms, score in zip(terms, scores, strict=True):
        for term in sentence_terms:
            counts[term] += 1
        for term in set(sentence_terms):
            weights[term] += score
    length: float = max(1, len(terms)) ** _BY_LENGTH
    worth = {}
    for term, count in counts.items():
        odds = length * (weights[term] + LEAST_WEIGHT) ** _BY_SCORE * count**_BY_COUNT
        worth[term] = (odds / (1 + odds), odds * _FOR_NAMES / (1 + odds * _FOR_NAMES))
    return worth
