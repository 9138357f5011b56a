"""Single words and phrases: days, regions, callings, adverbs that carry little."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.dates import DAYS, MONTHS
from service.summary.clauses import Reading, has_main_verb
from service.summary.cuts.classes import TIME_NOUNS
from service.summary.cuts.models import Cut, Loss, Tail
from service.summary.cuts.tail_phrases import describes_indefinite

_DAY_PARTS = frozenset("morning afternoon evening night".split())
_SAID = frozenset(
    "said says saying announced believe believes confirmed claimed claims argued argues insisted acknowledged warned "
    "warns added suggested".split(),
)
_ADDED = frozenset("added acknowledged announced confirmed suggested".split())
"""What may have a thing for its object."""
_EMPTY_WORDS = frozenset(
    "also currently recently widely strongly highly truly really very quite actually famously bizarrely "
    "especially particularly sadly".split(),
)
_SINGLES_OUT = frozenset({"especially", "particularly"})
"""Behind "is" they are what is said."""
_PLACES = frozenset(
    "city town village province suburb region island capital state county community".split(),
)
_PERIODS = frozenset("week month year weekend".split())
_BEFORE_PERIOD = frozenset("far since of until for from by than time".split())
_COUNT = re.compile("(?<!I)C[JNP]")
_NAMED_DAYS = frozenset("super black good ash cyber giving bloody shrove easter holy palm maundy".split())
"""As in "Super Tuesday"."""
_BEFORE_DAY = frozenset("from until through of since for and or than later earlier least most".split())
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|(?:\d\S*)?[ap]\.?m\.?|noon|midnight|time|gmt|bst|[ecmp][sd]?t")
"""Behind the time of day it says which day's."""


def phrase_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield days and weeks, adverbs that carry nothing, "that" after "said", "the city of" before its name."""
    for number in range(2, reading.body_end):
        word = reading.lower[number]
        if word not in _TRIGGERS or reading.hidden[number]:
            continue
        if word in DAYS:
            cut = _day(reading, number)
        elif word in {"last", "this"}:
            cut = _period(reading, number)
        elif word in _EMPTY_WORDS:
            cut = _empty_word(reading, number)
        elif word == "that":
            cut = _that(reading, number)
        else:  # "of"
            cut = _place(reading, number)
        if cut:
            yield cut


def last_phrase_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield regions, callings, what describes the subject, and adverbs that carry little; all are last resorts."""
    yield from _regions(reading)
    yield from _callings(reading)
    yield from _described_subject(reading)
    for number in range(2, reading.body_end):
        if reading.tags[number] == "R" and _is_manner(reading, number):
            yield Cut(number, number + 1, Loss.MUCH)


_TRIGGERS = DAYS | _EMPTY_WORDS | {"last", "this", "that", "of"}
_REGION = re.compile(r"(?<=[IT])P{1,3}(,P{1,2})(?=,|$)")
_REGION_INSIDE = re.compile(r"(?<=D)P{1,3}(,P{1,2},)(?=P{0,2}N|P{2,})")
"""As in "a Lindholm{, Zealand,} school"."""
_SET_OFF = re.compile(
    r",(?:I?W|S)[^,]*[VvAMHOE][^,]*$|,(?:R?[GE]|I)[^,]*$|^[^VvAMHO]*,K[CZD][^,VvAMHO]*$|"
    r"^[DJNCPp][DJNCPpI]*(?:,C)?,[DJN][^,VvAMHO]*$"
)
"""Words that the comma closes: "Ana Lund, who fell in Lindholm{, Zealand}, has …", "Two sailors, one of Norr, and
one of Lindholm{, Zealand}, were …", "Ana Lund, a nurse in Lindholm{, Zealand}, was …"; but the verb of "whose boat in
Lindholm{, Zealand,} was sold" is the clause's own."""


_REGION_WORDS = frozenset(
    "north south east west northern southern eastern western north-west north-east south-west south-east central new "
    "rhode county united british great saudi sri costa puerto sierra hong province state region".split()
)
"""One of these is in nearly all names of a region that are of two words; other such names are people's."""


def _regions(reading: Reading) -> Iterator[Cut]:
    """Yield the state or country behind a place: "in Lindholm{, North Zealand}"; not where it opens a list."""
    for match in _REGION_INSIDE.finditer(reading.tags, 0, reading.body_end):
        yield Cut(*match.span(1), Loss.MUCH)
    for match in _REGION.finditer(reading.tags, 0, reading.body_end):
        start, end = match.span(1)
        if end - start > len(",P") and _REGION_WORDS.isdisjoint(reading.lower[start:end]):
            continue  # "The mayor of Lindholm, Ana Lund, was hurt"
        after = reading.tags[end : end + 3]
        if after[:1] == "," and (after[1:2] in tuple("PK") or after[2:3] == "K"):
            continue
        verb_follows = after[:1] == "," and after[1:2] in tuple("VvAMHOB")
        if not (verb_follows or after.startswith(",T") or has_main_verb(reading.tags[:start])):
            continue  # "On the pier of Norr, Lund, of Lindholm, has …": the subject
        goes_on = after[:1] == "," and after[1:2] in tuple("IT")  # "from Lund{, Zealand,} to Norr"
        closes = goes_on or (verb_follows and not _SET_OFF.search(reading.tags, 0, start))
        yield Cut(start, end + 1 if closes else end, Loss.MUCH)


