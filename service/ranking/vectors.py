"""Sentences as rows of a sparse matrix.

Names of matrices say rows, then columns: `sentence_terms` is (n_sentences, n_terms). A matrix is kept as its entries,
and every product with it is a look at each of them and a sum (`sums`), which adds one after the other. So equal
sentences are equal rows, and are summed in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.intp]
Checkpoint: TypeAlias = Callable[[], None]

BLOCK_BYTES = 32 * 2**20
"""What one block of working memory may take, whatever the size of the text."""
FEW_SENTENCES = 100
"""Up to so many, the matrix of all links is made: it is small, and numpy solves it faster than it walks."""
_BYTES_A_PRODUCT = 64  # of two entries: where both stand, what they are, and where they meet
_BYTES_A_SIMILARITY = 48  # itself, what common terms add to it, its row, its column and twice its place
_COMMON = 8  # a term of a sentence in so many


def no_check() -> None:
    """Let the work go on: the checkpoint of a caller without a deadline."""


def sums(places: Indices, values: Floats, n_places: int) -> Floats:
    """Add up the values that fall on the same place, in their order: shape (n_places,)."""
    # which forgets the weights' type where there are none
    return np.bincount(places, values, minlength=n_places).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class Rows:
    """A sparse matrix: its entries that are not zero, one a place, ordered by row and then by column."""

    row: Indices
    column: Indices
    value: Floats
    shape: tuple[int, int]

    @cached_property
    def starts(self) -> Indices:
        """Where the entries of each row start, and behind the last row where they end: shape (n_rows + 1,)."""
        return np.searchsorted(self.row, np.arange(self.shape[0] + 1))

    def take(self, rows: Indices) -> Rows:
        """Return some rows, in the order asked for; one may come again."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        entries = _ranges(self.starts[rows], sizes)
        numbers = np.repeat(np.arange(len(rows)), sizes)
        return Rows(numbers, self.column[entries], self.value[entries], (len(rows), self.shape[1]))

    def with_columns(self, wanted: NDArray[np.bool_]) -> Rows:
        """Keep the columns that are `wanted`, numbered anew, and every row."""
        kept = wanted[self.column]
        column = (np.cumsum(wanted) - 1)[self.column[kept]]
        return Rows(self.row[kept], column, self.value[kept], (self.shape[0], int(wanted.sum())))

    def toarray(self) -> Floats:
        """Write out the zeros."""
        dense = np.zeros(self.shape)
        dense[self.row, self.column] = self.value
        return dense


class CountedTerms(NamedTuple):
    """The terms of some sentences, as numbers."""

    columns: Mapping[str, int]
    """Term -> its column; they are numbered in the order of first appearance."""
    sequence: Indices
    """The columns of all terms as they follow each other, sentence by sentence, repeats kept."""
    ends: Indices
    """Where in it each sentence ends: shape (n_sentences,)."""
    counts: Rows
    """How often each sentence has each term: (n_sentences, n_terms)."""


def sentence_terms(terms: Sequence[Sequence[str]]) -> Rows:
    """Count each sentence's terms: the `counts` of `counted_terms`."""
    return counted_terms(terms).counts


def counted_terms(terms: Sequence[Sequence[str]]) -> CountedTerms:
    """Number the terms and count them in each sentence.

    Row i is sentence i, a column is a term, in the order of first appearance, so that the same sentences give the same
    matrix whatever the hash seed. No sentence, or none with a term, gives a matrix without rows or columns. Cost: one
    dictionary look-up a term, and sorting them.
    """
    flat = list(chain.from_iterable(terms))
    columns = dict(zip(dict.fromkeys(flat), count()))
    sequence = np.fromiter(map(columns.__getitem__, flat), dtype=np.intp, count=len(flat))
    sizes = np.fromiter(map(len, terms), dtype=np.intp, count=len(terms))
    n_terms = len(columns)
    places, counts = np.unique(np.repeat(np.arange(len(terms)) * n_terms, sizes) + sequence, return_counts=True)
    row, column = np.divmod(places, max(1, n_terms))
    rows = Rows(row, column, counts.astype(np.float64), (len(terms), n_terms))
    return CountedTerms(columns, sequence, np.cumsum(sizes), rows)


def document_frequency(rows: Rows) -> Indices:
    """Say in how many sentences each term stands: shape (n_terms,)."""
    return np.bincount(rows.column, minlength=rows.shape[1])


