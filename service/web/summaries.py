"""`POST /v1/summaries`: an article in, its summary and highlights out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Request, Response, g, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.exceptions import UnsupportedMediaType

from service.errors import nearest
from service.settings import Settings
from service.stopwatch import Stopwatch
from service.summary.models import Summary
from service.summary.options import options_from_leaves, validated
from service.summary.rendering import as_html, as_markdown, as_text
from service.summary.request import SummaryRequest, reply_for, summary_for
from service.summary.summarize import Limits
from service.web import telemetry
from service.web.accepting import best_type
from service.web.bodies import html_from_body, json_from_body, read_body, text_from_body
from service.web.measurements import measured
from service.web.presence import presence_check
from service.web.state import admission, settings

bp = APIBlueprint("summaries", __name__, abp_tags=[Tag(name="summaries")])

Renderer = Callable[[Summary, SummaryRequest], bytes]

REPLY_TYPES: Mapping[str, Renderer] = {
    "application/json": lambda summary, asked: reply_for(asked, summary),
    "text/plain": lambda summary, _: as_text(summary).encode(),
    "text/markdown": lambda summary, _: as_markdown(summary).encode(),
    "text/html": lambda summary, _: as_html(summary).encode(),
}
"""What `Accept` may choose; the first serves when it does not say."""


@bp.post("/v1/summaries", summary="Summarize an article", operation_id="summarize")
def create_summary() -> Response:
    """Rank the article's sentences and answer with a summary of whole sentences, and with highlights.

    The body is JSON, or the article itself as `text/plain` or `text/html` with the options in the query string.
    """
    reply_type = best_type(request, tuple(REPLY_TYPES))
    admission().refuse_when_full()
    asked = request_from_http(request, settings())
    return summary_response(asked, reply_type)


def summary_response(asked: SummaryRequest, reply_type: str) -> Response:
    """Return the reply for a validated request, as `reply_type`."""
    summary, stopwatch = summarized(asked, settings())
    charset = "" if reply_type == "application/json" else "; charset=utf-8"
    response = Response(REPLY_TYPES[reply_type](summary, asked), content_type=reply_type + charset)
    stopwatch.lap("render")
    response.vary.add("Accept")
    response.headers["Server-Timing"] = telemetry.server_timing(stopwatch.stages)
    return response


def summarized(asked: SummaryRequest, limits: Settings) -> tuple[Summary, Stopwatch]:
    """Return the summary and the time its stages took, once there is a slot; note its sizes for the log."""
    presence = presence_check(request)
    with admission().slot(presence) as waited_seconds:
        g.stopwatch = stopwatch = Stopwatch(limits.deadline_seconds, interruption=presence)
        stopwatch.stages["queue"] = waited_seconds
        sizes = Limits(max_characters=limits.max_characters, max_sentences=limits.max_sentences)
        summary = summary_for(asked, limits=sizes, stopwatch=stopwatch)
    measured().summary(summary)
    counts = summary.statistics
    telemetry.note(algorithm=summary.algorithm, sentences=counts.sentences, words=counts.words)
    return summary, stopwatch


def request_from_http(request: Request, limits: Settings) -> SummaryRequest:
    """Return what is asked for, from body and query string; raises for whatever cannot be meant."""
    reader = _BODY_READERS.get(request.mimetype)
    if reader is None:
        raise UnsupportedMediaType(_wanted_type(request.mimetype))
    body = read_body(request, limit=limits.max_body_bytes)
    return reader(body, request.mimetype_params.get("charset"), request.args.to_dict(flat=False))


def _from_json(body: bytes, charset: str | None, leaves: Mapping[str, list[str]]) -> SummaryRequest:
    asked = validated(SummaryRequest, json_from_body(body, charset))
    return _overridden(asked, leaves) if leaves else asked


def _from_text(body: bytes, charset: str | None, leaves: Mapping[str, list[str]]) -> SummaryRequest:
    return options_from_leaves(SummaryRequest, leaves, text=text_from_body(body, charset), format="text")


def _from_html(body: bytes, charset: str | None, leaves: Mapping[str, list[str]]) -> SummaryRequest:
    return options_from_leaves(SummaryRequest, leaves, text=html_from_body(body, charset), format="html")


_BODY_READERS: Mapping[str, Callable[[bytes, str | None, Mapping[str, list[str]]], SummaryRequest]] = {
    "application/json": _from_json,
    "text/plain": _from_text,
    "text/html": _from_html,
}


def _overridden(asked: SummaryRequest, leaves: Mapping[str, list[str]]) -> SummaryRequest:
    """Let options in the query string win over those of a JSON body, one by one."""
    wins = options_from_leaves(SummaryRequest, leaves, text=asked.text)
    changes: dict[str, Any] = {name: getattr(wins, name) for name in wins.model_fields_set - {"text"}}
    if "highlights" in changes:
        given = {name: getattr(wins.highlights, name) for name in wins.highlights.model_fields_set}
        changes["highlights"] = asked.highlights.model_copy(update=given)
    return asked.model_copy(update=changes)


def _wanted_type(mimetype: str) -> str:
    known = ", ".join(_BODY_READERS)
    if not mimetype:
        return f"The request has no Content-Type. Known: {known}."
    return f"The body's type '{mimetype[:64]}' is not known here.{nearest(mimetype, _BODY_READERS)} Known: {known}."
