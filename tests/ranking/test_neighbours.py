"""The nearest sentences of each sentence."""

from __future__ import annotations

import tracemalloc
from random import Random

import numpy as np
import pytest

from service.errors import DeadlineExceededError
from service.ranking import neighbours
from service.ranking.neighbours import Near, nearest
from service.ranking.vectors import normalize_rows, sentence_terms, tf_idf
from tests.ranking.oracle import zipf_text


def slow_nearest(terms: list[list[str]], most: int) -> list[list[tuple[int, float]]]:
    """The readable twin: all pairs, sorted."""
    rows = normalize_rows(tf_idf(sentence_terms(terms))).toarray()
    similarity = (rows @ rows.T).round(6)
    np.fill_diagonal(similarity, 0)
    ranked = [sorted(enumerate(of_one), key=lambda pair: (-pair[1], pair[0])) for of_one in similarity.tolist()]
    return [[pair for pair in of_one[:most] if pair[1] > 0] for of_one in ranked]


@pytest.mark.parametrize("n_sentences", [1, 2, 7, 60])
def test_they_are_those_of_all_pairs(n_sentences: int) -> None:
    """Where no term is in very many sentences, the answer is exact, and ties stand in the text's order."""
    terms = zipf_text(Random(n_sentences), n_sentences, shortest=0, longest=12)

    found = [[(near.index, near.similarity) for near in of_one] for of_one in nearest(sentence_terms(terms), 3)]

    expected = slow_nearest(terms, 3)
    assert [[index for index, _ in of_one] for of_one in found] == [[i for i, _ in of_one] for of_one in expected]
    assert np.allclose([s for one in found for _, s in one], [s for one in expected for _, s in one], atol=2e-6)


def test_shared_terms_stand_by_what_they_add() -> None:
    """The rarer and the more often repeated first."""
    terms = [["ice", "lake", "lake"], ["ice", "lake"], ["ice", "road"], ["moon"]]

    [near, *_] = nearest(sentence_terms(terms), 1)[0]

    assert (near.index, near.columns) == (1, (1, 0))
    assert nearest(sentence_terms(terms), 1)[3] == ()


def test_equal_sentences_are_one() -> None:
    """Rounding takes no similarity over 1."""
    terms = [["ferry", "island", "night"]] * 2 + [["bus"], ["town"]]

    assert nearest(sentence_terms(terms), 3)[0] == (Near(1, 1.0, (0, 1, 2)),)


def test_a_term_of_very_many_sentences_chooses_nobody_but_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What all say brings nobody together; between two that share more it is part of the similarity."""
    monkeypatch.setattr(neighbours, "MOST_SENTENCES_A_TERM", 2)
    terms = [["sea", "boat"], ["sea", "boat"], ["sea", "moon"], ["tower"]]

    found = nearest(sentence_terms(terms), 3)

    assert [[near.index for near in of_one] for of_one in found] == [[1], [0], [], []]
    assert len(found[0][0].columns) == 2


def test_memory_stays_bounded() -> None:
    """At 6,000 sentences the matrix of all pairs would take 36 million places."""
    counts = sentence_terms(zipf_text(Random(1), 6000, shortest=8, longest=32))

    tracemalloc.start()
    nearest(counts, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 80 * 2**20


def test_a_sentence_that_is_near_to_all_is_not_copied_for_each() -> None:
    """One of 20,000 terms, of which each of a thousand others has three: 60 million entries would be 1.4 GB."""
    giant = [f"t{number}" for number in range(20_000)]
    counts = sentence_terms([giant, *(giant[3 * start : 3 * start + 3] for start in range(1000))])

    tracemalloc.start()
    found = nearest(counts, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [near.index for near in found[500]] == [0]
    assert peak < 48 * 2**20


def test_the_deadline_is_checked_in_every_block() -> None:
    """Work is stopped from within."""

    def stop() -> None:
        raise DeadlineExceededError("enough")

    with pytest.raises(DeadlineExceededError):
        nearest(sentence_terms([["a"], ["a"], ["b"]]), 3, checkpoint=stop)
