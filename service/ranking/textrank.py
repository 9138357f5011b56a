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
    Indices,
    Rows,
    linking_terms,
    no_check,
    product,
    squared_lengths,
    sums,
    transposed_product,
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
    there: a few dozen looks at each non-zero an iteration, or fewer and as many products for each term and distinct
    length, where these fit into `BLOCK_BYTES`. Errors as in `power_iteration`.
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
    """Make the product with the link weights without making them.

    The divisor depends on the two lengths only. `_factors` writes its inverse as a sum of a dozen products f(length)
    * g(other length), and what goes between sentences goes through their terms: for each product f * C @ (C.T @ (g *
    x)). Where terms and lengths are a small matrix, all products are made at once of each term's sums by length: two to
    six times as fast.
    """
    lengths = product(counts, np.ones(counts.shape[1]))
    shared = linking_terms(counts)
    distinct, group = np.unique(lengths, return_inverse=True)
    left, right = _factors(distinct)
    self_weights = squared_lengths(shared) * (left * right).sum(axis=1)[group]
    n_cells = shared.shape[1] * len(distinct)
    by_length = 2 * 8 * n_cells <= BLOCK_BYTES and n_cells <= left.shape[1] * len(shared.value)
    make = _products_by_length if by_length else _products_by_factor
    products = make(shared, group, left, right)

    def links(values: Floats) -> Floats:
        total: Floats = products(values) - self_weights * values
        return np.maximum(total, 0.0)  # rounding may leave -1e-17 where the self-weight was taken away

    return links


def _products_by_length(rows: Rows, group: Indices, left: Floats, right: Floats) -> Links:
    """Make the sum of products f * C @ (C.T @ (g * x)): f and g are (n_lengths, n_factors), `group` says the length."""
    n_sentences, n_terms = rows.shape
    n_lengths = len(left)
    places = rows.column * n_lengths + group[rows.row]

    def products(values: Floats) -> Floats:
        given = sums(places, rows.value * values[rows.row], n_terms * n_lengths).reshape(n_terms, n_lengths)
        taken = given @ right @ left.T
        return sums(rows.row, rows.value * taken.ravel()[places], n_sentences)

    return products


def _products_by_factor(rows: Rows, group: Indices, left: Floats, right: Floats) -> Links:
    """Make the same product by product, in the memory of a vector."""
    pairs = list(zip(left[group].T, right[group].T, strict=True))

    def products(values: Floats) -> Floats:
        total = np.zeros(len(values))
        for to, of in pairs:
            total += to * product(rows, transposed_product(rows, of * values))
        return total

    return products


def _factors(lengths: Floats) -> tuple[Floats, Floats]:
    """Write 1 / (log a + log b) as left[a] @ right[b], for each pair of the `lengths` (n_lengths,), all distinct.

    Both results are (n_lengths, n_factors). Sentences of one term are apart, since their logarithm is 0: two more
    factors give the weights between them (1) and with the others.
    """
    several = lengths > 1
    logs = np.log(lengths[several])
    left = np.zeros((len(lengths), 0))
    if several.any():
        cauchy = _cauchy_factors(logs)
        left = np.zeros((len(lengths), cauchy.shape[1]))
        left[several] = cauchy
    right = left
    if (lengths == 1).any():
        single = (lengths == 1).astype(np.float64)
        others = single / 2
        others[several] = 1 / logs
        left, right = np.column_stack([left, single, others]), np.column_stack([left, others, single])
    return left, right


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
