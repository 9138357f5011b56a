"""What stands in for the socket of a connection, so that a client which does not read makes no thread wait.

gunicorn's threads write replies with `sendall`, which waits for the client. Here it gives the kernel what that takes at
once and keeps the rest, which the event loop sends when the client reads on.
"""

from __future__ import annotations

import select
import socket
from collections import deque
from collections.abc import Callable
from time import monotonic

_PIECE = 256 * 1024
_WASTE = bytearray(_PIECE)
_LOOK_MILLISECONDS = 500
_STOPPING_SECONDS = 2.0
"""How long a client is waited for while the worker stops."""


class Connection:
    """A socket that never waits.

    One thread uses it at a time: one of gunicorn's while it has the request, otherwise the event loop's.
    """

    def __init__(self, connected: socket.socket) -> None:
        """Take over a connected socket."""
        if connected.gettimeout() != 0:
            connected.settimeout(0)
        self.socket = connected
        self._unsent: deque[memoryview] = deque()

    # --------------------------------------------------------------------------------------- what gunicorn's code calls

    def fileno(self) -> int:
        """Return the descriptor, for the event loop; -1 once closed."""
        return self.socket.fileno()

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - as sockets have it
        """Stay as it is: gunicorn would have its threads wait."""

    def settimeout(self, seconds: float | None) -> None:
        """Stay as it is, for the same reason."""

    def recv(self, size: int) -> bytes:
        """Return what has come, up to `size` bytes. Raises `BlockingIOError` where nothing has."""
        return self.socket.recv(size)

    def send(self, data: bytes) -> int:
        """Send what the kernel takes now and return how many bytes that were."""
        return self.socket.send(data)

    def sendall(self, data: bytes) -> None:
        """Send what the kernel takes now and keep the rest. Raises `OSError` where the client has gone."""
        self._unsent.append(memoryview(data))
        self.flush()

    def shutdown(self, how: int) -> None:
        """End one direction, or both."""
        self.socket.shutdown(how)

    def close(self) -> None:
        """End the connection; what was not sent is dropped."""
        self._unsent.clear()
        self.socket.close()

    # --------------------------------------------------------------------------------------------- what our code calls

    @property
    def unsent_bytes(self) -> int:
        """The bytes that are kept until the client reads on."""
        return sum(map(len, self._unsent))

    def send_some(self) -> bool:
        """Send a piece of what is kept; return whether the kernel took all of it."""
        first = self._unsent[0]
        piece = first[:_PIECE]
        try:
            n_sent = self.socket.send(piece)
        except BlockingIOError:
            return False
        if n_sent == len(first):
            self._unsent.popleft()
        else:
            self._unsent[0] = first[n_sent:]
        return n_sent == len(piece)

    def discard(self) -> int:
        """Throw away some of what has come and return how many bytes; 0 where the client has sent its last."""
        return self.socket.recv_into(_WASTE)

    def flush(self) -> None:
        """Send what the kernel takes now."""
        while self._unsent and self.send_some():
            pass


class PatientConnection(Connection):
    """A connection whose client is waited for, so long and no longer: that of a streamed request."""

    def __init__(self, connection: Connection, *, seconds: float, stopping: Callable[[], bool]) -> None:
        """Wait `seconds` for the client's next bytes, or until it has taken what is sent; less when `stopping`."""
        super().__init__(connection.socket)
        self._seconds = seconds
        self._stopping = stopping

    def sendall(self, data: bytes) -> None:
        """Send everything. Raises `TimeoutError` where the client does not take it in time."""
        super().sendall(data)
        start = monotonic()
        while self.unsent_bytes:
            self._wait(select.POLLOUT, start)
            self.flush()

    def receive(self, size: int) -> bytes:
        """Return the client's next bytes, up to `size`, or nothing where it has sent its last.

        Raises `TimeoutError` where none come in time.
        """
        start = monotonic()
        while True:
            try:
                return self.recv(size)
            except BlockingIOError:
                self._wait(select.POLLIN, start)

    def _wait(self, event: int, start: float) -> None:
        """Wait until the socket is ready. Raises `TimeoutError` when a wait that began at `start` takes too long."""
        poll = select.poll()
        poll.register(self.socket, event)
        while not poll.poll(_LOOK_MILLISECONDS):
            seconds = min(self._seconds, _STOPPING_SECONDS) if self._stopping() else self._seconds
            if monotonic() >= start + seconds:
                self._unsent.clear()
                raise TimeoutError("The client took too long.")
