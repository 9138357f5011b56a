"""Blocks to sentences.

`sentencex` (Wikimedia; rules and abbreviations for most languages) proposes the boundaries; a few rules of ours mend
those it is known to miss. Sentences never overlap, have no white space at their edges, and together hold every
character of the block that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import sentencex

from service.article.dates import MONTH, WEEKDAY
from service.article.lines import trimmed
from service.article.models import Span
from service.article.ordinals import is_behind_ordinal

_STARTERS = (
    "A|After|Although|An|And|As|At|Before|But|By|Critics|During|Few|For|From|He|Her|His|How|However|I|If|In|Instead|It|Its|Later|"
    "Leaders|Many|Meanwhile|Members|Most|Nearly|No|None|Nor|Not|Now|Officials|On|One|Only|Others|Our|People|She|Since|So|Some|Still|"
    "Such|That|The|Their|Then|There|These|They|This|Those|Though|Three|To|Two|Under|Until|We|What|When|Where|Which|While|Who|Why|"
    "With|Yet|You"
)


class Ending(NamedTuple):
    """A kind of place where a sentence ends unseen."""

    signs: tuple[str, ...]
    """One of them stands in every such place; most texts have none."""
    pattern: re.Pattern[str]


_ENDINGS = (
    # behind a country's initials, when a word follows that opens sentences and no names
    Ending(
        ("U.", "E.U", "D.C"),
        re.compile(
            rf"\b(?:U\.N|U\.S|U\.K|E\.U|U\.A\.E|U\.S\.A|U\.S\.S\.R|D\.C)\.[\"”’)]{{0,2}}\s{{1,4}}(?=[\"“‘]?(?:{_STARTERS})\s)"
        ),
    ),
    # behind a sentence in brackets
    Ending(
        (".)", "!)", "?)", "…)", ".]", "!]", "?]", "…]"),
        re.compile(r"[.!?…][)\]]\s{1,4}(?=[\"“‘(]?[A-ZÀ-ÖØ-Þ])"),
    ),
    # behind "the answer is no.", which is no "No. 5"
    Ending(
        (" no.",),
        re.compile(r"\b(?:is|was|say|says|said|answers|answered) no\.[\"”’]?\s{1,4}(?=[\"“‘]?[A-Z])"),
    ),
    # behind a month that has no short form
    Ending(("May.", "maj."), re.compile(r"\b(?:May|maj)\.[\"”’)]?\s{1,4}(?=[\"“‘]?[A-ZÀ-ÖØ-Þ])")),
    # behind a letter that is no initial
    Ending(
        ("War I", "lan B", "hase I", "Part I"),
        re.compile(r"(?:[Ww]ar|[Pp]lan|[Pp]hase|Part) [A-Z]{1,3}\.\s{1,4}(?=[\"“‘]?[A-Z])"),
    ),
    # behind an abbreviation, before a quoted sentence
    Ending(
        ('.m. "', ".m. “", 'nc. "', "nc. “", 'Co. "', "Co. “", 'Jr. "', "Jr. “"),
        re.compile(r"\b(?:[ap]\.m|Inc|Co|Jr)\.\s{1,4}(?=[\"“][A-Z][\w'’]* [a-z])"),
    ),
)

_INITIAL = re.compile(r"[A-Z]\.")
_INITIAL_BEFORE = re.compile(r"\b[A-Z]\.$")
_TIME = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_TIME_GOES_ON = re.compile(
    rf"{WEEKDAY}s?\b|[A-Z]{{2,4}}\b[^.]|(?:Eastern|Pacific|Central|Mountain|Local)\b|"
    r"[A-Z]\w+ (?:time|Time)\b|"
    rf"{MONTH}[a-z]*\.? \d",
)
_IN_NAME = re.compile(r"-(?:Adm|Capt|Cmdr|Col|Det|Dr|Gen|Gov|Lt|Maj|Prof|Rep|Rev|Sen|Sgt|Supt)\.$|(?:^|[\s-])E!$")
"""As in "then-Sen. Ana Lund", which sentencex knows without what is joined to it, and in "E! News", a channel."""
_JOINED_MONTH = re.compile(r"-(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.$")
"""As in "July 30-Aug. 7"; it ends a sentence unless a number follows."""
_TITLES = {"fr": re.compile(r"(?:^|[\s«“\"(’'])(?:MM?|Mmes?|Mlles?|Me|Mgr|Dr|Pr|St|Ste)\.$")}
"""Abbreviated titles that sentencex's table for the language lacks; a name follows."""

_CLOSING_CORNERS = "」』）】》〉"
_SPEAKER_FOLLOWS = {
    "ja": re.compile(r"(?:と|って|という|など|、)|[^。「『]{0,12}(?:言|述べ|話し|語|叫|尋ね|答え)[^。]{0,6}。"),
    "zh": re.compile(r"[^。“「『]{0,8}(?:说|說|道|问|問|喊|答|写道|表示)。"),
}
"""Behind a quotation that ends as a sentence does: the sentence is that of who says it."""

_SHORT_WORD = re.compile(r"(?:^|[\s(])[^\W\d_]{1,3}\.$")
"""Such as "kl.", "nr.", "ok.", in any script."""

_RULES_OF = {"da": "de"}
"""sentencex's rules for Danish take a hundred times as long as the German ones, which say the same."""

_WITHOUT_MARKS = frozenset({"th"})
_GAP = re.compile(r"\s+")
_FEWEST_LETTERS = 40
"""Thai ends sentences, and many clauses, with a space alone: it is cut at the first one past so many letters."""

