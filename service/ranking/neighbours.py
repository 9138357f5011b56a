"""The nearest sentences of each sentence, by LexRank's cosine, without the matrix of all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from service.ranking.vectors import (
    Checkpoint,
    Rows,
    document_frequency,
    no_check,
    normalize_rows,
    similarity_blocks,
    tf_idf,
)

MOST_SENTENCES_A_TERM = 400
"""A term of more sentences brings no two of them together: it says little, and its pairs are what grows as a square."""
_DIGITS = 6
"""Similarities are rounded to so many digits before they are compared, so that rounding decides nothing."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence that is like another."""

    index: int
    similarity: float
    """Cosine of the two TF-IDF vectors: over 0, up to 1, rounded to 6 digits."""
    columns: tuple[int, ...]
    """Columns of the terms that both have, those that add most to the similarity first."""


def nearest(counts: Rows, most: int, *, checkpoint: Checkpoint = no_check) -> list[tuple[Near, ...]]:
    """Return up to `most` nearest sentences of each sentence, the nearest first, equally near ones in their order.

    `counts` is (n_sentences, n_terms), from `vectors.sentence_terms`. Terms of more than `MOST_SENTENCES_A_TERM`
    sentences do not choose who is near, but count in the similarity. A sentence that shares no other term has none.

    Cost: at most `MOST_SENTENCES_A_TERM` products for each non-zero of `counts`, so linear in them; working memory of
    about `vectors.BLOCK_BYTES`. `checkpoint` is called once for each block.
    """
    weighted = tf_idf(counts)
    rows = normalize_rows(weighted)
    choosing = rows[:, np.flatnonzero(document_frequency(weighted) <= MOST_SENTENCES_A_TERM)]
    found: list[tuple[Near, ...]] = []
    for first, similarities in similarity_blocks(choosing, checkpoint=checkpoint):
        chosen = [_chosen(similarities, row, first + row, most) for row in range(similarities.shape[0])]
        found += _measured(rows, first, chosen)
    return found


def _chosen(similarities: Rows, row: int, index: int, most: int) -> Indices:
    """Return which sentences are nearest to sentence `index`, whose similarities are `row` of a block."""
    stored = slice(*similarities.indptr[row : row + 2])
    others, near = similarities.indices[stored], similarities.data[stored].round(_DIGITS)
    wanted = (near > 0) & (others != index)
    others, near = others[wanted], near[wanted]
    if len(near) > most:
        wanted = near >= np.partition(near, -most)[-most]
        others, near = others[wanted], near[wanted]
    nearest_first: Indices = others[np.lexsort((others, -near))][:most]
    return nearest_first


def _measured(rows: Rows, first: int, chosen: list[Indices]) -> list[tuple[Near, ...]]:
    """Return the chosen of each sentence from `first` on with their similarities and terms, the nearest first."""
    sizes = [len(others) for others in chosen]
    own = np.repeat(np.arange(first, first + len(chosen)), sizes)
    others = np.concatenate([*chosen, np.zeros(0, dtype=np.intp)])
    shared = csr_array(rows[own].multiply(rows[others]))
    near = [_near(shared, pair, int(other)) for pair, other in enumerate(others)]
    ends = np.cumsum([0, *sizes]).tolist()
    return [
        tuple(sorted(near[start:end], key=lambda one: (-one.similarity, one.index))) for start, end in pairwise(ends)
    ]


def _near(shared: Rows, pair: int, other: int) -> Near:
    stored = slice(*shared.indptr[pair : pair + 2])
    columns, parts = shared.indices[stored], shared.data[stored]
    # a cosine may come out a hair over 1
    similarity = round(min(1.0, float(parts.sum())), _DIGITS)
    return Near(other, similarity, tuple(columns[np.lexsort((columns, -parts.round(_DIGITS)))].tolist()))
