"""Lines and hard-wrapped paragraphs."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.lines import BLANK, collapsed, ends_sentence, has_control_characters, paragraphs, trimmed

FIRST = (
    "The harbour of the small island town reopened on Monday after a year of repairs that cost twice what the council "
    "had planned, and the first boat left at dawn with two hundred people on board."
)
SECOND = (
    "Fishermen who had to sell their catch on the mainland for months said they were glad to be back, though some of "
    "them asked who would pay for the fuel that the long way round had cost them since the storm."
)


def texts_of(text: str) -> list[str]:
    """The paragraphs as strings."""
    return [text[line.start : line.end] for line in paragraphs(text)]


@pytest.mark.parametrize("width", [40, 60, 72, 100])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_hard_wrapped_paragraphs_are_joined(width: int, line_break: str) -> None:
    """Lines near one width are pieces of a paragraph; the paragraph's span holds the breaks."""
    wrapped = ["\n".join(textwrap.wrap(paragraph, width)) for paragraph in (FIRST, SECOND)]
    text = "\n\n".join(wrapped).replace("\n", line_break)

    found = texts_of(text)

    assert [collapsed(paragraph) for paragraph in found] == [FIRST, SECOND]
    assert found == [paragraph.replace("\n", line_break) for paragraph in wrapped]


def test_paragraphs_of_wrapped_text_part_at_a_short_line_too() -> None:
    """Without a blank line between them, a line with room left ends its paragraph."""
    text = "\n".join([*textwrap.wrap(FIRST, 64), *textwrap.wrap(SECOND, 64)])

    assert [collapsed(paragraph) for paragraph in texts_of(text)] == [FIRST, SECOND]


def test_a_list_in_wrapped_text_stays_a_list() -> None:
    """A line that opens with a bullet starts a block of its own, however full the line before it."""
    items = textwrap.wrap(f"- {FIRST}", 60) + textwrap.wrap(f"- {SECOND}", 60)

    assert [collapsed(paragraph) for paragraph in texts_of("\n".join(items))] == [f"- {FIRST}", f"- {SECOND}"]


def test_lines_of_no_width_that_go_on_are_joined() -> None:
    """Columns copied from a page: a line that ends a sentence ends its paragraph, as no width tells more."""
    words = FIRST.split()
    lines = [" ".join(words[start:end]) for start, end in [(0, 9), (9, 15), (15, 24), (24, 31), (31, None)]]
    text = "Harbour news\n\n" + "\n ".join(lines) + f"\n{SECOND}"

    assert [collapsed(paragraph) for paragraph in texts_of(text)] == ["Harbour news", FIRST, SECOND]


def test_a_sentence_that_one_break_tears_is_joined() -> None:
    """Of three lines, too few to tell a width: the first and the second break off before a small letter."""
    text = "The council of Lindholm, which met on Monday night in the old town hall, has\nadopted a budget. " + FIRST
    torn = text.replace(
        " budget. ", " budget for the harbour and the ferry and the schools of the island that is\nlarger. "
    )

    assert [collapsed(line) for line in texts_of(text)] == [collapsed(text)]
    assert [collapsed(line) for line in texts_of(torn)] == [collapsed(torn)]
    assert len(texts_of(text.replace("\n", "\n\n"))) == 2
    assert len(texts_of(text.replace("\n", "\n- "))) == 2


@pytest.mark.parametrize("line", ["so we sailed", "the boat that came at dawn and never left again."])
def test_small_letters_alone_do_not_join_lines(line: str) -> None:
    """A chat or a poem without capitals, and lines that end as sentences do, stay as they are."""
    assert texts_of("\n".join([line] * 6)) == [line] * 6


def test_short_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    """Lines that end as sentences do are paragraphs, even when their lengths are alike."""
    lines = [f"The council of ward number {n} met on Monday and adopted its budget for the year." for n in range(8)]

    assert texts_of("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "separator", ["\n", "\r\n", "\r", "\n\n", "\f", "\v", "\x1e", "\u2028", "\u2029", "\x85", " \t\n\ufeff\n"]
)
def test_every_kind_of_line_break_parts_lines(separator: str) -> None:
    """Old Mac, Windows and Unicode line breaks count, and white space around them goes."""
    assert texts_of(separator.join([FIRST, SECOND])) == [FIRST, SECOND]


def test_blank_text_has_no_lines() -> None:
    """White space of any kind, control characters and zero-width spaces make no line."""
    assert paragraphs(BLANK * 3) == []
    assert paragraphs("") == []


@given(st.text(st.sampled_from("ab .\n\r\t\u200b\u00a0\x00é"), max_size=80))
def test_lines_hold_every_character_that_is_not_blank(text: str) -> None:
    """Lines are in order, do not overlap, have no blank edges, and nothing between them is text."""
    end = 0
    for line in paragraphs(text):
        assert not text[end : line.start].strip(BLANK)
        assert text[line.start : line.end].strip(BLANK) == line.text == text[line.start : line.end]
        end = line.end
    assert not text[end:].strip(BLANK)


@given(st.text(), st.text(BLANK), st.text(BLANK))
def test_trimmed_takes_blanks_off_the_edges_only(text: str, before: str, after: str) -> None:
    """The trimmed span is the text without its blank edges."""
    start, end = trimmed(before + text + after, 0, len(before + text + after))

    assert (before + text + after)[start:end] == text.strip(BLANK)


@pytest.mark.parametrize("text", ["Done.", "Done!)", "“Done.”", "完了。", "क्या हुआ?", "समाप्त।", "as follows:", "wait…"])
def test_final_marks_of_many_scripts_end_a_sentence(text: str) -> None:
    """Closing quotes and brackets may follow the mark."""
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["Done", "Done,", "(Done)", "'Done'", ""])
def test_other_endings_do_not(text: str) -> None:
    """A line without a final mark is not a sentence's end."""
    assert not ends_sentence(text)


def test_collapsed_reads_control_characters_as_white_space() -> None:
    """A NUL parts words as a space does."""
    assert collapsed(" a\x00b \t\r\n c\u00a0d\x7f") == "a b c d"


def test_tabs_and_line_breaks_are_no_control_characters_to_warn_of() -> None:
    """Only what has no business in a text is reported."""
    assert not has_control_characters("a\tb\r\nc\u2028d\x0c")
    assert has_control_characters("a\x00b")
    assert has_control_characters("a\x9bb")
