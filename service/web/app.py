"""The composition root: settings in, WSGI application out. Nothing is made at import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from service import __version__
from service.settings import Settings
from service.web import (
    access,
    batches,
    cors,
    documentation,
    headers,
    measurements,
    page,
    probes,
    problems,
    state,
    summaries,
    telemetry,
)
from service.web.clients import TrustedProxies
from service.web.measurements import Measurements

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def create_app(settings: Settings, measured: Measurements | None = None) -> OpenAPI:
    """Return the application, ready to serve; it counts in `measured`, which a server shares with its workers.

    Raises `InvalidSettingError` for a file of API keys that cannot be used.
    """
    measured = measured or Measurements(settings)
    app = OpenAPI(
        __name__,
        info=Info(
            title="Nutgraf",
            version=__version__,
            description="POST an article, get its summary and highlights: extractive, with exact spans.",
        ),
        security_schemes={},
        doc_ui=False,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    state.init_app(app, settings, measured)
    telemetry.init_app(app)
    measurements.init_app(app, measured)
    headers.init_app(app)
    cors.init_app(app)
    access.init_app(app)
    problems.init_app(app)
    for blueprint in (summaries.bp, batches.bp, probes.bp, measurements.bp, documentation.bp, page.bp):
        app.register_api(blueprint)
    app.wsgi_app = _Prefix(app.wsgi_app, settings.url_prefix)  # type: ignore[method-assign]
    if count := settings.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, count)  # type: ignore[method-assign]
    return app


class _Prefix:
    """Serves an application under a path as well as at the root, so that probes need not know the path.

    Proxies differ in whether they cut the prefix off; links carry it in both cases.
    """

    def __init__(self, inner: WSGIApplication, prefix: str) -> None:
        self._inner = inner
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, prefix = environ.get("PATH_INFO", ""), self._prefix
        environ["SCRIPT_NAME"] = prefix
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return self._inner(environ, start_response)
