"""HTML pages."""

from __future__ import annotations

import random
import time

import pytest
from lxml.html import HTMLParser, document_fromstring

from service.article.html import _MANY_ATTRIBUTES, MAX_ATTRIBUTES, MAX_TAGS, check_tags, page_from_html
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


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>The ferry <b>re</b>turns in <i>April</i>.<br>It was away.</p>",
            "The ferry returns in April.\nIt was away.",
        ),
        ("<div>The <a href='/x'>ferry</a> left.</div><div>Two came.</div>", "The ferry left.\nTwo came."),
        ("<style>p {color: red}</style><h1>Ferry</h1>It <em>left</em>.<script>1</script>", "Ferry\nIt left."),
        ("<ul><li>The <b>old</b> ferry</li><li>Two</li></ul>", "- The old ferry\n- Two"),
    ],
)
def test_a_word_that_is_marked_stays_in_its_sentence(html: str, text: str) -> None:
    """Also on pages so short that all their text is taken."""
    assert page_from_html(html).text == text


_STORY = """<nav><a href=/>Home</a></nav><article><h1>Ferry</h1><p class=byline>By Ana Lund</p>
<p>The night ferry will <b>re</b>turn in April to the islands, the council said on Monday.</p>
<figure><img src=x><figcaption>The ferry at the quay. Photo: Per Berg</figcaption></figure>
<ul><li>It sails from 7 p.m. to 7 a.m. every day.</li><li>It carries 400 people.</li></ul></article>"""


@pytest.mark.parametrize("n_paragraphs", [1, 2, 3, 4, 9])
def test_a_page_of_any_length_has_a_line_a_block(n_paragraphs: int) -> None:
    """Of a short one trafilatura makes one line, of headline, byline, caption and all."""
    [before, after] = _STORY.split("<figure>")
    more = "".join(
        f"<p>The council of ward {number} has to pay for the boats.</p>" for number in range(1, n_paragraphs)
    )

    lines = page_from_html(f"{before}{more}<figure>{after}").text.splitlines()

    assert lines[0] == "Ferry"
    assert "The night ferry will return in April to the islands, the council said on Monday." in lines
    assert lines[-1].endswith("It carries 400 people.")
    assert not [line for line in lines if "Monday." in line[:-7] or "ward" in line[40:]]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The fee is <del>5</del><ins>7</ins> euros.", "The fee is 7 euros."),
        ("<s>The boat sank.</s> The boat sailed.", "The boat sailed."),
        ("In 2024<sup>1</sup> about 10<sup>6</sup> gulls came.", "In 2024¹ about 10⁶ gulls came."),
        (
            "About 40 gulls<sup><a href='#f2'>[2]</a></sup> came on the 1<sup>st</sup>.",
            "About 40 gulls came on the 1st.",
        ),
        ("The crew <span hidden>SECRETLY </span>sailed home.", "The crew sailed home."),
        ("<span hidden='until-found'>The crew</span> sailed.", "The crew sailed."),
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の船。", "東京の船。"),
        ("She said: <q>We <b>sail</b>.</q> Then she left.", "She said: “We sail.” Then she left."),
        ("She said: <q>We sail.</q>", "She said: “We sail.”"),
    ],
)
def test_what_is_read_is_what_is_seen(html: str, text: str) -> None:
    """Neither what was deleted or hidden nor a footnote's number; powers and short quotations keep their signs."""
    assert page_from_html(f"<h1>Ferry</h1><p>{html}</p><p>The boats of the town stayed at the pier.</p>").text == (
        f"Ferry\n{text}\nThe boats of the town stayed at the pier."
    )


def test_a_page_that_a_script_unhides_is_read() -> None:
    """Most of it is hidden: that is its story."""
    page = page_from_html("<h1>Ferry</h1><div hidden><p>The night ferry will return in April to the islands.</p></div>")

    assert page.text.splitlines()[-1] == "The night ferry will return in April to the islands."


def test_a_tag_of_very_many_attributes_is_read_in_time() -> None:
    """The parser would take minutes over them."""
    attributes = " ".join(f'a{number}="x"' for number in range(200_000))

    start = time.monotonic()
    page = page_from_html(f"<p {attributes} title='a > b'>Two ferries met.</p>")

    assert page.text == "Two ferries met."
    assert time.monotonic() < start + 10


@pytest.mark.parametrize("seed", range(20))
def test_attributes_are_counted_as_the_parser_counts_them(seed: int) -> None:
    """However they are written, no tag keeps many more than are read."""
    shuffled = random.Random(seed)
    pieces = [*" \t\n=/\"'<>", "N", "N", "N", "-", "é", "&", "<b", "!"]
    for _ in range(100):
        unit = "".join(shuffled.choices(pieces, k=shuffled.randint(2, 7)))
        many = "".join(unit.replace("N", f"n{number}") for number in range(3 * MAX_ATTRIBUTES))
        html = _MANY_ATTRIBUTES.sub(r"\1", f"<p {many}>Two ferries met.")
        tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
        assert max(len(element.attrib) for element in tree.iter() if isinstance(element.tag, str)) <= MAX_ATTRIBUTES


def test_a_page_of_too_many_tags_is_refused_before_it_is_read() -> None:
    """By their number, which costs nothing to count."""
    check_tags("<p>" * MAX_TAGS)

    with pytest.raises(TextTooLongError, match=r"40,001 tags; at most 40,000"):
        check_tags("<p>" * (MAX_TAGS + 1))


def test_a_very_deep_page_does_no_harm() -> None:
    """A hundred thousand open elements neither crash nor hang the reader."""
    assert isinstance(page_from_html("<div>" * 100_000 + "<p>deep</p>").text, str)
