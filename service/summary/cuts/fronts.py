"""Fronts: up to the comma before the subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.dates import DAYS
from service.summary.clauses import ANY_VERB, SAYING, Reading, has_main_verb
from service.summary.cuts.classes import MAY, NO_CONDITIONS, OBJECT_PRONOUNS
from service.summary.cuts.models import Cut, Loss

_FRONT = re.compile(
    r"(?P<adverb>^R,)|(?P<participle>^(?:G|E[IT])[^,;-]+,(?=R?[DPNUJC]))|"
    r"(?P<clause>^R?(?:[CDJ]{0,2}N)?S[^,;-]+,(?=[DPNUJC]))|(?P<phrase>^I[^,;VvMA-]+,(?=[DPNUJC]))",
)
_SAYS_SO = re.compile(r"[DJNPU]+[VvE],(?!q)|[Vv][DJNPU]+,(?!q)")
"""As in "Instead, the mayor insisted, the ferry …", "Then, says Lund, the ferry …": both commas are of who says so; not
in "Instead, the mayor said, “We …”"."""
_LIST_GOES_ON = re.compile("[DJNPC]+K[^,VvAMHO]*,[UDPJN]")
"""And "Considering the speed, height and distance sailed, they are …"."""
_PERFECT = re.compile("HR?[beE]")
_MAX_FRONT = 28
_POINTS_BACK = frozenset("he she they it his her their its that this these those".split())
_CONDITIONAL_FRONTS = NO_CONDITIONS | frozenset(
    "without under like unlike except according only because barring given assuming excluding failing provided "
    "depending".split()
)
_FRONT_ADVERBS = frozenset(
    "however meanwhile also then still now instead earlier later yesterday today recently additionally moreover "
    "furthermore nevertheless indeed similarly likewise alarmingly crucially fortunately importantly incidentally "
    "interestingly ironically luckily notably sadly surprisingly tellingly thankfully unfortunately worryingly".split(),
)
"""No "allegedly" and no "apparently": those are doubts."""
_OCCASION = re.compile(
    r"(?:on|in|at|during|after|amid|following)\b.*\b(?:interview|statement|conference|\w+day|morning|night|afternoon|"
    r"evening|week|month|year|briefing|speech|meeting|addition|letter|report|recent (?:days|weeks|months|years)|"
    r"e-?mail|hearing|trial|attack|time|decade)$",
)
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
    names_who = any(reading.tags[number] == "P" and reading.lower[number] not in DAYS for number in range(end))
    for number in range(end, reading.body_end):
        if reading.tags[number] in ",P" and reading.lower[number] not in DAYS:
            return False
        word, n_nouns = reading.lower[number], reading.tags[end:number].count("N")
        if word == "his" or (word == "her" and reading.tags[number] == "D"):
            return names_who and n_nouns > 1  # may be the subject's, where that is the only noun
        if word in OBJECT_PRONOUNS and number > end:
            return n_nouns == 1  # the subject, which it cannot mean
    return False


def front_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield what stands before the subject; not where the subject points back to it."""
    match = _FRONT.match(reading.tags)
    if not match or match.end() > min(_MAX_FRONT, reading.body_end - 3):
        return
    end, kind, first = match.end(), match.lastgroup, reading.lower[0]
    rest = reading.tags[end : reading.body_end]
    if kind == "adverb":
        # a bullet had better not open with "He"
        if first in _FRONT_ADVERBS and reading.tags[end] != "U" and not _SAYS_SO.match(rest) and has_main_verb(rest):
            yield Cut(0, end, Loss.NONE)
        return
    # "Since May, every boat was late"; "Since May, there were storms"; "When the year began, the line was to open then"
    narrows = end in reading.limits or "then" in reading.lower[end:] or reading.lower[end] == "there"
    narrows = narrows or (first == "since" and _PERFECT.search(rest) is not None)  # "…, ten boats have been lost"
    if narrows or first in _CONDITIONAL_FRONTS or _means_front(reading, end) or not has_main_verb(rest):
        return
    if kind == "clause" and not (first in {"after", "before", "since"} or ANY_VERB.search(reading.tags, 0, end)):
        return  # "Although the former mayor, judge and …": its verb comes later
    if kind == "phrase" and first == "with" and MAY.search(reading.source, reading.starts[end]):
        return  # "With the price of a car you could buy the ferry": a condition
    # "Citing the storm, the tide and the wind, the captain …": a list; "With her crew, Ana Lund says, she will sail"
    is_source = _SAYS_SO.match(rest) and not SAYING.isdisjoint(reading.lower[end : end + rest.index(",")])
    # nor "When she met Per Berg, a boy who sailed, she …"
    if is_source or not has_main_verb(rest.split(",")[0]) or _LIST_GOES_ON.match(rest):
        return
    words = " ".join(reading.lower[: end - 1])
    if kind != "phrase" or _OCCASION.match(words):
        yield Cut(0, end)
    elif first in _CIRCUMSTANCES and not (first == "in" and _WORLDS.search(words)):
        yield Cut(0, end, Loss.MUCH)
