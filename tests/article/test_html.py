"""HTML pages."""

from __future__ import annotations

import pytest

from service.article.html import MAX_TAGS, check_tags, page_from_html
from service.errors import TextTooLongError

PAGE = """<!doctype html>
<html lang="en"><head><title>Ferry line reopens - Harbour Daily</title><style>p {color: red}</style></head>
<body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/islands">Islands</a></nav>
<article>
<h1>Ferry line <em>reopens</em></h1>
<p>The ferry line between the two towns reopened on Monday after a year of repairs, the port authority said.</p>
<p>Hundreds of people came to the quay to see the first boat leave &amp; wave at its captain.</p>
<h2>Costs</h2>
<p>The works cost 12 million euros, which is twice what the council had planned for them.</p>
</article>
<aside><a href="/1">Storm closes harbour</a></aside>
<footer>Copyright Harbour Daily. <a href="/terms">Terms</a></footer>
<script>alert("never")</script>
</body></html>"""


def test_the_article_is_read_and_the_furniture_is_not() -> None:
    """Headings and paragraphs come a line each; navigation, scripts and footers do not come at all."""
    page = page_from_html(PAGE)

    lines = page.text.splitlines()
    assert lines[0] == "Ferry line reopens"
    assert lines[1].endswith("the port authority said.")
    assert lines[2].endswith("leave & wave at its captain.")
    assert lines[3] == "Costs"
    assert not any(word in page.text for word in ("Home", "never", "Terms", "color", "Storm closes"))


@pytest.mark.parametrize("mark", ["\x00", "\x01", "\x13", "\x7f", "\ufffe"])
def test_a_stray_control_character_changes_nothing(mark: str) -> None:
    """What XML cannot hold is read as a space, wherever it stands."""
    with_mark = PAGE.replace("Hundreds of", f"Hundreds{mark}of")

    assert page_from_html(with_mark).text.splitlines()[0] == "Ferry line reopens"
    assert len(page_from_html(with_mark).text.splitlines()) == 5


def test_the_main_heading_is_the_title() -> None:
    """The heading comes before the document's title, which often names the site."""
    assert page_from_html(PAGE).title == "Ferry line reopens"
    assert page_from_html(PAGE.replace("h1>", "div>")).title == "Ferry line reopens - Harbour Daily"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Two ferries met.</p>", "Two ferries met."),
        ("Two ferries &lt;met&gt;.", "Two ferries <met>."),
        ("<?xml version='1.0' encoding='latin-1'?><p>Café.</p>", "Café."),
        ("\x00<p>Two ferries met.</p>", "Two ferries met."),
        ("", ""),
        ("<html></html>", ""),
        ("<script>let ferry = 1</script>", ""),
        ("<!-- Two ferries met. -->", ""),
    ],
)
def test_whatever_is_sent_gives_a_page(html: str, text: str) -> None:
    """Fragments, plain words, broken and empty pages are read as far as they go."""
    assert page_from_html(html).text.strip() == text


def test_a_page_of_too_many_tags_is_refused_before_it_is_read() -> None:
    """By their number, which costs nothing to count."""
    check_tags("<p>" * MAX_TAGS)

    with pytest.raises(TextTooLongError, match=r"60,001 tags; at most 60,000"):
        check_tags("<p>" * (MAX_TAGS + 1))


def test_a_very_deep_page_does_no_harm() -> None:
    """A hundred thousand open elements neither crash nor hang the reader."""
    assert isinstance(page_from_html("<div>" * 100_000 + "<p>deep</p>").text, str)
