"""What a word is worth in a bullet: the chance that an editor's bullets hold it.

The odds of a word grow with the scores of the sentences that hold it, added up (central sentences, and with `fusion`
early ones, lend their weight), and with how often it stands in the text; in a longer text a word has more rivals. A
name's odds are a quarter higher. The four exponents were fitted on news-dev by `benchmarks/fit_worth.py`: a logistic
regression on logarithms.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

import numpy as np

from service.ranking.vectors import Rows, sums

_BY_SCORE, _BY_COUNT, _BY_LENGTH, _NAME = 0.69, 0.89, -0.56, 0.22
"""Exponents of the summed scores, the count and the number of sentences; log-odds for a word with a capital."""
LEAST_WEIGHT = 0.01
"""Added to the summed scores, so that a word of sentences that score nothing still has odds."""
FUNCTION_WORD = 0.03
"""A function word's worth: many are in any bullet, so a shared one says little."""

_FOR_NAMES = exp(_NAME)


class WordWorth(NamedTuple):
    """Chances, from 0 to 1, that an editor's bullets hold a term: by its column in the counts."""

    small: Sequence[float]
    """Where it is written small."""
    capital: Sequence[float]
    """Where it is written with a capital."""


def word_worth(counts: Rows, scores: Sequence[float]) -> WordWorth:
    """Return what each term is worth.

    `counts` is (n_sentences, n_terms), from `vectors.counted_terms`; `scores` are by sentence, from 0 to 1. Cost:
    linear in the non-zeros.
    """
    n_terms = counts.shape[1]
    weights = LEAST_WEIGHT + sums(counts.column, np.asarray(scores)[counts.row], n_terms)
    totals = sums(counts.column, counts.value, n_terms)
    odds = max(1, counts.shape[0]) ** _BY_LENGTH * weights**_BY_SCORE * totals**_BY_COUNT
    of_names = odds * _FOR_NAMES
    return WordWorth((odds / (1 + odds)).tolist(), (of_names / (1 + of_names)).tolist())
