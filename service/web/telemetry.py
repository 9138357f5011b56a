"""One JSON line a request, on standard output; nothing in it comes from the caller's text, title or query values.

    {"event": "request", "method": "POST", "route": "/v1/summaries", "status": 200, "milliseconds": 8.4,
     "request_id": "5f0c…", "client": "10.1.2.3", "bytes_in": 5170, "bytes_out": 2211, "algorithm": "fusion",
     "sentences": 38, "words": 812, "level": "info", "timestamp": "…Z"}

A failure adds `error`, the slug of its problem, and a request with `traceparent` its `trace_id`. On a terminal the same
line is laid out for a person. Probes are not logged. gunicorn's own messages come the same way; the other libraries'
loggers are silent, because what they say may quote a text.
"""

from __future__ import annotations

import logging
import random
import re
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, request

from service.failures import kinds_of, places_of
from service.settings import LogLevel

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_UNLOGGED = {"/livez", "/readyz", "/metrics"}
_silent = ContextVar("silent", default=False)

LOG_FIELDS = (
    "event", "method", "route", "status", "milliseconds", "request_id", "trace_id", "client", "bytes_in", "bytes_out",
    "algorithm", "sentences", "words", "lines", "problems", "error", "level", "timestamp",
)  # fmt: skip
"""What the line of a request may hold, for the documentation."""

log: structlog.stdlib.BoundLogger = structlog.get_logger("nutgraf")


def configure(level: LogLevel, *, pretty: bool | None = None) -> None:
    """Send this process's log to standard output: JSON, or laid out for a person where that is a terminal."""
    pretty = sys.stdout.isatty() if pretty is None else pretty
    minimum = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(minimum),
        # one write a line: lines of several workers never mix, not even where Python does not buffer
        logger_factory=structlog.WriteLoggerFactory(file=_Output()),  # type: ignore[arg-type] # all it asks for
        cache_logger_on_first_use=False,
    )
    logging.getLogger().handlers = [logging.NullHandler()]
    logging.getLogger("gunicorn.error").handlers = [_ToStructlog()]
    warnings.showwarning = _log_warning


def init_app(app: Flask) -> None:
    """Give every request of `app` an id and a line in the log."""
    app.before_request(_start)
    app.after_request(_finish)


@contextmanager
def silenced() -> Iterator[None]:
    """Log and count no requests in this block: those that the service makes to itself at its start."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silenced() -> bool:
    """Whether the request at hand is one of the service's own."""
    return _silent.get()


def note(**facts: str | int) -> None:
    """Add facts to the line of the request at hand."""
    _facts().update(facts)


def request_id() -> str:
    """Return the id of the request at hand: the caller's where it is well-formed, else a new one."""
    if "request_id" not in g:
        g.request_id = request_id_from(request.headers.get("X-Request-ID", ""))
    return str(g.request_id)


def request_id_from(given: str) -> str:
    """Return the caller's id where it is well-formed, else a new one."""
    return given if _REQUEST_ID.fullmatch(given) else f"{random.getrandbits(128):032x}"


def server_timing(stages: Mapping[str, float]) -> str:
    """Return the value of `Server-Timing` for seconds by stage; the header counts milliseconds."""
    return ", ".join(f"{stage};dur={seconds * 1000:.1f}" for stage, seconds in stages.items())


def log_failure(error: BaseException) -> None:
    """Log an unexpected error: its kind and where it happened, but not its message, which may quote the text."""
    log.error("failure", request_id=request_id(), kinds=kinds_of(error), traceback=places_of(error))


def _facts() -> dict[str, str | int]:
    facts: dict[str, str | int] = g.setdefault("facts", {})
    return facts


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    if request.path not in _UNLOGGED and not is_silenced() and not is_streamed():
        log_request(response.status_code, bytes_out=response.content_length or 0)
    return response


def stream() -> None:
    """Say that the reply to the request at hand is streamed: whoever ends it calls `log_request`."""
    g.is_streamed = True


def is_streamed() -> bool:
    """Whether the reply to the request at hand goes on after its headers."""
    return bool(g.get("is_streamed", False))


def seconds() -> float:
    """Return the time since the request at hand was there."""
    now = time.perf_counter()
    return now - float(g.get("started", now))


def log_request(status: int, *, bytes_out: int, bytes_in: int | None = None) -> None:
    """Write the line. `route` is the rule: a raw path may hold anything."""
    log.log(
        logging.ERROR if status == HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO,
        "request",
        method=request.method if request.url_rule else _known_method(),
        route=request.url_rule.rule if request.url_rule else None,
        status=status,
        milliseconds=round(seconds() * 1000, 1),
        request_id=request_id(),
        client=request.remote_addr,
        bytes_in=bytes_in or g.get("bytes_in", request.content_length or 0),
        bytes_out=bytes_out,
        **_trace(request.headers.get("traceparent", "")),
        **_facts(),
    )


def log_early(
    *, route: str, status: int, request_id: str, traceparent: str, client: str, bytes_out: int, error: str
) -> None:
    """Write the line of a `POST` that was answered by its head, outside of the application."""
    log.info(
        "request",
        method="POST",
        route=route,
        status=status,
        milliseconds=0.0,
        request_id=request_id,
        client=client,
        bytes_in=0,
        bytes_out=bytes_out,
        **_trace(traceparent),
        error=error,
    )


def _trace(traceparent: str) -> dict[str, str]:
    """Return the trace that the caller says this request belongs to (W3C Trace Context), if it says so well."""
    found = _TRACE_PARENT.fullmatch(traceparent)
    return {"trace_id": found[1]} if found else {}


def _known_method() -> str:
    """Return the method when it is one of HTTP's own: a client may make up any other."""
    return request.method if request.method in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} else "?"


def _json(event: dict[str, Any], **_: object) -> str:
    return orjson.dumps(event, default=str).decode()


def _log_warning(
    message: Warning | str,  # noqa: ARG001 - a warning's words may quote the text
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,  # noqa: ARG001
    line: object = None,  # noqa: ARG001
) -> None:
    """Log a Python warning by its kind and place."""
    log.warning("python-warning", kind=category.__qualname__, place=f"{filename}:{lineno}")


class _Output:
    """Standard output, whose reader may have gone: a line that cannot be written is lost, and no request with it."""

    def write(self, line: str) -> None:
        """Write `line`, if that can be done."""
        with suppress(OSError):
            sys.stdout.write(line)

    def flush(self) -> None:
        """Send what is written, if that can be done."""
        with suppress(OSError):
            sys.stdout.flush()


class _ToStructlog(logging.Handler):
    """Writes gunicorn's messages as lines of this log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write `record`; of an exception only kind and place, as above."""
        error = record.exc_info[1] if record.exc_info else None
        facts = {"kinds": kinds_of(error), "traceback": places_of(error)} if error else {}
        log.log(record.levelno, "server", message=record.getMessage(), **facts)
