"""TextRank without its matrix.

Rada Mihalcea and Paul Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004. Two sentences are linked by the
words they share, divided by the sum of the logarithms of their lengths.
"""

from __future__ import annotations

import numpy as np

from service.ranking.centrality import (
    DAMPING,
    EPSILON,
    MAX_ITERATIONS,
    Links,
    power_iteration,
    random_walk,
    solved_walk,
)
from service.ranking.vectors import (
    BLOCK_BYTES,
    FEW_SENTENCES,
    Checkpoint,
    Floats,
    Rows,
    linking_terms,
    no_check,
    product,
    squared_lengths,
)

_NEGLIGIBLE = 1e-13  # of a link weight; the smallest weight there can be in two million characters is 1/29


def textrank(
    counts: Rows,
    *,
    damping: float = DAMPING,
    epsilon: float = EPSILON,
    max_iterations: int = MAX_ITERATIONS,
    checkpoint: Checkpoint = no_check,
) -> Floats:
    """Score sentences by TextRank: shape (n_sentences,), non-negative, sums to 1.

    `counts` is (n_sentences, n_terms), from `vectors.sentence_terms`. The weight of the link between two sentences is
    (sum over shared terms of count * count) / (log length + log length), a length being the number of terms with
    repeats. Between two sentences of one term the divisor would be 0 and is taken as 1, as sumy does.

    Where this leaves the paper: repeats count (as in sumy), and the chance of a jump is divided by the number of
    sentences, so that scores are probabilities. A sentence has no link to itself; one without links, or without
    terms, spreads its score evenly. Equal sentences get equal scores, but for rounding.

    Up to `FEW_SENTENCES` the scores are solved for, and `epsilon` and `max_iterations` are for longer texts. Cost
    there: 6 to 18 products with `counts` and as many with its transpose an iteration, each linear in the non-zeros;
    working memory of about `BLOCK_BYTES`. Errors as in `power_iteration`.
    """
    n_sentences = counts.shape[0]
    if n_sentences <= FEW_SENTENCES and damping < 1:
        checkpoint()
        return solved_walk(_weights(counts), damping)
    return power_iteration(
        random_walk(_links(counts), n_sentences),
        n_sentences,
        damping=damping,
        epsilon=epsilon,
        max_iterations=max_iterations,
        checkpoint=checkpoint,
    )


def _weights(counts: Rows) -> Floats:
    """Return the matrix of link weights as the paper defines it, for few sentences."""
    dense = counts.toarray()
    logs = np.log(np.maximum(dense.sum(axis=1), 1.0))
    divisors = logs[:, None] + logs
    divisors[divisors == 0.0] = 1.0
    weights: Floats = dense @ dense.T / divisors
    return weights


def _links(counts: Rows) -> Links:
    """Make the product with the link weights out of products with the counts.

    The divisor depends on the two lengths only. `_factors` writes its inverse as a sum of a dozen products f(length)
    * g(other length), and for each of them the sum over all sentences goes through the terms: f * C @ (C.T @ (g * x)).
    """
    lengths = product(counts, np.ones(counts.shape[1]))
    shared = linking_terms(counts)
    shared_t = shared.T.tocsr()
    left, right = _factors(lengths)
    self_weights = squared_lengths(shared) * (left * right).sum(axis=1)
    n_columns = max(1, BLOCK_BYTES // (8 * (2 * shared.shape[0] + shared.shape[1] + 1)))
    blocks = [slice(first, first + n_columns) for first in range(0, left.shape[1], n_columns)]

    def links(values: Floats) -> Floats:
        total: Floats = -self_weights * values
        for block in blocks:
            over_terms = product(shared_t, right[:, block] * values[:, None])
            total += (product(shared, over_terms) * left[:, block]).sum(axis=1)
        return np.maximum(total, 0.0)  # rounding may leave -1e-17 where the self-weight was taken away

    return links


def _factors(lengths: Floats) -> tuple[Floats, Floats]:
    """Write 1 / (log a + log b) as left[a] @ right[b], for each pair of sentences of the `lengths` (n_sentences,).

    Both results are (n_sentences, n_factors). Sentences of one term are apart, since their logarithm is 0: two more
    factors give the weights between them (1) and with the others.
    """
    distinct, group = np.unique(lengths, return_inverse=True)
    several = distinct > 1
    logs = np.log(distinct[several])
    left = np.zeros((len(distinct), 0))
    if several.any():
        cauchy = _cauchy_factors(logs)
        left = np.zeros((len(distinct), cauchy.shape[1]))
        left[several] = cauchy
    right = left
    if (distinct == 1).any():
        single = (distinct == 1).astype(np.float64)
        others = single / 2
        others[several] = 1 / logs
        left, right = np.column_stack([left, single, others]), np.column_stack([left, others, single])
    return left[group], right[group]


def _cauchy_factors(points: Floats) -> Floats:
    """Factor the matrix 1 / (s + t) over `points` (n_points,), all above 0 and distinct, as F @ F.T.

    F is (n_points, n_factors). This is Cholesky with complete pivoting, which for a Cauchy matrix has a closed form
    without a subtraction of near-equal numbers (James Demmel, "Accurate singular value decompositions of structured
    matrices", SIAM J. Matrix Anal. Appl. 21, 1999). What is left falls geometrically, so a dozen columns reach
    `_NEGLIGIBLE` however many lengths a text has; with fewer lengths than that the factors are complete.
    """
    left_over = np.ones(len(points))
    factors: list[Floats] = []
    while True:
        diagonal = left_over**2 / (2 * points)
        pivot = points[diagonal.argmax()]
        if diagonal.max() <= _NEGLIGIBLE:
            return np.column_stack(factors)
        factors.append(left_over * np.sqrt(2 * pivot) / (points + pivot))
        left_over *= (points - pivot) / (points + pivot)
