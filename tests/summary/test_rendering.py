"""Summaries as JSON, text, Markdown and HTML."""

from __future__ import annotations

from service import __version__
from service.article.models import Block, Span
from service.summary.models import (
    Explanation,
    Highlight,
    Keyword,
    Neighbour,
    Notice,
    ScoredSentence,
    Statistics,
    Summary,
)
from service.summary.options import SummaryOptions
from service.summary.rendering import as_dict, as_html, as_markdown, as_text
from service.summary.summarize import Source, summarize

TEXT = "😀 <b>Ferry</b> *news*. - Next_one [here]."
FIRST = ScoredSentence(index=0, text="😀 <b>Ferry</b> *news*.", start=0, end=22, n_words=3, score=1.0, rank=1, pick=1)
SECOND = ScoredSentence(index=1, text="- Next_one [here].", start=23, end=41, n_words=3, score=0.5, rank=2, pick=None)

EXPLAINED = (
    Explanation(FIRST, 1.0, 0.5, None, (Neighbour(1, 0.25, ("Ferry", "news")),)),
    Explanation(SECOND, 0.5, 1.0, None, ()),
)


def summary(*, full: bool = False, highlights: int = 2) -> Summary:
    """A small summary, with everything included where `full`."""
    bullets = (
        Highlight(FIRST.text, 0, (Span(0, 22),), compressed=False, pick=1),
        Highlight("Next_one [here].", 1, (Span(25, 41),), compressed=True, pick=2),
    )
    return Summary(
        summary="😀 <b>Ferry</b> *news*.",
        sentences=(FIRST,),
        highlights=bullets[:highlights],
        keywords=(Keyword("Ferry", 1.0),) if full else None,
        blocks=(Block("body", 0, 41),) if full else None,
        explanation=EXPLAINED if full else None,
        text=TEXT,
        text_included=full,
        language="en",
        algorithm="textrank",
        statistics=Statistics(characters=41, words=6, sentences=2, summary_words=3, reduction=0.5),
        warnings=(Notice("short-text", "There is less."),),
    )


def test_the_reply_has_the_fields_of_the_interface() -> None:
    """Without includes: no keywords, blocks, explanation or text."""
    assert as_dict(summary()) == {
        "summary": "😀 <b>Ferry</b> *news*.",
        "sentences": [
            {"index": 0, "text": FIRST.text, "start": 0, "end": 22, "score": 1.0, "rank": 1, "pick": 1},
        ],
        "highlights": [
            {"text": FIRST.text, "sentence": 0, "spans": [[0, 22]], "compressed": False, "pick": 1},
            {"text": "Next_one [here].", "sentence": 1, "spans": [[25, 41]], "compressed": True, "pick": 2},
        ],
        "language": "en",
        "algorithm": "textrank",
        "stats": {"characters": 41, "words": 6, "sentences": 2, "summary_words": 3, "reduction": 0.5},
        "warnings": [{"code": "short-text", "detail": "There is less."}],
        "version": __version__,
    }


def test_what_is_included_comes_in_its_place() -> None:
    """An algorithm's missing parts are left out of the explanation, and a sentence's text is not said twice."""
    reply = as_dict(summary(full=True))

    assert list(reply)[3:7] == ["keywords", "blocks", "explanation", "text"]
    assert reply["keywords"] == [{"text": "Ferry", "score": 1.0}]
    assert reply["blocks"] == [{"role": "body", "start": 0, "end": 41}]
    assert reply["text"] == TEXT
    assert reply["explanation"]["sentences"][1] == {
        "index": 1,
        "start": 23,
        "end": 41,
        "score": 0.5,
        "rank": 2,
        "pick": None,
        "textrank": 0.5,
        "lexrank": 1.0,
        "neighbours": [],
    }
    assert reply["explanation"]["sentences"][0]["neighbours"] == [
        {"index": 1, "similarity": 0.25, "words": ("Ferry", "news")}
    ]


def test_offsets_can_count_utf16_units_or_utf8_bytes() -> None:
    """The emoji is one code point, two units and four bytes."""
    assert as_dict(summary(), "utf16")["highlights"][1]["spans"] == [[26, 42]]
    assert as_dict(summary(full=True), "utf8")["blocks"] == [{"role": "body", "start": 0, "end": 44}]
    assert as_dict(summary(), "utf8")["sentences"][0]["end"] == 25


def test_text_has_bullets_first_then_the_paragraph() -> None:
    """As news desks print them."""
    assert as_text(summary()) == "- 😀 <b>Ferry</b> *news*.\n- Next_one [here].\n\n😀 <b>Ferry</b> *news*.\n"


def test_parts_that_are_empty_leave_no_blank_lines() -> None:
    """No bullets, no list."""
    assert as_text(summary(highlights=0)) == "😀 <b>Ferry</b> *news*.\n"
    assert as_html(summary(highlights=0)).count("<ul") == 0


def test_markdown_escapes_what_markdown_would_read() -> None:
    """Stars, underscores, brackets and tags stay what they are."""
    bullets, paragraph = as_markdown(summary()).split("\n\n")

    assert bullets.splitlines() == [r"- 😀 \<b\>Ferry\</b\> \*news\*.", r"- Next\_one \[here\]."]
    assert paragraph == "😀 \\<b\\>Ferry\\</b\\> \\*news\\*.\n"


def test_markdown_shows_what_is_written_like_an_entity() -> None:
    """An ampersand alone needs no escape."""
    text = "Lund &copy; Berg & Holm sail on Monday."

    assert as_markdown(summarize([Source(text)], SummaryOptions())).splitlines()[-1] == text.replace("&c", r"\&c")


def test_html_escapes_every_text() -> None:
    """Tags in the article are shown, never obeyed."""
    html = as_html(summary())

    assert "<b>" not in html
    assert '<ul lang="en" dir="auto">\n  <li>😀 &lt;b&gt;Ferry&lt;/b&gt; *news*.</li>' in html
    assert "</li>\n</ul>\n<p" in html
    assert html.endswith('<p lang="en" dir="auto">😀 &lt;b&gt;Ferry&lt;/b&gt; *news*.</p>\n')
