"""Bytes to text, and text to the values of JSON: what HTTP and bulk jobs do with all they are sent."""

from __future__ import annotations

from typing import Any

import orjson

from service.charsets import decoding_problem
from service.errors import MalformedJsonError, UndecodableBodyError


def decoded(body: bytes, codec: str) -> str:
    """Return `body` as text; where a byte does not fit, `UndecodableBodyError` says which, and not what it is."""
    try:
        return body.decode(codec)
    except UnicodeError as error:
        problem = decoding_problem(codec, error)
        raise UndecodableBodyError(f"The body is {problem} Send UTF-8, or name the charset in Content-Type.") from None


MAX_JSON_CONTAINERS = 100_000
"""Lists and objects of one JSON value, counted by their opening brackets, those inside strings too: an empty one is two
bytes long and takes thirty times that in memory."""


def json_value(body: bytes, codec: str = "utf_8") -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a JSON body; a byte-order mark before it is skipped, as RFC 8259 allows.

    Raises `UndecodableBodyError` and `MalformedJsonError`.
    """
    text = decoded(body, codec).removeprefix("\ufeff")
    if (n_brackets := text.count("[") + text.count("{")) > MAX_JSON_CONTAINERS:
        raise MalformedJsonError(
            f"The body has {n_brackets:,} opening brackets; JSON with more than {MAX_JSON_CONTAINERS:,} is not read. "
            "Send an article as text/plain, or a batch as lines of JSON."
        )
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise MalformedJsonError(f"The body is not JSON: {error.msg} at {where}.") from None
