"""Cross-origin requests: the pages of the sites that are listed, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

PATH = "/v1/summaries"
ORIGIN = "https://desk.example"


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ("", ORIGIN, None),
        (ORIGIN, ORIGIN, ORIGIN),
        (f"https://other.example, {ORIGIN}", ORIGIN, ORIGIN),
        (ORIGIN, "https://desk.example.evil", None),
        (ORIGIN, "http://desk.example", None),
        (ORIGIN, "null", None),
        ("*", "https://anyone.example", "*"),
        (ORIGIN, None, None),
    ],
)
def test_only_listed_origins_are_allowed(
    make_client: Callable[..., FlaskClient], origins: str, origin: str | None, allowed: str | None
) -> None:
    """By the whole origin, in replies and preflights; caches are told that the origin matters."""
    client = make_client(NUTGRAF_CORS_ORIGINS=origins, NUTGRAF_API_KEYS="key")
    headers = {"Origin": origin} if origin else {}

    preflight = client.options(PATH, headers=headers | {"Access-Control-Request-Method": "POST"})
    refused = client.post(PATH, json={"text": ""}, headers=headers)

    assert (preflight.status_code, refused.status_code) == (200, 401)  # a page may read why
    for reply in (preflight, refused):
        assert reply.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Access-Control-Allow-Credentials" not in reply.headers
        assert ("Origin" in reply.headers.get("Vary", "")) == bool(origins)
    assert ("Authorization" in preflight.headers.get("Access-Control-Allow-Headers", "")) == bool(allowed)


@pytest.mark.parametrize("path", ["/", "/livez", "/docs"])
def test_pages_and_probes_are_nobody_elses_business(make_client: Callable[..., FlaskClient], path: str) -> None:
    """Only the API may be called from elsewhere."""
    reply = make_client(NUTGRAF_CORS_ORIGINS="*").get(path, headers={"Origin": ORIGIN})

    assert "Access-Control-Allow-Origin" not in reply.headers
