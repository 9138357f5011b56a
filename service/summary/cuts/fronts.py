"""Fronts: up to the comma before the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.summary.clauses import FINITE, Reading, has_main_verb
from service.summary.cuts.classes import MAY, NO_CONDITIONS, OBJECT_PRONOUNS
from service.summary.cuts.models import Cut, Loss

_FRONT = re.compile(
    r"(?P<adverb>^R,)|(?P<participle>^(?:G|E[IT])[^,;-]+,(?=R?[DPNUJC]))|"
    r"(?P<clause>^R?(?:[CDJ]{0,2}N)?S[^,;-]+,(?=[DPNUJC]))|(?P<phrase>^I[^,;VvMA-]+,(?=[DPNUJC]))|"
    r"(?P<time>^(?:R?[DJ]N|CNR),(?=[DPNUJC]))",
)
_SAYS_SO = re.compile(r"[DJNPU]+[VvE],")
"""Or "Instead, the mayor insisted, the ferry …": both commas belong to who says so."""
_HOLDS_VERB = re.compile(r"[VvAMHOBEG]")
_MAX_FRONT = 28
_POINTS_BACK = frozenset("he she they it his her their its that this these those".split())
_CONDITIONAL_FRONTS = NO_CONDITIONS | frozenset(
    "without under like unlike except according only because barring given assuming failing provided depending".split()
)
_FRONT_ADVERBS = frozenset(
    "however meanwhile also then still now instead earlier later yesterday today recently additionally moreover "
    "furthermore nevertheless indeed".split(),
)
_OCCASION = re.compile(
    r"(?:on|in|at|during|after|amid|following)\b.*\b(?:interview|statement|conference|\w+day|morning|night|afternoon|"
    r"evening|week|month|year|briefing|speech|meeting|addition|letter|report|recent (?:days|weeks|months|years)|"
    r"e-?mail|hearing|trial|attack|time|decade)$",
)
_TIME = re.compile(
    r"(?:(?:earlier|later|late|early) )?(?:this|last|that) "
    r"(?:week|month|year|weekend|morning|afternoon|evening|night|spring|summer|autumn|fall|winter)|"
    r"(?:\w+|\d+) (?:days|weeks|months|years|hours) ago"
)
_COUNT = re.compile("(?<!I)C[JNP]")
_OPENS_CLAUSE = frozenset({"after", "before", "since"})
_CIRCUMSTANCES = frozenset("with behind amid despite during following after before on at over throughout in".split())
_WORLDS = re.compile(
    r"\b(?:film|movie|book|novel|video|series|show|episode|story|indictment|complaint|lawsuit|report|survey|study|poll|"
    r"article|column|ad|play|song|theory|cases?|fact|other|order|terms|dream|game|letter|statement|documents?|affidavit|"
    r"testimony|court|views?|opinions?|eyes|mind|accounts?|words|version|estimates?|analysis|telling|some|many|most|all|which|that)\b",
)
"""What makes "in …" the world in which the sentence is true."""


def _means_front(reading: Reading, end: int) -> bool:
    """As in "As the truck came near, it stopped", "…, guards shot at it": a pronoun means what the front has named."""
    if reading.lower[end] in _POINTS_BACK:
        return True
    for number in range(end, reading.body_end):
        if reading.tags[number] in ",P":
            return False
        if reading.lower[number] in OBJECT_PRONOUNS and reading.tags[number] != "D" and number > end:
            return reading.tags[end:number].count("N") == 1  # the subject, which it cannot mean
    return False


def front_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield what stands before the subject; not where the subject points back to it."""
    match = _FRONT.match(reading.tags)
    if not match or match.end() > min(_MAX_FRONT, reading.body_end - 3):
        return
    end, first = match.end(), reading.lower[0]
    rest = reading.tags[end : reading.body_end]
    # "Since May, every boat was late"; "Since May, there were storms"; "When the year began, the line was to open then"
    narrows = end in reading.limits or "then" in reading.lower[end:] or reading.lower[end] == "there"
    if narrows or first in _CONDITIONAL_FRONTS or _means_front(reading, end) or not has_main_verb(rest):
        return
    kind = str(match.lastgroup)
    if kind == "adverb":
        loss = Loss.NONE if first in _FRONT_ADVERBS and not _SAYS_SO.match(rest) else None
    elif kind == "time":
        loss = _loss_of_time(reading, end, rest)
    else:
        loss = _loss_of_phrase(reading, kind, end, rest)
    if loss is not None:
        yield Cut(0, end, loss)


def _loss_of_time(reading: Reading, end: int, rest: str) -> Loss | None:
    """As in "Earlier this month,"; None where a count follows, which is one of that time: "Last year, 92 boats …"."""
    is_time = _TIME.fullmatch(" ".join(reading.lower[: end - 1]))
    return Loss.MUCH if is_time and not _COUNT.search(rest) else None


def _loss_of_phrase(reading: Reading, kind: str, end: int, rest: str) -> Loss | None:
    """Return what goes with a phrase or a clause that ends before `end`; None where it has to stay."""
    first, words = reading.lower[0], " ".join(reading.lower[: end - 1])
    opens_clause = first in _OPENS_CLAUSE or words.startswith("as part of ")
    if kind == "clause" and not (opens_clause or _HOLDS_VERB.search(reading.tags, 0, end)):
        return None  # "Although the former mayor, judge and …": its verb comes later
    if kind == "phrase" and first == "with" and MAY.search(reading.source, reading.starts[end]):
        return None  # "With the price of a car you could buy the ferry": a condition
    if not FINITE.search(rest.partition(",")[0]):
        return None  # "Citing the storm, the tide and the wind, the captain …": a list
    if kind != "phrase" or _OCCASION.match(words):
        return Loss.SOME
    is_circumstance = first in _CIRCUMSTANCES and not (first == "in" and _WORLDS.search(words))
    return Loss.MUCH if is_circumstance else None
