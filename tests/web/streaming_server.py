"""Our worker before a small application that streams: `POST /stream` and, for what the others do, `GET /…`.

streaming_server.py BATCHES READ_SECONDS
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from service.settings import replaced, settings_from_environ
from service.web import telemetry
from service.web.measurements import Measurements
from service.web.server import gunicorn_settings
from service.web.streams import body_errors
from service.web.worker import worker_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    """Answer by path and query: lines in capitals, megabytes, a refusal that reads nothing, or "ok"."""
    if environ["QUERY_STRING"] == "refuse":
        start_response("401 Unauthorized", [("Content-Length", "2")])
        return iter([b"no"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    if not environ["PATH_INFO"].endswith("/stream"):
        return iter([b"ok"])
    if environ["QUERY_STRING"] == "flood":
        return flood()
    return capitals(environ)


def flood() -> Iterator[bytes]:
    """Yield more than any buffer holds, and say how much was asked for."""
    n_pieces = 0
    try:
        for _ in range(1000):
            n_pieces += 1
            yield b"a" * 100_000
    finally:
        telemetry.log.warning("flood", pieces=n_pieces)


def capitals(environ: dict[str, Any]) -> Iterator[bytes]:
    """Yield each line in capitals as soon as it is here; say how the body ended."""
    body, stopping = environ["wsgi.input"], environ["nutgraf.stopping"]
    end = "whole"
    try:
        while line := body.readline(1_000_000):
            yield line.upper()
            if stopping():
                end = "stopping"
                break
            if line == b"sleep\n":
                time.sleep(1)
    except body_errors as error:
        end = type(error).__name__
    telemetry.log.warning("body", end=end)
    yield f"{end}\n".encode()


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn as `service.web.server` sets it up, but for the application."""

    def load_config(self) -> None:
        """One worker, whose streams are at `/stream`."""
        batches, read_seconds = int(sys.argv[1]), float(sys.argv[2])
        settings = replaced(
            settings_from_environ({"PORT": "0", "NUTGRAF_WORKERS": "1", "NUTGRAF_URL_PREFIX": "/news"}),
            batches=batches,
            read_seconds=read_seconds,
        )
        measured = Measurements(settings)
        for name, value in gunicorn_settings(settings, measured).items():
            self.cfg.set(name, value)
        self.cfg.set("worker_class", worker_for(settings, measured.refusal, streamed=["/stream"]))

    def load(self) -> Any:  # noqa: ANN401 - as gunicorn has it
        """Return the application."""
        return application

    def begin_worker(self) -> None:
        """Do nothing: there are no keys here."""


if __name__ == "__main__":
    telemetry.configure("info")
    Server().run()
