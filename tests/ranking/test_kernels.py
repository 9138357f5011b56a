"""What TextRank and LexRank promise for any text at all."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from service.errors import DeadlineExceededError, RankingDidNotConvergeError
from service.ranking.lexrank import lexrank
from service.ranking.textrank import textrank
from service.ranking.vectors import inverse_document_frequency, sentence_terms
from tests.ranking.oracle import zipf_text
from tests.ranking.twins import textrank_twin

Kernel = Callable[..., NDArray[np.float64]]
KERNELS = [
    pytest.param(textrank, id="textrank"),
    pytest.param(lexrank, id="lexrank"),
    pytest.param(partial(lexrank, threshold=0.1), id="lexrank-threshold"),
]
SENTENCES = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=9), max_size=14)


@pytest.mark.parametrize("kernel", KERNELS)
@given(sentences=SENTENCES)
def test_scores_are_a_distribution(kernel: Kernel, sentences: list[list[str]]) -> None:
    """Scores are finite, positive and add up to 1, whichever sentences are empty, equal or isolated."""
    scores = kernel(sentence_terms(sentences))

    assert scores.shape == (len(sentences),)
    assert np.isfinite(scores).all()
    assert (scores > 0).all()
    assert not sentences or abs(scores.sum() - 1) < 1e-12


@pytest.mark.parametrize("kernel", KERNELS)
@given(sentences=SENTENCES, data=st.data())
def test_scores_move_with_their_sentences(kernel: Kernel, sentences: list[list[str]], data: st.DataObject) -> None:
    """Sentences in another order have the same scores: the kernels know nothing of position."""
    order = data.draw(st.permutations(range(len(sentences))))
    scores = kernel(sentence_terms(sentences), epsilon=1e-13)
    moved = kernel(sentence_terms([sentences[i] for i in order]), epsilon=1e-13)

    np.testing.assert_allclose(moved, scores[list(order)], atol=1e-9)


@pytest.mark.parametrize("kernel", KERNELS)
@given(sentences=SENTENCES, data=st.data())
def test_equal_sentences_have_equal_scores(kernel: Kernel, sentences: list[list[str]], data: st.DataObject) -> None:
    """Sentences of the same terms differ by rounding at most, which `order_by_score` takes as equal."""
    twice = [*sentences, ["a", "b", "c"], *(data.draw(st.permutations(sentence)) for sentence in sentences)]
    scores = kernel(sentence_terms(twice))

    np.testing.assert_allclose(scores[: len(sentences)], scores[len(sentences) + 1 :], rtol=0, atol=1e-14)


@pytest.mark.parametrize("kernel", KERNELS)
@given(sentences=SENTENCES.filter(len))
def test_isolated_and_empty_sentences_score_the_least(kernel: Kernel, sentences: list[list[str]]) -> None:
    """A sentence that shares nothing has the score of an empty one, and no sentence has less."""
    scores = kernel(sentence_terms([*sentences, ["alone", "alone"], []]))

    assert scores[-1] == scores[-2]
    assert scores[-1] <= scores.min() * (1 + 1e-12)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("n_repeats", [7, 283, 330, 345, 70_001])
def test_a_long_isolated_sentence_has_no_links_left_by_rounding(kernel: Kernel, n_repeats: int) -> None:
    """However much a sentence shares with itself, what it shares with others stays exactly nothing.

    At 283, 330 and 345 repeats the remainder of a subtraction would pass for a link, and the walk would not settle.
    """
    alone = ["ice"] * n_repeats + ["lake"] * (n_repeats // 3) + ["road"] * (n_repeats // 5)
    scores = kernel(sentence_terms([alone, [], ["dog", "cat"], ["cat", "bird"], ["bird", "dog", "cow"], ["cow"]]))

    assert scores[0] == scores[1]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_text_of_one_sentence_repeated_is_even(kernel: Kernel) -> None:
    """Each of a thousand equal sentences has a thousandth."""
    scores = kernel(sentence_terms([["ice", "lake", "ice"]] * 1000))

    np.testing.assert_allclose(scores, 1e-3)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("n_sentences", [20, 120])
def test_damping_changes_the_scores(kernel: Kernel, n_sentences: int) -> None:
    """Whether they are solved for or come of an iteration; with none all are equal, undamped few walks settle."""
    counts = sentence_terms(zipf_text(Random(2), n_sentences))

    assert np.ptp(kernel(counts, damping=0.0)) < 1e-15
    assert np.ptp(kernel(counts, damping=0.5)) < np.ptp(kernel(counts))
    assert np.ptp(kernel(counts)) < np.ptp(kernel(counts, damping=1.0))
    with pytest.raises(ValueError, match=r"not 1\.1"):
        kernel(counts, damping=1.1)


@pytest.mark.parametrize("kernel", KERNELS)
def test_epsilon_and_the_cap_reach_the_iteration(kernel: Kernel) -> None:
    """They change when it ends; there is one for more than a hundred sentences."""
    counts = sentence_terms(zipf_text(Random(2), 120))

    assert kernel(counts, epsilon=1.0, max_iterations=1).shape == (120,)
    with pytest.raises(RankingDidNotConvergeError):
        kernel(counts, max_iterations=1)


@pytest.mark.parametrize("kernel", KERNELS)
def test_few_sentences_get_the_scores_that_many_iterations_come_to(kernel: Kernel) -> None:
    """What is solved for at a hundred sentences is what the iteration gives beside one more, which nothing links."""
    sentences = zipf_text(Random(5), 100)
    few, more = sentence_terms(sentences), sentence_terms([*sentences, []])
    weights = {} if kernel is textrank else {"idf": inverse_document_frequency(few)}  # which one more would change

    iterated = kernel(more, epsilon=1e-13, max_iterations=300, **weights)[:100]
    np.testing.assert_allclose(kernel(few, **weights), iterated / iterated.sum(), rtol=0, atol=1e-9)


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_clock_is_looked_at_in_every_iteration(kernel: Kernel) -> None:
    """An error of the checkpoint ends the ranking, however late it comes."""
    looks: list[None] = []

    def third_time_too_late() -> None:
        looks.append(None)
        if len(looks) == 3:
            raise DeadlineExceededError

    with pytest.raises(DeadlineExceededError):
        kernel(sentence_terms(zipf_text(Random(3), 120)), checkpoint=third_time_too_late)


def test_textrank_takes_sentences_of_very_many_lengths() -> None:
    """With every length from 1 to 120, and one of 10,000, the factors still give the weights to rounding error."""
    rng = Random(4)
    sentences = [rng.choices([f"t{i}" for i in range(300)], k=length) for length in [*range(1, 121), 10_000]]
    scores = textrank(sentence_terms(sentences), epsilon=1e-13, max_iterations=300)

    np.testing.assert_allclose(scores, textrank_twin(sentences), rtol=0, atol=1e-9)


def test_textrank_in_less_memory_gives_the_same_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """With memory for one factor at a time, and none for each term and length."""
    counts = sentence_terms(zipf_text(Random(6), 150, shortest=2, longest=30))
    whole = textrank(counts)
    monkeypatch.setattr("service.ranking.textrank.BLOCK_BYTES", 1)

    np.testing.assert_allclose(textrank(counts), whole, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kernel", [textrank, lexrank])
def test_memory_stays_far_below_the_matrix(kernel: Kernel) -> None:
    """20,000 sentences take under 64 MB beside the counts; their similarities alone would take 177 MB and more."""
    counts = sentence_terms(zipf_text(Random(5), 20_000, shortest=8, longest=32))
    tracemalloc.start()
    kernel(counts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 64 * 2**20


@pytest.mark.parametrize("kernel", [textrank, lexrank])
def test_memory_stays_bounded_for_many_terms_and_lengths(kernel: Kernel) -> None:
    """A text of 300,000 different terms, each in two sentences of a new length, is no matrix of both."""
    sentences = [
        [f"t{(start + i) % 300_000}" for i in range(2 * n)] for n, start in enumerate(range(0, 300_000, 387), 1)
    ]
    counts = sentence_terms(sentences)
    tracemalloc.start()
    kernel(counts)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert counts.shape[1] > 250_000
    assert peak < 96 * 2**20 + 4 * (counts.value.nbytes + counts.column.nbytes)
