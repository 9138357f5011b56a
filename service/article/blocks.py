"""Text to blocks, each with the role it plays on the page.

Only what is clearly not the story gets another role than `body`: losing a sentence of the story is worse than
keeping a link. What a block says about itself ("Read more: …") decides first, then where it stands: above the dateline,
in a run of short lines without a full stop, below the last sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from service.article.datelines import dateline_end, header_end
from service.article.dates import MONTH
from service.article.lines import Line, ends_sentence, is_item, paragraphs, trimmed
from service.article.models import Block, Role
from service.article.signs import credit_start, is_closed, own_role

_SPEECH = re.compile(r"^[\"“]|\b(?:said|says)$")
_DATE = re.compile(rf"\d{{1,2}}\.? {MONTH}")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,4}$")
_HIGHLIGHTS = re.compile(
    r"(?:story highlights|highlights|key (?:points|facts|takeaways)|takeaways|at a glance|in brief|in short|"
    r"the essentials|main points|tl;?dr|what you need to know|need to know)(?: from this (?:article|story))?\s?:?$",
    re.IGNORECASE,
)

_MAX_HEADING_WORDS = 14
_MAX_HEADING_CHARACTERS = 100
_MAX_QUESTION_WORDS = 10
_MIN_LINKS = 3
"""So many short lines in a row inside a story are links to others; one is a subhead, two a subhead with its deck."""
_MAX_INITIALS_WORDS = 6
_MAX_PREFACE = 60


def blocks(text: str, checkpoint: Callable[[], None] = lambda: None) -> list[Block]:
    """Return the text's blocks in order; together they hold every character that is not white space.

    A dateline becomes a block of its own and the rest of its line another. A text in which nothing reads as a story
    is all `body`. `checkpoint` is called for each line and may raise to stop the work. Cost: linear.
    """
    lines = paragraphs(text, checkpoint)
    roles = _roles(lines, checkpoint)
    if "body" not in roles:
        roles = ["body"] * len(lines)
    story = roles.index("body") if lines else 0
    found: list[Block] = []
    for number, (line, role) in enumerate(zip(lines, roles, strict=True)):
        parts = _with_dateline(text, line) if number == story else [Block(role, line.start, line.end)]
        found += _with_credit(text, parts) if role == "body" and line.text.endswith(")") else parts
    return found


def _with_credit(text: str, parts: list[Block]) -> list[Block]:
    """Split a line of the story before the credit in brackets that ends it."""
    *before, body = parts
    credit = body.start + credit_start(text[body.start : body.end])
    if credit == body.end:
        return parts
    return [*before, Block("body", *trimmed(text, body.start, credit)), Block("credit", credit, body.end)]


def _with_dateline(text: str, line: Line) -> list[Block]:
    """Split the story's first line behind its header and its dateline."""
    found: list[Block] = []
    rest = line.start
    if end := header_end(line.text):
        found.append(Block("credit", *trimmed(text, rest, rest + end)))
        rest += end
    if end := dateline_end(text[rest : line.end]):
        found.append(Block("dateline", *trimmed(text, rest, rest + end)))
        rest += end
    return [*found, Block("body", *trimmed(text, rest, line.end))]


def _roles(lines: Sequence[Line], checkpoint: Callable[[], None]) -> list[Role]:
    if len(lines) < 2:  # noqa: PLR2004 # a lone line has no neighbours to be told from
        return ["body"] * len(lines)
    roles: list[Role] = []
    for number, line in enumerate(lines):
        checkpoint()
        roles.append(own_role(line.text, from_end=len(lines) - number))
    _mark_preface(lines, roles)
    _mark_highlights(lines, roles)
    if _is_prose(lines):
        _mark_short_lines(lines, roles)
        _mark_labelled_captions(lines, roles)
        _mark_spaced_highlights(lines, roles)
    return roles