_THAI_QUOTES = ('"', "“", "'", "‘")
"""Behind "said that"."""

_LOOK_BEHIND = 20
_LOOK_AHEAD = 16
_WINDOW = 2**13
_MARGIN = 256
"""Characters: what is cut at once, and how much of it a cut must have behind it. sentencex may take time that grows
with the square of a window, and lets nobody look at the clock meanwhile; most stories fit in one."""


def endings_in(text: str) -> tuple[Ending, ...]:
    """Return the kinds of unseen endings that the text may have: asked once for all its blocks. Cost: linear."""
    return tuple(ending for ending in _ENDINGS if any(map(text.__contains__, ending.signs)))


def sentences(
    text: str,
    start: int,
    end: int,
    language: str,
    checkpoint: Callable[[], None] = lambda: None,
    endings: Sequence[Ending] = _ENDINGS,
) -> Iterator[Span]:
    """Yield the spans of the sentences in `text[start:end]`, a block in `language`. Cost: linear, and paid lazily.

    `checkpoint` is called for each window of 8,192 characters and may raise to stop the work; `endings` are those that
    the text has.
    """
    first = start
    for last in chain((start + cut for cut in _cuts(text[start:end], language, checkpoint, endings)), [end]):
        span = Span(*trimmed(text, first, last))
        if span.start < span.end:
            yield span
        first = last


def _cuts(block: str, language: str, checkpoint: Callable[[], None], endings: Sequence[Ending]) -> Iterator[int]:
    """Yield the offsets inside the block at which a new sentence starts, in order.

    A long block is cut in windows, so that who takes only its first sentences does not pay for all. A window goes on
    from the last sure cut of the one before, or in mid-sentence where there was none; cuts near its end are left for
    the next, which sees what follows them.
    """
    first = 0
    while first + _WINDOW < len(block):
        checkpoint()
        sure = [
            cut for cut in _window_cuts(block[first : first + _WINDOW], language, endings) if cut <= _WINDOW - _MARGIN
        ]
        yield from (first + cut for cut in sure)
        first += sure[-1] if sure else _WINDOW - _MARGIN
    yield from (first + cut for cut in _window_cuts(block[first:], language, endings))


_QUOTATION_MARKS = re.compile("[“”„‟«»‹›‘’‚‛「」『』']")
_MOST_QUOTATION_MARKS = 600
"""In a window: sentencex looks for the other half of each mark, in time that grows with the square of their number."""


def _window_cuts(window: str, language: str, endings: Sequence[Ending]) -> list[int]:
    if language in _WITHOUT_MARKS:
        return list(_spaced_cuts(window))
    rules = _RULES_OF.get(language, language)
    proposed = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(rules, _bounded(window))]
    is_false = _is_false_by_capitals if language != "en" and _knows_capitals(window, proposed) else _is_false
    if language in _SPEAKER_FOLLOWS:
        proposed = [_behind_corners(window, cut) for cut in proposed]
    kept = {_before_mark(window, cut) for cut in proposed if not is_false(window, cut, language)}
    for ending in endings:
        kept.update(match.end() for match in ending.pattern.finditer(window))
    return sorted(kept - {0, len(window)})


def _knows_capitals(window: str, proposed: Sequence[int]) -> bool:
    return 5 * sum(window[cut : cut + 1].isupper() for cut in proposed) > len(proposed)


def _spaced_cuts(window: str) -> Iterator[int]:
    """Yield the ends of the gaps that end a sentence: behind a mark, or far enough from the one before."""
    start = len(window) - len(window.lstrip())
    for gap in _GAP.finditer(window, start):
        is_end = window[gap.start() - 1] in ".!?" or ("\n" not in gap.group() and gap.start() - start > _FEWEST_LETTERS)
        opens_quotation = window[gap.end() : gap.end() + 1] in _THAI_QUOTES and window.endswith("ว่า", 0, gap.start())
        if is_end and not opens_quotation and gap.end() < len(window):
            yield gap.end()
            start = gap.end()


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


def _behind_corners(block: str, cut: int) -> int:
    """Move a cut that stands before closing brackets to behind them."""
    while block[cut : cut + 1] and block[cut] in _CLOSING_CORNERS:
        cut += 1
    return cut


def _is_false_by_capitals(block: str, cut: int, language: str) -> bool:
    """Say whether the cut is false as `_is_false` does, or before a small letter or behind a short word: "3. | mai".

    For other languages than English, of whose abbreviations sentencex knows few, where sentences open with capitals.
    """
    before = block[max(0, cut - _LOOK_BEHIND) : cut].rstrip()
    after = block[cut : cut + 1]
    if before.endswith(".") and (after.islower() or (after.isdecimal() and _SHORT_WORD.search(before))):
        return True
    return is_behind_ordinal(
        block[max(0, cut - _LOOK_BEHIND) : cut].rstrip(), block[cut : cut + _LOOK_AHEAD], language
    ) or _is_false(block, cut, language)


def _is_false(block: str, cut: int, language: str) -> bool:
    """Say whether the proposed cut stands inside a sentence: "10 p.m. | Sunday", "then-Sen. | Lund", "M. | Dupont"."""
    before = block[max(0, cut - _LOOK_BEHIND) : cut].rstrip()
    if language == "en" and ("-" in before or before.endswith("!")):
        is_month = block[cut : cut + 1].isdigit() and _JOINED_MONTH.search(before)
        if is_month or _IN_NAME.search(before):
            return True
    speaker = _SPEAKER_FOLLOWS.get(language)
    if speaker is not None and before[-1:] in "」』”" and speaker.match(block, cut):
        return True
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