def linking_terms(rows: Rows) -> Rows:
    """Keep the columns that two or more sentences share, and every row.

    The others link a sentence only to itself. Without them a sentence that shares nothing is an empty row, so its
    links are exactly zero and not what rounding left of a self-similarity taken away.
    """
    return rows.with_columns(document_frequency(rows) > 1)


def inverse_document_frequency(counts: Rows) -> Floats:
    """Weigh each term by log(n_sentences / sentences that have it): shape (n_terms,), finite, never negative.

    This is the idf of Erkan and Radev (2004) with sentences as documents. A term in every sentence weighs 0. sumy's
    log(n / (1 + n_i)) is negative there, and since idf enters squared, makes the commonest word count again.
    """
    return np.log(counts.shape[0] / np.maximum(document_frequency(counts), 1))


def tf_idf(counts: Rows, idf: Floats | None = None) -> Rows:
    """Weigh counts by `idf` of shape (n_terms,), by default `inverse_document_frequency`; zeros are not stored."""
    weights = inverse_document_frequency(counts) if idf is None else idf
    value = counts.value * weights[counts.column]
    kept = value != 0
    return Rows(counts.row[kept], counts.column[kept], value[kept], counts.shape)


def normalize_rows(rows: Rows) -> Rows:
    """Scale each row to Euclidean length 1, so that a dot product is a cosine; a row of zeros stays as it is."""
    return replace(rows, value=rows.value / np.sqrt(squared_lengths(rows))[rows.row])


def squared_lengths(rows: Rows) -> Floats:
    """Dot each row with itself: shape (n_rows,)."""
    return sums(rows.row, rows.value**2, rows.shape[0])


def product(rows: Rows, values: Floats) -> Floats:
    """Multiply by a vector of shape (n_columns,): shape (n_rows,)."""
    return sums(rows.row, rows.value * values[rows.column], rows.shape[0])


def transposed_product(rows: Rows, values: Floats) -> Floats:
    """Multiply the transpose by a vector of shape (n_rows,): shape (n_columns,)."""
    return sums(rows.column, rows.value * values[rows.row], rows.shape[1])


def similarity_blocks(
    rows: Rows, *, max_bytes: int = BLOCK_BYTES, checkpoint: Checkpoint = no_check
) -> Iterator[tuple[int, Floats]]:
    """Yield (first row, similarities of some rows with all) until every row had its turn.

    A block is (n_rows, n_sentences), a part of the product of `rows` with their transpose, self-similarities included.
    What it takes to make it and to look through it once stays under `max_bytes`, or is what a single row takes.
    `checkpoint` is called before each. Cost: of all blocks together, a product for each term that two sentences share,
    and a look at each pair of sentences. Terms of one sentence in eight are multiplied as a plain matrix, zeros and
    all, which takes a tenth of the time.
    """
    n_sentences = rows.shape[0]
    is_common = document_frequency(rows) > n_sentences // _COMMON
    common = rows.with_columns(is_common).toarray()
    rows = rows.with_columns(~is_common)
    by_column = np.argsort(rows.column, kind="stable")
    other, other_value = rows.row[by_column], rows.value[by_column]
    firsts = np.searchsorted(rows.column[by_column], np.arange(rows.shape[1] + 1))
    n_products = np.diff(firsts)[rows.column]
    bytes_a_row = np.bincount(rows.row, n_products, minlength=n_sentences) * _BYTES_A_PRODUCT
    bytes_up_to = np.concatenate([[0], np.cumsum(bytes_a_row + n_sentences * _BYTES_A_SIMILARITY)])
    first = 0
    while first < n_sentences:
        checkpoint()
        most = np.searchsorted(bytes_up_to, bytes_up_to[first] + max_bytes, side="right") - 1
        end = max(first + 1, int(most))
        own = slice(rows.starts[first], rows.starts[end])
        sizes = n_products[own]
        others = _ranges(firsts[rows.column[own]], sizes)
        places = np.repeat((rows.row[own] - first) * n_sentences, sizes) + other[others]
        products = np.repeat(rows.value[own], sizes) * other_value[others]
        block = sums(places, products, (end - first) * n_sentences).reshape(-1, n_sentences)
        if common.shape[1]:
            block += common[first:end] @ common.T
        yield first, block
        first = end


def cells(wanted: NDArray[np.bool_]) -> tuple[Indices, Indices]:
    """Return the row and the column of each cell that is `wanted`: `nonzero`, several times as fast where few are."""
    row, column = np.divmod(np.flatnonzero(wanted), max(1, wanted.shape[1]))
    return row, column


def _ranges(starts: Indices, sizes: Indices) -> Indices:
    """Count up from each of the `starts`, as far as its size goes, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)
