"""Whose request it is: the address of the connection, or the one that trusted proxies tell of.

Proxies may pass on what a caller made up, so what is no address counts for nothing: no text of a caller's gets into the
log, and nobody has a limit of his own for every word he can think of.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TrustedProxies:
    """Believes the last `count` entries of X-Forwarded-For, -Proto and -Host."""

    def __init__(self, inner: WSGIApplication, count: int) -> None:
        """Serve `inner`."""
        self._inner = inner
        self._fixed = ProxyFix(self._checked, x_for=count, x_proto=count, x_host=count)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request of which the proxies have told."""
        return self._fixed(environ, start_response)

    def _checked(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        peer = environ["werkzeug.proxy_fix.orig"]["REMOTE_ADDR"]
        environ["REMOTE_ADDR"] = _address(environ["REMOTE_ADDR"]) or peer
        return self._inner(environ, start_response)


def forwarded_client(peer: str, forwarded: str, count: int) -> str:
    """Return the client's address as `TrustedProxies` sees it: `forwarded` is X-Forwarded-For, `peer` who connects."""
    entries = [one.strip() for one in forwarded.split(",") if one.strip()]
    return (count and len(entries) >= count and _address(entries[-count])) or peer


def _address(text: str) -> str | None:
    """Return an IP address as it is commonly written, or None for anything else."""
    try:
        # a zone may be any text, and means nothing here
        return None if "%" in text else str(ipaddress.ip_address(text))
    except ValueError:
        return None
