"""Whether the client is still there: work for one that has left is work for nobody."""

from __future__ import annotations

import select
from collections.abc import Callable

from flask import Request

from service.web.problems import ClientLeftError

# Linux tells when the other side has closed even its sending half; elsewhere only a whole end shows.
_LEFT = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


def presence_check(request: Request) -> Callable[[], None]:
    """Return a function that raises `ClientLeftError` once the client of `request` has closed its connection.

    It takes some microseconds and never waits. Half a close counts as a whole: proxies and browsers that give up do
    the one, and next to nobody the other.
    """
    connection = request.environ.get("gunicorn.socket")
    if connection is None:  # a test's client has none
        return lambda: None
    poll = select.poll()
    poll.register(connection, _LEFT)

    def check() -> None:
        if poll.poll(0):
            raise ClientLeftError

    return check
