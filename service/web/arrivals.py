"""When the bytes of a request are all here: the framing of HTTP/1.1, followed as the bytes come in.

Nothing is decided here but the moment at which a thread is given to the request; gunicorn then parses the same bytes
from the start, and refuses what breaks the rules. Where the two disagreed, a request would be parsed too early, as an
incomplete one, or wait for its time to run out, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal
from urllib.parse import unquote_to_bytes

from gunicorn.util import split_request_uri

MOST_HEAD_BYTES = 64 * 1024
"""The most bytes a request line and its headers may have together."""

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]+)[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked", re.IGNORECASE)
_EXPECTING = re.compile(rb"HTTP/1\.1\r\n(?s:.*)\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_MOST_CHUNKS = 2**16  # each costs some microseconds, here and in gunicorn
_MOST_DIGITS = 18  # more are too large however they go on
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]+")

_POST = re.compile(rb"[\r\n]*POST ([^ ?\r\n]+)")

State = Literal["partial", "whole", "streamed", "too-large", "endless-head", "endless-body"]


class CutBodyError(Exception):
    """More of a body was read than its first part: the rest was not waited for, because it is over the limit."""


class Arrival:
    """The bytes of one request so far. `add` takes more and says where they stand; it looks at each byte once."""

    def __init__(self, *, max_body_bytes: int, streamed: Collection[bytes] = ()) -> None:
        """Start without a byte; a body over `max_body_bytes` is not waited for, nor that of a `POST` to `streamed`."""
        self.content = bytearray()
        """All bytes so far; they may go on into the next request."""
        self.expects_continue = False
        """Whether the client waits for `100 Continue` before it sends the body."""
        self._max_body_bytes = max_body_bytes
        self._streamed = streamed
        self.head = b""
        """Request line and headers, once they are here."""
        self.post_path = b""
        """The path of a `POST` as the application will see it, however it was spelled; without the query."""
        self._body_start = 0
        self._length = 0
        self._chunks: _Chunks | None = None

    def add(self, data: bytes) -> State:
        """Take more bytes and return the state of the request.

        `whole`: an answer needs no more bytes. `streamed`: the head is here, and whoever answers reads the body.
        `too-large`: the head says, or a chunk announces, a body over the limit; what is here is enough to refuse it.
        `endless-…`: more framing than any request needs.
        """
        searched = max(0, len(self.content) - len(_END_OF_HEAD) + 1)
        self.content += data
        if not self._body_start:
            end = self.content.find(_END_OF_HEAD, searched)
            if end < 0:
                return "endless-head" if len(self.content) > MOST_HEAD_BYTES else "partial"
            self._read_head(end + len(_END_OF_HEAD))
        if self.post_path in self._streamed:
            return "streamed"
        if self._chunks:
            return self._chunks.state(self.content)
        if self._length > self._max_body_bytes:
            return "too-large"
        return "whole" if len(self.content) >= self._body_start + self._length else "partial"

    def _read_head(self, end: int) -> None:
        head = bytes(self.content[:end])
        self._body_start = end
        self.head = head
        if post := _POST.match(head):
            self.post_path = _routed_path(post[1])
        self.expects_continue = bool(_EXPECTING.search(head))
        if _CHUNKED.search(head):
            self._chunks = _Chunks(end, self._max_body_bytes)
        elif found := _LENGTH.search(head):
            self._length = int(found[1][:_MOST_DIGITS])


def _routed_path(target: bytes) -> bytes:
    """Return the path that a request's target leads to: gunicorn takes it apart and decodes it, Werkzeug strips it.

    "/v1/%62atches", "//v1/batches" and "http://host/v1/batches" are one path, and streamed all the same.
    """
    try:
        path = split_request_uri(target.decode("latin-1")).path
    except ValueError:  # gunicorn will refuse it
        return b""
    return b"/" + unquote_to_bytes(path.encode("latin-1")).lstrip(b"/")


class _Chunks:
    """Follows a chunked body to its end: sizes, chunks, and the trailers after the last one."""

    def __init__(self, start: int, max_body_bytes: int) -> None:
        self._position = start
        self._max_body_bytes = max_body_bytes
        self._n_chunks = 0
        self._body_bytes = 0
        self._trailers_start = 0

    def state(self, content: bytearray) -> State:
        """Go on from the last line that was understood."""
        while (end := content.find(b"\r\n", self._position, self._position + MOST_HEAD_BYTES)) >= 0:
            in_trailers = bool(self._trailers_start)
            state = self._trailer(end) if in_trailers else self._chunk(content, end)
            if state is not None:
                return state
        return "endless-body" if len(content) - self._position > MOST_HEAD_BYTES else "partial"

    def _trailer(self, end: int) -> State | None:
        """Pass a trailer that ends at `end`; an empty one is the end of the body."""
        if end == self._position:
            return "whole"
        self._position = end + 2
        return "endless-body" if self._position - self._trailers_start > MOST_HEAD_BYTES else None

    def _chunk(self, content: bytearray, end: int) -> State | None:
        """Pass a chunk whose size ends at `end`, if all of it is here; the last one has size 0, and trailers follow."""
        size_text = bytes(content[self._position : end]).partition(b";")[0].strip()
        if not _HEXADECIMAL.fullmatch(size_text):
            return "whole"  # broken: gunicorn refuses it
        size, after_line = int(size_text, 16), end + 2
        if self._body_bytes + size > self._max_body_bytes:
            return "too-large"  # as announced: nobody has to send it first
        if size and len(content) < after_line + size + 2:
            return "partial"
        self._body_bytes += size
        self._n_chunks += 1
        self._trailers_start = 0 if size else after_line
        self._position = after_line + (size + 2 if size else 0)
        return "endless-body" if self._n_chunks > _MOST_CHUNKS else None
