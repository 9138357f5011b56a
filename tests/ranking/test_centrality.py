"""Power iteration: what it promises whatever the links are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from service.errors import RankingDidNotConvergeError
from service.ranking.centrality import power_iteration, random_walk

STAR = np.array([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=np.float64)
"""Sentence 0 is linked to 1 and 2; 3 is isolated."""


def star(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Multiply by the links of `STAR`."""
    product: NDArray[np.float64] = STAR @ values
    return product


def test_scores_solve_the_equation_of_the_walk() -> None:
    """They equal the solution of the linear system that the walk's stationary distribution is defined by."""
    transition = np.array([[0, 0.5, 0.5, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0.25] * 4])
    solution = np.linalg.solve(np.eye(4) - 0.85 * transition.T, np.full(4, 0.15 / 4))

    scores = power_iteration(random_walk(star, 4), 4, epsilon=1e-13)

    np.testing.assert_allclose(scores, solution, atol=1e-12)
    np.testing.assert_allclose(scores.sum(), 1)


def test_damping_of_zero_gives_every_sentence_the_same() -> None:
    """Without links followed, only the even jump is left."""
    assert power_iteration(random_walk(star, 4), 4, damping=0.0).tolist() == [0.25] * 4


def test_no_sentence_has_no_scores() -> None:
    """An empty text gives an empty array."""
    assert power_iteration(random_walk(star, 4), 0).shape == (0,)


def test_a_walk_that_never_settles_is_an_error() -> None:
    """Undamped, the walk on a star swings to and fro for ever; the error says so and what to do."""
    with pytest.raises(RankingDidNotConvergeError, match=r"4 sentences .* after 200 iterations.*smaller damping"):
        power_iteration(random_walk(star, 4), 4, damping=1.0)


def test_the_cap_is_the_caller_s() -> None:
    """Three iterations do not do for an epsilon of 1e-8."""
    with pytest.raises(RankingDidNotConvergeError, match="after 3 iterations"):
        power_iteration(random_walk(star, 4), 4, max_iterations=3)


def test_the_slowest_walk_converges_within_the_default_cap() -> None:
    """With the default damping and epsilon even a walk that swings with full force settles, in under 130 iterations."""
    calls: list[None] = []
    power_iteration(random_walk(star, 4), 4, checkpoint=lambda: calls.append(None))

    assert 50 < len(calls) < 130


@pytest.mark.parametrize("damping", [-0.1, 1.1, float("nan")])
def test_damping_is_a_probability(damping: float) -> None:
    """Anything else is refused with the value."""
    with pytest.raises(ValueError, match=f"not {damping}"):
        power_iteration(random_walk(star, 4), 4, damping=damping)
