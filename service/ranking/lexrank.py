"""LexRank without its matrix.

Güneş Erkan and Dragomir Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization", Journal
of Artificial Intelligence Research 22, 2004. Two sentences are linked by the cosine of their TF-IDF vectors.
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
    FEW_SENTENCES,
    Checkpoint,
    Floats,
    Rows,
    cells,
    inverse_document_frequency,
    linking_terms,
    no_check,
    normalize_rows,
    product,
    similarity_blocks,
    squared_lengths,
    sums,
    tf_idf,
    transposed_product,
)


def lexrank(
    counts: Rows,
    *,
    threshold: float | None = None,
    idf: Floats | None = None,
    damping: float = DAMPING,
    epsilon: float = EPSILON,
    max_iterations: int = MAX_ITERATIONS,
    checkpoint: Checkpoint = no_check,
) -> Floats:
    """Score sentences by LexRank: shape (n_sentences,), non-negative, sums to 1.

    `counts` is (n_sentences, n_terms), from `vectors.sentence_terms`; `idf` (n_terms,) weighs the terms, by default
    `vectors.inverse_document_frequency`. Without `threshold` the links carry the cosines (the paper's "continuous
    LexRank"); with one under 1 (the paper used 0.1), pairs above it are linked, all with the same weight.

    Where this leaves the paper: a sentence has no link to itself, idf counts the sentences of this text and not a
    collection's documents, and `damping` is the chance to follow a link, as in TextRank (the paper's d is the rest).
    A sentence without links, or without terms, spreads its score evenly. Equal sentences get equal scores, but for
    rounding.

    Up to `FEW_SENTENCES` the continuous form is solved for, and `epsilon` and `max_iterations` are for longer texts.
    Cost there: an iteration of it is a product with the TF-IDF matrix and one with its transpose, linear in their
    non-zeros. With `threshold` each iteration goes through all similarities again, in blocks of
    `vectors.BLOCK_BYTES`: the memory stays bounded and the time is quadratic, half a second at 1,000 sentences and over
    a minute at 20,000. Errors as in `power_iteration`; `checkpoint` is called once more for each block.
    """
    n_sentences = counts.shape[0]
    if threshold is None and n_sentences <= FEW_SENTENCES and damping < 1:
        checkpoint()
        return solved_walk(_cosines(counts, idf), damping)
    return power_iteration(
        random_walk(_links(counts, idf, threshold, checkpoint), n_sentences),
        n_sentences,
        damping=damping,
        epsilon=epsilon,
        max_iterations=max_iterations,
        checkpoint=checkpoint,
    )


def _cosines(counts: Rows, idf: Floats | None) -> Floats:
    """Return the matrix of all cosines, for few sentences."""
    dense: Floats = counts.toarray() * (inverse_document_frequency(counts) if idf is None else idf)
    lengths = np.sqrt(np.einsum("ij,ij->i", dense, dense))
    dense /= np.where(lengths > 0, lengths, 1.0)[:, None]
    return dense @ dense.T


def _links(counts: Rows, idf: Floats | None, threshold: float | None, checkpoint: Checkpoint) -> Links:
    """Make the product with the link weights."""
    rows = normalize_rows(tf_idf(counts, idf))
    return _cosine_links(rows) if threshold is None else _threshold_links(rows, threshold, checkpoint)


def _cosine_links(rows: Rows) -> Links:
    """Make the product with all cosines but the self-similarities: A @ (A.T @ x) less what came from x itself."""
    shared = linking_terms(rows)
    self_weights = squared_lengths(shared)

    def links(values: Floats) -> Floats:
        total = product(shared, transposed_product(shared, values)) - self_weights * values
        return np.maximum(total, 0.0)  # rounding may leave -1e-17 where the self-weight was taken away

    return links


def _threshold_links(rows: Rows, threshold: float, checkpoint: Checkpoint) -> Links:
    """Make the product with the unweighted graph of the pairs whose cosine is over `threshold`.

    The link of each sentence to itself is in the sums and taken away after them. Left out of them, it would make
    equal sentences, each of which leaves out another, add in different orders and differ in the last digit.
    """
    to_itself = (squared_lengths(rows) > threshold).astype(np.float64)

    def links(values: Floats) -> Floats:
        total: Floats = -to_itself * values
        for first, similarity in similarity_blocks(rows, checkpoint=checkpoint):
            row, column = cells(similarity > threshold)
            total[first : first + len(similarity)] += sums(row, values[column], len(similarity))
        return np.maximum(total, 0.0)  # rounding may leave -1e-17 where the self-weight was taken away

    return links
