"""What a cut may never take with it (law 3), and where what stands before it forbids the cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from service.summary.clauses import SAYING, Reading

_ASIDE_OPENS = ",;:-("
_MAX_WORDS = 40
_REACH = 6
"""So many tokens before a phrase are looked at for words that need it."""


def may_drop(reading: Reading, start: int, end: int) -> bool:
    """Say whether the tokens from `start` to before `end` may go, whatever they are for the grammar.

    They may hold no negation, no condition, no part of a quotation or bracket, and a number or a hedge only when they
    are a whole aside: set off by a comma, a dash or a bracket.
    """
    if end - start > _MAX_WORDS or reading.hidden[start] or (end < reading.n and reading.hidden[end]):
        return False
    if _holds(reading.binding, start, end):
        return False
    if _spoils_article(reading, start, end) or _is_counted_on(reading, start, end) or _holds_half(reading, start, end):
        return False
    if reading.has_pairs:
        words = reading.text(start, end)
        if words.count("(") != words.count(")") or sum(map(words.count, '"“”')) % 2:
            return False
        if (start and reading.words[start - 1] == ")") or (end < reading.n and reading.words[end] == "("):
            return False  # with the bracket it would make one cut, and what the bracket holds no longer be an aside
    is_aside = reading.tags[start] in _ASIDE_OPENS or (start == 0 and reading.tags[end - 1] == ",")
    return is_aside or not _holds(reading.weak, start, end)


def _holds(numbers: list[int], start: int, end: int) -> bool:
    """Say whether one of the ascending numbers lies from `start` to before `end`."""
    return bisect_left(numbers, start) < bisect_left(numbers, end)


def _spoils_article(reading: Reading, start: int, end: int) -> bool:
    """Say whether "a" would come to stand before a vowel or "an" before none: "an {especially} hard winter"."""
    if start == 0 or end >= reading.n or reading.lower[start - 1] not in {"a", "an"}:
        return False
    return (reading.lower[start - 1] == "an") != (reading.lower[end][0] in "aeiou")


def _is_counted_on(reading: Reading, start: int, end: int) -> bool:
    """Say whether what follows leans on what goes: "Mali{, with Niger and Chad on its sides,} fears both countries"."""
    if _COUNTED.isdisjoint(reading.lower[end:]) or _NAMES_NOTHING.fullmatch(reading.tags, start, end):
        return False  # "{However,} she lost both boats"
    return any(
        reading.lower[number] in _COUNTED and not _OWN_PAIR[reading.lower[number]].match(reading.tags, number + 1)
        for number in range(end, reading.n)
    )


_COMPARED = frozenset("more less fewer rather other better worse".split())
_NO_COMPARATIVES = frozenset("over under after later never ever however together former whether either neither".split())


CITING = frozenset("cite cites cited citing quote quotes quoted quoting".split())
"""Whose object speaks, and with "as" says what."""


def _holds_half(reading: Reading, start: int, end: int) -> bool:
    """Say whether a second half would go without the first: "not … but", "more … than", "quoted … as saying"."""
    inside, before = reading.lower[start:end], reading.lower[:start]
    if "but" in inside and "not" in before:
        return True
    if "saying" in inside and ("as", "saying") in pairwise(inside) and not CITING.isdisjoint(before):
        return True
    if "than" not in inside or _COMPARED.isdisjoint(before):
        return False
    # "more gulls {in colder winters than in warm ones}": its comparative goes along
    return not any(
        word != "other"
        and (word in _COMPARED or (tag in "JR" and word.endswith("er") and word not in _NO_COMPARATIVES))
        for word, tag in zip(inside[: inside.index("than")], reading.tags[start:], strict=False)
    )


def needs_rest(reading: Reading, start: int) -> bool:
    """Say whether what stands before `start` is true only with what follows: a negation, a superlative, a share."""
    return _holds(reading.negations, 0, start) or _holds(reading.limits, start - _REACH, start)


_NOUN_FOLLOWS = re.compile("[JNP]")
_OWN_PAIR = {
    "both": re.compile("[DJNPCpIRx]*K"),
    "former": _NOUN_FOLLOWS,
    "latter": _NOUN_FOLLOWS,
    "rest": re.compile("[^VvAMHOE]|$"),
}
"""Where they lean on nothing: "both Lindholm and Norr", "the former captain", "the rest of the town"."""
_COUNTED = frozenset(_OWN_PAIR)
_NAMES_NOTHING = re.compile("[^NPC]*")
_DANGLING = frozenset("IDSWTKXMQAbHOE,'")
_BARE_ADJECTIVE = re.compile("[DG][JR],[JRGN]")
"""One of two, the noun of both behind the comma."""
_DANGLING_WORDS = frozenset("including such as because even just more very about both not allegedly reportedly".split())


_SOURCE_AT_END = re.compile(",[DJNPCp]+E$")
_WITHOUT_OBJECT = frozenset(
    "resigned collided erupted exploded collapsed escaped crashed protested testified graduated complained apologised "
    "apologized emerged vanished surrendered retired".split()
)
"""Past tenses that a sentence may end with; of other verbs the object would be missing."""


def ends_well(reading: Reading, last: int) -> bool:
    """Say whether a sentence may end with the token `last`; one that ends so in the source always may."""
    if last == reading.body_end - 1:
        return True
    if _BARE_ADJECTIVE.match(reading.tags, max(0, last - 1)) or (
        reading.lower[last] == "right" and reading.tags[last - 1] in "NC"
    ):
        return False  # "a small window and a longer{, lower roof}", "facing severe{, lasting loss}", "hit a six right"
    if reading.attribution is not None and last > reading.attribution and reading.lower[last] in SAYING:
        return True  # "…, the office announced {on Monday}"
    if reading.tags[last] == "E" and (
        reading.lower[last] in _WITHOUT_OBJECT
        or (reading.lower[last] in SAYING and _SOURCE_AT_END.search(reading.tags, 0, last + 1))
    ):
        return True  # "The captain resigned{, hours after the storm}", "…, guards warned{, urging sailors to wait}"
    return reading.tags[last] not in _DANGLING and reading.lower[last] not in _DANGLING_WORDS