_CALLING = re.compile(r"^(D?(?:[JNPp][JNPGp]*)?N)(P{2,3})(?=[VvAMHOEIKp,]|$)")
_NAME_PARTS = frozenset("bin ibn bint abu al el von van der den de da di du la le".split())
"""What a name may hold that is no name by itself: what stands before is no calling."""
_BODIES = frozenset(
    "department agency council office court police bureau university college committee commission board service "
    "ministry association company corporation authority party house senate parliament institute center centre".split()
)
"""Last words of names that are no person's."""


def _callings(reading: Reading) -> Iterator[Cut]:
    """Yield what somebody is before the name: "{the retired captain} Ana Lund"."""
    for match in _CALLING.finditer(reading.tags, 0, reading.body_end):
        start, end = match.span(1)
        if reading.lower[match.end(2) - 1] in _BODIES:
            continue  # "the harbour Rescue Service has": part of its name
        if not _NAME_PARTS.isdisjoint(reading.lower[start:end]):
            continue  # "Sheikh Mohammed bin Isa Al Khalifa": his father's name
        if reading.tags[end - 2 : end - 1] == "p" or TIME_NOUNS.intersection(reading.lower[start:end]):
            continue
        yield Cut(start, end, Loss.MUCH)


_DESCRIBED_SUBJECT = re.compile(
    r"((?:D?[JNCP]*NI)?D?[JNCP]*N)((?:G|R?E[IT])(?:[^,VvAMHOQWSEKUX]|SG|EI|KJ*N)+?|"
    r"[QW][^,QWSVvAMHOE]*?R?[VvAMHE]{1,3}(?:[^,VvAMHOQWSEKUX]|SG|EI|KJ*N)*?)"
    r"(?<![IT])(?=[VvAMHO])",
)
"""Not "A boy {playing with} matches started …", where the noun looks like a verb."""


def _described_subject(reading: Reading) -> Iterator[Cut]:
    """Yield what describes an indefinite subject: "A captain {carrying bags} has left", "…, a man {at sea} said"."""
    comma = reading.attribution
    if comma is None and reading.negations:
        return  # "A sailor {who left the crew} has no boat"
    for subject in (0,) if comma is None else (0, comma + 1):
        if match := _DESCRIBED_SUBJECT.match(reading.tags, subject):
            start, end = match.span(2)
            tail = Tail(reading, start, end, reading.tags[:start], reading.tags[start:end], reading.lower[start])
            rest = reading.tags[:start] + reading.tags[end : reading.body_end]
            if describes_indefinite(tail) and has_main_verb(rest):
                yield Cut(start, end, Loss.MUCH)


_MANNER_THAT_LIMITS = frozenset(
    "nearly mostly partly largely generally allegedly reportedly apparently seemingly possibly probably potentially "
    "roughly approximately hardly barely scarcely rarely relatively fairly slightly virtually practically supposedly "
    "purportedly temporarily conditionally provisionally legally illegally wrongly falsely mistakenly accidentally "
    "deliberately intentionally exclusively solely merely simply typically usually normally frequently occasionally "
    "formerly previously initially originally technically theoretically effectively essentially only early likely "
    "constantly repeatedly regularly routinely daily weekly monthly yearly continuously continually consistently "
    "permanently increasingly systematically eventually finally ultimately immediately quickly recently "
    "jointly respectively unfairly wrongfully unlawfully partially nominally newly badly poorly seriously critically "
    "severely fatally mutually naturally".split(),
)


_DENYING = ("in", "im", "un", "dis", "non")
"""How adverbs begin that deny: "blasted as {insufficiently} bold"; a few others begin so and stay as well."""


def _is_manner(reading: Reading, number: int) -> bool:
    """As in "has {quietly} left", "a {deeply} disturbing film", but not "the {mentally} ill"."""
    word = reading.lower[number]
    if not word.endswith("ly") or word in _TRIGGERS or reading.hidden[number]:
        return False
    if (
        word in _MANNER_THAT_LIMITS
        or word.startswith(_DENYING)
        or word.endswith("ally")
        or reading.tags[number - 1] in ",RKX"
        or reading.binding
    ):
        return False
    after = reading.tags[number + 1 : number + 3]
    if after in {"EN", "EJ"} and reading.tags[number - 1] in "IDJC":
        return False  # "with {specially} made boats": of which kind they are
    return after[:1] in tuple("VvEeGBJ")


