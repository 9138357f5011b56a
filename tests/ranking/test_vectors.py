"""Sentences as rows of a sparse matrix."""

from __future__ import annotations

import tracemalloc
from random import Random

import numpy as np
import pytest

from service.errors import DeadlineExceededError
from service.ranking.vectors import (
    inverse_document_frequency,
    linking_terms,
    normalize_rows,
    product,
    sentence_terms,
    similarity_blocks,
    sums,
    tf_idf,
    transposed_product,
)
from tests.ranking.oracle import zipf_text

SENTENCES = [["lake", "ice", "lake"], [], ["ice", "road"], ["road", "ice"]]


def test_counts_stand_in_columns_by_first_appearance() -> None:
    """A row is a sentence, a column a term, and repeats add up."""
    assert sentence_terms(SENTENCES).toarray().tolist() == [[2, 1, 0], [0, 0, 0], [0, 1, 1], [0, 1, 1]]


@pytest.mark.parametrize(("sentences", "shape"), [([], (0, 0)), ([[], []], (2, 0))])
def test_texts_without_terms_have_matrices_without_columns(sentences: list[list[str]], shape: tuple[int, int]) -> None:
    """No sentence and no term are both fine, all the way to the cosines."""
    counts = sentence_terms(sentences)

    assert counts.shape == shape
    assert normalize_rows(tf_idf(counts)).shape == shape


def test_linking_terms_are_those_that_two_sentences_share() -> None:
    """A term of one sentence alone goes, every row stays."""
    assert linking_terms(sentence_terms(SENTENCES)).toarray().tolist() == [[1, 0], [0, 0], [1, 1], [1, 1]]


def test_rows_can_be_taken_in_any_order_and_again() -> None:
    """An empty row stays one."""
    rows = sentence_terms(SENTENCES)

    assert rows.take(np.array([3, 1, 0, 3])).toarray().tolist() == rows.toarray()[[3, 1, 0, 3]].tolist()
    assert rows.take(np.zeros(0, dtype=np.intp)).shape == (0, 3)


def test_products_are_those_of_the_matrix() -> None:
    """With empty rows, and columns of one row."""
    rows = tf_idf(sentence_terms(SENTENCES))
    dense, of_columns, of_rows = rows.toarray(), np.array([3.0, 5.0, 7.0]), np.array([1.0, 2.0, 4.0, 8.0])

    np.testing.assert_allclose(product(rows, of_columns), dense @ of_columns)
    np.testing.assert_allclose(transposed_product(rows, of_rows), dense.T @ of_rows)


def test_nothing_adds_up_to_zeros() -> None:
    """Which are floats, as all sums are."""
    assert sums(np.zeros(0, dtype=np.intp), np.zeros(0), 2).dtype == np.float64


def test_idf_is_finite_and_never_negative() -> None:
    """A term that every sentence has weighs nothing, one that a single sentence has weighs most."""
    idf = inverse_document_frequency(sentence_terms([["a", "b"], ["a"], ["a"]]))

    np.testing.assert_allclose(idf, [0, np.log(3)])


def test_weighing_leaves_the_counts_as_they_were() -> None:
    """Dropping the zeros of the result does not reach into the matrix it was made from."""
    counts = sentence_terms([["a", "b"], ["a", "c"], ["a"]])
    before = counts.toarray()

    assert len(tf_idf(counts).value) == 2
    assert counts.toarray().tolist() == before.tolist()


def test_rows_have_length_one_or_nothing_in_them() -> None:
    """A row of zeros is not divided by its length."""
    rows = normalize_rows(sentence_terms(SENTENCES)).toarray()

    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 0, 1, 1])


@pytest.mark.parametrize("max_bytes", [1, 500, 10**6])
@pytest.mark.parametrize("in_all", [[], ["boat", "harbour"]])
def test_blocks_together_are_the_whole_product(max_bytes: int, in_all: list[str]) -> None:
    """However small the blocks, they add up to all similarities, in order; also with terms of every sentence."""
    rows = normalize_rows(sentence_terms([terms + in_all for terms in zipf_text(Random(1), 30)]))
    blocks = list(similarity_blocks(rows, max_bytes=max_bytes))

    assert [first for first, _ in blocks] == np.cumsum([0, *(block.shape[0] for _, block in blocks[:-1])]).tolist()
    dense = rows.toarray()
    np.testing.assert_allclose(np.vstack([block for _, block in blocks]), dense @ dense.T)


def test_a_block_of_20_000_sentences_stays_within_its_bytes() -> None:
    """Where every pair is similar, a block's working memory is what was allowed and not a row more than needed."""
    rows = normalize_rows(sentence_terms([["ice", "lake"]] * 20_000))
    tracemalloc.start()
    _, block = next(similarity_blocks(rows, max_bytes=2**23))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert block.shape[1] == 20_000
    assert (block > 0).all()
    assert peak < 2**23 + 8 * rows.value.nbytes


def test_the_clock_is_looked_at_before_each_block() -> None:
    """An error of the checkpoint ends the blocks."""

    def too_late() -> None:
        raise DeadlineExceededError

    with pytest.raises(DeadlineExceededError):
        next(similarity_blocks(sentence_terms(SENTENCES), checkpoint=too_late))
