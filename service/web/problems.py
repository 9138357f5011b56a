"""Every failure as `application/problem+json` (RFC 9457), by one table.

    {"type": "urn:nutgraf:invalid-options", "title": "An option has a value that cannot be meant", "status": 422,
     "detail": "'words' must be at least 1; got 0.", "errors": [{"pointer": "/length/words", "detail": "…"}],
     "request_id": "5f0c…"}

Views raise and never catch. What is not in the table is a 500 with nothing in it but its request id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Flask, Response, request
from werkzeug import exceptions as http
from werkzeug.routing import RequestRedirect

from service import errors
from service.web import telemetry

MEDIA_TYPE = "application/problem+json"
URN = "urn:nutgraf:"


class MalformedJsonError(http.BadRequest):
    """The body says it is JSON and is not."""


class MalformedFormError(http.BadRequest):
    """The form has more fields than any form of ours."""


class UndecodableBodyError(http.BadRequest):
    """The body has bytes that its charset does not have."""


class IncompleteBodyError(http.BadRequest):
    """The body ended, or broke its framing, before it was complete."""


class UnsupportedCharsetError(http.UnsupportedMediaType):
    """The body's charset is none that Nutgraf decodes."""


class MalformedCodingError(http.BadRequest):
    """The body is not compressed in the way it says."""


class UnsupportedEncodingError(http.UnsupportedMediaType):
    """The body is compressed in a way that is not known here."""

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as werkzeug has it
        """Say what is known (RFC 9110, section 12.5.3)."""
        return [*super().get_headers(*args, **kwargs), ("Accept-Encoding", "gzip, deflate")]


class BodyTooLargeError(http.RequestEntityTooLarge):
    """The body has more bytes than the limit; `size` is None where it was not read to its end."""

    def __init__(self, *, limit: int, size: int | None) -> None:
        """Say the limit and, where known, the size."""
        has = f"has {size:,} bytes" if size is not None else "is larger"
        super().__init__(f"The body {has}; at most {limit:,} bytes are accepted (NUTGRAF_MAX_BODY_BYTES).")
        self.limit = limit
        self.size = size


class UnauthorizedError(http.Unauthorized):
    """The request has no API key, or a wrong one."""

    def __init__(self, *, wrong: bool) -> None:
        """Say which of the two, in `WWW-Authenticate` too (RFC 6750)."""
        said = "The API key is not known here." if wrong else "This address asks for an API key."
        super().__init__(f"{said} Send one as 'Authorization: Bearer …'.")
        self._challenge = 'Bearer realm="nutgraf"' + (', error="invalid_token"' if wrong else "")

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as werkzeug has it
        """Add the challenge; werkzeug's own class would not quote the realm, as RFC 9110 wants it."""
        return [*super().get_headers(*args, **kwargs), ("WWW-Authenticate", self._challenge)]


class RateLimitedError(http.TooManyRequests):
    """More requests than the limit allows."""

    def __init__(self, limit: str, retry_seconds: int) -> None:
        """Say the limit and when the next request is allowed, in `Retry-After` too."""
        super().__init__(
            f"At most {limit} requests are allowed; the next one in {retry_seconds} seconds.", retry_after=retry_seconds
        )


class OverloadedError(http.ServiceUnavailable):
    """All slots are at work and the queue is full."""

    def __init__(self) -> None:
        """Say what to do, in `Retry-After` too."""
        super().__init__("All slots are at work and the queue is full. Try again in a second.", retry_after=1)


