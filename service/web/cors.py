"""Cross-origin requests (CORS): which other sites' pages may call the API from a browser.

Never with credentials: no cookie exists, and a key comes in a header that the calling page sets itself.
"""

from __future__ import annotations

from flask import Flask, Response, request

from service.web.state import settings

_ADDRESSES = ("/v1/", "/openapi.json")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Request-ID, traceparent",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "RateLimit, RateLimit-Policy, Retry-After, Server-Timing, X-Request-ID"


def init_app(app: Flask) -> None:
    """Answer other origins as the settings say."""
    app.after_request(_allow)


def _allow(response: Response) -> Response:
    origins = settings().cors_origins
    if not origins or not request.path.startswith(_ADDRESSES):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin and (origin in origins or "*" in origins):
        response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        if request.method == "OPTIONS":
            response.headers.update(_PREFLIGHT)
    return response
