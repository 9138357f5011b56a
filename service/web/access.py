"""Who may ask, and how often: keys and rate limits, before anything else of a request is looked at.

Probes, the page, its files, and the documentation are open to everyone; all else is not, so that a new address is
closed until somebody opens it here.
"""

from __future__ import annotations

import ipaddress
import math

from flask import Flask, Response, g, request

from service.web.problems import RateLimitedError, UnauthorizedError
from service.web.rates import header_values
from service.web.state import access, settings

OPEN_ENDPOINTS = frozenset(
    {
        "probes.livez",
        "probes.readyz",
        "page.show",
        "static",
        "documentation.openapi",
        "documentation.swagger",
        "documentation.asset",
    }
)
_UNLIMITED_ENDPOINTS = OPEN_ENDPOINTS | {"measurements.metrics"}
"""Wrong keys count at these too, where they ask for one."""


def init_app(app: Flask) -> None:
    """Check every request to `app`."""
    app.before_request(_check)
    app.after_request(_tell)


def _check() -> None:
    """Raise `RateLimitedError` for one request too many, then `UnauthorizedError` for one without a key.

    In this order, so that wrong keys count for their address, and a flood of them costs no more than any other. That
    does not keep a right guess from being seen: it is answered, since whoever shares an address with a guesser must not
    be shut out. What keeps keys from being guessed is their length.
    """
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS or request.method == "OPTIONS":
        return
    keys, counter = access().keys, access().counter
    given = request.headers.get("Authorization", "")
    digest = keys.digest(given) if keys.required and given else None
    is_guess = keys.required and bool(given) and digest is None
    if counter is not None and (is_guess or request.endpoint not in _UNLIMITED_ENDPOINTS):
        g.allowance = counter.take(f"key:{digest.hex()[:32]}" if digest else f"client:{_network(request.remote_addr)}")
        if not g.allowance.allowed:
            raise RateLimitedError(str(settings().rate_limit), math.ceil(g.allowance.retry_seconds))
    if keys.required and digest is None:
        raise UnauthorizedError(wrong=bool(given))


def _tell(response: Response) -> Response:
    """Say what is left of the limit."""
    limit = settings().rate_limit
    if limit is not None and "allowance" in g:
        response.headers.update(header_values(limit, g.allowance))
    return response


def _network(address: str | None) -> str:
    """Return what counts as one client: an IPv4 address, or 64 bits of an IPv6 one, which is what a household has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
