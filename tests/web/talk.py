"""A batch on a connection, said and heard line by line."""

from __future__ import annotations

import http.client
import socket
from typing import Any

import orjson

from tests.web.servers import RunningServer

PATH = "/v1/batches"
LINES = "application/x-ndjson"


class Talk:
    """A batch on a connection of its own: lines are said and answers heard in any order."""

    def __init__(self, server: RunningServer, *, timeout: float = 60, head: bytes = b"") -> None:
        """Send the head of the request."""
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=timeout)
        self.socket.sendall(
            b"POST %b HTTP/1.1\r\nHost: a\r\nContent-Type: %b\r\nTransfer-Encoding: chunked\r\n%b\r\n"
            % (PATH.encode(), LINES.encode(), head)
        )
        self._reply: http.client.HTTPResponse | None = None

    def say(self, *lines: bytes) -> None:
        """Send lines as a chunk."""
        content = b"".join(line + b"\n" for line in lines)
        self.socket.sendall(b"%x\r\n%b\r\n" % (len(content), content))

    def end(self) -> None:
        """Say that there are no more."""
        self.socket.sendall(b"0\r\n\r\n")

    def hear(self) -> dict[str, Any]:
        """Return the next answer; {} at the end of them."""
        line = self.reply.readline()
        found: dict[str, Any] = orjson.loads(line) if line else {}
        return found

    def hear_all(self) -> list[dict[str, Any]]:
        """Return all answers there are."""
        return list(iter(self.hear, {}))

    @property
    def reply(self) -> http.client.HTTPResponse:
        """The reply, whose head comes with the first answer."""
        if self._reply is None:
            self._reply = http.client.HTTPResponse(self.socket)
            self._reply.begin()
        return self._reply

    def close(self) -> None:
        """Leave."""
        if self._reply is not None:
            self._reply.close()
        self.socket.close()