_STUMP = re.compile(r"(?:,|[WQ](?:[AH]b?)?)R?[Ee]I?$")
"""A participle, or a relative clause of no more than its verb: when it was is what it says."""


def _day(reading: Reading, number: int) -> Cut | None:
    lower, tags, end = reading.lower, reading.tags, number + 1
    while end < reading.n and lower[end] in _DAY_PARTS:
        end += 1
    after = tags[end : end + 2]
    is_said_on = lower[number - 1] == "on" and lower[number - 2] in _SAID
    if is_said_on and end < reading.n and after[:1] in tuple("JN"):
        return Cut(number - 1, end, Loss.NONE)  # "said {on Monday} sailors had come"
    if (
        lower[end : end + 1] == ["as"] or after[:1] in tuple("NPpCKJ-x") or re.match(r",[CP]", after)
    ):  # "Monday's", "Monday, March 3", "Monday and Tuesday"
        return None
    if after == ",S" and lower[end + 1] == "when":
        return None  # "travel to Norr on Tuesday, when …"
    start = number
    for words in ({"late", "early", "last", "this", "next", "past"}, {"on"}, {"late", "early"}):
        start -= lower[start - 1] in words
    if (tags[number - 1] == "E" and after[:1] in tuple(",VvAMHO")) or _STUMP.search(tags, 0, start):
        # "In a letter published Monday, the mayor …", "letters filed late on Monday said", "which was shown Monday"
        return None
    if start < 2 or tags[start - 1] in "IAKDJ,SWTMbO" or lower[start - 1] in _BEFORE_DAY | _NAMED_DAYS:  # noqa: PLR2004
        return None
    return None if _CLOCK.fullmatch(lower[start - 1]) else Cut(start, end, Loss.NONE)


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth only".split())


def _period(reading: Reading, number: int) -> Cut | None:
    """As in "last week", "earlier this year"."""
    lower, tags = reading.lower, reading.tags
    if lower[number + 1 : number + 2] == [] or lower[number + 1] not in _PERIODS:
        return None
    start = number - (lower[number - 1] in {"earlier", "later", "late", "early"})
    after = tags[number + 2 : number + 3]
    is_counted = after not in tuple("IS") and _COUNT.search(tags, 0, start)
    is_of_all = any(word in _ORDINALS for word in lower[:start]) or any(
        lower[limit].endswith(("est", "worst")) for limit in reading.limits if limit < start
    )
    if lower[start - 1] in MONTHS or is_counted or is_of_all:
        return None  # "in May {this year}", "lost 92 boats {last year}", "the third boat to sink {this year}"
    ends = after in tuple(",.IS") or not after
    return (
        Cut(start, number + 2)
        if ends
        and tags[start - 1] in "NPZReEVx"
        and lower[start - 1] not in _BEFORE_PERIOD
        and not _STUMP.search(tags, 0, start)
        else None
    )


def _empty_word(reading: Reading, number: int) -> Cut | None:
    tags = reading.tags
    if (
        tags[number - 1] in ',q"'
        or reading.lower[number - 1] in {"but", "not", "only", "most", "more"}
        or number - 1 in reading.negations
        or (tags[number - 1] == "A" and reading.lower[number] in _SINGLES_OUT)
        or (reading.lower[number] == "very" and tags[number - 1 : number + 2] == "DRN")
        or (tags[number - 1] == "K" and reading.lower.count(reading.lower[number + 1]) > 1)
    ):
        # as in "wasn't {quite} fresh", "The line is {especially} busy", "the {very} boat for you", "old or {very} old"
        return None
    return Cut(number, number + 1, Loss.NONE) if tags[number + 1 : number + 2] in tuple("VvEGBeJNADIMH") else None


def _that(reading: Reading, number: int) -> Cut | None:
    after = reading.tags[number + 1 : number + 3]
    if reading.lower[number - 1] not in _SAID or after[:1] not in tuple("DPUJC") or after[1:] == ",":
        return None
    if reading.lower[number - 1] in _ADDED and after[:1] != "U":
        return None  # "added {that} the pier had been sold": it would look like what was added
    return Cut(number, number + 1, Loss.NONE)


def _place(reading: Reading, number: int) -> Cut | None:
    """As in "the northern city of"."""
    lower, tags = reading.lower, reading.tags
    if reading.words[number - 1] not in _PLACES or tags[number + 1 : number + 2] != "P":
        return None
    start = number - 2
    while start > 1 and tags[start] in "JP" and lower[start] not in {"entire", "whole", "only", "same", "other"}:
        start -= 1
    return Cut(start, number + 1) if lower[start] == "the" and tags[start - 1] in "IEVN" else None
