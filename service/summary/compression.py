"""Sentence to shorter sentence, by deletion alone.

A rule proposes cuts, spans of the sentence that carry little; guards refuse those that would change what is said
(law 3): a cut may hold no negation, no condition, no half of a quotation or bracket, and a number only when it takes
the whole aside that holds it. Nothing inside a quotation is ever cut: that would misquote. Every cut takes the white
space and the marks that belong to it, so that what is kept reads as a sentence when joined.

What needs words (connectives, attributions) is for English; brackets, dashes and bullet marks are for any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.models import Span
from service.summary.options import Compression

_BULLET = re.compile(r"(?:--|[-–—•*‣▪◦·])\s+")
_BRACKETS = re.compile(r"\s+\((?!\s*(?:\d{1,3}|\w|[ivxIVX]{1,4})\s*\))[^()]{2,160}\)(?=[\s.,;:!?])")
_DASH = re.compile(r"\s+(?:--|[–—-])\s+|\s?—\s?")
_CONNECTIVE = re.compile(
    r"(?:(?:However|Meanwhile|Moreover|Furthermore|Nevertheless|Nonetheless|Additionally|In addition|Indeed|Besides|"
    r"At the same time|On the other hand|In the meantime|Of course|Also|As a result|For its part), "
    r"(?![^,]{1,40} (?:said|says|added|adds|noted|told [^,]{1,20}),)"  # "In addition, he said, two boats were lost"
    r"|(?:And|But) (?!(?:so|yet|nor|neither|then|for|of|that|what|thus|therefore|even|only|after all)\b))",
)
_DAY = (
    r"(?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|this) week|(?:(?:earlier|later) )?today|"
    r"yesterday"
)
_SPOKE = (
    r"(?:said|says|say|saying|told|tells|added|adds|wrote|writes|announced|confirmed|stated|explained|insisted|argued|"
    r"claimed|warned|acknowledged|recalled)"
)
_CHANNEL = (
    r"(?:statement|interview|e-?mail|news conference|press conference|news release|press release|telephone interview|"
    r"phone interview|conference call|blog post|tweet|televised address|briefing)"
)
_EMPTY_ATTRIBUTION = re.compile(
    rf"(?<=\s)(?:{_SPOKE}|told (?:[A-Z][\w'’.]*|reporters|the [A-Z]\w+)(?: [A-Z][\w'’.]*){{0,3}})"
    rf"(?P<cut>\s(?:(?:{_DAY})\s)?(?:in|at|during|via|by) (?:an? |the )?(?:[a-z]+ ){{0,2}}{_CHANNEL}"
    rf"(?: (?:to|with) (?:reporters|[A-Z][\w'’]*(?: [A-Z][\w'’]*){{0,2}}))?(?: (?:{_DAY}))?)(?=[,.;]|$| that\b)",
)
_WHO = r"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|some|two|several|[A-Z]|[a-z])[\w.'’-]*\s){1,9}?"
_TRAILING_ATTRIBUTION = re.compile(
    rf"(?P<cut>,\s(?:{_WHO}(?:said|says|say|told (?:CNN|reporters|the \w+|[A-Z]\w+)|announced|reported|confirmed)"
    rf"(?:\s(?:{_DAY}))?"
    rf"|according to (?:[\w.'’-]+\s?){{1,8}}))[.]$",
)

_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|scarcely|rarely|seldom|cannot|den(?:y|ies|ied)|"
    r"fail(?:s|ed)?|refus(?:e|es|ed)|lacks?|lacked|unlike|nicht|kein\w*|nie|ne|pas|jamais|aucune?|ni|nunca|jamás|não|non|mai|niet|geen|"
    r"inte|ikke|ei|не|нет|ни|değil|yok)\b|n['’]t\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|until|except|excluding|only|provided|assuming|whether|could|might|may|would|should|can|"
    r"alleged(?:ly)?|reported(?:ly)?|suspected|likely|possibl[ey]|potential(?:ly)?|almost|nearly|about|"
    r"at (?:least|most)|up to|acquitted|convicted|cleared|false|untrue|disput(?:ed|es)|overturned|retracted|"
    r"for now|so far|temporar(?:y|ily)|formerly|roughly|estimated|more than|less than|fewer than|over|under|adjusted|"
    r"after inflation|wenn|falls|sofern|si|sauf|se|als|om|hvis|jos|если|eğer)\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"[\s(–—-]*(?:and|or|but|though|although|yet|if|when|other than|apart from)\b", re.IGNORECASE)
"""An aside that adds to the claim or takes from it: "Men -- and women -- left"."""
_NEEDS_COMMA = re.compile(
    r"^(?:(?:Even|Just|Only) )?(?i:in|on|at|after|before|with|outside|inside|rather than|among|for|from|as|while|when|"
    r"since|despite|during|under|by|to|were|had|should|between)\b[^,]*$|,\s(?:which|who|whose|where)\b[^,]*$",
)
"""What stands before a pair of dashes that does a comma's work as well: a fronted phrase, an open relative clause."""
_NEW_CLAUSE = re.compile(r"(?:he|she|it|they|we|you|I|there)\b|(?:\S+ ){1,4}(?:said|says|say|told)\b")
"""What stands after such a pair."""
_GRAVE = re.compile(
    r"accus|alleg|suspect|confess|kill|murder|assault|slap|rape|abus|fraud|stole|theft|drug|marijuana|cocaine|"
    r"militant|terror|arrest|charged|guilty|corrupt|brib",
    re.IGNORECASE,
)
"""Claims that are libel without the one who made them."""
_SUBORDINATE = re.compile(r"(?:When|If|As|While|After|Because|Although|Before|Since)\b")
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[\"“”„«»‹›「」『』]|(?<!\w)['‘’](?=\w)|(?<=[\w.,!?])['’](?!\w)")

