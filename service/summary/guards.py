"""What a cut may never take with it (law 3), and where what stands before it forbids the cut."""

from __future__ import annotations

import re

from service.summary.clauses import Reading

NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|scarcely|rarely|seldom|cannot|"
    r"den(?:y|ies|ied)|fail(?:s|ed)?|refus(?:e|es|ed)|lacks?|lacked|unlike|nicht|kein\w*|nie|ne|pas|jamais|aucune?|ni|"
    r"nunca|jamás|não|non|mai|niet|geen|inte|ikke|ei|не|нет|ни|değil|yok)\b|n['’]t\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|until|except|excluding|only|provided|assuming|whether|could|might|may|would|should|can|"
    r"alleged(?:ly)?|reportedly|likely|possibl[ey]|potential(?:ly)?|acquitted|convicted|cleared|false|untrue|"
    r"disput(?:ed|es)|overturned|retracted|for now|so far|temporar(?:y|ily)|wenn|falls|sofern|si|sauf|se|als|om|hvis|"
    r"jos|если|eğer)\b",
)
"""Lower case only: May is a month."""
_HEDGE = re.compile(
    r"\b(?:(?:almost|nearly|about|roughly|over|under) (?=\W?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"half|hundreds?|thousands?|millions?|dozens?|an? (?:dozen|hundred|thousand|million|billion|third|quarter|half|"
    r"tenth|day|week|month|year|decade|century|hour|minute|mile))\b)|at (?:least|most)\b|up to\b|formerly\b|"
    r"estimated\b|"
    r"(?:more|less|fewer) than\b|adjusted\b|after inflation\b|suspected\b|reported\b)",
    re.IGNORECASE,
)
"""What makes a number or a claim weaker than it looks; a whole clause may take it along, a few words may not."""
_DIGIT = re.compile(r"\d")
_LIMITS = re.compile(
    r"\b(?:first|last|only|most|least|fewer|best|worst|than|ever|second|third|every|all|each|any|per ?cent|million|"
    r"billion|majority|both|so|such|too|same|would|could|may|might|if|unless|\w+[^o\s]est|want\w*|hop\w+|plan\w*|seek\w*|"
    r"expect\w*)\b|%",
    re.IGNORECASE,
)
"""Words whose claim holds only with what follows: "the largest city in Peru", "all men over 50"."""
_ASIDE_OPENS = ",;:-("
_MAX_WORDS = 40
_REACH = 6
"""So many tokens before a phrase are looked at for words that need it."""


def may_drop(reading: Reading, start: int, end: int) -> bool:
    """Say whether the tokens from `start` to before `end` may go, whatever they are for the grammar.

    They may hold no negation, no condition, no part of a quotation or bracket, and a number or a hedge only when they
    are a whole aside: set off by a comma, a dash or a bracket.
    """
    if reading.hidden[start] or (end < reading.n and reading.hidden[end]):
        return False
    words = reading.text(start, end)
    if end - start > _MAX_WORDS or NEGATION.search(words) or _CONDITION.search(words):
        return False
    if words.count("(") != words.count(")") or sum(map(words.count, '"“”')) % 2:
        return False
    is_aside = reading.tags[start] in _ASIDE_OPENS or (start == 0 and reading.tags[end - 1] == ",")
    return is_aside or not (_DIGIT.search(words) or _HEDGE.search(words))


def needs_rest(reading: Reading, start: int) -> bool:
    """Say whether what stands before `start` is true only with what follows: a negation, a superlative, a share."""
    before = reading.source[: reading.ends[start - 1]]
    near = reading.source[reading.starts[max(0, start - _REACH)] : reading.ends[start - 1]]
    return bool(NEGATION.search(before) or _LIMITS.search(near))


_DANGLING = frozenset("IDSWTKXMQAbHOE,'")
_DANGLING_WORDS = frozenset("including such as because even just more very about both not".split())


def ends_well(reading: Reading, last: int) -> bool:
    """Say whether a sentence may end with the token `last`; one that ends so in the source always may."""
    if last == reading.body_end - 1:
        return True
    return reading.tags[last] not in _DANGLING and reading.lower[last] not in _DANGLING_WORDS
