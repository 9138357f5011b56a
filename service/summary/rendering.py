"""A summary as JSON-ready values, plain text, Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from html import escape
from itertools import accumulate
from typing import Any

from service import __version__
from service.summary.models import Explanation, Highlight, ScoredSentence, Summary
from service.summary.options import OffsetUnit

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")
_MARKDOWN_LINE_START = re.compile(r"^([-+=]|\d{1,9}[.)])")

Place = Callable[[int], int]


def as_dict(summary: Summary, offsets: OffsetUnit = "codepoint") -> dict[str, Any]:
    """Return the reply of `POST /v1/summaries` as plain values, in a fixed order of keys. Cost: linear."""
    place = _place(summary.text, offsets)
    reply: dict[str, Any] = {
        "summary": summary.summary,
        "sentences": [_sentence(sentence, place) for sentence in summary.sentences],
        "highlights": [_highlight(highlight, place) for highlight in summary.highlights],
    }
    if summary.keywords is not None:
        reply["keywords"] = [asdict(keyword) for keyword in summary.keywords]
    if summary.blocks is not None:
        reply["blocks"] = [
            {"role": block.role, "start": place(block.start), "end": place(block.end)} for block in summary.blocks
        ]
    if summary.explanation is not None:
        reply["explanation"] = {"sentences": [_explanation(entry, place) for entry in summary.explanation]}
    if summary.text_included:
        reply["text"] = summary.text
    return reply | {
        "language": summary.language,
        "algorithm": summary.algorithm,
        "stats": asdict(summary.statistics),
        "warnings": [asdict(notice) for notice in summary.warnings],
        "version": __version__,
    }


def as_text(summary: Summary) -> str:
    """Return bullets as `- ` lines, a blank line, then the summary as a paragraph."""
    return _stacked([f"- {highlight.text}" for highlight in summary.highlights], summary.summary)


def as_markdown(summary: Summary) -> str:
    """Return what `as_text` does, with the marks that Markdown would take for its own escaped."""
    bullets = [f"- {_markdown(highlight.text)}" for highlight in summary.highlights]
    return _stacked(bullets, _markdown(summary.summary))


def as_html(summary: Summary) -> str:
    """Return a fragment: a list of the bullets and a paragraph, all text escaped, safe to insert in a page."""
    language = f' lang="{escape(summary.language)}" dir="auto"'
    bullets = [f"  <li>{escape(highlight.text)}</li>" for highlight in summary.highlights]
    listed = [f"<ul{language}>", *bullets, "</ul>"] if bullets else []
    paragraph = [f"<p{language}>{escape(summary.summary)}</p>"] if summary.summary else []
    return "\n".join([*listed, *paragraph, ""])


def _stacked(bullets: Sequence[str], paragraph: str) -> str:
    parts = ["\n".join(bullets), paragraph]
    return "\n\n".join(part for part in parts if part) + "\n"


def _markdown(text: str) -> str:
    return _MARKDOWN_LINE_START.sub(r"\\\1", _MARKDOWN.sub(r"\\\1", text))


def _sentence(sentence: ScoredSentence, place: Place) -> dict[str, Any]:
    return {
        "index": sentence.index,
        "text": sentence.text,
        "start": place(sentence.start),
        "end": place(sentence.end),
        "score": sentence.score,
        "rank": sentence.rank,
        "pick": sentence.pick,
    }


def _highlight(highlight: Highlight, place: Place) -> dict[str, Any]:
    return {
        "text": highlight.text,
        "sentence": highlight.sentence,
        "spans": [[place(start), place(end)] for start, end in highlight.spans],
        "compressed": highlight.compressed,
        "pick": highlight.pick,
    }


def _explanation(entry: Explanation, place: Place) -> dict[str, Any]:
    sentence = _sentence(entry.sentence, place)
    del sentence["text"]
    parts = {"textrank": entry.textrank, "lexrank": entry.lexrank, "position": entry.position}
    sentence |= {name: part for name, part in parts.items() if part is not None}
    return sentence | {"neighbours": [asdict(neighbour) for neighbour in entry.neighbours]}


def _place(text: str, offsets: OffsetUnit) -> Place:
    """Return the function from code-point offsets to offsets in the unit asked for."""
    if offsets == "codepoint" or text.isascii():
        return lambda offset: offset
    size = _utf16_units if offsets == "utf16" else _utf8_bytes
    return list(accumulate(map(size, text), initial=0)).__getitem__


def _utf16_units(character: str) -> int:
    return 2 if character > "\uffff" else 1


def _utf8_bytes(character: str) -> int:
    return 1 if character < "\x80" else 2 if character < "\u0800" else 3 if character < "\U00010000" else 4
