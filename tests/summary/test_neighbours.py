"""Neighbours in the words of the text."""

from __future__ import annotations

from service.article.reading import read
from service.ranking.vectors import counted_terms
from service.summary.models import Neighbour
from service.summary.neighbours import neighbours


def of_text(text: str, language: str = "en") -> list[tuple[Neighbour, ...]]:
    """Neighbours of each sentence of a text."""
    article = read(text, language)
    return neighbours(article, counted_terms([one.terms for one in article.sentences]))


def test_words_are_as_the_sentence_itself_writes_them() -> None:
    """Words, no stems, each once and as first written here."""
    found = of_text(
        "The ferries sail. Islanders praised a ferry, the best of ferries. The mayor slept. It snowed hard."
    )

    assert found[0][0].words == ("ferries",)
    assert found[1][0].words == ("ferry",)
    assert (found[2], found[3]) == ((), ())


def test_runs_of_white_space_do_not_matter() -> None:
    """A sentence is read as it is returned."""
    found = of_text(
        "Nobody in the town had thought for a moment that the old night \t ferries would ever return to the quay. "
        "Everyone on the islands had missed the night   ferry. Snow fell. Boats waited."
    )

    assert set(found[0][0].words) == {"night", "ferries"}
    assert set(found[1][0].words) == {"night", "ferry"}


def test_unspaced_languages_give_pairs_of_letters() -> None:
    """As their sentences are compared."""
    found = of_text("渡轮四月回来。岛民喜欢渡轮。市长睡着了。天下着大雪。", "zh")

    assert found[0][0].words == ("渡轮",)


def test_a_sentence_alone_has_none() -> None:
    """Nor has one without content."""
    assert of_text("The ferry returns.") == [()]
    assert of_text("So it is. So be it. And so on.") == [(), (), ()]
