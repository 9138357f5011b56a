"""Texts to articles."""

from __future__ import annotations

import pytest

from service.article.reading import SentenceLimit, check_text, read
from service.errors import InvalidTextError, TextTooLongError, UnsupportedLanguageError

STORY = (
    "Harbour news\nThe ferry line reopened on Monday. Hundreds of people came!\n"
    "Read more: Storm closes harbour\nIt rained."
)


def test_an_article_has_blocks_sentences_and_terms() -> None:
    """Only the body has sentences; each knows its block, its terms and its number of words."""
    article = read(STORY, "en")

    assert [block.role for block in article.blocks] == ["heading", "body", "promo", "body"]
    assert [STORY[sentence.start : sentence.end] for sentence in article.sentences] == [
        "The ferry line reopened on Monday.",
        "Hundreds of people came!",
        "It rained.",
    ]
    assert [sentence.block for sentence in article.sentences] == [1, 1, 3]
    assert [sentence.index for sentence in article.sentences] == [0, 1, 2]
    assert [sentence.n_words for sentence in article.sentences] == [6, 4, 2]
    assert article.sentences[0].terms == ("ferri", "line", "reopen", "monday")


def test_the_first_heading_is_the_title_unless_one_is_given() -> None:
    """The title's terms come with it."""
    assert read(STORY, "en").title == "Harbour news"
    assert read(STORY, "en", title="The boats").title == "The boats"
    assert read(STORY, "en", title="The boats").title_terms == ("boat",)
    assert read("Only one sentence here.", "en").title is None


def test_a_sentence_starts_behind_a_dateline_wherever_that_stands() -> None:
    """Some pages open with an editor's note in the same block."""
    text = "Editor's note: this story was updated. LYON, France (AP) -- The ferry line reopened on Monday."

    spans = [text[sentence.start : sentence.end] for sentence in read(text, "en").sentences]
    assert spans == ["Editor's note: this story was updated.", "The ferry line reopened on Monday."]


@pytest.mark.parametrize("mark", ["- ", "• ", "> ", "> > ", "— "])
def test_a_mark_before_a_line_is_of_no_sentence(mark: str) -> None:
    """An item's, a quoted mail's or a speaker's: it belongs to the block."""
    text = f"The boats of the old town left at dawn.\n{mark}The crew waved at the people on the pier."

    article = read(text, "en")

    assert text[article.blocks[1].start :].startswith(mark)
    assert text[article.sentences[1].start :] == "The crew waved at the people on the pier."
    assert article.sentences[1].n_words == 9


def test_what_has_no_letter_or_digit_is_no_sentence() -> None:
    """Rows of stars and dots are blocks, but nothing to summarise."""
    article = read("* * *\n....", "en")

    assert len(article.blocks) == 2
    assert article.sentences == ()


@pytest.mark.parametrize("text", ["", " \n\t", "\n" * 1_000_000, "\x00\u200b\ufeff\u00a0"])
def test_a_blank_text_is_refused(text: str) -> None:
    """White space, control characters and zero-width spaces alone are no text."""
    with pytest.raises(InvalidTextError, match="blank"):
        check_text(text, max_characters=2_000_000)


def test_half_a_surrogate_pair_is_refused_by_its_place() -> None:
    """It has no encoding, so no offset in bytes and no reply."""
    with pytest.raises(InvalidTextError, match="offset 6"):
        check_text("Ferry \ud800", max_characters=100)


def test_a_text_over_the_limit_is_refused_with_both_figures() -> None:
    """Size and limit stand in the message."""
    with pytest.raises(TextTooLongError, match=r"1,001 characters; at most 1,000"):
        check_text("a" * 1001, max_characters=1000)


@pytest.mark.parametrize("text", ["One two. " * 50, "One two.\n" * 50, "one two\n" * 500, "one two\u2028" * 500])
def test_too_many_sentences_or_lines_are_refused(text: str) -> None:
    """The count stops at the limit, so the message says "more than"."""
    with pytest.raises(TextTooLongError, match="more than"):
        read(text, "en", max_sentences=20)


def test_the_lower_limit_of_a_ranker_counts() -> None:
    """It names the ranker; lines may be as many as ever."""
    limit = SentenceLimit(20, "algorithm kl")

    with pytest.raises(TextTooLongError, match=r"more than 20 sentences; .* \(algorithm kl\)"):
        read("One two. " * 21, "en", lower_limit=limit)
    assert len(read("\n" * 100 + "One two. " * 20, "en", lower_limit=limit).sentences) == 20


def test_the_checkpoint_is_called_and_its_error_comes_through() -> None:
    """A deadline can stop the reading between blocks."""

    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        read(STORY, "en", checkpoint=stop)


def test_an_unknown_language_is_refused() -> None:
    """The error names the code."""
    with pytest.raises(UnsupportedLanguageError, match="xx"):
        read(STORY, "xx")


def test_a_dateline_ends_within_its_sentence() -> None:
    """A bracket that is a sentence of its own is no dateline of the next."""
    article = read("It rained.\n(Harbour.)\nThe ferry sailed.", "en")

    assert all(sentence.start < sentence.end for sentence in article.sentences)
