"""Everything that is refused: each in under a second, with the right status, kind and place, and never the text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.web.examples import ARTICLE
from tests.web.problem_shape import assert_problem

PATH = "/v1/summaries"
SECRET = "Quokka"


def options(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a JSON request with the sample text and `values`."""
    return {"json": {"text": f"{SECRET} {ARTICLE}", **values}}


def raw(body: str | bytes, content_type: str = "application/json", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a request with just this body."""
    return {"data": body, "content_type": content_type, **more}


def query(**values: str) -> dict[str, Any]:
    """Return a text/plain request with options in the query string."""
    return {"data": ARTICLE, "content_type": "text/plain", "query_string": values}


INVALID, TEXT = (422, "invalid-options"), (422, "invalid-text")
NOT_JSON, TYPE = (400, "malformed-json"), (415, "unsupported-media-type")

REFUSED: list[tuple[str, dict[str, Any], tuple[int, str], str | None]] = [
    # what is sent, kind of problem, pointer or parameter of the first error
    ("no text", {"json": {}}, INVALID, "/text"),
    ("empty text", {"json": {"text": ""}}, TEXT, "/text"),
    ("blank text", {"json": {"text": " \t\r\n\u00a0\u200b"}}, TEXT, "/text"),
    ("control characters only", {"json": {"text": "\0\0\x07"}}, TEXT, "/text"),
    ("a million newlines", {"json": {"text": "\n" * 1_000_000}}, TEXT, "/text"),
    ("a million newlines as text", raw("\n" * 1_000_000, "text/plain"), TEXT, None),
    ("empty text/plain", raw("", "text/plain"), TEXT, None),
    ("empty text/html", raw("", "text/html"), TEXT, None),
    ("text is a number", {"json": {"text": 7}}, INVALID, "/text"),
    ("text is null", {"json": {"text": None}}, INVALID, "/text"),
    ("text is a list", {"json": {"text": [SECRET]}}, INVALID, "/text"),
    ("title is a number", options(title=7), INVALID, "/title"),
    ("empty body", raw(""), NOT_JSON, None),
    ("no JSON", raw(f"text={SECRET}"), NOT_JSON, None),
    ("half of JSON", raw(f'{{"text": "{SECRET}'), NOT_JSON, None),
    ("two values", raw("{} {}"), NOT_JSON, None),
    ("NaN", raw('{"text": "a", "length": {"ratio": NaN}}'), NOT_JSON, None),
    ("infinity", raw('{"text": "a", "length": {"ratio": Infinity}}'), NOT_JSON, None),
    ("a lone surrogate", raw('{"text": "\\ud800"}'), NOT_JSON, None),
    ("nested 100,000 deep", raw("[" * 100_000), NOT_JSON, None),
    (
        "nested deeper than the schema",
        options(length={"sentences": {"a": {"b": [[[1]]]}}}),
        INVALID,
        "/length/sentences",
    ),
    ("a list", {"json": [1]}, INVALID, ""),
    ("a text", {"json": "text"}, INVALID, ""),
    ("null", raw("null"), INVALID, ""),
    ("a field that is not known", options(lenght={"words": 5}), INVALID, "/lenght"),
    ("a field that is not known, inside", options(length={"word": 5}), INVALID, "/length/word"),
    ("a field with a slash", options(**{"a/b~c": 1}), INVALID, "/a~1b~0c"),
    ("two lengths", options(length={"words": 5, "sentences": 5}), INVALID, "/length"),
    ("no length", options(length={}), INVALID, "/length"),
    ("a length of null", options(length={"words": None}), INVALID, "/length"),
    ("negative", options(length={"sentences": -1}), INVALID, "/length/sentences"),
    ("zero", options(length={"words": 0}), INVALID, "/length/words"),
    ("fractional", options(length={"characters": 2.5}), INVALID, "/length/characters"),
    ("over the limit", options(length={"sentences": 10**7}), INVALID, "/length/sentences"),
    ("a number that is no number", raw('{"text": "a", "length": {"words": 1e400}}'), NOT_JSON, None),
    ("a huge number", raw(f'{{"text": "a", "length": {{"words": {10**300}}}}}'), INVALID, "/length/words"),
    ("true", options(length={"words": True}), INVALID, "/length/words"),
    ("a number as text", options(length={"words": "5"}), INVALID, "/length/words"),
    ("a ratio of zero", options(length={"ratio": 0}), INVALID, "/length/ratio"),
    ("a ratio over one", options(length={"ratio": 1.01}), INVALID, "/length/ratio"),
    ("highlights below zero", options(highlights={"count": -1}), INVALID, "/highlights/count"),
    ("too many highlights", options(highlights={"count": 51}), INVALID, "/highlights/count"),
    ("highlights of a word", options(highlights={"count": "many"}), INVALID, "/highlights/count"),
    ("bullets of no words", options(highlights={"max_words": 0}), INVALID, "/highlights/max_words"),
    ("compression", options(highlights={"compression": "zip"}), INVALID, "/highlights/compression"),
    ("algorithm", options(algorithm="textrang"), INVALID, "/algorithm"),
    ("language", options(language="xx"), INVALID, "/language"),
    ("language is empty", options(language=""), INVALID, "/language"),
    ("order", options(order="best"), INVALID, "/order"),
    ("offsets", options(offsets="bytes"), INVALID, "/offsets"),
    ("include", options(include=["keyword"]), INVALID, "/include/0"),
    ("include is a text", options(include="keywords"), INVALID, "/include"),
    ("format", options(format="pdf"), INVALID, "/format"),
    ("query: negative", query(sentences="-1"), INVALID, "sentences"),
    ("query: fractional", query(words="2.5"), INVALID, "words"),
    ("query: NaN", query(ratio="nan"), INVALID, "ratio"),
    ("query: infinite", query(words="inf"), INVALID, "words"),
    ("query: no number", query(max_words="many"), INVALID, "max_words"),
    ("query: empty", query(sentences=""), INVALID, "sentences"),
    ("query: two lengths", query(sentences="2", words="30"), INVALID, "sentences"),
    ("query: not known", query(sentence="2"), INVALID, "sentence"),
    ("query: algorithm", query(algorithm="page-rank"), INVALID, "algorithm"),
    ("query: include", query(include="keywords,block"), INVALID, "include"),
    ("query: twice", {**query(), "query_string": "words=2&words=3"}, INVALID, "words"),
    ("query beside JSON", {**options(), "query_string": "words=-2"}, INVALID, "words"),
    ("query: text", query(text="a"), INVALID, "text"),
    ("charset not known", raw(ARTICLE, "text/plain; charset=utf-9"), (415, "unsupported-charset"), None),
    ("charset that is no charset", raw(ARTICLE, "text/plain; charset=idna"), (415, "unsupported-charset"), None),
    ("charset: base64", raw(ARTICLE, "text/plain; charset=base64"), (415, "unsupported-charset"), None),
    ("charset of JSON", raw("{}", "application/json; charset=x"), (415, "unsupported-charset"), None),
    ("not UTF-8", raw(b"Caf\xe9 " + SECRET.encode(), "text/plain"), (400, "undecodable-body"), None),
    ("JSON that is not UTF-8", raw(b'{"text": "Caf\xe9"}'), (400, "undecodable-body"), None),
    ("half a UTF-16 pair", raw(b"\xd8\x00", "text/plain; charset=utf-16-be"), (400, "undecodable-body"), None),
    ("no windows-1252", raw(b"Caf\x81", "text/plain; charset=us-ascii"), (400, "undecodable-body"), None),
    ("no content type", {"data": ARTICLE}, TYPE, None),
    ("a form", raw("text=a", "application/x-www-form-urlencoded"), TYPE, None),
    ("XML", raw("<a/>", "application/xml"), TYPE, None),
    ("a type that is none", raw("a", "text"), TYPE, None),
    ("brotli", raw(b"\x1f", "text/plain", headers={"Content-Encoding": "br"}), (415, "unsupported-encoding"), None),
    ("gzip cut", raw(b"\x1f\x8b", "text/plain", headers={"Content-Encoding": "gzip"}), (400, "malformed-coding"), None),
    ("nothing acceptable", {**options(), "headers": {"Accept": "image/png"}}, (406, "not-acceptable"), None),
    ("acceptable: none", {**options(), "headers": {"Accept": "*/*;q=0"}}, (406, "not-acceptable"), None),
    ("acceptable: nonsense", {**options(), "headers": {"Accept": "json"}}, (406, "not-acceptable"), None),
    ("too many characters", {"json": {"text": "a " * 1_000_001}}, (413, "text-too-long"), "/text"),
    ("too large a body", raw(b" " * (8 * 1024 * 1024 + 1), "text/plain"), (413, "body-too-large"), None),
]


@pytest.mark.parametrize(("sent", "kind", "place"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_input_is_refused(
    client: FlaskClient, sent: dict[str, Any], kind: tuple[int, str], place: str | None
) -> None:
    """It takes under a second, says what is wrong and where, and does not repeat the text."""
    client.post(PATH, json={"text": "Warm. Up."})
    started = time.perf_counter()
    reply = client.post(PATH, **sent)
    took = time.perf_counter() - started

    problem = assert_problem(reply, *kind)

    if place is not None:
        first = problem["errors"][0]
        assert first.get("pointer", first.get("parameter")) == place
    assert SECRET not in reply.text
    assert took < 1


@pytest.mark.parametrize(
    ("sent", "hint"),
    [
        (options(algorithm="textrang"), "Did you mean 'textrank'?"),
        (options(lenght={"words": 5}), "Did you mean 'length'?"),
        (query(sentence="2"), "Did you mean 'sentences'?"),
        (raw("a", "text/plain; charset=utf8000"), "Did you mean 'utf"),
        (raw("a", "text/plane"), "Did you mean 'text/plain'?"),
        (raw('{"text": }'), "line 1, column"),
        (raw(b"Caf\xe9", "text/plain"), "offset 3"),
        ({**options(), "headers": {"Accept": "image/png"}}, "application/json, text/plain, text/markdown, text/html"),
        ({"json": {"text": "a " * 1_000_001}}, "2,000,002 characters; at most 2,000,000"),
        (raw(b" " * (8 * 1024 * 1024 + 1), "text/plain"), "8,388,609 bytes; at most 8,388,608"),
    ],
)
def test_a_refusal_says_what_would_be_right(client: FlaskClient, sent: dict[str, Any], hint: str) -> None:
    """The detail names the nearest known value, the place, or limit and size."""
    assert hint in client.post(PATH, **sent).get_json()["detail"]


def test_too_large_has_limit_and_size_as_numbers(client: FlaskClient) -> None:
    """A program need not read them out of a sentence."""
    body = client.post(PATH, **raw(b" " * (8 * 1024 * 1024 + 1), "text/plain")).get_json()
    text = client.post(PATH, json={"text": "a " * 1_000_001}).get_json()

    assert (body["limit"], body["size"]) == (8 * 1024 * 1024, 8 * 1024 * 1024 + 1)
    assert (text["limit"], text["size"]) == (2_000_000, 2_000_002)


def test_a_body_of_just_the_limit_is_read(make_client: Callable[..., FlaskClient]) -> None:
    """The limit itself is allowed, one byte more is not."""
    body = json.dumps({"text": "A town. A ferry."}).encode()
    limit = str(len(body))

    at_limit = make_client(NUTGRAF_MAX_BODY_BYTES=limit).post(PATH, **raw(body))
    over = make_client(NUTGRAF_MAX_BODY_BYTES=limit).post(PATH, **raw(body + b" "))

    assert at_limit.status_code == 200
    assert_problem(over, 413, "body-too-large")


def test_too_many_sentences_are_refused(make_client: Callable[..., FlaskClient]) -> None:
    """The limit on sentences has a name."""
    reply = make_client(NUTGRAF_MAX_SENTENCES="2").post(PATH, json={"text": ARTICLE})

    assert "NUTGRAF_MAX_SENTENCES" in assert_problem(reply, 413, "text-too-long")["detail"]


def test_several_mistakes_are_told_at_once(client: FlaskClient) -> None:
    """Each wrong value has its entry."""
    reply = client.post(PATH, **options(algorithm="x", order="y", length={"words": 0}))

    places = {place["pointer"] for place in assert_problem(reply, *INVALID)["errors"]}
    assert places == {"/algorithm", "/order", "/length/words"}


@pytest.mark.parametrize("path", ["/v1/summary", "/v1/summaries/", "/v2/summaries", "/%00", "/docs/assets/../app.py"])
def test_an_unknown_address_is_a_problem(client: FlaskClient, path: str) -> None:
    """404 has the same shape."""
    assert_problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", PATH, {"POST", "OPTIONS"}),
        ("DELETE", "/", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("POST", "/livez", {"GET", "HEAD", "OPTIONS"}),
        ("TRACE", PATH, {"POST", "OPTIONS"}),
    ],
)
def test_a_wrong_method_names_the_right_ones(client: FlaskClient, method: str, path: str, allowed: set[str]) -> None:
    """405 has `Allow`, and OPTIONS says the same."""
    reply = client.open(path, method=method)

    assert_problem(reply, 405, "method-not-allowed")
    assert set(reply.headers["Allow"].split(", ")) == allowed
    assert set(client.options(path).headers["Allow"].split(", ")) == allowed
