"""The failures of Nutgraf's own, as problem details (RFC 9457): one table for HTTP, files and clusters.

`service.web.problems` adds those that only HTTP has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service import errors

URN = "urn:nutgraf:"


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


INVALID_OPTIONS = Problem("invalid-options", 422, "An option has a value that cannot be meant")
INTERNAL_ERROR = Problem("internal-error", 500, "Nutgraf has failed")

PROBLEMS: Mapping[type[Exception], Problem] = {
    errors.InvalidOptionsError: INVALID_OPTIONS,
    errors.UnsupportedLanguageError: INVALID_OPTIONS,
    errors.InvalidTextError: Problem("invalid-text", 422, "The text cannot be read as an article"),
    errors.TextTooLongError: Problem("text-too-long", 413, "The text is too long"),
    errors.DeadlineExceededError: Problem("deadline-exceeded", 503, "The work took too long"),
    errors.MalformedJsonError: Problem("malformed-json", 400, "The body is not JSON"),
    errors.UndecodableBodyError: Problem("undecodable-body", 400, "The body is not in its charset"),
    errors.BodyTooLargeError: Problem("body-too-large", 413, "The body is too large"),
    errors.RankingDidNotConvergeError: INTERNAL_ERROR,
    errors.InvalidSettingError: INTERNAL_ERROR,
    errors.BatchError: INTERNAL_ERROR,
}
"""Kind of exception -> kind of failure; an exception counts as the nearest of its classes that stands here."""


def nearest_kind(error: Exception, known: Mapping[type[Exception], Problem] = PROBLEMS) -> Problem:
    """Return what kind of failure `error` is, by a table of those that are `known`."""
    for kind in type(error).__mro__:
        if problem := known.get(kind):
            return problem
    return INTERNAL_ERROR


def details_of(problem: Problem, detail: str, error: Exception, *, is_json: bool) -> dict[str, Any]:
    """Return the problem details of `error`; with `is_json` what is wrong with the text has its pointer."""
    details: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
    }
    if places := _places(error, is_json=is_json):
        details["errors"] = places
    if isinstance(error, errors.TooLargeError):
        details["limit"] = error.limit
        if error.size is not None:
            details["size"] = error.size
    return details


def _places(error: Exception, *, is_json: bool) -> list[dict[str, str]]:
    """Return which values are wrong: by pointer into a JSON body, by name in a query string or form."""
    if isinstance(error, errors.InvalidOptionsError):
        return [
            {"parameter": one.parameter, "detail": one.detail}
            if one.parameter is not None
            else {"pointer": one.pointer or "", "detail": one.detail}
            for one in error.problems
        ]
    if is_json and isinstance(error, errors.InvalidTextError | errors.TextTooLongError):
        return [{"pointer": "/text", "detail": str(error)}]
    return []
