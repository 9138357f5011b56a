"""Blocks to sentences.

`sentencex` (Wikimedia; rules and abbreviations for most languages) proposes the boundaries; a few rules of ours mend
those it is known to miss. Sentences never overlap, have no white space at their edges, and together hold every
character of the block that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import sentencex

from service.article.lines import trimmed
from service.article.models import Span

_STARTERS = (
    "A|After|Although|An|And|As|At|Before|But|By|Critics|During|Few|For|From|He|Her|His|How|However|I|If|In|Instead|It|Its|Later|"
    "Leaders|Many|Meanwhile|Members|Most|Nearly|No|None|Nor|Not|Now|Officials|On|One|Only|Others|Our|People|She|Since|So|Some|Still|"
    "Such|That|The|Their|Then|There|These|They|This|Those|Though|Three|To|Two|Under|Until|We|What|When|Where|Which|While|Who|Why|"
    "With|Yet|You"
)
_SPLITS = re.compile(
    rf"\b(?:U\.N|U\.S|U\.K|E\.U|U\.A\.E|U\.S\.A|U\.S\.S\.R|D\.C)\.[\"”’)]{{0,2}}\s{{1,4}}(?=[\"“‘]?(?:{_STARTERS})\s)"
    r"|[.!?…][)\]]\s{1,4}(?=[\"“‘(]?[A-ZÀ-ÖØ-Þ])",
)
"""Where a sentence ends unseen: behind a country's initials, when a word follows that opens sentences and no names;
behind a sentence in brackets."""

_SIGNS = ("U.", "E.U", "D.C", ".)", "!)", "?)", "…)", ".]", "!]", "?]", "…]")
"""One of them stands in every such place; most texts have none."""

_INITIAL = re.compile(r"[A-Z]\.")
_INITIAL_BEFORE = re.compile(r"\b[A-Z]\.$")
_TIME = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_TIME_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|[A-Z]{2,4}\b[^.]|(?:Eastern|Pacific|Central|Mountain|Local)\b|"
    r"[A-Z]\w+ (?:time|Time)\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d",
)
_TITLES = {"fr": re.compile(r"(?:^|[\s«“\"(’'])(?:MM?|Mmes?|Mlles?|Me|Mgr|Dr|Pr|St|Ste)\.$")}
"""Abbreviated titles that sentencex's table for the language lacks; a name follows."""

_WITHOUT_MARKS = frozenset({"th"})
_SPACED = re.compile(r"\S(?:[^.!?\n]{40,}?|[^.!?\n]*?[.!?])\s+")
"""Thai ends sentences, and many clauses, with a space alone: it is cut at the first one past 40 letters."""

_LOOK_BEHIND = 12
_LOOK_AHEAD = 16
_WINDOW = 2**16
_MARGIN = 256
"""Characters: what is cut at once, and how much of it a cut must have behind it."""


def sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the spans of the sentences in `text[start:end]`, a block in `language`. Cost: linear, and paid lazily."""
    first = start
    for last in chain((start + cut for cut in _cuts(text[start:end], language)), [end]):
        span = Span(*trimmed(text, first, last))
        if span.start < span.end:
            yield span
        first = last


def _cuts(block: str, language: str) -> Iterator[int]:
    """Yield the offsets inside the block at which a new sentence starts, in order.

    A long block is cut in windows, so that who takes only its first sentences does not pay for all. A window goes on
    from the last sure cut of the one before; cuts near its end are left for the next, which sees what follows them.
    """
    first, size = 0, _WINDOW
    while first + size < len(block):
        sure = [cut for cut in _window_cuts(block[first : first + size], language) if cut <= size - _MARGIN]
        if sure:
            yield from (first + cut for cut in sure)
            first, size = first + sure[-1], _WINDOW
        else:
            size *= 2
    yield from (first + cut for cut in _window_cuts(block[first:], language))


_QUOTATION_MARKS = re.compile("[“”„‟«»‹›‘’‚‛「」『』']")
_MOST_QUOTATION_MARKS = 4_000
"""In a window: sentencex looks for the other half of each mark, in time that grows with the square of their number."""


def _window_cuts(window: str, language: str) -> list[int]:
    if language in _WITHOUT_MARKS:
        return [match.end() for match in _SPACED.finditer(window) if match.end() < len(window)]
    proposed = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, _bounded(window))]
    kept = {_before_mark(window, cut) for cut in proposed if not _is_false(window, cut, language)}
    missed = {match.end() for match in _SPLITS.finditer(window)} if any(map(window.__contains__, _SIGNS)) else set()
    return sorted((kept | missed) - {0, len(window)})


def _bounded(window: str) -> str:
    """Return `window`, without its quotation marks where there are more of them than any writing has."""
    if len(window) <= _MOST_QUOTATION_MARKS:
        return window
    n_marks = sum(1 for _ in _QUOTATION_MARKS.finditer(window))
    return _QUOTATION_MARKS.sub(" ", window) if n_marks > _MOST_QUOTATION_MARKS else window


def _before_mark(block: str, cut: int) -> int:
    """Move a cut that stands behind an opening quotation mark to before it: the mark is the next sentence's."""
    if block[cut - 1] not in '"“':
        return cut
    return cut - 1 if block[cut - 2 : cut - 1].isspace() and block[cut : cut + 1].isalnum() else cut


def _is_false(block: str, cut: int, language: str) -> bool:
    """Say whether the proposed cut stands inside a sentence: "10 p.m. | Sunday", "M. | Dupont"."""
    before = block[max(0, cut - _LOOK_BEHIND) : cut].rstrip()
    last = before[-2:-1]
    if before[-1:] != "." or not (last.isupper() or last in "mM" or language in _TITLES):
        return False
    after = block[cut : cut + _LOOK_AHEAD]
    if block[cut - 1] == "." and _INITIAL_BEFORE.search(before) and _INITIAL.match(after):
        return True  # "anti-U.|S. protests"
    if _TIME.search(before) and _TIME_GOES_ON.match(after):
        return True
    titles = _TITLES.get(language)
    return titles is not None and titles.search(before) is not None
