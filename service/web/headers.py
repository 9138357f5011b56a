"""Security headers, on every reply.

No page of ours has an inline script, an inline style or anything from another host, so the policy forbids them; only
`/docs` may run scripts, those of this host.
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

_SCRIPTED_ENDPOINTS = {"documentation.swagger"}


def init_app(app: Flask) -> None:
    """Put the headers on every reply of `app`."""
    app.after_request(_secured)


def _secured(response: Response) -> Response:
    policy = _SCRIPTED if request.endpoint in _SCRIPTED_ENDPOINTS else _POLICY
    response.headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
