"""The body of a request: read and expanded under its limit, then decoded."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from flask import Request, g
from gunicorn.http.errors import ParseException

from service.charsets import codec_for, codec_in_html, nearest_charset, web_codec
from service.decoding import decoded, json_value
from service.errors import BodyTooLargeError
from service.web.arrivals import CutBodyError
from service.web.problems import (
    IncompleteBodyError,
    MalformedCodingError,
    UnsupportedCharsetError,
    UnsupportedEncodingError,
)

_PIECE = 1024 * 1024
_WINDOW_BITS: Mapping[str, int] = {"gzip": 31, "x-gzip": 31, "deflate": zlib.MAX_WBITS}
"""Content coding -> how zlib calls it. `deflate` is zlib's format, as RFC 9110 has it."""


def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body of at most `limit` bytes, with or without Content-Length, expanded where it is compressed.

    Werkzeug's own reading would cut a chunked body at the limit without a word. Raises `BodyTooLargeError`,
    `IncompleteBodyError`, `MalformedCodingError`, and `UnsupportedEncodingError` for codings that are not known.
    """
    coding = content_coding(request)
    size = request.content_length
    if size is not None and size > limit:
        raise BodyTooLargeError(limit=limit, size=size)
    chunked = request.environ.get("wsgi.input_terminated", False)
    try:
        body = _read(request, limit + 1 if chunked else size or 0)
    except CutBodyError:
        raise BodyTooLargeError(limit=limit, size=None) from None
    g.bytes_in = len(body)
    if len(body) > limit:
        raise BodyTooLargeError(limit=limit, size=None)
    if size is not None and len(body) < size:
        raise IncompleteBodyError(f"The body ended after {len(body):,} of {size:,} bytes.")
    return expanded(body, coding, limit=limit) if coding else body


def content_coding(request: Request) -> str | None:
    """Return how the body is compressed, or None. Raises `UnsupportedEncodingError` for what is not known here."""
    coding = request.headers.get("Content-Encoding", "").strip().lower()
    if coding not in {"", "identity", *_WINDOW_BITS}:
        raise UnsupportedEncodingError("Send the body as it is, or with one Content-Encoding: gzip or deflate.")
    if request.headers.get("Transfer-Encoding", "chunked").strip().lower() != "chunked":
        raise UnsupportedEncodingError("Send the body as it is, or chunked, without another Transfer-Encoding.")
    return coding if coding in _WINDOW_BITS else None


def expanded(body: bytes, coding: str, *, limit: int) -> bytes:
    """Return what was compressed, at most `limit` bytes; no more than one beyond it are ever made.

    A body of several gzip members is refused: a million empty ones would fit in the limit. Raises `BodyTooLargeError`
    and `MalformedCodingError`.
    """
    expansion = zlib.decompressobj(_WINDOW_BITS[coding])
    try:
        content = expansion.decompress(body, limit + 1)
    except zlib.error:
        raise MalformedCodingError(f"The body is not in the coding {coding}, which Content-Encoding names.") from None
    if len(content) > limit:
        raise BodyTooLargeError(limit=limit, size=None)
    if not expansion.eof:
        raise MalformedCodingError(f"The body in the coding {coding} ends too early.")
    if expansion.unused_data:
        raise MalformedCodingError(f"Something follows the end of the body in the coding {coding}.")
    return content


def check_plain(request: Request) -> None:
    """Raise `UnsupportedEncodingError` for a body that is compressed: lines are read as they come."""
    if content_coding(request):
        raise UnsupportedEncodingError("Send lines as they are, without Content-Encoding.")


def check_utf8(charset: str | None) -> None:
    """Raise `UnsupportedCharsetError` for a charset that lines cannot be in."""
    if charset and _codec(charset) not in {"utf_8", "ascii"}:
        raise UnsupportedCharsetError("Lines of JSON are in UTF-8; another charset is only for an array.")


def json_from_body(body: bytes, charset: str | None) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a JSON body; a byte-order mark before it is skipped, as RFC 8259 allows."""
    return json_value(body, _codec(charset) if charset else "utf_8")


def text_from_body(body: bytes, charset: str | None) -> str:
    """Return a plain text; every character of it counts, a byte-order mark and carriage returns too."""
    return decoded(body, web_codec(_codec(charset)) if charset else "utf_8")


def html_from_body(body: bytes, charset: str | None) -> str:
    """Return an HTML page, decoded by its Content-Type, else by its byte-order mark or `meta`, else as UTF-8."""
    return decoded(body, web_codec(_codec(charset)) if charset else codec_in_html(body))


def _codec(charset: str) -> str:
    codec = codec_for(charset)
    if codec is None:
        raise UnsupportedCharsetError(
            f"The charset '{charset[:64]}' is not known. Did you mean '{nearest_charset(charset)}'?"
        )
    return codec


def _read(request: Request, size: int) -> bytes:
    """Read up to `size` bytes. What breaks here was broken by the client: its connection or its chunks."""
    stream = request.environ["wsgi.input"]
    pieces: list[bytes] = []
    try:
        while size > 0 and (piece := stream.read(min(size, _PIECE))):
            pieces.append(piece)
            size -= len(piece)
    except (OSError, ValueError, ParseException):
        raise IncompleteBodyError("The body could not be read to its end.") from None
    return b"".join(pieces)
