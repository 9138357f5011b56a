"""Asides that marks set off, in any language: bullet marks, brackets, dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.dates import DAYS
from service.summary.clauses import Reading
from service.summary.cuts.models import Cut, Loss, cut_of, guarded

_BULLET = re.compile(r"(?:--|[-–—•*‣▪◦·])\s+")
_BRACKETS = re.compile(r"\s+\((?!\s*(?:\d{1,3}|\w|[ivxIVX]{1,4})\s*\))[^()]{2,160}\)(?=[\s.,;:!?])")
_OPENING_BRACKET = re.compile(r"\([^()]{2,60}\)\s+(?=[\"“]?[A-Z])")
"""A credit or a note before the sentence: "(Picture: Lindholm Post) The pier was lost"."""
_DASH = re.compile(r"\s+(?:--|[–—-])\s+|\s?—\s?")
_ADDS = re.compile(
    r"[\s(–—-]*(?:(?:to|and|or|but|though|although|yet|if|when|other than|apart from|at least)\b|"
    r"(?:(?:the|some|only|about|nearly) )?\d[\d.]*(?: ?%| per ?cent) of\b)",
    re.IGNORECASE,
)
"""An aside that adds to the claim, takes from it or is it: "Men -- and women -- left", "decided -- to stay --", "All
-- the 58% of all who fish -- sailed"."""
_NEEDS_COMMA = re.compile(
    r"^(?:(?:Even|Just|Only) )?(?i:according to|in|on|at|after|before|with|outside|inside|rather than|among|for|from|"
    r"as|while|when|since|despite|during|under|by|to|were|had|should|between)\b[^,]*$|"
    r",\s(?:which|who|whose|where)\b[^,]*$|,\s[A-Z][\w.]+$",
)
"""What stands before a pair of dashes that does a comma's work as well: a fronted phrase, an open relative clause,
a place with its state."""
_OPEN_APPOSITION = re.compile(r"(?P<subject>D?[JNPCp]+),(?=[^,]*[NPx])(?P<name>P)?[^,VvAMHO]*$")
"""The same in tags, and it goes with the dashes: "Ana Lund{, captain of the ferry -- the old one --} has …"."""
_NEW_CLAUSE = re.compile(r"(?:he|she|it|they|we|you|I|there|\w+ing)\b|(?:\S+ ){1,4}(?:said|says|say|told)\b")
"""What stands after such a pair."""


_STRAY_FULL_STOP = re.compile(r"\.(?<=\w\s\.)(?=\s[a-z])")
"""Where a page had a line's end or a link: "ten per cent . of the boats". The space before it goes too."""
_PLACE_IN_PICTURE = re.compile(
    r",\s(?:(?:second|third|far|front|back|top|bottom) )?(?:left|right|cent(?:re|er)|above|below|"
    r"pictured(?: (?:left|right|here|above|below))?)(?:,|(?=\s?\.?$))"
)


def bullet_end(sentence: str) -> int:
    """Return where the sentence starts behind a bullet mark; 0 without one."""
    bullet = _BULLET.match(sentence)
    return bullet.end() if bullet else 0


def aside_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield the bullet mark that opens the sentence, what stands in brackets, and what stands between two dashes."""
    body = bullet_end(reading.source)
    if body:
        yield cut_of(reading, 0, body)
    if reading.has_pairs:
        if brackets := _OPENING_BRACKET.match(reading.source, body):
            yield from _aside(reading, *brackets.span())
        for brackets in _BRACKETS.finditer(reading.source):
            yield from _aside(reading, *brackets.span())
    for stop in _STRAY_FULL_STOP.finditer(reading.source):
        yield cut_of(reading, stop.start() - 1, stop.end())
    for place in _PLACE_IN_PICTURE.finditer(reading.source):
        yield from _place_in_picture(reading, *place.span())
    if "-" in reading.tags:
        yield from _dashed(reading, body)


def _place_in_picture(reading: Reading, start: int, end: int) -> Iterator[Cut]:
    """Yield where somebody stands in a picture, with the second comma where no item of a list follows."""
    cut = cut_of(reading, start, end)
    is_last = reading.source[end - 1] != ","
    if is_last and (reading.tags[cut.start - 1 : cut.start] != "P" or reading.lower[cut.start + 1] == "left"):
        return  # "… and the captain, Per Berg, left"
    if not reading.hidden[cut.start]:
        is_listed = reading.tags[cut.end : cut.end + 1] in tuple("PDN")
        yield Cut(cut.start, cut.end - 1 if is_listed else cut.end, Loss.NONE)


def _aside(reading: Reading, start: int, end: int) -> Iterator[Cut]:
    # what stands right before quoted words says whose they are: "was -- as the mayor put it -- 'lost'"
    if not _ADDS.match(reading.source, start, end) and reading.source[end : end + 1] not in tuple("\"“'‘"):
        yield from guarded(reading, start, end)


def _dashed(reading: Reading, body: int) -> Iterator[Cut]:
    """Yield the aside between the sentence's only two dashes; of more it is unclear which belong together."""
    sentence = reading.source
    dashes = list(_DASH.finditer(sentence, body))
    if len(dashes) != 2:  # noqa: PLR2004 # a pair
        return
    opening, closing = dashes
    before, after = sentence[body : opening.start()], sentence[closing.end() :]
    if opening.group().strip() != closing.group().strip() or not before:
        return
    if _NEEDS_COMMA.search(before) or _NEW_CLAUSE.match(after):
        return
    apposition = _OPEN_APPOSITION.match(reading.tags, 0, reading.tags.index("-"))
    if apposition and (apposition["name"] or reading.lower[apposition.end("subject") - 1] in DAYS):
        # "A feast, Boat Day -- the last of winter -- will …": the name stays, and so does its comma
        return  # "Monday, the captain -- an old man -- told …": no apposition
    start = reading.starts[apposition.end("subject")] if apposition else opening.start()
    yield from _aside(reading, start, closing.end())
