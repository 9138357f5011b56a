"""`/openapi.json`: the skeleton that flask-openapi3 makes of the views, completed with bodies, parameters and replies.

flask-openapi3 knows one body type and one reply type a view; this API has three and four. The document is as strict as
the service: what it allows is accepted and what it forbids is refused, which `make contract` checks.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from http import HTTPStatus
from itertools import pairwise
from typing import Any

import orjson
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel

from service.article.lines import BLANK
from service.bulk.records import BatchRecord, Terms, answer_record
from service.summary.options import LEAVES, LENGTH_UNITS, HighlightOptions, Length, SummaryOptions
from service.summary.request import SummaryRequest
from service.summary.summarize import Source, summarize
from service.web import problems, schemas
from service.web.batches import ARRAY, LINES, LINES_TOO
from service.web.examples import ARTICLE, ARTICLE_HTML
from service.web.summaries import REPLY_TYPES

Json = dict[str, Any]

_REFERENCE = "#/components/schemas/{model}"
_PROBLEMS_OF_SUMMARIES = (400, 401, 406, 413, 415, 422, 429, 500, 503)
_SCHEME = {"key": {"type": "http", "scheme": "bearer", "description": "An API key, where the service asks for one."}}
_OPEN_OPERATIONS = {"livez", "readyz", "openapi", "docs", "page"}
_HEADERS = {
    "X-Request-ID": "The caller's id where it is 1 to 64 letters, digits and . _ -, else a new one.",
    "Server-Timing": "Milliseconds by stage.",
}


def document(app: OpenAPI, *, prefix: str, docs: bool, keys: bool) -> Json:
    """Return the OpenAPI 3.1 document of `app`: its addresses are under `prefix`, with `/docs` or without.

    With `keys`, it says which of them ask for an API key.
    """
    result = copy.deepcopy(app.api_doc)
    if not docs:
        del result["paths"]["/docs"]
    result["servers"] = [{"url": prefix or "/"}]
    result["components"] = {"schemas": dict(_schemas()), "securitySchemes": _SCHEME}
    for operations in result["paths"].values():
        for operation in operations.values():
            closed = operation["operationId"] not in _OPEN_OPERATIONS
            operation["responses"] = {
                str(status): _problem_response(status) for status in ((401, 429, 500) if closed else (500,))
            }
            if keys and closed:
                operation["security"] = [{"key": []}]
            operation["description"] = operation["description"].replace("<br/>", "\n").strip()
    paths = result["paths"]
    paths["/v1/summaries"]["post"] |= _summaries_operation()
    paths["/v1/batches"]["post"] |= _batches_operation()
    for path, model in {
        "/v1/capabilities": schemas.CapabilitiesReply,
        "/livez": schemas.StatusReply,
        "/readyz": schemas.StatusReply,
    }.items():
        paths[path]["get"]["responses"]["200"] = _json_response(model.__name__)
    paths["/openapi.json"]["get"]["responses"]["200"] = _response({"application/json": {"schema": {"type": "object"}}})
    paths["/metrics"]["get"]["responses"]["200"] = _response({"text/plain": {"schema": {"type": "string"}}})
    for path in {"/", "/docs"} & paths.keys():
        paths[path]["get"]["responses"]["200"] = _response({"text/html": {"schema": {"type": "string"}}})
    paths["/"]["post"] |= _page_operation()
    return result


def not_blank(characters: str = BLANK) -> str:
    """Return the class of characters that make a text more than blank, as a pattern of JSON Schema."""
    return f"[^{''.join(_ranges(characters))}]"


def _ranges(characters: str) -> Iterator[str]:
    """Yield `characters` as ranges, each end an escape of four hexadecimal digits."""
    points = sorted(set(map(ord, characters)))
    starts = [points[0], *(after for before, after in pairwise(points) if after != before + 1)]
    ends = [*(before for before, after in pairwise(points) if after != before + 1), points[-1]]
    for start, end in zip(starts, ends, strict=True):
        yield f"\\u{start:04x}" if start == end else f"\\u{start:04x}-\\u{end:04x}"


_TEXT = {"type": "string", "pattern": not_blank()}


def _schemas() -> Iterator[tuple[str, Json]]:
    """Yield the models of request and replies, with their parts."""
    models: tuple[type[BaseModel], ...] = (
        SummaryRequest,
        BatchRecord,
        schemas.BatchAnswer,
        schemas.SummaryReply,
        schemas.CapabilitiesReply,
        schemas.StatusReply,
        schemas.ProblemReply,
    )
    for model in models:
        schema = model.model_json_schema(ref_template=_REFERENCE)
        yield from schema.pop("$defs", {}).items()
        yield model.__name__, _request_schema(schema) if issubclass(model, SummaryRequest) else schema


def _request_schema(schema: Json) -> Json:
    """Say of a request what its model leaves to the code: a text is not blank, and repeats in `include` do no harm."""
    properties = schema["properties"]
    properties["text"] |= _TEXT
    properties["include"].pop("uniqueItems")
    properties["length"]["default"] = {"sentences": 3}
    return schema


def _summaries_operation() -> Json:
    """Return parameters, bodies and replies of `POST /v1/summaries`."""
    return {
        "parameters": list(_parameters()),
        "requestBody": {"required": True, "content": _request_bodies()},
        "responses": {
            "200": _response(_reply_bodies(), headers=("X-Request-ID", "Server-Timing")),
            **{str(status): _problem_response(status) for status in _PROBLEMS_OF_SUMMARIES},
        },
    }


def _batches_operation() -> Json:
    """Return parameters, bodies and replies of `POST /v1/batches`; what is wrong with a record is no error of it."""
    record, answer = (_REFERENCE.format(model=model) for model in ("BatchRecord", "BatchAnswer"))
    asked = {"id": "ferry", "text": ARTICLE, "highlights": {"count": 1}, "length": {"sentences": 1}}
    answered = answer_record(dict(asked), 1, Terms()).as_line().decode()
    # a record that cannot be answered is a problem in its place, so an array may hold anything
    records = {"type": "array", "items": {"anyOf": [{"$ref": record}, {}]}}
    # no `example`: tools that know JSON alone could not send it
    lines_in = {"schema": {"type": "string", "description": "A record a line, as in the array."}}
    lines_out = {"schema": {"type": "string"}, "example": answered}
    array_out = {"schema": {"type": "array", "items": {"$ref": answer}}, "example": [orjson.loads(answered)]}
    return {
        "parameters": [one for one in _parameters() if one["name"] != "title"],
        "requestBody": {
            "required": True,
            "content": {ARRAY: {"schema": records, "example": [asked]}, LINES: lines_in, LINES_TOO: lines_in},
        },
        "responses": {
            "200": _response({LINES: lines_out, LINES_TOO: lines_out, ARRAY: array_out}),
            **{str(status): _problem_response(status) for status in _PROBLEMS_OF_SUMMARIES},
        },
    }


def _request_bodies() -> Json:
    example = {"text": ARTICLE, "length": {"sentences": 3}, "highlights": {"count": "auto"}}
    return {
        "application/json": {
            "schema": {"$ref": _REFERENCE.format(model="SummaryRequest")},
            "examples": {
                "shortest": {"summary": "All defaults", "value": {"text": ARTICLE}},
                "options": {"summary": "With options", "value": example},
            },
        },
        "text/plain": {"schema": _TEXT, "example": ARTICLE},
        # no `type`: whatever a client writes as text, a number too, is a page, unless it is blank
        "text/html": {"schema": {"pattern": not_blank()}, "example": ARTICLE_HTML},
    }


def _reply_bodies() -> Json:
    """Return the four replies, each with what this very service answers to the example."""
    asked = SummaryRequest(text=ARTICLE)
    summary = summarize([Source(text=asked.text)], asked)
    bodies: Json = {
        name: {"schema": {"type": "string"}, "example": render(summary, asked).decode()}
        for name, render in REPLY_TYPES.items()
        if name != "application/json"
    }
    reply = schemas.SummaryReply.model_validate_json(REPLY_TYPES["application/json"](summary, asked))
    schema = {"$ref": _REFERENCE.format(model="SummaryReply")}
    return {"application/json": {"schema": schema, "example": reply.model_dump(exclude_unset=True)}, **bodies}


def _parameters() -> Iterator[Json]:
    """Yield the options as parameters of the query string; the four lengths are one, since one of them may come."""
    yield {
        "name": "length",
        "in": "query",
        "description": "One of `sentences`, `words`, `characters` and `ratio`, each a parameter of that name.",
        "style": "form",
        "explode": True,
        "schema": _length_schema(),
        "example": {"sentences": 3},
    }
    for leaf in LEAVES:
        if leaf not in LENGTH_UNITS:
            schema = leaf_schema(leaf)
            described = {"name": leaf, "in": "query", "description": schema.pop("description"), "schema": schema}
            yield described | ({"style": "form", "explode": False} if leaf == "include" else {})


def _length_schema() -> Json:
    schema = Length.model_json_schema()
    del schema["minProperties"]  # without a length the default holds
    return schema


def leaf_schema(leaf: str) -> Json:
    """Return the schema of one option by its leaf name."""
    if leaf == "title":
        return {"type": "string", "description": "The title; without one the first heading serves."}
    *parents, name = LEAVES[leaf]
    models: dict[str, type[BaseModel]] = {"length": Length, "highlights": HighlightOptions}
    model = models[parents[0]] if parents else SummaryOptions
    schema: Json = model.model_json_schema()["properties"][name]
    schema.pop("title", None)
    schema.pop("uniqueItems", None)
    return schema


def _page_operation() -> Json:
    """Return body and replies of the form."""
    leaves = [leaf for leaf in LEAVES if leaf != "title" and leaf not in LENGTH_UNITS[1:] and leaf != "include"]
    # a browser sends the fields that were left empty as well
    fields = {leaf: {"anyOf": [leaf_schema(leaf), {"const": ""}]} for leaf in leaves}
    schema = {
        "type": "object",
        "properties": {"text": _TEXT, "title": leaf_schema("title"), **fields},
        "required": ["text"],
        "additionalProperties": False,
    }
    html = {"text/html": {"schema": {"type": "string"}}}
    statuses = [str(status) for status in (400, 401, 413, 415, 422, 429, 500, 503)]
    return {
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": schema, "example": {"text": ARTICLE}}},
        },
        "responses": {"200": _response(html), **{status: _response(html, status=int(status)) for status in statuses}},
    }


def _json_response(model: str) -> Json:
    return _response({"application/json": {"schema": {"$ref": _REFERENCE.format(model=model)}}})


def _problem_response(status: int) -> Json:
    """Return the reply of a failing request, with an example of each kind of problem of that status."""
    last_lines = {*problems.LAST_LINES.values()}  # no reply has such a status: they stand in replies of status 200
    kinds = dict.fromkeys(
        kind for kind in problems.PROBLEMS.values() if kind.status == status and kind not in last_lines
    )
    examples = {
        kind.slug: {
            "summary": kind.title,
            "value": {
                "type": kind.type,
                "title": kind.title,
                "status": status,
                "detail": problems.EXAMPLES[kind.slug],
                "request_id": "0f8fad5bd9cb469fa16570867728950e",
            },
        }
        for kind in kinds
    }
    schema = {"$ref": _REFERENCE.format(model="ProblemReply")}
    return _response({problems.MEDIA_TYPE: {"schema": schema, "examples": examples}}, status=status)


def _response(content: Json, *, status: int = 200, headers: tuple[str, ...] = ("X-Request-ID",)) -> Json:
    return {
        "description": HTTPStatus(status).phrase,
        "headers": {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in headers},
        "content": content,
    }
