"""TextRank and LexRank once more, to read and not to run fast: the oracle of the kernels.

Each twin forms its whole matrix with plain loops, straight from the papers' formulas, and shares no line with the
kernels. `Habits` has a parameter for each thing sumy does in its own way: with `SUMY_TEXTRANK` and `SUMY_LEXRANK` the
twins give sumy's own scores, with `OURS` they are what the kernels are held to.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Sentences = Sequence[Sequence[str]]


def paper_idf(n_sentences: int, n_having: int) -> float:
    """Erkan and Radev's idf: 0 for a term that is everywhere."""
    return math.log(n_sentences / n_having)


def sumy_idf(n_sentences: int, n_having: int) -> float:
    """Give sumy's idf: negative for a term that is everywhere, 0 for one that all sentences but one have."""
    return math.log(n_sentences / (1 + n_having))


@dataclass(frozen=True)
class Habits:
    """What implementations of the two papers differ in."""

    self_loops: bool = False
    """Whether a sentence has a link to itself."""
    zero_division_term: float = 0.0
    """Added to each sentence's sum of weights; a little of its score is lost with it in every step."""
    spreads_dangling: bool = True
    """Whether a sentence without links spreads its score evenly, or loses it."""
    damping: float = 0.85
    """Chance to follow a link; 1 for no damping."""
    unit_norm: bool = False
    """Whether scores are scaled to Euclidean length 1 in every step, or add up to 1."""
    stop_norm: int = 1
    """Order of the norm that measures the change of a step."""
    epsilon: float = 1e-13
    """The walk stops at a change of this or less. (With a zero-division term it shrinks for ever, by 1e-8 a step.)"""
    idf: Callable[[int, int], float] = paper_idf
    """Sentences, sentences that have the term -> weight of the term. LexRank's alone, as the next one."""
    threshold: float | None = None
    """Cosines over it become links of weight 1; None for links weighted by the cosine."""


OURS = Habits()
SUMY_TEXTRANK = replace(
    OURS, self_loops=True, zero_division_term=1e-7, spreads_dangling=False, stop_norm=2, epsilon=1e-4
)
SUMY_LEXRANK = replace(
    OURS,
    self_loops=True,
    spreads_dangling=False,
    damping=1.0,
    unit_norm=True,
    stop_norm=2,
    epsilon=0.1,
    idf=sumy_idf,
    threshold=0.1,
)


def textrank_twin(sentences: Sentences, habits: Habits = OURS) -> Floats:
    """Score sentences by TextRank, from every pair's weight."""
    return walk([[_overlap(one, other) for other in sentences] for one in sentences], habits)


def lexrank_twin(sentences: Sentences, habits: Habits = OURS) -> Floats:
    """Score sentences by LexRank, from every pair's cosine."""
    n_having = Counter(term for sentence in sentences for term in set(sentence))
    idf = {term: habits.idf(len(sentences), n) for term, n in n_having.items()}
    # sumy divides each count by the sentence's largest. A cosine does not change by that, so there is no habit for it.
    vectors = [{term: n * idf[term] for term, n in Counter(sentence).items()} for sentence in sentences]
    cosines = [[_cosine(one, other) for other in vectors] for one in vectors]
    if habits.threshold is None:
        return walk(cosines, habits)
    return walk([[float(cosine > habits.threshold) for cosine in row] for row in cosines], habits)


def walk(weights: Sequence[Sequence[float]], habits: Habits) -> Floats:
    """Find the stationary distribution of the walk over a whole matrix of weights."""
    n_sentences = len(weights)
    transition = np.zeros((n_sentences, n_sentences))
    for i, row in enumerate(weights):
        links = [weight if i != j or habits.self_loops else 0.0 for j, weight in enumerate(row)]
        if sum(links) > 0:
            transition[i] = [weight / (sum(links) + habits.zero_division_term) for weight in links]
        elif habits.spreads_dangling:
            transition[i] = 1 / n_sentences
    transition = habits.damping * transition + (1 - habits.damping) / n_sentences
    scores = np.full(n_sentences, 1 / n_sentences)
    change = math.inf
    while change > habits.epsilon:
        following = transition.T @ scores
        if habits.unit_norm:
            following /= np.linalg.norm(following)
        change = float(np.linalg.norm(following - scores, habits.stop_norm))
        scores = following
    return scores


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    counts = Counter(other)
    shared = float(sum(counts[term] for term in one))
    if shared == 0:
        return 0.0
    norm = math.log(len(one)) + math.log(len(other))
    return shared / norm if norm > 0 else shared


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    norm = math.sqrt(sum(x * x for x in one.values())) * math.sqrt(sum(x * x for x in other.values()))
    return sum(weight * other.get(term, 0.0) for term, weight in one.items()) / norm if norm > 0 else 0.0
