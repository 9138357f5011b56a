"""Closed classes of words, and shapes of tags, that several rules ask about."""

from __future__ import annotations

import re

from service.summary.clauses import SAYING, Reading, has_main_verb

NO_CONDITIONS = frozenset("if unless until once whether so though whereas".split())
"""What such a word opens is never cut: the claim hangs on it."""
PAIRED = frozenset("both either neither between".split())
"""A pair follows, and both halves stay."""
LOOSE_PREPOSITIONS = frozenset(
    "in at near outside during amid inside across along on ahead following throughout for with by over under "
    "within beneath around alongside".split(),
)
OPEN_RELATIVE = re.compile(r"[WQ][^,WQ]{0,2}$")
"""A relative clause of hardly more than its verb needs what follows: "fishermen who work {while others sleep}"."""
MAY = re.compile(r"\b(?:may|might|could|would|can|should)\b")
"""What may be hangs on when and how it may."""
PERCEIVED = frozenset(
    "show shows showed shown showing depicting see sees saw seen watch watched hear heard caught capture captures "
    "captured found finds pictured photographed spotted filmed depicts".split(),
)
"""What is seen is the point: "A film shows two men {leaving the ferry}"."""
SEGMENT_END = re.compile("[QW,]")
SUBORDINATOR = re.compile("[QSW]")
RELATIVE = re.compile("I?W")
"""Opens a relative clause: "which", "in whom"."""
PASSIVE = re.compile(",R?E")
"""A participle behind a comma: ", built in 1904"."""
THEN_DOING = re.compile(",R?G")
AND_DOING = re.compile("KR?G")
WAS_DOING = re.compile(r"(?:A|Hb)R?G|E?R?G[^,VvAMHO]*$")
"""What was going on when something happened, and that is the news."""
UNSEEN_VERB = re.compile(",[JNP]+D")
"""A noun that an article follows is a verb: "the islands, which are old{, span the} bay"."""
TAKES_PREPOSITION = frozenset(
    "connection accordance peace line contact part touch charge addition spite terms contrast response relation "
    "exchange cooperation conjunction agreement relationship ties negotiations talks interest belief confidence "
    "faith role stake accusations blame blames blamed blaming responsible famous ready similar comments reduction "
    "increase rise drop decline fall change changes cut cuts growth difference component element factor step "
    "participant lot decision decisions alignment alliance partnership link links leeway magnet haven hotbed fight "
    "battle struggle quest bid enthusiasm passion appetite penchant flair talent thirst hunger fondness award "
    "awards prize prizes bets friendship marriage affair feud disclosures opportunity revelations allegations "
    "concerns fears questions doubts complicit implicated relationships relations agreements licence licences license "
    "licenses cure cures vaccine vaccines mention mentions shadow aim".split(),
)
"""Nouns, and a few adjectives and verbs, whose preposition belongs to them."""
SURE_VERB = re.compile(r"[VvAMHO]")
"""A verb that can be nothing else."""
CLOSES_RELATIVE = re.compile(r",R?[VvAMHO]")
"""The verb of the sentence, behind a relative clause."""
REPORTED_SUBJECT = re.compile(r"(?:[VvB]Q|[Vv])[DJNPCp]+$")
"""The subject of what somebody says: "Police said the captain, who is 45, {was} …"."""
YEAR = re.compile(r"1\d{3}|20\d{2}")
OBJECT_PRONOUNS = frozenset("it them him her".split())
"""Tagged D, "her" is none of them."""
TIME_NOUNS = frozenset(
    "week month year weekend day night morning afternoon evening summer winter spring autumn season".split()
)


def is_in_name(reading: Reading, start: int) -> bool:
    """As in "the Commissioner {for Refugees}", "Al Qaeda {in the Arabian Peninsula}", "Editor {in Chief Ana Lund}"."""
    if reading.lower[start] == "in":
        before, after = reading.lower[start - 1], reading.lower[start + 1 : start + 2]
        return after == ["chief"] or before.endswith(("qaeda", "qaida"))
    return reading.lower[start] == "for" and reading.tags[start - 1 : start + 2] == "PIP"


_NOUNS = re.compile("[DJNCPp]+(?:,[DJNCPp]+)*$")


def awaits_participle(reading: Reading, start: int) -> bool:
    """As in "despite Ana Lund{, the mayor, asking for calm}": what goes on in spite of it is told by a participle."""
    if "despite" not in reading.lower[:start]:
        return False
    nouns = _NOUNS.match(reading.tags, reading.lower.index("despite") + 1, start)
    return nouns is not None and THEN_DOING.search(reading.tags, start) is not None


_ASIDE_AT_END = re.compile(",(?:(?P<source>[DJNPU]+[VvE]|[VvE][DJNPU]+)|[CDNJRPZ]{0,4}I?W[^,]*|D[^,VvAMHOWQSE]*)$")
OPEN_SUBJECT = re.compile("(?:[SQX]|,K)[DJpC]*[NP][DJNPC]*$")
"""The subject of a second clause or of one that hangs on another: its verb is to come."""


def awaits_verb(reading: Reading, head: str) -> bool:
    """Say whether a verb is to come behind asides: "The yard, he said{, has sold …}", "and the boat, a new one{…}"."""
    rest, is_behind_source = head, False
    while aside := _ASIDE_AT_END.search(rest):
        if aside["source"] and SAYING.isdisjoint(reading.lower[aside.start() : aside.end()]):
            break
        is_behind_source |= aside["source"] is not None
        rest = rest[: aside.start()]
    if rest == head or "x" in rest:
        return False  # the verb may stand in a quotation, where tags are not told
    is_open = OPEN_SUBJECT.search(rest) is not None or opens_report(reading, rest)
    return is_open or (is_behind_source and not has_main_verb(rest))


def opens_report(reading: Reading, head: str) -> bool:
    """Say whether the tags end on the subject of what is said: "Guards think the captain{, who is old, sank …}"."""
    reported = REPORTED_SUBJECT.search(head)
    before = head[: reported.start()] if reported else ""
    if reported is None or (before.endswith(",") and ("x" in before or has_main_verb(before))):
        return False  # "…, said Ana Lund{, who …}"
    verb = reading.lower[reported.start()]
    return reading.tags[reported.start() + 1] == "Q" or (verb in SAYING | _BELIEVING and verb != "told")


_BELIEVING = frozenset("believe believes believed think thinks thought know knows knew fear fears feared".split())


_CLEFT = re.compile("UA[^VvAMHO]*$")


def is_cleft(reading: Reading, head: str) -> bool:
    """Say whether the sentence's first tags point at one thing: "It was Ana Lund{, who sold the ferry}"."""
    return _CLEFT.search(head) is not None and "it" in reading.lower[: len(head)]


_FOUND_SO = re.compile("eJ")


def is_seen(reading: Reading, end: int) -> bool:
    """Say whether the tokens before `end` tell what somebody saw, and it may come; not in "was found guilty"."""
    return any(
        reading.lower[number] in PERCEIVED and not _FOUND_SO.match(reading.tags, number) for number in range(end)
    )


_WITH_WHOM = re.compile("I[DJNPCpK]+$")


def names_with_whom(reading: Reading, before: str) -> bool:
    """Say whether the tags `before` end in who did something beside the subject: "was fourth, with Ana and Per"."""
    whom = _WITH_WHOM.search(before)
    return whom is not None and reading.lower[whom.start()] == "with"
