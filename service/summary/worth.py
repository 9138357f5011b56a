"""What a word is worth in a bullet: the chance that an editor's bullets hold it.

A word weighs what the sentences that hold it score together: central sentences, and with `fusion` early ones, lend
their weight. A logistic curve makes a chance of it. Its numbers were fitted on news-dev by `benchmarks/fit_worth.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp

_BIAS, _SLOPE, _NAME = -3.36, 2.0, 0.34
"""Log-odds of a word of no weight, for each point of weight, and for a word with a capital."""
FUNCTION_WORD = 0.03
"""A function word's worth: many are in any bullet, so a shared one says little."""


_MOST_WEIGHT = 100.0
"""Past it the chance is 1 to the last digit, and `exp` would overflow."""


def word_worth(terms: Iterable[Sequence[str]], scores: Iterable[float]) -> dict[str, tuple[float, float]]:
    """Return term -> chance, from 0 to 1, that an editor's bullets hold it: written small, with a capital.

    `terms` are by sentence, `scores` too, from 0 to 1. Cost: linear.
    """
    weights: dict[str, float] = defaultdict(float)
    for sentence_terms, score in zip(terms, scores, strict=True):
        for term in set(sentence_terms):
            weights[term] += score
    return {term: (_chance(weight, 0.0), _chance(weight, _NAME)) for term, weight in weights.items()}


def _chance(weight: float, bonus: float) -> float:
    return 1 / (1 + exp(-_BIAS - _SLOPE * min(weight, _MOST_WEIGHT) - bonus))
