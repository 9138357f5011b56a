"""Sentences as rows of a sparse matrix.

Names of matrices say rows, then columns: `sentence_terms` is (n_sentences, n_terms). Every matrix is a float64
`csr_array` in canonical form: no duplicate entries, column indices ascending in each row. So equal sentences are equal
rows, are summed in the same order, and get exactly equal scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = csr_array[np.float64, tuple[int, int]]
Checkpoint: TypeAlias = Callable[[], None]

BLOCK_BYTES = 32 * 2**20
"""What one block of working memory may take, whatever the size of the text."""
FEW_SENTENCES = 100
"""Up to so many, the matrix of all links is made: it is small, and numpy multiplies it faster than scipy starts."""
_BYTES_A_SIMILARITY = 12  # a float64 and an int32 column index


def no_check() -> None:
    """Let the work go on: the checkpoint of a caller without a deadline."""


class CountedTerms(NamedTuple):
    """The terms of some sentences, as numbers."""

    columns: Mapping[str, int]
    """Term -> its column; they are numbered in the order of first appearance."""
    sequence: NDArray[np.int32]
    """The columns of all terms as they follow each other, sentence by sentence, repeats kept."""
    ends: NDArray[np.int32]
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
    dictionary look-up a term.
    """
    flat = list(chain.from_iterable(terms))
    columns = dict(zip(dict.fromkeys(flat), count()))
    indices = np.fromiter(map(columns.__getitem__, flat), dtype=np.int32, count=len(flat))
    indptr = np.zeros(len(terms) + 1, dtype=np.int32)
    np.cumsum([len(sentence) for sentence in terms], out=indptr[1:])
    sequence, ends = indices.copy(), indptr[1:].copy()  # what is added up below is moved
    counts = csr_array((np.ones(len(flat)), indices, indptr), shape=(len(terms), len(columns)))
    counts.sum_duplicates()
    return CountedTerms(columns, sequence, ends, counts)


def document_frequency(rows: Rows) -> NDArray[np.intp]:
    """Say in how many sentences each term stands: shape (n_terms,)."""
    return np.bincount(rows.indices, minlength=rows.shape[1])


def linking_terms(rows: Rows) -> Rows:
    """Keep the columns that two or more sentences share, and every row.

    The others link a sentence only to itself. Without them a sentence that shares nothing is an empty row, so its
    links are exactly zero and not what rounding left of a self-similarity taken away.
    """
    return rows[:, np.flatnonzero(document_frequency(rows) > 1)]


def inverse_document_frequency(counts: Rows) -> Floats:
    """Weigh each term by log(n_sentences / sentences that have it): shape (n_terms,), finite, never negative.

    This is the idf of Erkan and Radev (2004) with sentences as documents. A term in every sentence weighs 0. sumy's
    log(n / (1 + n_i)) is negative there, and since idf enters squared, makes the commonest word count again.
    """
    return np.log(counts.shape[0] / np.maximum(document_frequency(counts), 1))


def tf_idf(counts: Rows, idf: Floats | None = None) -> Rows:
    """Weigh counts by `idf` of shape (n_terms,), by default `inverse_document_frequency`; zeros are not stored."""
    weights = inverse_document_frequency(counts) if idf is None else idf
    weighted = counts.copy()  # eliminate_zeros works in place, on index arrays that a view would share
    weighted.data *= weights[counts.indices]
    weighted.eliminate_zeros()
    return weighted


def normalize_rows(rows: Rows) -> Rows:
    """Scale each row to Euclidean length 1, so that a dot product is a cosine; a row of zeros stays as it is."""
    lengths = np.sqrt(squared_lengths(rows))
    scale = np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(rows.indptr))
    return csr_array((rows.data / scale, rows.indices, rows.indptr), shape=rows.shape)


def squared_lengths(rows: Rows) -> Floats:
    """Dot each row with itself: shape (n_sentences,)."""
    return product(rows.power(2), np.ones(rows.shape[1]))


def product(rows: Rows, values: Floats) -> Floats:
    """Multiply by a vector (n_columns,) or by several side by side (n_columns, n): shape (n_rows,) or (n_rows, n)."""
    return np.asarray(rows @ values)  # never sparse when `values` is not, which the types of scipy do not say


def similarity_blocks(
    rows: Rows, *, max_bytes: int = BLOCK_BYTES, checkpoint: Checkpoint = no_check
) -> Iterator[tuple[int, Rows]]:
    """Yield (first row, similarities of some rows with all) until every row had its turn.

    A block is a sparse (n_rows, n_sentences) product of `rows` with their transpose, self-similarities included; it
    stays under `max_bytes` even when every pair is similar. All blocks together cost what the full matrix costs in
    time, never in memory. `checkpoint` is called before each.
    """
    n_sentences = rows.shape[0]
    n_rows = max(1, max_bytes // (_BYTES_A_SIMILARITY * max(1, n_sentences)))
    columns = rows.T.tocsr()
    for first in range(0, n_sentences, n_rows):
        checkpoint()
        yield first, rows[first : first + n_rows] @ columns
