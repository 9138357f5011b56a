"""sumy's other methods by position."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer

from service.article.languages import get_language
from service.errors import TextTooLongError
from service.ranking.classics import CLASSICS, classic_scores
from service.ranking.rankers import order_by_score
from service.ranking.vectors import no_check
from tests.ranking.oracle import SpaceTokenizer

SUMY = {
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "kl": KLSummarizer,
    "sum-basic": SumBasicSummarizer,
    "reduction": ReductionSummarizer,
}
LINES = """\
the harbour of the old town froze over on sunday night for the first time in twenty years
fishing boats lay stuck in the ice while their crews waited for the icebreaker to come
the icebreaker had been sold to a museum two winters ago to save money
without it the town has to ask the coast guard for help and the coast guard has only two ships
boats and crews cannot work until the ice in the harbour is gone
one of the crews tried to cut the ice with saws
children skated between the boats on monday and the town sold hot soup
the mayor said that selling the icebreaker was a mistake and that the town would rent another
a rented icebreaker costs more in one winter than the old one did in ten
nobody in the town has seen the harbour so quiet
forecasts say the ice will hold for another week and the harbour stays closed"""
WORDS = [line.split() for line in LINES.splitlines()]


@pytest.mark.parametrize("name", CLASSICS)
@pytest.mark.parametrize("n_chosen", [1, 3, 7])
def test_the_best_by_score_are_those_that_sumy_chooses(name: str, n_chosen: int) -> None:
    """With the same words, stop words and stems, sumy's own choice is ours, for every method and length.

    Which of two equal scores sumy's LSA takes depends on the hash seed, so choices are compared by their scores.
    """
    language = get_language("en")
    summarizer = SUMY[name](language.stem)
    summarizer.stop_words = language.stop_words
    tokenizer = SpaceTokenizer()
    document = ObjectDocumentModel([Paragraph([Sentence(line, tokenizer) for line in LINES.splitlines()])])
    theirs = [str(sentence) for sentence in summarizer(document, n_chosen)]

    scores = classic_scores(name, WORDS, "en", no_check)
    chosen = order_by_score(scores)[:n_chosen]
    theirs_by_index = [LINES.splitlines().index(line) for line in theirs]

    np.testing.assert_allclose(np.sort(scores[theirs_by_index]), np.sort(scores[chosen]), rtol=1e-9)


@pytest.mark.parametrize("name", ["lsa", "luhn", "reduction"])
def test_equal_sentences_have_equal_scores_and_do_not_collapse(name: str) -> None:
    """Where sumy would rate all copies as one, each copy has its own score, and it is the same."""
    scores = classic_scores(name, [*WORDS, *WORDS], "en", no_check)

    np.testing.assert_allclose(scores[: len(WORDS)], scores[len(WORDS) :], rtol=1e-12)
    assert len(set(scores.round(9).tolist())) > 2


@pytest.mark.parametrize("name", ["kl", "sum-basic"])
def test_greedy_methods_score_by_order_of_choice(name: str) -> None:
    """Every sentence has its own place, from 1 for the first chosen down to 1 / n, equal sentences too."""
    scores = classic_scores(name, WORDS[:2] * 2, "en", no_check)

    np.testing.assert_allclose(np.sort(scores), [0.25, 0.5, 0.75, 1])


@pytest.mark.parametrize("name", CLASSICS)
def test_a_text_over_the_limits_is_refused_before_the_work(name: str) -> None:
    """One sentence or one word too many raises an error that names the limit and the algorithm."""
    classic = CLASSICS[name]
    with pytest.raises(
        TextTooLongError, match=f"{classic.max_sentences:,} are accepted .algorithm {name}"
    ) as sentences:
        classic_scores(name, [["ice"]] * (classic.max_sentences + 1), "en", no_check)
    with pytest.raises(TextTooLongError, match=f"{classic.max_words:,} are accepted") as words:
        classic_scores(name, [["ice"] * (classic.max_words + 1)], "en", no_check)

    assert (sentences.value.unit, words.value.unit) == ("sentences", "words")


@pytest.mark.parametrize("code", ["de", "tr", "ja"])
@pytest.mark.parametrize("name", CLASSICS)
def test_every_method_takes_other_languages(name: str, code: str) -> None:
    """Stop words and stemmer come from the language's row, whether it has a stemmer or not."""
    words = [["eis", "hafen", "eis"], ["hafen", "boot"], ["氷", "港", "船"]]

    assert np.isfinite(classic_scores(name, words, code, no_check)).all()


def test_sentences_without_words_score_nothing() -> None:
    """Sumy rates none of them."""
    assert classic_scores("luhn", [[], []], "en", no_check).tolist() == [0.0, 0.0]


def test_sumy_is_imported_on_first_use_or_by_preload(root: Path) -> None:
    """Importing the rankers does not wait for sumy; `preload` does, so that requests need not."""
    script = (
        "import sys; from service.ranking import classics, rankers\n"
        "print('sumy' in sys.modules); classics.preload(); print('sumy.summarizers.lsa' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=True, text=True).stdout

    assert shown.split() == ["False", "True"]
