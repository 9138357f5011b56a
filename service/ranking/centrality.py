"""The stationary distribution of a random walk over sentences, by power iteration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from service.errors import RankingDidNotConvergeError
from service.ranking.vectors import Checkpoint, Floats, no_check

DAMPING = 0.85
"""Chance that the walk follows a link; Brin and Page's value, which TextRank and LexRank take over."""
EPSILON = 1e-8
MAX_ITERATIONS = 200
"""Never reached with the two values above: the change shrinks by `DAMPING` or more a step, so 118 steps always do."""
WEAKEST_DEGREE = 1e-12
"""Links that add up to less than this are rounding error: the sentence counts as isolated."""

Links: TypeAlias = Callable[[Floats], Floats]
"""Multiplies by the symmetric, non-negative matrix of link weights, diagonal zero: (n_sentences,) -> (n_sentences,)."""


def matrix_links(weights: Floats) -> Links:
    """Make the product with a matrix of link weights, (n_sentences, n_sentences); its diagonal is set to zero."""
    np.fill_diagonal(weights, 0.0)
    return lambda values: weights @ values


def random_walk(links: Links, n_sentences: int) -> Links:
    """Make the step of the walk that leaves a sentence along its links in proportion to their weights.

    The step maps where the walk is, a distribution of shape (n_sentences,), to where its links lead. What stood on
    sentences without links leads nowhere: the step's result then adds up to less than 1.
    """
    degrees = links(np.ones(n_sentences))
    linked = degrees > WEAKEST_DEGREE
    shares = np.divide(1.0, degrees, out=np.zeros(n_sentences), where=linked)
    return lambda distribution: links(distribution * shares)


def power_iteration(
    step: Links,
    n_sentences: int,
    *,
    damping: float = DAMPING,
    epsilon: float = EPSILON,
    max_iterations: int = MAX_ITERATIONS,
    checkpoint: Checkpoint = no_check,
) -> Floats:
    """Walk until the distribution stands still, and return it: shape (n_sentences,), non-negative, sums to 1.

    With chance `damping` (0 to 1) the walk takes `step`; else, or where the step leads nowhere, it goes to any
    sentence with equal chance. It starts from the uniform distribution and ends when the L1 change of an iteration is
    below `epsilon`; the result is then within epsilon * damping / (1 - damping) of the fixed point.

    Raises `RankingDidNotConvergeError` after `max_iterations`, ValueError for a `damping` outside 0 to 1, and what
    `checkpoint`, called once an iteration, raises. Cost: a step an iteration, 118 iterations at most by default.
    """
    if not 0 <= damping <= 1:
        message = f"damping is a probability, from 0 to 1, not {damping}"
        raise ValueError(message)
    if n_sentences == 0:
        return np.zeros(0)
    distribution = np.full(n_sentences, 1 / n_sentences)
    change = np.inf
    for _ in range(max_iterations):
        checkpoint()
        following = damping * step(distribution)
        following += (1 - following.sum()) / n_sentences
        change = np.abs(following - distribution).sum()
        distribution = following
        if change < epsilon:
            return distribution
    message = (
        f"The ranking of {n_sentences:,} sentences still changes by {change:.1e} after {max_iterations} iterations; "
        f"it should change by less than {epsilon:.1e}. Allow more iterations, a larger epsilon or a smaller damping."
    )
    raise RankingDidNotConvergeError(message)
