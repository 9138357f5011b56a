"""Ranked phrases."""

from __future__ import annotations

import pytest

from service.article.reading import read
from service.summary.keywords import MAX_KEYWORDS, keywords
from tests.article.samples import SAMPLES

TEXT = (
    "The harbour council met on Monday. The harbour council adopted the ferry plan. "
    "Critics of the ferry plan left early. The harbour council will meet again in May. "
    "Ferry plan or not, the boats are old."
)


def test_adjacent_top_words_form_phrases() -> None:
    """What the text says most often, and in the words it uses."""
    found = keywords(read(TEXT, "en"))

    assert {keyword.text.lower() for keyword in found[:2]} == {"harbour council", "ferry plan"}
    assert found[0].score == 1.0
    assert [keyword.score for keyword in found] == sorted((keyword.score for keyword in found), reverse=True)


def test_no_keyword_is_part_of_another() -> None:
    """A word that stands in a better phrase is not named again."""
    texts = [keyword.text.lower() for keyword in keywords(read(TEXT, "en"))]

    assert "harbour" not in texts
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("code", SAMPLES)
def test_keywords_are_words_of_the_text_in_every_language(code: str) -> None:
    """Each stands in the text as it is written there."""
    found = keywords(read(SAMPLES[code], code))

    assert 3 <= len(found) <= MAX_KEYWORDS
    assert all(keyword.text in " ".join(SAMPLES[code].split()) for keyword in found)
    assert all(0 < keyword.score <= 1 for keyword in found)


@pytest.mark.parametrize("text", ["....", "It was.", "Ferry.", "Ferry ferry ferry."])
def test_little_texts_have_few_keywords(text: str) -> None:
    """A text without neighbouring words has no graph, and that is no error."""
    assert len(keywords(read(text, "en"))) <= 1


def test_the_checkpoint_is_called() -> None:
    """A deadline can stop the walk."""

    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        keywords(read(TEXT, "en"), stop)
