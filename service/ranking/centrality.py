"""The stationary distribution of a random walk over sentences: solved for where they are few, else by iteration."""

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


def random_walk(links: Links, n_sentences: int) -> Links:
    """Make the step of the walk that leaves a sentence along its links in proportion to their weights.

    The step maps where the walk is, a distribution of shape (n_sentences,), to where its links lead. What stood on
    sentences without links leads nowhere: the step's result then adds up to less than 1.
    """
    shares = _shares(links(np.ones(n_sentences)))
    return lambda distribution: links(distribution * shares)


def solved_walk(weights: Floats, damping: float = DAMPING) -> Floats:
    """Return the distribution that `power_iteration` comes near to: shape (n_sentences,), non-negative, sums to 1.

    `weights` (n_sentences, n_sentences) are link weights, symmetric; their diagonal is set to zero. `damping` is under
    1, so that the system has one solution, and rounding hardly matters: its condition number is under 13 at 0.85.
    Raises ValueError for one outside 0 to 1. Cost: cubic; for few sentences less than the steps it takes the place of.
    """
    _check_damping(damping)
    np.fill_diagonal(weights, 0.0)
    step = weights * _shares(weights.sum(axis=0))
    n_sentences = len(step)
    # x = damping * step @ x, and the rest spread evenly: all solutions for an even rest are multiples of this one
    solution: Floats = np.linalg.solve(np.eye(n_sentences) - damping * step, np.ones(n_sentences)).astype(np.float64)
    distribution = solution / solution.sum()
    # one step more: a solver rounds equal rows differently, this keeps what is equal equal
    return _iteration(step.__matmul__, damping, n_sentences)(distribution) if n_sentences else distribution


def _shares(degrees: Floats) -> Floats:
    """Return 1 / degree, 0 for sentences without links."""
    return np.divide(1.0, degrees, out=np.zeros(len(degrees)), where=degrees > WEAKEST_DEGREE)


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
    _check_damping(damping)
    if n_sentences == 0:
        return np.zeros(0)
    iterate = _iteration(step, damping, n_sentences)
    distribution = np.full(n_sentences, 1 / n_sentences)
    change = np.inf
    for _ in range(max_iterations):
        checkpoint()
        following = iterate(distribution)
        change = np.abs(following - distribution).sum()
        distribution = following
        if change < epsilon:
            return distribution
    message = (
        f"The ranking of {n_sentences:,} sentences still changes by {change:.1e} after {max_iterations} iterations; "
        f"it should change by less than {epsilon:.1e}. Allow more iterations, a larger epsilon or a smaller damping."
    )
    raise RankingDidNotConvergeError(message)


def _check_damping(damping: float) -> None:
    if not 0 <= damping <= 1:
        message = f"damping is a probability, from 0 to 1, not {damping}"
        raise ValueError(message)


def _iteration(step: Links, damping: float, n_sentences: int) -> Links:
    """Make one iteration."""

    def iterate(distribution: Floats) -> Floats:
        following = damping * step(distribution)
        following += (1 - following.sum()) / n_sentences
        return following

    return iterate
