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


def _secured(response: Response) -> Response:
    policy = _POLICIES.get(request.endpoint or "", _POLICY)
    response.headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
