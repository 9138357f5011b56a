"""`POST /v1/summaries` where all is well: three bodies, four replies, options in two places."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.web.examples import ARTICLE, ARTICLE_HTML
from service.web.schemas import SummaryReply
from service.web.summaries import REPLY_TYPES

PATH = "/v1/summaries"


def summary(client: FlaskClient, query: str = "", **body: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """POST the sample with options and return the reply."""
    reply = client.post(f"{PATH}{query}", json={"text": ARTICLE, **body})
    assert reply.status_code == 200, reply.text
    result: dict[str, Any] = reply.get_json()
    return result


def test_three_sentences_and_highlights_by_default(client: FlaskClient) -> None:
    """Without options there are three sentences of the article and up to five highlights."""
    reply = summary(client)

    assert len(reply["sentences"]) == 3
    assert 1 <= len(reply["highlights"]) <= 5
    assert "text" not in reply
    for sentence in reply["sentences"]:
        assert ARTICLE[sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_reply_is_what_its_model_says(client: FlaskClient) -> None:
    """With everything included the reply has every field of the model, and no other."""
    reply = summary(client, include=["keywords", "blocks", "explanation", "text"])

    model = SummaryReply.model_validate(reply)

    assert set(reply) == set(SummaryReply.model_fields)
    assert model.explanation.sentences[0].textrank > 0


def test_json_text_and_html_bodies_are_one_interface(client: FlaskClient) -> None:
    """The same text gives the same bytes as JSON and as text/plain; an HTML reply carries what was read."""
    as_json = client.post(PATH, json={"text": ARTICLE, "length": {"words": 60}, "highlights": {"count": 2}})
    as_text = client.post(f"{PATH}?words=60&highlights=2", data=ARTICLE, content_type="text/plain")
    as_html = client.post(f"{PATH}?words=60&highlights=2", data=ARTICLE_HTML, content_type="text/html")

    assert as_json.data == as_text.data
    page = as_html.get_json()
    assert page["summary"] == as_json.get_json()["summary"]
    for sentence in page["sentences"]:
        assert page["text"][sentence["start"] : sentence["end"]] == sentence["text"]


def test_html_in_json_is_read_as_a_page(client: FlaskClient) -> None:
    """`format: html` reads the text as a page."""
    reply = client.post(PATH, json={"text": ARTICLE_HTML, "format": "html"})

    assert "<p>" not in reply.get_json()["text"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/html;q=0.5, text/markdown;q=0.9", "text/markdown; charset=utf-8"),
        ("image/png, text/plain;q=0.1", "text/plain; charset=utf-8"),
        ("application/json;q=0, */*", "text/plain; charset=utf-8"),
    ],
)
def test_accept_chooses_the_reply(client: FlaskClient, accept: str | None, chosen: str) -> None:
    """The reply comes in the type that the client likes best, and says that Accept chose it."""
    headers = {} if accept is None else {"Accept": accept}

    reply = client.post(PATH, json={"text": ARTICLE}, headers=headers)

    assert (reply.status_code, reply.content_type) == (200, chosen)
    assert reply.headers["Vary"] == "Accept"


def test_text_and_markdown_are_bullets_then_a_paragraph(client: FlaskClient) -> None:
    """Text and Markdown have the highlights as lists and the summary after them."""
    expected = summary(client)

    for accept in ("text/plain", "text/markdown"):
        lines = client.post(PATH, json={"text": ARTICLE}, headers={"Accept": accept}).text.splitlines()

        bullets = [line for line in lines if line.startswith("- ")]
        assert bullets == [f"- {highlight['text']}" for highlight in expected["highlights"]]
        assert lines[-2:] == ["", expected["summary"]]


def test_every_reply_type_is_chosen_by_its_own_name(client: FlaskClient) -> None:
    """There is no reply type that Accept could not choose."""
    for name in REPLY_TYPES:
        reply = client.post(PATH, json={"text": ARTICLE}, headers={"Accept": name})
        assert reply.mimetype == name


def test_query_options_win_over_those_of_a_json_body(client: FlaskClient) -> None:
    """An option of the query string replaces the body's, one by one; a length replaces the other length."""
    body = {"length": {"sentences": 1}, "highlights": {"count": 2, "max_words": 12}, "language": "de"}

    reply = summary(client, "?words=60&highlights=1&language=en", **body)

    assert reply["language"] == "en"
    assert reply["stats"]["summary_words"] > len(summary(client, length={"sentences": 1})["summary"].split())
    assert len(reply["highlights"]) <= 1
    assert all(len(highlight["text"].split()) <= 12 for highlight in reply["highlights"])


def test_a_title_in_the_query_string_counts(client: FlaskClient) -> None:
    """A title is an option of text/plain too."""
    reply = client.post(f"{PATH}?title=Batteries&include=keywords", data=ARTICLE, content_type="text/plain")

    assert reply.status_code == 200


def test_offsets_count_in_the_unit_asked_for(client: FlaskClient) -> None:
    """Spans fit the text in code points, UTF-16 and UTF-8."""
    text = "\U0001f6a2 Fähren fuhren früh. Die Fähre \U0001f6a2 blieb im Hafen, sagte der Kapitän."
    for unit, encoded, size in [("utf8", text.encode(), 1), ("utf16", text.encode("utf-16-le"), 2)]:
        reply = client.post(PATH, json={"text": text, "offsets": unit}).get_json()
        for sentence in reply["sentences"]:
            part = encoded[sentence["start"] * size : sentence["end"] * size]
            assert part.decode("utf-8" if size == 1 else "utf-16-le") == sentence["text"]


