"""The page at `/`: a form that works without JavaScript, and its answer.

With JavaScript the modules in `static/page` take the form over and show what the API says; see `main.js`.
"""

from __future__ import annotations

from typing import get_args
from urllib.parse import parse_qs

from flask import Response, g, make_response, render_template, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.exceptions import UnsupportedMediaType

from service.article.detection import can_detect
from service.article.languages import LANGUAGES
from service.decoding import decoded
from service.errors import (
    InvalidOptionsError,
    InvalidTextError,
    OptionProblem,
    TextTooLongError,
    UndecodableBodyError,
)
from service.ranking.rankers import ALGORITHMS
from service.summary.options import LEAVES, Compression, options_from_leaves
from service.summary.request import SummaryRequest
from service.web import problems
from service.web.bodies import read_body
from service.web.state import settings
from service.web.summaries import summarized

bp = APIBlueprint("page", __name__, abp_tags=[Tag(name="page")])

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100
_DEFAULTS = {
    "language": "en",
    "algorithm": "fusion",
    "sentences": "3",
    "highlights": "auto",
    "compression": "safe",
    "order": "document",
}
_SAMPLES = (
    ("news.txt", "en", "a news page"),
    ("report.txt", "en", "a report"),
    ("deutsch.txt", "de", "ein deutscher Text"),
)
"""File in `static/samples`, its language, and what the page calls it."""


@bp.get("/", summary="The page", operation_id="page")
def show() -> str:
    """Show the form."""
    return _page()


@bp.post("/", summary="The page's form", operation_id="form")
def answer() -> str:
    """Take the form and show highlights and summary under it. Its fields have the names of the query string."""
    g.form = fields = _fields()
    text = fields.pop("text", [""])
    if len(text) > 1:
        raise InvalidOptionsError([OptionProblem("'text' is given more than once.", parameter="text")])
    # a browser sends the fields that were left empty as well; an unknown name is refused all the same
    leaves = {name: values for name, values in fields.items() if values != [""] or name not in LEAVES}
    g.form = {"text": text, **leaves}
    asked = options_from_leaves(SummaryRequest, leaves, text=text[0])
    summary, _ = summarized(asked, settings())
    return _page(summary=summary)


@bp.errorhandler(Exception)
def fail(error: Exception) -> Response:
    """Show the form again, as it was sent, with what is wrong."""
    details = problems.as_dict(error)
    wrong = {place.get("parameter"): place["detail"] for place in details.get("errors", [])}
    if isinstance(error, InvalidTextError | TextTooLongError):
        wrong["text"] = details["detail"]
    response = make_response(_page(problem=details, wrong=wrong), details["status"])
    return problems.with_headers(response, error)


def _fields() -> dict[str, list[str]]:
    """Return the fields of the form; only as browsers send it."""
    if request.mimetype != _FORM:
        raise UnsupportedMediaType(f"The form comes as {_FORM}.")
    body = decoded(read_body(request, limit=settings().max_body_bytes), "utf_8")
    try:
        return parse_qs(body, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise UndecodableBodyError("The form is not valid UTF-8.") from None
    except ValueError:
        raise problems.MalformedFormError(f"The form has more than {_MOST_FIELDS} fields.") from None


def _page(**context: object) -> str:
    values = {name: sent[0] for name, sent in g.get("form", {}).items()}
    return render_template(
        "page.html",
        values=_DEFAULTS | values,
        languages=LANGUAGES.values(),
        can_detect=can_detect(),
        algorithms=ALGORITHMS.values(),
        compressions=get_args(Compression),
        samples=_SAMPLES,
        max_body_bytes=settings().max_body_bytes,
        docs=settings().docs,
        **context,
    )
