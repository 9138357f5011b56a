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


STRIDE = 8
"""Steps of a walk given as a matrix that are taken at once."""


def random_walk(links: Links, n_sentences: int) -> Links:
    """Make the step of the walk that leaves a sentence along its links in proportion to their weights.

    The step maps where the walk is, a distribution of shape (n_sentences,), to where its links lead. What stood on
    sentences without links leads nowhere: the step's result then adds up to less than 1.
    """
    shares = _shares(links(np.ones(n_sentences)))
    return lambda distribution: links(distribution * shares)


def walk_matrix(weights: Floats) -> Floats:
    """Return the matrix of the same step, (n_sentences, n_sentences), of link weights whose diagonal is set to zero."""
    np.fill_diagonal(weights, 0.0)
    return weights * _shares(weights.sum(axis=0))


def _shares(degrees: Floats) -> Floats:
    """Return 1 / degree, 0 for sentences without links."""
    return np.divide(1.0, degrees, out=np.zeros(len(degrees)), where=degrees > WEAKEST_DEGREE)


def power_iteration(
    step: Links | Floats,
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
    below `epsilon`; the result is then within epsilon * damping / (1 - damping) of the fixed point. A step given as a
    `walk_matrix` is multiplied with itself first, so that `STRIDE` steps cost one product; the change is that of all.

    Raises `RankingDidNotConvergeError` after `max_iterations`, ValueError for a `damping` outside 0 to 1, and what
    `checkpoint`, called once an iteration (or stride), raises. Cost: a step an iteration, 118 iterations at most by
    default.
    """
    if not 0 <= damping <= 1:
        message = f"damping is a probability, from 0 to 1, not {damping}"
        raise ValueError(message)
    if n_sentences == 0:
        return np.zeros(0)
    iterate = _iteration(step if callable(step) else step.__matmul__, damping, n_sentences)
    leap, length = (iterate, 1) if callable(step) else _leap(step, damping, max_iterations)
    distribution = np.full(n_sentences, 1 / n_sentences)
    change = np.inf
    for _ in range(max_iterations // length):
        checkpoint()
        following = leap(distribution)
        change = np.abs(following - distribution).sum()
        distribution = following
        if change < epsilon:
            # one more step: products of matrices round equal rows differently, this one keeps what is equal equal
            return distribution if length == 1 else iterate(distribution)
    message = (
        f"The ranking of {n_sentences:,} sentences still changes by {change:.1e} after {max_iterations} iterations; "
        f"it should change by less than {epsilon:.1e}. Allow more iterations, a larger epsilon or a smaller damping."
    )
    raise RankingDidNotConvergeError(message)


def _iteration(step: Links, damping: float, n_sentences: int) -> Links:
    """Make one iteration."""

    def iterate(distribution: Floats) -> Floats:
        following = damping * step(distribution)
        following += (1 - following.sum()) / n_sentences
        return following

    return iterate


def _leap(step: Floats, damping: float, max_iterations: int) -> tuple[Links, int]:
    """Make as many iterations at once as `STRIDE` and the limit allow, by squaring; return them and their number."""
    matrix = damping * step
    matrix += (1 - matrix.sum(axis=0)) / len(matrix)
    length = 1
    while 2 * length <= min(STRIDE, max_iterations):
        matrix = matrix @ matrix
        length *= 2
    return (lambda distribution: matrix @ distribution), length
