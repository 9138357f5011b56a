"""Answers to requests that never reach the application: the broken, the late, and those for which there is no room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from gunicorn.http import errors as framing

from service.problems import URN
from service.web import telemetry
from service.web.arrivals import State
from service.web.clients import forwarded_client
from service.web.headers import security_headers
from service.web.problems import MEDIA_TYPE, OverloadedError, as_dict

Refusal = tuple[int, str, str]
"""Status, slug and title."""

TIMED_OUT: Refusal = (408, "request-timeout", "The request took too long to arrive")
FULL: Refusal = (503, "overloaded", "Too much work at once")
ENDLESS: Mapping[State, Refusal] = {
    "endless-head": (431, "headers-too-large", "The headers are too large"),
    "endless-body": (413, "body-too-large", "The body is too large"),
}
REFUSALS: Mapping[type[Exception], Refusal] = {
    framing.LimitRequestLine: (414, "uri-too-long", "The address is too long"),
    framing.LimitRequestHeaders: ENDLESS["endless-head"],
    framing.ExpectationFailed: (417, "expectation-failed", "The expectation cannot be met"),
    framing.UnsupportedTransferCoding: (501, "unsupported-transfer-coding", "The transfer coding is not supported"),
    framing.ParseException: (400, "bad-request", "The request cannot be understood"),
}
"""What gunicorn's parser raises -> what the client is told; the nearest class counts."""
_UNKNOWN: Refusal = (500, "internal-error", "Nutgraf has failed")

EARLY_REFUSALS = frozenset({*REFUSALS.values(), *ENDLESS.values(), TIMED_OUT, FULL, _UNKNOWN})
"""Everything that is answered before the application sees a request."""


def refusal_for(error: BaseException) -> Refusal:
    """Return status, slug and title for a request that gunicorn could not parse."""
    for kind in type(error).__mro__:
        if refusal := REFUSALS.get(kind):
            return refusal
    return _UNKNOWN


def refused_reply(refusal: Refusal, headers: str = "", *, kind: str | None = None) -> bytes:
    """Return the reply to a request that never reaches the application, and log it.

    Its request id is always a new one: the head that might have the caller's need not be there, or be one.
    """
    status, slug, title = refusal
    request_id = telemetry.request_id_from("")
    kinds = {"kinds": [kind]} if kind else {}
    telemetry.log.warning("refused", error=slug, status=status, request_id=request_id, **kinds)
    details = {"type": URN + slug, "title": title, "status": status, "detail": f"{title}."}
    return _reply(status, headers, orjson.dumps(details | {"request_id": request_id}), request_id)


def overloaded_reply(head: bytes, *, route: str, address: str, trusted_proxies: int) -> bytes:
    """Return what the application answers where the queue is full, and log it as that does; 0.1 ms instead of 1.

    `head` is the request line and the headers, `address` that of the connection.
    """
    said = _said(head)
    request_id = telemetry.request_id_from(said.get("x-request-id", ""))
    body = orjson.dumps(_OVERLOADED | {"request_id": request_id})
    status = int(_OVERLOADED["status"])
    telemetry.log_early(
        route=route,
        status=status,
        request_id=request_id,
        traceparent=said.get("traceparent", ""),
        client=forwarded_client(address, said.get("x-forwarded-for", ""), trusted_proxies),
        bytes_out=len(body),
        error="overloaded",
    )
    return _reply(status, _RETRY, body, request_id)


_OVERLOADED = as_dict(OverloadedError())
_RETRY = "Retry-After: 1\r\n"
_SECURITY_HEADERS = "".join(f"{name}: {value}\r\n" for name, value in security_headers().items())
_SAID = re.compile(rb"\r\n(x-request-id|traceparent|x-forwarded-for):[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE)


def _said(head: bytes) -> dict[str, str]:
    """Return what a head says of its request; a header that comes again goes on with a comma."""
    found: dict[str, str] = {}
    for name, value in _SAID.findall(head):
        key, text = name.decode("ascii").lower(), value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def _reply(status: int, headers: str, body: bytes, request_id: str) -> bytes:
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {MEDIA_TYPE}\r\n{headers}{_SECURITY_HEADERS}"
        f"X-Request-ID: {request_id}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("latin-1") + body