def _mark_preface(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark what stands above the one dateline of the page: pictures' captions, ready-made highlights, the headline.

    A page that has several datelines is a round-up, and a long text above one is a story of its own.
    """
    opening = [n for n, line in enumerate(lines) if roles[n] == "body" and dateline_end(line.text)]
    if len(opening) != 1 or not 0 < opening[0] <= _MAX_PREFACE:
        return
    [story] = opening
    below = sum(len(line.text) for line in lines[story:])
    if below < sum(len(line.text) for line in lines[:story]):
        return
    for number, line in enumerate(lines[:story]):
        if roles[number] == "body":
            roles[number] = "highlight" if is_item(line.text) else "heading" if _is_short(line) else "caption"


def _mark_highlights(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark the bullets that the page's editors wrote: below a label of theirs, or above the story's first line."""
    for number, line in enumerate(lines[:-1]):
        if _HIGHLIGHTS.match(line.text):
            roles[number] = "heading"
            _mark_run(lines, roles, number + 1)
    first = next((n for n, line in enumerate(lines) if roles[n] == "body" and not _is_short(line)), 0)
    if first < len(lines) and all(roles[n] != "body" or _is_short(lines[n]) for n in range(first)):
        start = next((n for n in range(first + 1) if is_item(lines[n].text)), first)
        _mark_run(lines, roles, start)


def _mark_run(lines: Sequence[Line], roles: list[Role], start: int) -> None:
    """Mark the run of items at `start`, if a longer story follows it."""
    end = start
    while end < len(lines) and is_item(lines[end].text):
        end += 1
    run, rest = lines[start:end], lines[end:]
    if run and sum(len(line.text) for line in rest) > sum(len(line.text) for line in run):
        roles[start:end] = ["highlight"] * len(run)


_LABEL = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [\w'’-]+){0,4}: ")


def _mark_labelled_captions(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark the captions that tabloids set between paragraphs: "Sea dog: Ana Lund, 31, on the deck of her ferry"."""
    for number, line in enumerate(lines):
        if roles[number] == "body" and _LABEL.match(line.text) and not is_closed(line.text) and not _is_short(line):
            roles[number] = "caption"


_MIN_SPACED, _MAX_SPACED = 2, 600
"""Full stops in the line before its last, characters."""


def _mark_spaced_highlights(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark the one line whose sentences end in " .": a tabloid's bullets, joined. Where many do, all came so."""
    spaced = [number for number, line in enumerate(lines) if line.text.endswith(" .")]
    if len(spaced) != 1 or roles[spaced[0]] != "body":
        return
    text = lines[spaced[0]].text
    if len(text) <= _MAX_SPACED and text.count(" . ") >= _MIN_SPACED:
        roles[spaced[0]] = "highlight"


def _is_prose(lines: Sequence[Line]) -> bool:
    """Say whether most of the text ends its lines as sentences end; verse, tables and Thai do not."""
    closed = sum(len(line.text) for line in lines if ends_sentence(line.text))
    return 2 * closed > sum(len(line.text) for line in lines)


def _is_short(line: Line) -> bool:
    """Say whether the line is short and has no full stop, as headings and links are."""
    text = line.text
    n_words = text.count(" ") + 1
    if n_words > _MAX_HEADING_WORDS or len(text) > _MAX_HEADING_CHARACTERS:
        return False
    if _SPEECH.search(text) or _DATE.match(text):  # a quotation, or an entry of a timeline, that lost its full stop
        return False
    if text.endswith(("?", "？", "؟")):
        return n_words <= _MAX_QUESTION_WORDS
    if n_words <= _MAX_INITIALS_WORDS and _INITIALS.search(text):  # "No aid from U.S." has no full stop of its own
        return True
    return not is_closed(text) and not text.endswith((",", "，", "、"))


def _mark_short_lines(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark runs of short lines: subheads inside the story, links where many follow each other, furniture below it."""
    full = [n for n, role in enumerate(roles) if role == "body" and not _is_short(lines[n])]
    if not full:
        return
    short = [
        role == "body" and _is_short(line) and not is_item(line.text) for role, line in zip(roles, lines, strict=True)
    ]
    for is_run, group in groupby(range(len(lines)), key=short.__getitem__):
        run = list(group)
        if is_run:
            roles[run[0] : run[-1] + 1] = _run_roles(run, first=full[0], last=full[-1])


def _run_roles(run: Sequence[int], first: int, last: int) -> list[Role]:
    if run[0] > last:
        return ["chrome"] * len(run)
    if run[0] > first and len(run) >= _MIN_LINKS:
        return ["promo"] * len(run)
    return ["heading"] * len(run)
