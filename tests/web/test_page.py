"""The page at `/`: its form without JavaScript. What its scripts do is in tests/browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from service.web.examples import ARTICLE

FORM = "application/x-www-form-urlencoded"


def test_the_form_is_shown(client: FlaskClient) -> None:
    """GET shows a form with the fields of the query string, every one with a label."""
    page = client.get("/").text

    fields = set(re.findall(r'name="(\w+)"', page)) - {"viewport"}
    assert {"text", "title", "sentences", "highlights", "compression", "language", "algorithm"} <= fields
    assert {name for name in fields if f'for="{name}"' not in page} == set()


def test_the_form_is_answered_through_the_same_summarize(client: FlaskClient) -> None:
    """POST shows what the API answers to the same options, and the form as it was sent."""
    options = {"sentences": "2", "highlights": "2", "title": "", "language": "en"}

    page = unescape(client.post("/", data={"text": ARTICLE, **options}).text)

    expected = client.post(
        "/v1/summaries", json={"text": ARTICLE, "length": {"sentences": 2}, "highlights": {"count": 2}}
    )
    assert expected.get_json()["summary"] in page
    assert [highlight["text"] for highlight in expected.get_json()["highlights"]] == re.findall(r"<li>(.*)</li>", page)
    assert ARTICLE.strip() in page
    assert 'value="2"' in page


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"text": " "}, 422, "The text is blank."),
        ({}, 422, "The text is blank."),
        ({"text": "A ferry.", "sentences": "none"}, 422, "'sentences' must be a whole number"),
        ({"text": "A ferry.", "language": "xx"}, 422, "language"),
        ({"text": "A ferry.", "colour": "red"}, 422, "There is no option 'colour'."),
        ({"text": "A ferry.", "colour": ""}, 422, "There is no option 'colour'."),
        ({"text": "A ferry.", "order": ["", ""]}, 422, "'order' is given 2 times"),
        ({"text": ["A", "B"]}, 422, "'text' is given more than once."),
        ({"text": "a " * 1_000_001}, 413, "at most 2,000,000"),
        ({str(number): "1" for number in range(101)}, 400, "more than 100 fields"),
    ],
)
def test_errors_are_told_in_words(client: FlaskClient, fields: dict[str, str], status: int, words: str) -> None:
    """A refusal keeps its status and is shown in the page."""
    reply = client.post("/", data=urlencode(fields, doseq=True), content_type=FORM)

    assert (reply.status_code, reply.mimetype) == (status, "text/html")
    assert words in unescape(reply.text)
    assert 'role="alert"' in reply.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"text=Caf%E9", FORM, 400),
        (b"text=Caf\xe9", FORM, 400),
        (b"{}", "application/json", 415),
        (b"text=" + b"a" * (8 * 1024 * 1024), FORM, 413),
    ],
)
def test_broken_forms_are_refused(client: FlaskClient, body: bytes, content_type: str, status: int) -> None:
    """Bytes that are not UTF-8, other types and too large a body have the API's status."""
    assert client.post("/", data=body, content_type=content_type).status_code == status


def test_text_is_only_ever_shown_as_text(client: FlaskClient) -> None:
    """Markup in the text or a field stays text."""
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)> A sentence follows it here. And one more.'

    page = client.post("/", data={"text": attack, "title": attack, "sentences": "1"}).text

    [script] = re.findall(r"<script.*?</script>", page, re.DOTALL)
    assert script.startswith('<script type="module" src="/static/page/main.js">')
    assert "<img" not in page


def test_a_field_that_is_wrong_is_marked(client: FlaskClient) -> None:
    """The error stands at its field too, where a screen reader finds it."""
    page = client.post("/", data={"text": "A ferry.", "sentences": "0"}).text

    assert 'aria-describedby="sentences-wrong"' in page
    assert 'id="sentences-wrong"' in page


def test_links_carry_the_prefix(make_client: Callable[..., FlaskClient]) -> None:
    """Behind a prefix every address of the page is under it."""
    page = make_client(NUTGRAF_URL_PREFIX="/news/nutgraf").get("/").text

    addresses = re.findall(r'(?:href|src|action|data-api|data-sample)="([^"]*)"', page)
    assert {address.rsplit("/", 1)[1] for address in addresses} >= {"main.js", "news.txt", "summaries"}
    assert all(address.startswith("/news/nutgraf/") for address in addresses)


def test_without_docs_there_is_no_link_to_them(make_client: Callable[..., FlaskClient]) -> None:
    """NUTGRAF_DOCS=off takes the link off too."""
    assert "/docs" in make_client().get("/").text
    assert "/docs" not in make_client(NUTGRAF_DOCS="off").get("/").text


def test_the_page_is_small_and_has_no_step_before_it(client: FlaskClient, root: Path) -> None:
    """Page, style, modules, icon and samples as served, under 100 kB; each module that is imported is there."""
    static = root / "service/web/static"
    files = [path for path in static.rglob("*") if path.is_file() and path.name != "docs.js"]
    sizes = [len(client.get(f"/static/{path.relative_to(static)}", buffered=True).data) for path in files]

    assert sum(sizes) + len(client.get("/").data) < 100_000
    modules = {path.name: path.read_text("utf-8") for path in (static / "page").iterdir()}
    imported = {name for source in modules.values() for name in re.findall(r'from "\./([a-z]+\.js)"', source)}
    assert imported | {"main.js"} == set(modules)


def test_no_script_turns_text_into_markup(root: Path) -> None:
    """No sink that parses markup or code, no style or handler in an attribute: the policy would stop them anyway."""
    sources = "".join(path.read_text("utf-8") for path in (root / "service/web/static/page").iterdir())
    page = (root / "service/web/templates/page.html").read_text("utf-8")

    assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc", sources)
    assert not re.search(r'(?:\son[a-z]+|\sstyle)="', page)