class ClientLeftError(http.HTTPException):
    """The client closed its connection before its answer was there; nobody sees this reply."""

    code = 499  # as nginx logs it; HTTP has no status for it
    description = "The client closed the connection."


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of failure."""

    slug: str
    """The end of its `type`, stable in 1.x."""
    status: int
    title: str
    """The same words for every failure of the kind; the `detail` is about this one."""

    @property
    def type(self) -> str:
        """The `type` of RFC 9457: an identifier, not an address."""
        return URN + self.slug


INTERNAL_ERROR = Problem("internal-error", 500, "Nutgraf has failed")

PROBLEMS: Mapping[type[Exception], Problem] = {
    errors.InvalidOptionsError: Problem("invalid-options", 422, "An option has a value that cannot be meant"),
    errors.UnsupportedLanguageError: Problem("unsupported-language", 422, "The language is not supported"),
    errors.InvalidTextError: Problem("invalid-text", 422, "The text cannot be read as an article"),
    errors.TextTooLongError: Problem("text-too-long", 413, "The text is too long"),
    errors.DeadlineExceededError: Problem("deadline-exceeded", 503, "The work took too long"),
    errors.RankingDidNotConvergeError: INTERNAL_ERROR,
    errors.InvalidSettingError: INTERNAL_ERROR,
    OverloadedError: Problem("overloaded", 503, "Too much work at once"),
    ClientLeftError: Problem("client-left", 499, "The client left"),
    MalformedJsonError: Problem("malformed-json", 400, "The body is not JSON"),
    MalformedFormError: Problem("malformed-form", 400, "The form cannot be read"),
    UndecodableBodyError: Problem("undecodable-body", 400, "The body is not in its charset"),
    MalformedCodingError: Problem("malformed-coding", 400, "The body is not in its coding"),
    IncompleteBodyError: Problem("incomplete-body", 400, "The body is incomplete"),
    http.BadRequest: Problem("bad-request", 400, "The request cannot be understood"),
    UnauthorizedError: Problem("unauthorized", 401, "An API key is needed"),
    http.NotFound: Problem("not-found", 404, "There is nothing at this address"),
    http.MethodNotAllowed: Problem("method-not-allowed", 405, "The method is not allowed here"),
    http.NotAcceptable: Problem("not-acceptable", 406, "No acceptable reply type"),
    BodyTooLargeError: Problem("body-too-large", 413, "The body is too large"),
    http.RequestedRangeNotSatisfiable: Problem("range-not-satisfiable", 416, "The range is not satisfiable"),
    UnsupportedCharsetError: Problem("unsupported-charset", 415, "The charset is not supported"),
    UnsupportedEncodingError: Problem("unsupported-encoding", 415, "The body's coding is not supported"),
    http.UnsupportedMediaType: Problem("unsupported-media-type", 415, "The body's type is not supported"),
    RateLimitedError: Problem("rate-limited", 429, "Too many requests"),
}
"""Kind of exception -> kind of failure; an exception counts as the nearest of its classes that stands here."""

EXAMPLES: Mapping[str, str] = {
    "invalid-options": "'words' must be at least 1; got 0.",
    "unsupported-language": "The language 'xx' is not supported.",
    "invalid-text": "The text is blank. Send the article's text, at least one sentence.",
    "text-too-long": "The text has 2,400,000 characters; at most 2,000,000 are accepted (NUTGRAF_MAX_CHARACTERS).",
    "deadline-exceeded": "The work was stopped after 10 seconds (NUTGRAF_DEADLINE_SECONDS). Send a shorter text.",
    "overloaded": "All slots are at work and the queue is full. Try again in a second.",
    "client-left": "The client closed the connection.",
    "malformed-json": "The body is not JSON: unexpected character at line 1, column 10.",
    "malformed-form": "The form has more than 100 fields.",
    "undecodable-body": "The body is not valid utf-8: the byte at offset 117 does not fit.",
    "malformed-coding": "The body is not in the coding gzip, which Content-Encoding names.",
    "incomplete-body": "The body ended after 1,024 of 5,170 bytes.",
    "bad-request": "The browser (or proxy) sent a request that this server could not understand.",
    "unauthorized": "This address asks for an API key. Send one as 'Authorization: Bearer …'.",
    "rate-limited": "At most 60/minute requests are allowed; the next one in 7 seconds.",
    "not-found": "There is nothing at this address; /openapi.json lists the addresses there are.",
    "method-not-allowed": "Allowed here: GET, HEAD, OPTIONS.",
    "not-acceptable": "Replies come as application/json, text/plain, text/markdown, text/html; Accept allows none.",
    "body-too-large": "The body has 9,000,000 bytes; at most 8,388,608 bytes are accepted (NUTGRAF_MAX_BODY_BYTES).",
    "range-not-satisfiable": "The requested range cannot be served.",
    "unsupported-charset": "The charset 'utf-9' is not known. Did you mean 'utf-8'?",
    "unsupported-encoding": "Send the body as it is, or with one Content-Encoding: gzip or deflate.",
    "unsupported-media-type": "The request has no Content-Type. Known: application/json, text/plain, text/html.",
    "internal-error": "The request failed inside Nutgraf; its log has the cause under this request id.",
}
"""Slug -> what the `detail` of such a problem may say, for the documentation."""


def problem_for(error: Exception) -> Problem:
    """Return what kind of failure `error` is."""
    for kind in type(error).__mro__:
        if problem := PROBLEMS.get(kind):
            return problem
    return INTERNAL_ERROR


def detail_of(error: Exception) -> str:
    """Return what there is to say about this failure; of an internal one, only whom to ask."""
    if problem_for(error) is INTERNAL_ERROR:
        return "The request failed inside Nutgraf; its log has the cause under this request id."
    if isinstance(error, http.NotFound):
        return "There is nothing at this address; /openapi.json lists the addresses there are."
    if isinstance(error, http.MethodNotAllowed):
        return f"Allowed here: {', '.join(sorted(error.valid_methods or []))}."
    return (error.description or "") if isinstance(error, http.HTTPException) else str(error)


def as_dict(error: Exception) -> dict[str, Any]:
    """Return the problem details of `error`."""
    problem = problem_for(error)
    details: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail_of(error),
    }
    if places := _places(error):
        details["errors"] = places
    if isinstance(error, BodyTooLargeError | errors.TextTooLongError):
        details["limit"] = error.limit
        if error.size is not None:
            details["size"] = error.size
    return details


def problem_response(error: Exception) -> Response:
    """Return the reply for `error`, and note its kind for the log; an internal one is logged with its place."""
    details = as_dict(error) | {"request_id": telemetry.request_id()}
    response = Response(orjson.dumps(details), details["status"], content_type=MEDIA_TYPE)
    return with_headers(response, error)


def with_headers(response: Response, error: Exception) -> Response:
    """Add the headers that HTTP wants beside some statuses, such as `Allow`, and note the failure for the log."""
    problem = problem_for(error)
    telemetry.note(error=problem.slug)
    if problem is INTERNAL_ERROR:
        telemetry.log_failure(error)
    if isinstance(error, http.HTTPException):
        for name, value in error.get_headers(request.environ):
            if name not in {"Content-Type", "Content-Length"}:
                response.headers[name] = value
    return response


def init_app(app: Flask) -> None:
    """Answer every failure of `app` with a problem; redirections are none."""
    app.register_error_handler(Exception, problem_response)
    app.register_error_handler(RequestRedirect, lambda redirect: redirect.get_response(request.environ))


def _places(error: Exception) -> list[dict[str, str]]:
    """Return which values are wrong: by pointer into a JSON body, by name in a query string or form."""
    if isinstance(error, errors.InvalidOptionsError):
        return [
            {"parameter": one.parameter, "detail": one.detail}
            if one.parameter is not None
            else {"pointer": one.pointer or "", "detail": one.detail}
            for one in error.problems
        ]
    if isinstance(error, errors.InvalidTextError | errors.TextTooLongError) and request.mimetype == "application/json":
        return [{"pointer": "/text", "detail": str(error)}]
    return []
