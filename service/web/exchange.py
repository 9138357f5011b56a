"""Lines that come in while answers go out, on one connection, without a deadlock.

A client that writes a whole batch before it reads anything fills every buffer between us with answers; then we could
not write, so would not read, and it could not write: both would wait for ever. So nothing is written here before the
kernel takes it, and until it does, what the client sends is read and kept, up to a limit. Where that is reached, the
client is given time to read. If it does not, the rest of what it sends is thrown away, so that it comes to the end and
reads the answers to what was kept, and a last line that says where to go on.
"""

from __future__ import annotations

import fcntl
import select
import struct
import termios
from collections.abc import Iterator
from time import monotonic
from typing import Protocol

from service.errors import BatchTooLargeError
from service.web.problems import IncompleteBodyError, UnreadAnswersError
from service.web.streams import body_errors

KEPT_BYTES = 8 * 1024 * 1024
"""The most that is kept of what comes while the client does not read."""
_PIECE = 64 * 1024
_SENT_PIECE = 8 * 1024  # fits where the kernel says that something does
_LOOK_MILLISECONDS = 250
_INT = struct.Struct("i")


class Body(Protocol):
    """The body of a streamed request; see `streams`."""

    def read1(self, size: int, /) -> bytes:
        """Return the next bytes, as soon as there are any."""


class Socket(Protocol):
    """A connection as `select` wants it."""

    def fileno(self) -> int:
        """Return the descriptor."""


class Exchange:
    """Both directions of a batch."""

    def __init__(
        self, body: Body, socket: Socket | None, *, max_line_bytes: int, max_bytes: int, patience_seconds: float
    ) -> None:
        """Read `body`, at most `max_bytes` of it; without a `socket` writing never waits.

        A client that does not read has `patience_seconds` before what it sends is thrown away.
        """
        self.bytes_in = 0
        """What was read."""
        self.bytes_out = 0
        """What was given to the kernel."""
        self._body = body
        self._socket = socket
        self._max_line_bytes = max_line_bytes
        self._max_bytes = max_bytes
        self._patience_seconds = patience_seconds
        self._kept = bytearray()
        self._searched = 0
        self._end: Exception | None = None
        self._is_over = False
        self._is_throwing_away = False
        self._has_waited = False

    def lines(self) -> Iterator[bytes]:
        """Yield each line without its line feed; of one over the limit, no more than shows that it is.

        Ends with the body, or raises what ended it: `IncompleteBodyError`, `BatchTooLargeError`, `UnreadAnswersError`.
        """
        while (line := self._line()) is not None:
            yield line
        if self._is_throwing_away:
            raise UnreadAnswersError
        if self._end is not None:
            raise self._end
        if self._kept:
            yield bytes(self._kept)

    def sent(self, content: bytes) -> Iterator[bytes]:
        """Yield `content` in pieces that the kernel takes at once, for the server to send."""
        for start in range(0, len(content), _SENT_PIECE):
            self._wait_until_writable()
            piece = content[start : start + _SENT_PIECE]
            self.bytes_out += len(piece)
            yield piece

    # ------------------------------------------------------------------------------------------------------- reading

    def _line(self) -> bytes | None:
        """Return the next whole line; None where there will be none."""
        cut = b""
        while True:
            end = self._kept.find(b"\n", self._searched)
            if end >= 0:
                line = cut or bytes(self._kept[: min(end, self._max_line_bytes + 1)])
                del self._kept[: end + 1]
                self._searched = 0
                return line
            if len(self._kept) > self._max_line_bytes:
                cut = cut or bytes(self._kept[: self._max_line_bytes + 1])
                self._kept.clear()
            self._searched = len(self._kept)
            if self._is_over or self._is_throwing_away:
                self._kept[:] = cut or self._kept
                return None
            self._read()

    def _read(self) -> None:
        """Read what has come, or wait for it."""
        try:
            piece = self._body.read1(_PIECE)
        except body_errors:
            self._is_over = True
            self._end = IncompleteBodyError("The batch could not be read to its end.")
            return
        self.bytes_in += len(piece)
        if not piece:
            self._is_over = True
        elif self.bytes_in > self._max_bytes:
            self._is_over = True
            self._end = BatchTooLargeError(limit=self._max_bytes, unit="bytes", setting="NUTGRAF_MAX_BATCH_BYTES")
        elif not self._is_throwing_away:
            self._kept += piece

    # ------------------------------------------------------------------------------------------------------- writing

    def _wait_until_writable(self) -> None:
        """Return once the kernel takes a piece; or after long enough, and from then on at once.

        Then the server's own time limit holds, in which the kernel has to take a piece.
        """
        if self._socket is None or self._has_waited:
            return
        poll = select.poll()
        moved, fewest = monotonic(), self._untaken_bytes()
        while True:
            poll.register(self._socket, select.POLLOUT | (select.POLLIN if self._may_read() else 0))
            ready = dict(poll.poll(_LOOK_MILLISECONDS))
            event = next(iter(ready.values()), 0)
            if event & ~select.POLLIN:  # or the connection is gone, which the server will find
                return
            untaken = self._untaken_bytes()
            if event:
                self._read()
            if event or untaken < fewest:  # it sends or, however slowly, reads: the kernel wants a third of its room
                moved, fewest = monotonic(), untaken
            elif monotonic() > moved + self._patience_seconds:
                if self._is_over or self._is_throwing_away:
                    self._has_waited = True
                    return
                self._is_throwing_away = True
                moved = monotonic()

    def _untaken_bytes(self) -> int:
        """Return how much the client has not taken yet of what the kernel has; 0 where the kernel does not say."""
        size = bytearray(_INT.size)
        try:
            fcntl.ioctl(self._socket.fileno() if self._socket else -1, termios.TIOCOUTQ, size)
        except OSError:
            return 0
        return int(_INT.unpack(size)[0])

    def _may_read(self) -> bool:
        return not self._is_over and (self._is_throwing_away or len(self._kept) < KEPT_BYTES)
