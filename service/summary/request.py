"""One request for a summary, as every way in has it: HTTP, a line of a file, a row of a table."""

from __future__ import annotations

from typing import Literal

import orjson

from service.stopwatch import Stopwatch
from service.summary.models import Summary
from service.summary.options import SummaryOptions
from service.summary.rendering import as_dict
from service.summary.summarize import Limits, Source, summarize


class SummaryRequest(SummaryOptions):
    """An article and what to make of it. Only `text` is required."""

    text: str
    """The article: plain text, or an HTML page where `format` says so."""
    title: str | None = None
    """Its title; without one the first heading serves."""
    format: Literal["text", "html"] = "text"
    """What `text` holds."""


def summary_for(asked: SummaryRequest, *, limits: Limits, stopwatch: Stopwatch) -> Summary:
    """Return the summary that `asked` is for; raises what `summarize` does. The only way to it, for all who ask."""
    source = Source(text=asked.text, title=asked.title, format=asked.format)
    return summarize([source], asked, limits=limits, stopwatch=stopwatch)


def reply_for(asked: SummaryRequest, summary: Summary) -> bytes:
    """Return the JSON that answers `asked`: the body of HTTP's reply, and `result` in a batch's."""
    return orjson.dumps(as_dict(summary, asked.offsets))
