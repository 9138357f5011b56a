"""Security headers, on every reply.

No page of ours has an inline script, an inline style or anything from another host, so the policy forbids them; only
`/` and `/docs` may run scripts, those of this host. Ours never turn text into markup, and `trusted-types` makes the
browser refuse if one tried; Swagger's on `/docs` do.
"""

from __future__ import annotations

from flask import Flask, Response, request

_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_SCRIPTED = {**_POLICY, "script-src": "'self'", "connect-src": "'self'"}

_OURS = {**_SCRIPTED, "require-trusted-types-for": "'script'", "trusted-types": "'none'"}

_POLICIES = {"documentation.swagger": _SCRIPTED, "page.show": _OURS, "page.answer": _OURS}
"""Endpoint -> its policy; all others have `_POLICY`."""


def init_app(app: Flask) -> None:
    """Put the headers on every reply of `app`."""
    app.after_request(_secured)


def security_headers(endpoint: str = "") -> dict[str, str]:
    """Return the headers for a reply of `endpoint`, or of none."""
    policy = _POLICIES.get(endpoint, _POLICY)
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _secured(response: Response) -> Response:
    response.headers.update(security_headers(request.endpoint or ""))
    return response
