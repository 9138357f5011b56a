"""What a word is worth in a bullet: the chance that an editor's bullets hold it.

The odds of a word grow with the scores of the sentences that hold it, added up (central sentences, and with `fusion`
early ones, lend their weight), and with how often it stands in the text; in a longer text a word has more rivals. A
name's odds are a quarter higher. The four exponents were fitted on news-dev by `benchmarks/fit_worth.py`: a logistic
regression on logarithms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import exp

_BY_SCORE, _BY_COUNT, _BY_LENGTH, _NAME = 0.69, 0.89, -0.56, 0.22
"""Exponents of the summed scores, the count and the number of sentences; log-odds for a word with a capital."""
LEAST_WEIGHT = 0.01
"""Added to the summed scores, so that a word of sentences that score nothing still has odds."""
FUNCTION_WORD = 0.035
"""A function word's worth: many are in any bullet, so a shared one says little."""

_FOR_NAMES = exp(_NAME)


class WordWorth(dict[str, tuple[float, float] | None]):
    """Term -> chance, from 0 to 1, that an editor's bullets hold it: written small, with a capital.

    None for a term that the text does not have. Chances are worked out when asked for: most terms never are.
    """

    def __init__(self, terms: Sequence[Sequence[str]], scores: Sequence[float]) -> None:
        """Count; `terms` are by sentence, repeats kept, `scores` too, from 0 to 1. Cost: linear."""
        super().__init__()
        self._counts = Counter(chain.from_iterable(terms))
        self._weights = dict.fromkeys(self._counts, LEAST_WEIGHT)
        for sentence_terms, score in zip(terms, scores, strict=True):
            for term in set(sentence_terms):
                self._weights[term] += score
        self._of_length: float = max(1, len(terms)) ** _BY_LENGTH

    def __missing__(self, term: str) -> tuple[float, float] | None:
        """Work it out, and keep it."""
        count = self._counts.get(term)
        if count is None:
            return None
        odds = self._of_length * self._weights[term] ** _BY_SCORE * count**_BY_COUNT
        self[term] = worth = odds / (1 + odds), odds * _FOR_NAMES / (1 + odds * _FOR_NAMES)
        return worth
