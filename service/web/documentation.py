"""`/openapi.json`, and `/docs`: Swagger's page over it, from the assets that flask-openapi3 ships, so it works offline.

The template is ours, because Swagger's own has inline scripts. Its addresses are relative: they hold behind a prefix.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import cast

import orjson
from flask import Response, abort, current_app, render_template, send_from_directory
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from service.web.openapi import document
from service.web.state import access, settings

bp = APIBlueprint("documentation", __name__, abp_tags=[Tag(name="service")])

_DOCUMENT = "nutgraf.document"

_ASSETS = Path(str(resources.files("flask_openapi3_swagger"))) / "templates" / "swagger"


@bp.get("/openapi.json", summary="This document", operation_id="openapi")
def openapi() -> Response:
    """Describe this service, as OpenAPI 3.1."""
    made = current_app.extensions.get(_DOCUMENT)
    if made is None:
        app = cast("OpenAPI", current_app)
        made = current_app.extensions[_DOCUMENT] = orjson.dumps(
            document(app, prefix=settings().url_prefix, docs=settings().docs, keys=access().keys.required)
        )
    return Response(made, content_type="application/json")


@bp.get("/docs", summary="The documentation page", operation_id="docs")
def swagger() -> str:
    """Show this document as a page on which requests can be tried out."""
    _check_on()
    return render_template("docs.html")


def asset(name: str) -> Response:
    """Return a file of Swagger's page."""
    _check_on()
    return send_from_directory(_ASSETS, name)


# as plain Flask has it: flask-openapi3 would want a model for the path
bp.add_url_rule("/docs/assets/<path:name>", view_func=asset)


def _check_on() -> None:
    if not settings().docs:
        abort(404)