_MAX_ASIDE_WORDS = 25
_MIN_KEPT_WORDS = 4
_MAX_CHARACTERS = 2_000
"""A longer sentence stays whole: no bullet comes of it, and the patterns' cost stays bounded."""


def compress(sentence: str, language: str, compression: Compression) -> list[Span]:
    """Return the spans of `sentence` to keep, in order, the white space around the cuts included.

    `none` keeps the whole. `safe` drops bullet marks, asides in brackets and pairs of dashes, leading connectives, and
    what says only on which occasion something was said. `tight` drops who said it as well, where the sentence stands
    without. Cost: linear.
    """
    kept = [Span(0, len(sentence))]
    if compression == "none" or len(sentence) > _MAX_CHARACTERS:
        return kept
    first, last = _quoted(sentence)
    for cut, is_aside in _cuts(sentence, language, compression):
        outside_quotes = cut.end <= first or cut.start >= last
        if outside_quotes and _is_safe(sentence, cut, is_aside=is_aside):
            shorter = _without(kept, cut)
            if sum(sentence[start:end].count(" ") for start, end in shorter) + 1 >= _MIN_KEPT_WORDS:
                kept = shorter
    return kept


def _quoted(sentence: str) -> tuple[int, int]:
    """Return the stretch from the first quotation mark to the last; no cut may touch it."""
    marks = [match.start() for match in _QUOTE.finditer(sentence)]
    return (marks[0], marks[-1] + 1) if marks else (len(sentence), len(sentence))


def _cuts(sentence: str, language: str, compression: Compression) -> Iterator[tuple[Span, bool]]:
    """Yield each proposed cut, and whether it is a whole aside, which may take a number with it."""
    body = 0
    if bullet := _BULLET.match(sentence):
        yield Span(*bullet.span()), False
        body = bullet.end()
    for brackets in _BRACKETS.finditer(sentence):
        yield Span(*brackets.span()), True
    yield from _dashed(sentence, body)
    if language != "en":
        return
    if connective := _CONNECTIVE.match(sentence, body):
        yield Span(*connective.span()), False
    for occasion in _EMPTY_ATTRIBUTION.finditer(sentence):
        yield Span(*occasion.span("cut")), False
    if compression == "tight" and (attribution := _TRAILING_ATTRIBUTION.search(sentence)):
        start, end = attribution.span("cut")
        claim = sentence[:start]
        if not _GRAVE.search(claim) and ("," in claim or not _SUBORDINATE.match(claim)):
            # "… at 8 a.m., police said." has one full stop too many
            yield Span(start, len(sentence) if claim.endswith(".") else end), False


def _dashed(sentence: str, body: int) -> Iterator[tuple[Span, bool]]:
    """Yield the aside between the sentence's only two dashes; of more it is unclear which belong together."""
    dashes = list(_DASH.finditer(sentence, body))
    if len(dashes) != 2:  # noqa: PLR2004 # a pair
        return
    opening, closing = dashes
    before, after = sentence[body : opening.start()], sentence[closing.end() :]
    if opening.group().strip() != closing.group().strip() or not before:
        return
    if _NEEDS_COMMA.search(before) or _NEW_CLAUSE.match(after):
        return
    # the second dash's white space stays, to part the words that now meet
    end = closing.end() - (len(closing.group()) - len(closing.group().rstrip()))
    if end < closing.end():
        yield Span(opening.start(), end), True


def _is_safe(sentence: str, cut: Span, *, is_aside: bool) -> bool:
    words = sentence[cut.start : cut.end]
    if is_aside and _ADDS.match(words):
        return False
    return not (
        _NEGATION.search(words)
        or _CONDITION.search(words)
        or (_DIGIT.search(words) and not is_aside)
        or words.count("(") != words.count(")")
        or words.count(" ") > _MAX_ASIDE_WORDS
    )


def _without(kept: list[Span], cut: Span) -> list[Span]:
    """Take the cut out of the spans that are kept."""
    left: list[Span] = []
    for start, end in kept:
        parts = (Span(start, min(end, cut.start)), Span(max(start, cut.end), end))
        left += [part for part in parts if part.start < part.end]
    return left
