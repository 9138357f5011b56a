"""Compressed bodies: expanded up to the limit and no further."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from service.errors import BodyTooLargeError
from service.web.bodies import expanded
from service.web.examples import ARTICLE
from service.web.problems import MalformedCodingError
from tests.web.problem_shape import assert_problem
from tests.web.servers import RunningServer

PATH = "/v1/summaries"
LIMIT = 1000
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "GZip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "identity": bytes,
}


@pytest.mark.parametrize("coding", COMPRESS)
@pytest.mark.parametrize("chunked", [False, True])
def test_a_compressed_body_is_answered_as_the_plain_one(server: RunningServer, coding: str, chunked: bool) -> None:  # noqa: FBT001
    """With Content-Length and in chunks."""
    plain = server.request("POST", PATH, ARTICLE.encode(), Content_Type="text/plain")
    body = COMPRESS[coding](ARTICLE.encode())
    sent = [body[:99], body[99:]] if chunked else body

    reply = server.request("POST", PATH, sent, Content_Type="text/plain", Content_Encoding=coding)

    assert (reply.status_code, reply.data) == (200, plain.data)


def test_the_form_may_be_compressed_too(client: FlaskClient) -> None:
    """Every body goes the same way."""
    form = gzip.compress(urlencode({"text": ARTICLE}).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}

    assert client.post("/", data=form, headers=headers).status_code == 200


def test_a_body_of_just_the_limit_is_expanded_and_one_byte_more_is_not() -> None:
    """The limit is that of the plain body."""
    assert expanded(gzip.compress(b"a" * LIMIT), "gzip", limit=LIMIT) == b"a" * LIMIT
    with pytest.raises(BodyTooLargeError):
        expanded(gzip.compress(b"a" * (LIMIT + 1)), "gzip", limit=LIMIT)


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (b"", "gzip"),
        (b"plain", "gzip"),
        (gzip.compress(b"a")[:-1], "gzip"),
        (gzip.compress(b"a") * 2, "gzip"),
        (gzip.compress(b"a"), "deflate"),
        (zlib.compress(b"a"), "gzip"),
        (zlib.compress(b"a")[2:-4], "deflate"),  # raw, without zlib's frame
    ],
    # by name: gzip's header holds the time, so the workers of a parallel run would see different tests
    ids=["empty", "plain", "cut short", "two members", "gzip as deflate", "zlib as gzip", "raw deflate"],
)
def test_what_is_not_in_its_coding_is_refused(body: bytes, coding: str) -> None:
    """Cut, twice, or another one."""
    with pytest.raises(MalformedCodingError):
        expanded(body, coding, limit=LIMIT)


def test_a_bomb_is_refused_with_the_limit_and_an_unknown_coding_with_the_known_ones(server: RunningServer) -> None:
    """A hundred kilobytes may come; fifty megabytes are not made."""
    bomb = gzip.compress(bytes(50_000_000))
    reply = server.request("POST", PATH, bomb, Content_Type="text/plain", Content_Encoding="gzip")
    assert assert_problem(reply, 413, "body-too-large")["limit"] == 100_000

    reply = server.request("POST", PATH, b"a", Content_Type="text/plain", Content_Encoding="zstd")
    assert_problem(reply, 415, "unsupported-encoding")
    assert reply.headers["Accept-Encoding"] == "gzip, deflate"


def test_the_log_has_the_bytes_that_were_sent(server: RunningServer) -> None:
    """Not those they became."""
    body = gzip.compress(json.dumps({"text": ARTICLE}).encode())
    headers = {"Content_Type": "application/json", "Content_Encoding": "gzip", "X_Request_ID": "compressed"}
    server.request("POST", PATH, body, **headers)

    [line] = [line for line in server.log() if line.get("request_id") == "compressed"]
    assert line["bytes_in"] == len(body)


def test_the_document_says_so(client: FlaskClient) -> None:
    """Where the body is described."""
    body = client.get("/openapi.json").get_json()["paths"][PATH]["post"]["requestBody"]

    assert all(f"`{coding}`" in body["description"].replace("Content-Encoding: ", "") for coding in ("gzip", "deflate"))
