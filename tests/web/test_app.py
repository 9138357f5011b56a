"""What holds for every address: prefix, proxies, security headers, request ids."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import request
from flask.testing import FlaskClient

from service.settings import settings_from_environ
from service.web.app import create_app
from service.web.clients import forwarded_client

ADDRESSES = [
    "/",
    "/livez",
    "/readyz",
    "/docs",
    "/openapi.json",
    "/v1/capabilities",
    "/v1/summaries",
    "/static/page.css",
    "/x",
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_security_headers_are_everywhere(client: FlaskClient, path: str) -> None:
    """Every reply forbids inline scripts, frames, sniffing and referrers; only the two pages may run scripts."""
    headers = client.get(path, buffered=True).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert ("script-src 'self'" in policy) == (path in {"/", "/docs"})
    assert ("require-trusted-types-for 'script'" in policy) == (path == "/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_prefix_may_be_cut_off_by_the_proxy_or_not(make_client: Callable[..., FlaskClient], path: str) -> None:
    """Every address answers with and without the prefix."""
    client = make_client(NUTGRAF_URL_PREFIX="/nutgraf/")

    within, without = client.get(f"/nutgraf{path}", buffered=True), client.get(path, buffered=True)
    assert within.status_code == without.status_code
    assert client.get("/nutgraf").status_code == 200
    assert client.get("/nutgraffiti").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-1.2_Z", True), ("a" * 64, True), ("a" * 65, False), ("", False), ("two words", False), ("é", False)],
)
def test_a_request_id_is_kept_where_it_is_well_formed(client: FlaskClient, given: str, kept: bool) -> None:  # noqa: FBT001
    """Other ids are replaced, so that nothing else can be smuggled into the log."""
    reply = client.get("/v1/capabilities", headers={"X-Request-ID": given.encode().decode("latin-1")})

    assert (reply.headers["X-Request-ID"] == given) == kept
    assert reply.headers["X-Request-ID"]


@pytest.mark.parametrize(("trusted", "client_seen"), [("0", "127.0.0.1"), ("1", "10.0.0.2"), ("2", "10.0.0.1")])
def test_proxies_are_believed_as_far_as_they_are_trusted(trusted: str, client_seen: str) -> None:
    """The client's address is the one that the outermost trusted proxy saw."""
    app = create_app(settings_from_environ({"NUTGRAF_TRUSTED_PROXIES": trusted}))
    app.add_url_rule("/who", view_func=lambda: str(request.remote_addr))

    assert app.test_client().get("/who", headers={"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}).text == client_seen


@pytest.mark.parametrize(
    ("forwarded", "client_seen"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("10.0.0.1,  2001:DB8:0::1 ", "2001:db8::1"),
        ("Quokka", "127.0.0.1"),
        ("10.0.0.1, Quokka <x>", "127.0.0.1"),
        ("10.0.0.1:80", "127.0.0.1"),
        ("fe80::1%Quokka", "127.0.0.1"),
        ("", "127.0.0.1"),
        (",", "127.0.0.1"),
    ],
)
def test_what_is_no_address_is_no_client(forwarded: str, client_seen: str) -> None:
    """Then it is the connection's; the event loop, which answers where the queue is full, says the same."""
    app = create_app(settings_from_environ({"NUTGRAF_TRUSTED_PROXIES": "1"}))
    app.add_url_rule("/who", view_func=lambda: str(request.remote_addr))

    assert app.test_client().get("/who", headers={"X-Forwarded-For": forwarded}).text == client_seen
    assert forwarded_client("127.0.0.1", forwarded, 1) == client_seen
    assert forwarded_client("127.0.0.1", forwarded, 0) == "127.0.0.1"


def test_head_and_options_are_answered(client: FlaskClient) -> None:
    """HEAD is GET without a body; OPTIONS names the methods."""
    head = client.head("/v1/capabilities")

    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    assert client.options("/v1/summaries").headers["Allow"]
