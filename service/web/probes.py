"""What machines ask about the service itself: whether it lives, whether it can work, what it can do."""

from __future__ import annotations

from typing import Any, get_args

import orjson
from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service import __version__
from service.article.detection import can_detect
from service.article.languages import LANGUAGES
from service.ranking.rankers import ALGORITHMS
from service.settings import Settings
from service.summary.notices import NOTICES
from service.summary.options import LENGTH_UNITS, Compression, Inclusion, OffsetUnit, Order
from service.web.state import settings

bp = APIBlueprint("probes", __name__, abp_tags=[Tag(name="service")])


@bp.get("/livez", summary="Whether the process lives", operation_id="livez")
def livez() -> Response:
    """Answer as long as the process does."""
    return _json({"status": "ok"})


@bp.get("/readyz", summary="Whether the service can work", operation_id="readyz")
def readyz() -> Response:
    """Answer once everything is loaded, which is before the port opens."""
    return _json({"status": "ok"})


@bp.get("/v1/capabilities", summary="What the service can do", operation_id="capabilities")
def capabilities() -> Response:
    """List algorithms, languages, options, warnings and the limits in force."""
    return _json(capabilities_dict(settings()))


def capabilities_dict(limits: Settings) -> dict[str, Any]:
    """Return the reply of `/v1/capabilities` as plain values."""
    return {
        "algorithms": [
            {"name": one.name, "summary": one.summary, "max_sentences": one.max_sentences, "max_words": one.max_words}
            for one in ALGORITHMS.values()
        ],
        "languages": [{"code": one.code, "name": one.name} for one in LANGUAGES.values()],
        "language_detection": can_detect(),
        "lengths": list(LENGTH_UNITS),
        "compressions": list(get_args(Compression)),
        "orders": list(get_args(Order)),
        "offsets": list(get_args(OffsetUnit)),
        "includes": list(get_args(Inclusion)),
        "warnings": [{"code": code, "detail": detail} for code, detail in NOTICES.items()],
        "limits": limits.model_dump(
            include={
                "max_body_bytes",
                "max_batch_lines",
                "max_batch_bytes",
                "max_characters",
                "max_sentences",
                "deadline_seconds",
            },
        ),
        "version": __version__,
    }


def _json(value: dict[str, Any]) -> Response:
    return Response(orjson.dumps(value), content_type="application/json")
