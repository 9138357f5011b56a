"""The one shape of every error, and the one assertion for it."""

from __future__ import annotations

import json
from typing import Any, Protocol

PROBLEM = "application/problem+json"


class Reply(Protocol):
    """What Flask's test client and our own client have in common."""

    @property
    def status_code(self) -> int:
        """The status."""

    @property
    def data(self) -> bytes:
        """The body."""

    @property
    def headers(self) -> Any:  # noqa: ANN401 - two libraries' mappings
        """The headers."""


def assert_problem(reply: Reply, status: int, slug: str) -> dict[str, Any]:
    """Assert that `reply` is a problem of this kind and whole, and return its details.

    {"type": "urn:nutgraf:<slug>", "title": "…", "status": 422, "detail": "…", "errors": […], "request_id": "…"}
    """
    assert reply.headers["Content-Type"] == PROBLEM
    problem: dict[str, Any] = json.loads(reply.data)
    assert (reply.status_code, problem["type"]) == (status, f"urn:nutgraf:{slug}")
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith((".", "?"))
    assert problem["request_id"] == reply.headers["X-Request-ID"]
    for place in problem.get("errors", []):
        assert place["detail"]
        assert len({"pointer", "parameter"} & place.keys()) == 1
    assert set(problem) <= {"type", "title", "status", "detail", "errors", "limit", "size", "request_id"}
    return problem
