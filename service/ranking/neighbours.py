"""The nearest sentences of each sentence, by LexRank's cosine, without the matrix of all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.ranking.vectors import (
    Checkpoint,
    Floats,
    Indices,
    Rows,
    cells,
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

    Cost: at most `MOST_SENTENCES_A_TERM` products for each non-zero of `counts`, and a look at each pair of sentences,
    a billion a second; working memory of about `vectors.BLOCK_BYTES`. `checkpoint` is called once for each block.
    """
    weighted = tf_idf(counts)
    rows = normalize_rows(weighted)
    choosing = rows.with_columns(document_frequency(weighted) <= MOST_SENTENCES_A_TERM)
    places = rows.row * rows.shape[1] + rows.column
    found: list[tuple[Near, ...]] = []
    for first, similarities in similarity_blocks(choosing, checkpoint=checkpoint):
        row, others = cells(similarities > 0)
        near = similarities[row, others].round(_DIGITS)
        ends = pairwise(np.searchsorted(row, np.arange(len(similarities) + 1)).tolist())
        chosen = [
            _chosen(others[start:end], near[start:end], index, most) for index, (start, end) in enumerate(ends, first)
        ]
        found += _measured(rows, places, first, chosen)
    return found


def _chosen(others: Indices, near: Floats, index: int, most: int) -> Indices:
    """Return which of the `others` are nearest to sentence `index`, itself not, by how `near` they are."""
    wanted = (near > 0) & (others != index)
    others, near = others[wanted], near[wanted]
    if len(near) > most:
        wanted = near >= np.partition(near, -most)[-most]
        others, near = others[wanted], near[wanted]
    nearest_first: Indices = others[np.lexsort((others, -near))][:most]
    return nearest_first


def _measured(rows: Rows, places: Indices, first: int, chosen: list[Indices]) -> list[tuple[Near, ...]]:
    """Return the chosen of each sentence from `first` on with their similarities and terms, the nearest first."""
    sizes = [len(others) for others in chosen]
    own = np.repeat(np.arange(first, first + len(chosen)), sizes)
    others = np.concatenate([*chosen, np.zeros(0, dtype=np.intp)])
    shared = _products(rows, places, own, others)
    parts = pairwise(shared.starts.tolist())
    near = [_near(shared, slice(*stored), other) for stored, other in zip(parts, others.tolist(), strict=True)]
    ends = np.cumsum([0, *sizes]).tolist()
    return [
        tuple(sorted(near[start:end], key=lambda one: (-one.similarity, one.index))) for start, end in pairwise(ends)
    ]


def _products(rows: Rows, places: Indices, own: Indices, others: Indices) -> Rows:
    """Multiply the row of each pair's one sentence with that of the other, entry by entry: shape (n_pairs, n_columns).

    The shorter one is looked up in the longer, at whose `places`, row by row, its entries stand: a sentence of any
    length may be near to very many.
    """
    n_columns, sizes = rows.shape[1], np.diff(rows.starts)
    shorter = np.where(sizes[own] < sizes[others], own, others)
    few = rows.take(shorter)
    wanted = (own + others - shorter)[few.row] * n_columns + few.column
    at = np.searchsorted(places, wanted)
    found = np.append(places, -1)[at] == wanted
    value = few.value[found] * rows.value[at[found]]
    return Rows(few.row[found], few.column[found], value, (len(own), n_columns))


def _near(shared: Rows, stored: slice, other: int) -> Near:
    columns, parts = shared.column[stored], shared.value[stored]
    # a cosine may come out a hair over 1
    similarity = round(min(1.0, float(parts.sum())), _DIGITS)
    return Near(other, similarity, tuple(columns[np.lexsort((columns, -parts.round(_DIGITS)))].tolist()))
