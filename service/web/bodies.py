"""The body of a request: read under its limit, then decoded."""

from __future__ import annotations

from typing import Any

from flask import Request, g
from gunicorn.http.errors import ParseException

from service.charsets import codec_for, codec_in_html, nearest_charset, web_codec
from service.decoding import decoded, json_value
from service.errors import BodyTooLargeError
from service.web.arrivals import CutBodyError
from service.web.problems import IncompleteBodyError, UnsupportedCharsetError, UnsupportedEncodingError

_PIECE = 1024 * 1024


def read_body(request: Request, *, limit: int) -> bytes:
    """Return the body of at most `limit` bytes, with or without Content-Length.

    Werkzeug's own reading would cut a chunked body at the limit without a word. Raises `BodyTooLargeError`,
    `IncompleteBodyError` and, for a compressed body, `UnsupportedEncodingError`.
    """
    check_encoding(request)
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
    return body


def check_encoding(request: Request) -> None:
    """Raise `UnsupportedEncodingError` for a compressed body."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise UnsupportedEncodingError("Send the body as it is, without Content-Encoding.")
    if request.headers.get("Transfer-Encoding", "chunked").strip().lower() != "chunked":
        raise UnsupportedEncodingError("Send the body as it is, or chunked, without another Transfer-Encoding.")


def check_utf8(charset: str | None) -> None:
    """Raise `UnsupportedCharsetError` for a charset that lines cannot be in."""
    if charset and _codec(charset) not in {"utf_8", "ascii"}:
        raise UnsupportedCharsetError("Lines of JSON are in UTF-8; another charset is only for an array.")


def json_from_body(body: bytes, charset: str | None) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a JSON body; a byte-order mark before it is skipped, as RFC 8259 allows."""
    return json_value(body, _codec(charset) if charset else "utf_8")


def text_from_body(body: bytes, charset: str | None) -> str:
    """Return a plain text; every character of it counts, a byte-order mark and carriage returns too."""
    return decoded(body, _codec(charset) if charset else "utf_8")


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
