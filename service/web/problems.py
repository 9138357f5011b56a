"""Every failure as `application/problem+json` (RFC 9457), by one table.

    {"type": "urn:nutgraf:invalid-options", "title": "An option has a value that cannot be meant", "status": 422,
     "detail": "'words' must be at least 1; got 0.", "errors": [{"pointer": "/length/words", "detail": "…"}],
     "request_id": "5f0c…"}

The kinds of Nutgraf's own failures stand in `service.problems`, those that only HTTP has stand here. Views raise and
never catch. What is not in the table is a 500 with nothing in it but its request id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Flask, Response, has_request_context, request
from werkzeug import exceptions as http
from werkzeug.routing import RequestRedirect

from service import problems
from service.errors import AbandonedError, BatchTooLargeError
from service.problems import INTERNAL_ERROR, Problem
from service.web import telemetry

MEDIA_TYPE = "application/problem+json"


class MalformedFormError(http.BadRequest):
    """The form has more fields than any form of ours."""


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


class UnreadAnswersError(http.BadRequest):
    """The client of a batch sends and sends, and does not read."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The answers were not read while the batch was sent. Read while you send, or send less.")


class StoppingError(http.ServiceUnavailable):
    """The service is about to stop, and does not go on with a batch."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The service is stopping. Send the lines from here on again.")


class ClientLeftError(AbandonedError, http.HTTPException):
    """The client closed its connection before its answer was there; nobody sees this reply."""

    code = 499  # as nginx logs it; HTTP has no status for it
    description = "The client closed the connection."


LAST_LINES: Mapping[type[Exception], Problem] = {
    BatchTooLargeError: Problem("batch-too-large", 413, "The batch is too large"),
    UnreadAnswersError: Problem("unread-answers", 400, "The answers were not read"),
    StoppingError: Problem("stopping", 503, "The service is stopping"),
}
"""What only the last line of a batch may say."""

PROBLEMS: Mapping[type[Exception], Problem] = {
    **problems.PROBLEMS,
    **LAST_LINES,
    OverloadedError: Problem("overloaded", 503, "Too much work at once"),
    ClientLeftError: Problem("client-left", 499, "The client left"),
    MalformedFormError: Problem("malformed-form", 400, "The form cannot be read"),
    MalformedCodingError: Problem("malformed-coding", 400, "The body is not in its coding"),
    IncompleteBodyError: Problem("incomplete-body", 400, "The body is incomplete"),
    http.BadRequest: Problem("bad-request", 400, "The request cannot be understood"),
    UnauthorizedError: Problem("unauthorized", 401, "An API key is needed"),
    http.NotFound: Problem("not-found", 404, "There is nothing at this address"),
    http.MethodNotAllowed: Problem("method-not-allowed", 405, "The method is not allowed here"),
    http.NotAcceptable: Problem("not-acceptable", 406, "No acceptable reply type"),
    http.RequestedRangeNotSatisfiable: Problem("range-not-satisfiable", 416, "The range is not satisfiable"),
    UnsupportedCharsetError: Problem("unsupported-charset", 415, "The charset is not supported"),
    UnsupportedEncodingError: Problem("unsupported-encoding", 415, "The body's coding is not supported"),
    http.UnsupportedMediaType: Problem("unsupported-media-type", 415, "The body's type is not supported"),
    RateLimitedError: Problem("rate-limited", 429, "Too many requests"),
}
"""Kind of exception -> kind of failure; an exception counts as the nearest of its classes that stands here."""

EXAMPLES: Mapping[str, str] = {
    "invalid-options": "'words' must be at least 1; got 0.",
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
    "batch-too-large": "At most 1,000,000 lines of a batch are answered (NUTGRAF_MAX_BATCH_LINES). Send the rest anew.",
    "unread-answers": "The answers were not read while the batch was sent. Read while you send, or send less.",
    "stopping": "The service is stopping. Send the lines from here on again.",
    "range-not-satisfiable": "The requested range cannot be served.",
    "unsupported-charset": "The charset 'utf-9' is not known. Did you mean 'utf-8'?",
    "unsupported-encoding": "Send the body as it is, or with one Content-Encoding: gzip or deflate.",
    "unsupported-media-type": "The request has no Content-Type. Known: application/json, text/plain, text/html.",
    "internal-error": "The request failed inside Nutgraf; its log has the cause under this request id.",
}
"""Slug -> what the `detail` of such a problem may say, for the documentation."""


def problem_for(error: Exception) -> Problem:
    """Return what kind of failure `error` is."""
    return problems.nearest_kind(error, PROBLEMS)


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
    is_json = has_request_context() and request.mimetype == "application/json"  # the event loop asks too
    return problems.details_of(problem_for(error), detail_of(error), error, is_json=is_json)


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
