"""Every algorithm behind its one signature."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from service.errors import DeadlineExceededError
from service.ranking.rankers import ALGORITHMS, Corpus, order_by_score, relative_scores
from service.ranking.vectors import Checkpoint, no_check

LINES = """\
the ferry to the outer islands will run every hour from may
the council said the new ferry would cost nine million a year
ticket prices rise by a tenth for visitors and stay the same for islanders
critics of the council say the islands need a bridge and not a ferry
rain is expected
the council will vote on the ferry and on ticket prices in march"""
WORDS = [line.split() for line in LINES.splitlines()]
SCORES = arrays(np.float64, st.integers(0, 40), elements=st.floats(0, 1e6, allow_subnormal=False))


def corpus(words: Sequence[Sequence[str]], checkpoint: Checkpoint = no_check) -> Corpus:
    """Make a corpus whose terms are the words of four letters and more."""
    terms = [[word for word in sentence if len(word) > 3] for sentence in words]
    return Corpus(terms, np.arange(len(words)), lambda: words, "en", checkpoint)


def test_the_names_are_those_of_the_interface() -> None:
    """The nine algorithms, the default first."""
    assert list(ALGORITHMS) == ["fusion", "textrank", "lexrank", "lead", "lsa", "luhn", "kl", "sum-basic", "reduction"]
    assert all(name == algorithm.name for name, algorithm in ALGORITHMS.items())
    assert all(algorithm.summary.endswith(".") for algorithm in ALGORITHMS.values())


@pytest.mark.parametrize("name", ALGORITHMS)
@pytest.mark.parametrize("words", [WORDS, [], [[]], [["ferry"]], [["the"], ["of"]], [[], ["ferry"], []], WORDS[:1] * 4])
def test_every_algorithm_scores_every_text(name: str, words: list[list[str]]) -> None:
    """Scores are finite, not negative, one a sentence, also for no text, one word, stop words alone and repeats."""
    scores = ALGORITHMS[name].rank(corpus(words))

    parts = (scores.combined, scores.textrank, scores.lexrank, scores.position)
    assert all(part.shape == (len(words),) and part.dtype == np.float64 for part in parts if part is not None)
    assert np.isfinite(scores.combined).all()
    assert (scores.combined >= 0).all()


def test_fusion_shows_what_it_is_made_of() -> None:
    """The parts are there for the explanation, and those of the pure rankings."""
    fusion = ALGORITHMS["fusion"].rank(corpus(WORDS))
    textrank = ALGORITHMS["textrank"].rank(corpus(WORDS))
    lexrank = ALGORITHMS["lexrank"].rank(corpus(WORDS))

    assert fusion.textrank is not None
    assert fusion.lexrank is not None
    assert fusion.position is not None
    assert fusion.textrank.tolist() == textrank.combined.tolist()
    assert fusion.lexrank.tolist() == lexrank.combined.tolist()
    assert (textrank.lexrank, textrank.position, lexrank.textrank, lexrank.position) == (None,) * 4


def test_lead_takes_sentences_as_they_come() -> None:
    """The order by score is the order by position, to the last of very many."""
    scores = ALGORITHMS["lead"].rank(Corpus([[]] * 20_000, np.arange(20_000), list, "en"))

    assert order_by_score(scores.combined).tolist() == list(range(20_000))


@pytest.mark.parametrize("name", [name for name in ALGORITHMS if name != "lead"])
def test_every_algorithm_looks_at_the_clock(name: str) -> None:
    """An error of the checkpoint comes through, from sumy's methods too."""

    def too_late() -> None:
        raise DeadlineExceededError

    with pytest.raises(DeadlineExceededError):
        ALGORITHMS[name].rank(corpus(WORDS, too_late))


def test_fusion_looks_at_the_clock_in_both_of_its_rankings() -> None:
    """As often as they do by themselves."""

    def looks(name: str) -> int:
        times: list[None] = []
        ALGORITHMS[name].rank(corpus(WORDS, lambda: times.append(None)))
        return len(times)

    assert looks("fusion") == looks("textrank") + looks("lexrank")


@given(scores=SCORES)
def test_relative_scores_run_from_0_to_1(scores: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    """The best is exactly 1, the order stays, and nothing is outside."""
    relative = relative_scores(scores)

    assert len(scores) == 0 or relative.max() == 1
    assert ((relative >= 0) & (relative <= 1)).all()
    assert np.argsort(relative, kind="stable").tolist() == np.argsort(scores, kind="stable").tolist()


@pytest.mark.parametrize("value", [0.0, 1e-300, 0.25, 7.0])
def test_equal_scores_are_all_the_best(value: float) -> None:
    """Scores that are all equal are all 1, zeros too."""
    assert relative_scores(np.full(3, value)).tolist() == [1, 1, 1]


@given(scores=SCORES)
def test_the_order_is_best_first_and_complete(scores: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    """Every index comes once, and no score stands before one that is better by more than a tie."""
    order = order_by_score(scores)

    assert sorted(order.tolist()) == list(range(len(scores)))
    assert (np.diff(scores[order]) <= 40 * 1e-9 * scores.max(initial=0.0)).all()


def test_ties_stand_in_order_of_position() -> None:
    """Differences by rounding are no differences, on whichever side of a rounding edge they fall."""
    edge = 0.1234567895
    scores = np.array([edge - 1e-16, 1.0, edge, edge + 1e-16, 0.5, edge - 2e-16, 1.0 - 1e-12])

    assert order_by_score(scores).tolist() == [1, 6, 4, 0, 2, 3, 5]


def test_scores_do_not_depend_on_the_hash_seed(root: Path) -> None:
    """Two processes with different hash seeds give the same scores to the last bit, by every algorithm."""
    script = (
        "import numpy\n"
        "from service.ranking.rankers import ALGORITHMS, Corpus\n"
        f"words = {WORDS * 3}\n"
        "corpus = Corpus(words, numpy.arange(len(words)), lambda: words, 'en')\n"
        "for name, algorithm in ALGORITHMS.items():\n"
        "    print(name, [score.hex() for score in algorithm.rank(corpus).combined.tolist()])\n"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert outputs[0].count(b"\n") == len(ALGORITHMS)
    assert outputs[0] == outputs[1]