def test_a_byte_order_mark_counts_in_plain_text(client: FlaskClient) -> None:
    """The mark is a character of the text that was sent, so offsets count it."""
    plain = client.post(PATH, data=ARTICLE.encode("utf-8"), content_type="text/plain").get_json()
    marked = client.post(PATH, data=ARTICLE.encode("utf-8-sig"), content_type="text/plain").get_json()

    assert [one["start"] + 1 for one in plain["sentences"]] == [one["start"] for one in marked["sentences"]]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("content_type", ["text/plain", "text/html", "application/json"])
def test_a_body_is_decoded_by_its_charset(client: FlaskClient, charset: str, content_type: str) -> None:
    """Bytes in the charset that Content-Type names give the text that was meant."""
    text = "Der Bürgermeister öffnete die Brücke. Die Straße war früh gesperrt worden."
    body = {"text/html": f"<p>{text}</p>", "application/json": json.dumps({"text": text}, ensure_ascii=False)}

    reply = client.post(
        f"{PATH}?language=de",
        data=body.get(content_type, text).encode(charset),
        content_type=f"{content_type}; charset={charset}",
    )

    assert reply.get_json()["summary"] == text


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_a_text_is_decoded_as_browsers_and_the_command_line_do(client: FlaskClient, label: str) -> None:
    """What calls itself Latin-1 is windows-1252: its quotation marks are no control characters."""
    body = "He said “no” to the old ferry in the harbour of Lindholm."

    reply = client.post(PATH, data=body.encode("cp1252"), content_type=f"text/plain; charset={label}")

    assert reply.get_json()["summary"] == body


def test_server_timing_names_the_stages(client: FlaskClient) -> None:
    """The header gives milliseconds by stage, in order."""
    reply = client.post(PATH, json={"text": ARTICLE})

    stages = [part.split(";dur=") for part in reply.headers["Server-Timing"].split(", ")]
    assert [name for name, _ in stages] == ["queue", "read", "rank", "select", "shorten", "finish", "render"]
    assert all(float(milliseconds) >= 0 for _, milliseconds in stages)


def test_whole_numbers_may_be_written_with_a_point(client: FlaskClient) -> None:
    """1.0 is 1, as JSON Schema has it, in body and query string."""
    assert summary(client, length={"sentences": 1.0}) == summary(client, length={"sentences": 1})
    assert summary(client, "?sentences=1.0") == summary(client, "?sentences=1")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Rain\x00fell on the town. The mayor\x07 stayed at home.", {"control-characters"}),
        ("One sentence only.", {"short-text"}),
        ("x" * 1_000_000, {"short-text"}),
        ("." * 1_000_000, {"short-text"}),
        (
            (
                "Der Rat der Stadt hat am Abend beschlossen, dass die Brücke im Winter gesperrt wird. "
                "Die Bürger sind nicht froh, aber der Bürgermeister sagt, dass es keine andere Lösung gibt."
            ),
            {"language-mismatch"},
        ),
    ],
    ids=["control characters", "short", "a million letters", "a million full stops", "German"],
)
def test_odd_texts_are_answered_with_a_warning(client: FlaskClient, text: str, codes: set[str]) -> None:
    """What can be answered is answered, and says what was odd."""
    reply = client.post(PATH, json={"text": text})

    assert reply.status_code == 200
    assert codes <= {warning["code"] for warning in reply.get_json()["warnings"]}


def test_a_page_without_text_is_answered_with_a_warning(client: FlaskClient) -> None:
    """A page in which there is nothing to read is no error: nobody could say so beforehand."""
    reply = client.post(PATH, data="<html><body><script>run()</script></body></html>", content_type="text/html")

    assert reply.status_code == 200
    assert reply.get_json()["sentences"] == []
    assert reply.get_json()["warnings"][0]["code"] == "short-text"


def test_the_deadline_stops_the_work(make_client: Callable[..., FlaskClient]) -> None:
    """Past the deadline the answer is 503, without Retry-After: the same request will not fare better."""
    client = make_client(NUTGRAF_DEADLINE_SECONDS="0.000001")

    reply = client.post(PATH, json={"text": ARTICLE})

    assert reply.status_code == 503
    assert reply.get_json()["type"] == "urn:nutgraf:deadline-exceeded"
    assert "Retry-After" not in reply.headers


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/json; charset=utf-8", "application/json"),
        ("text/plain;charset=utf-8", "text/plain"),
        ("application/json;version=1, text/html;q=0.5", "application/json"),
        ("text/markdown;q=0.9, text/plain;q=0.1", "text/markdown"),
    ],
)
def test_parameters_of_accepted_types_do_not_matter(client: FlaskClient, accept: str, mimetype: str) -> None:
    """Many clients send a charset; every reply type comes in one form only."""
    reply = client.post("/v1/summaries", json={"text": "The boat left the harbour."}, headers={"Accept": accept})

    assert (reply.status_code, reply.mimetype) == (200, mimetype)
