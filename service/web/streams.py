"""Requests whose body is read while their reply is written: streamed both ways, in bounded memory.

The worker knows their paths (`worker_for(…, streamed=…)`). A `POST` to one of them gets a thread as soon as its head is
here, and then:

- `environ["wsgi.input"]` is an `io.BufferedReader` over the body: `readline(limit)` and `read1(size)` return as soon as
  there is a line, or anything at all; `read(size)` waits for all of `size`. Content-Length and chunks both work. A
  client that waits for `100 Continue` gets it with the first read. Reading raises an `OSError` (`TimeoutError` is one)
  when no byte comes for NUTGRAF_READ_SECONDS or the client leaves before the end of the body, and gunicorn's
  `ParseException` for chunks that are none. `body_errors` holds all of these.
- What the application yields is sent before the next piece is asked for. A client that does not take a piece within
  NUTGRAF_READ_SECONDS is cut off: the application's iterator is closed, and `slow-reader` counted. A client has to
  read while it sends, or both sides wait for each other until that time is over.
- `environ["nutgraf.stopping"]()` says whether the worker is about to stop (every request has this key). Waits are then
  two seconds at most; an application that goes on is cut off after the time that gunicorn gives to a stop.
- Such requests have threads of their own, NUTGRAF_BATCHES in each worker; one more is refused with 503. Its connection
  ends with the reply, so that a body which was not read to its end does no harm.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from gunicorn.http.body import ChunkedReader
from gunicorn.http.errors import NoMoreData, ParseException

from service.web.connections import Connection

body_errors = (OSError, ParseException)
"""Whatever reading a streamed body may raise: all of it was broken by the client."""
_PIECE = 64 * 1024
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


def streamed_body(reader: Any, connection: Connection, *, invite: bool) -> io.BufferedReader:  # noqa: ANN401 - gunicorn has no types
    """Return the body that gunicorn's `reader` frames; `invite` the client to send it when it is first read."""
    pieces = _chunked_pieces(reader) if isinstance(reader, ChunkedReader) else _counted_pieces(reader)
    return io.BufferedReader(_Body(pieces, connection if invite else None), _PIECE)


def _chunked_pieces(reader: Any) -> Callable[[], bytes]:  # noqa: ANN401
    """Return a function that gives the next bytes of a chunked body: gunicorn's parser hands on what has come."""

    def following() -> bytes:
        return next((bytes(piece) for piece in reader.parser if piece), b"")

    return following


def _counted_pieces(reader: Any) -> Callable[[], bytes]:  # noqa: ANN401
    """Return a function that gives the next bytes of a body with Content-Length."""

    def following() -> bytes:
        if not reader.length:
            return b""
        # not reader.read(size): that waits for all of `size`
        piece: bytes = reader.unreader.read(None, read_ahead=min(reader.length, _PIECE))[: reader.length]
        if not piece:
            raise NoMoreData
        reader.length -= len(piece)
        return piece

    return following


class _Body(io.RawIOBase):
    """Gives the bytes of a body as they come."""

    def __init__(self, following: Callable[[], bytes], invited: Connection | None) -> None:
        self._following = following
        self._invited = invited
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        if self._invited is not None:
            self._invited.sendall(_CONTINUE)
            self._invited = None
        if not self._piece:
            self._piece = memoryview(self._following())
        size = min(len(buffer), len(self._piece))
        buffer[:size], self._piece = self._piece[:size], self._piece[size:]
        return size
