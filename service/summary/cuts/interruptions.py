"""Interruptions: between two commas, or between a subject and its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.dates import DAYS
from service.summary.clauses import FINITE, SAYING, Reading, has_main_verb
from service.summary.cuts.classes import (
    LOOSE_PREPOSITIONS,
    NO_CONDITIONS,
    OPEN_SUBJECT,
    PASSIVE,
    RELATIVE,
    REPORTED_SUBJECT,
    SEGMENT_END,
    SUBORDINATOR,
    SURE_VERB,
    TAKES_PREPOSITION,
    TIME_NOUNS,
    UNSEEN_VERB,
    awaits_participle,
    awaits_verb,
    is_in_name,
    is_seen,
    names_with_whom,
    opens_report,
)
from service.summary.cuts.models import Cut, Loss
from service.summary.guards import needs_rest

_BETWEEN_COMMAS = re.compile(
    r",(?:(?P<relative>[CDNJRPZ]{0,4}I?W[^,;]{2,},)|(?P<participle>R?(?:G|E[IT])[^,;]{2,},)|(?P<clause>S[^,;]{2,},|SE,)|"
    r"(?P<noun>(?<=[NPx],)D[^,;VvMU]+,|(?<=P,)[NJZC][^,;VvMUAHO]{2,},)|(?P<age>(?<=[Px],)C,(?=[^PNC]))|"
    r"(?P<phrase>R?I[^,;VvMA]{2,},)|(?P<measure>R{0,2}[JR]I[^,;VvMAHO]{2,},)|(?P<adverb>R,)|(?P<example>IN,))",
)
_IN_SUBJECT = re.compile(r"(?<=[NP])I(?![JNPpR]*D[JNPpR]*[NP]D)[DJNPpR]*[NP](?=R?[VvAMH]|GQ)")
_IN_SUBJECT_PREPOSITIONS = LOOSE_PREPOSITIONS - {"following", "throughout", "under", "within", "along", "ahead"}
_EMPTY = frozenset(
    "however,meanwhile,therefore,too,then,also,though,indeed,instead,for example,for instance,in fact,in turn".split(
        ","
    )
)
_TIMES = frozenset("after as because before until when".split())
_GOES_ON = frozenset("including such like especially particularly namely".split())
"""Says more of what stands between the commas."""
_AND_THUS = re.compile("KR[DJNPCI]+(?:[,.]|$)")
"""So does "and thus fish"."""
_FRONTED = re.compile(r"^R?[IEGJST]")
_FRONTED_CLAUSE = re.compile(r"^S[^,]*,")


def interruption_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield what stands between two commas, with both where it parts a subject from its verb, else with the first."""
    tags, position = reading.tags, 0
    while match := _BETWEEN_COMMAS.search(tags, position):
        start, end = match.span()
        position = start + 1
        if end < reading.body_end and (cut := _interruption(reading, str(match.lastgroup), start, end)):
            yield cut


def subject_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield where, or with what, the subject is: "A boat {in the bay} has sunk"; all are last resorts."""
    tags = reading.tags
    for match in _IN_SUBJECT.finditer(tags):
        start, end = match.span()
        within = reading.attribution + 1 if reading.attribution is not None and start > reading.attribution else 0
        before = _FRONTED_CLAUSE.sub("", tags[within:start])
        if reading.lower[start] not in _IN_SUBJECT_PREPOSITIONS or start < 2 or has_main_verb(before):  # noqa: PLR2004
            continue
        narrows = (
            before.startswith("G")  # "Crossing the bay {at night} may be daunting"
            or reading.lower[start - 1] in TAKES_PREPOSITION
            or is_in_name(reading, start)
            or any(start <= n < end for n in reading.limits)
        )
        if not narrows and not needs_rest(reading, start) and not SUBORDINATOR.search(before[-6:]):
            yield Cut(start, end, Loss.MUCH)


_NEEDS_SECOND_COMMA = re.compile(r"[NPx],C$|(?<!^I)P,P{1,3}$")
"""An age or a region, which keeps its second comma: "Ana Lund, 19{, who …}, was rescued"; but not a name behind "On
Friday,"."""
_IN_APPOSITION = re.compile(r"^[DJNCPpUZ][^,xq]*,D[^,VvAMHO]*$|,[CDNJRPZ]{0,4}I?W[^,]*$")
"""The second comma closes the first one too: "Ana Lund, head of the Norr Line{, a firm in Lund}, left", "Ana Lund, who
wrote ten books{, one of them new}, left"."""
_NAME_BEHIND = re.compile("(?:^|,)[DJNPCp][DJNPCpI]*N(?=,P{1,3}$)")
"""As in "The ship's owner, Ana Lund{, who bought it in May}, wants …"."""
_PHRASE_CLOSED = re.compile("I[^,VvAMHO]*,")
_LISTED = re.compile(r"(?:R,R|DR?J+,[JRG])$")
"""The second of a list of adverbs or adjectives: "really{, really like a ferry}", "a large{, slowly melting ice}"."""
_HALF_CLAUSE = re.compile(",S[DJNPCp]+,W")
_NOUN_TO_COME = re.compile("DR?[JE]+,R?[JEG]N")
"""The second comma is one of a list of adjectives: "Boats{, with their slender,} steam-powered engines, have …"."""
_HOLDS_MAIN_VERB = re.compile(r",R?[GE][^WSQU]*[NPR]E[PDU]")
"""A participle, and then a verb with its object, which no comma parts from it."""
_SUBJECT_TO_COME = re.compile("Q[^,VvAMHOEB]*$")
"""The first half of a subject: "said that Lund{, which is old,} and Norr had won"."""
_SHARED_PARTICIPLE = re.compile(r"E,XR?E$")
"""Inside an aside and behind it: ", on the statue that was planned, but never built"."""
_SECOND_RELATIVE = re.compile("[KX]I?W")
"""Shares its noun with the clause before: "rebels, who held the pier, and who may sail"."""
_RESULTS = frozenset("putting making leaving bringing taking giving raising pushing forcing turning helping".split())
"""May be what the clause before led to: "shows the ship, {which weighed 69,000 tons}, putting it among the largest"."""
_TRANSITIVE = re.compile(r"E(?:KE)?[DPUZ]|B[DPUQ]")


def _follows_as_verb(rest: str) -> bool:
    """Say whether what follows opens with the verb of the subject before; an -ed form only if no verb comes later."""
    opening = rest[1:] if rest[:1] == "R" else rest
    if opening[:1] in tuple("VvAMHO") or _TRANSITIVE.match(opening):
        return True
    return opening[:1] == "E" and not SURE_VERB.search(opening.split(",")[0])


def _keeps_comma(reading: Reading, before: str) -> bool:
    """Say whether the second comma closes something else too."""
    if _NEEDS_SECOND_COMMA.search(before) or _IN_APPOSITION.search(before):
        return True
    # but not "That week, Ana Lund{, who had left,} came back", "At the pier, Ana Lund{, who had left,} came back"
    calling = _NAME_BEHIND.search(before)
    return calling is not None and reading.lower[calling.end() - 1] not in TIME_NOUNS


def _interruption(reading: Reading, kind: str, start: int, end: int) -> Cut | None:
    """Return the cut for what stands between the commas at `start` and before `end`."""
    tags = reading.tags
    before, after = tags[:start], tags[end]
    verb_follows = _follows_as_verb(tags[end : reading.body_end])
    if kind in {"adverb", "example"}:
        joins = has_main_verb(before) and has_main_verb(tags[end : reading.body_end])
        # not "The ferry is old, however, it is safe", nor "in many ports, for example, Norr"
        stands = not joins if kind == "adverb" else verb_follows and not has_main_verb(before)
        is_empty = " ".join(reading.lower[start + 1 : end - 1]) in _EMPTY
        return Cut(start, end, Loss.NONE) if is_empty and stands else None
    if not _is_aside(reading, kind, start, end):
        return None
    reported = verb_follows and kind in {"noun", "relative"} and REPORTED_SUBJECT.search(before)
    if (
        reported
        or awaits_verb(reading, before)
        or not has_main_verb(_FRONTED_CLAUSE.sub("", before.rpartition(";")[2]))
    ):
        if verb_follows and _keeps_comma(reading, before):
            return Cut(start, end - 1)
        return Cut(start, end, Loss.MUCH if kind == "age" else Loss.SOME) if verb_follows else None
    if kind != "age" and after in "GSWXIKT" and not _SHARED_PARTICIPLE.search(tags, start, end + 3):
        joins_nouns = after == "K" and (
            _SUBJECT_TO_COME.search(before) is not None
            or not FINITE.search(SEGMENT_END.split(tags[end : reading.body_end])[0])
        )
        is_set_off = kind in {"participle", "noun"} or (kind == "relative" and "," not in before)
        joins_place = after == "T" or (after == "I" and is_set_off) or tags.startswith("SG", end)
        # "sank{, hit by waves,} when the storm came"; but "sank, quickly enough{, hit by waves}, when the storm came"
        joins_time = reading.lower[end] in _TIMES and FINITE.search(before.rpartition(",")[2])
        joins_deed = after == "G" and is_seen(reading, start) and reading.lower[start + 1] in {"who", "whose"}
        # as in "between Lund{, which …,} and Norr", "will sail{, led by Lund,} in the race", "quoted Lund{, …,} as …",
        # and in "the film shows a boy{, who …,} leaving the ferry"
        return Cut(start, end if joins_nouns or joins_place or joins_time or joins_deed else end - 1)
    return None


def _is_aside(reading: Reading, kind: str, start: int, end: int) -> bool:
    """Say whether the words between two commas are an aside: no condition, source, item of a list or main verb."""
    tags, first = reading.tags, reading.lower[start + 1]
    # as in "for 5,000 years, {far longer than woods}, …"
    is_no_measure = kind == "measure" and "than" not in reading.lower[start + 2 : start + 5]
    is_means = kind == "phrase" and first in {"through", "by", "via"}  # "The loss, through storms alone, was large"
    is_condition = first in NO_CONDITIONS or reading.lower[start + 1 : start + 4] == ["as", "long", "as"]
    is_bound = is_no_measure or is_condition or first == "according" or is_means
    # "where he got a boat for his things, including nets"; "is made of oak, which holds much water, and thus fish"
    is_added_to = reading.lower[end : end + 2] == ["as", "well"]
    goes_on = is_added_to or reading.lower[end] in _GOES_ON or _AND_THUS.match(tags, end)
    # as in "will sail{, although the captain,} who is ill, stays"
    is_half = _HALF_CLAUSE.match(tags, start, end + 1) is not None
    is_in_list = is_half or _LISTED.search(tags, 0, start + 2) or _NOUN_TO_COME.search(tags, start, end + 3)
    is_open = _SECOND_RELATIVE.match(tags, end) or awaits_participle(reading, start)
    if goes_on or is_bound or is_in_list or is_open or _is_needed(reading, kind, start, end):
        return False
    shown = tags[end] == "G" and is_seen(reading, start)
    # but "killing ten people, {including the driver}, and injuring others"
    is_listed = tags[end] == "K" and not (first == "including" and tags[end + 1] == "G")
    if kind in {"noun", "phrase", "participle"} and (is_listed or shown):
        return False  # of a list; "shows Ana Lund, the captain, leaving the ferry"
    if kind == "participle":
        goes_on_telling = first in _TELLING and tags[end] in "XK"
        # "shook the town, showing the loss as 'new,' in Lund's words, and …": whose words?
        return not (goes_on_telling or _PHRASE_CLOSED.match(tags, end) or _is_no_participle(reading, start, end))
    if kind != "noun":
        return True
    may_be_list = "K" in tags[start:end] and not _NAMED_TWICE.match(tags[: end + 1])
    if may_be_list or UNSEEN_VERB.match(tags, start) or not SAYING.isdisjoint(reading.lower[start:end]):
        return False
    return not _FRONTED.match(tags) or "," in tags[:start]  # "Native to China, the tiny mammal, …": the subject itself


def _is_needed(reading: Reading, kind: str, start: int, end: int) -> bool:
    """Say whether what follows the second comma leans on the aside, or the aside is what was to follow the first."""
    tags = reading.tags
    clause = _OPEN_CLAUSE.search(tags, start, end) if tags[end] in "WGEVvAMHO" else None
    # as in "…, {a day after a sailor}, who was paid, left", "hid {near a hut}, where it was dry", and
    # in "Lund, {who was born in Norr}, grew up in Lindholm and lives here, has …"
    if (
        (clause and reading.lower[clause.start()] != "as")
        or (RELATIVE.match(tags, end) and tags[end - 2] in "NPC")
        or (kind == "relative" and (_VERBS_LISTED.match(tags, end) or reading.lower[end] in _RESULTS))
        or (kind == "relative" and tags[end] == "G" and names_with_whom(reading, tags[:start]))
    ):
        return True
    if reading.lower[end] == "when" and (tags[end - 2] == "C" or reading.lower[end - 2] in DAYS | TIME_NOUNS):
        return True  # "would leave, {as they did in 2024}, when …"
    first, before = tags.rfind(",", 0, start) + 1, tags[:start]
    if kind in {"clause", "relative"} and first and first in reading.binding and tags[first] in "ISG":
        return True  # "…, except on Sundays, {when it sails once}, …": which ones
    if kind == "participle" and PASSIVE.match(tags, start):
        # as in "think the storm, which sank two, {started in the bay}", "say the boat, an old one, {crashed into it}"
        subject = before[: first - 1] if first else ""
        is_reported = first and opens_report(reading, subject)
        # "The boat, built in Norr, {passed the pier}, known as …": the verb of its subject
        is_verb = (
            first
            and PASSIVE.match(tags, first - 1)
            and (not has_main_verb(subject) or OPEN_SUBJECT.search(subject) is not None)
        )
        return bool(awaits_verb(reading, before) or RELATIVE.match(tags, first) or is_reported or is_verb)
    return kind == "noun" and _CLAUSE_OF_ITS_OWN.match(tags, start) is not None


_VERBS_LISTED = re.compile("R?[VvAMHOE][^,QSWX]*KR?[VvAMHO][^,QSWX]*,R?[VvAMHO]")
_OPEN_CLAUSE = re.compile("[QS][DJpC]*[NZ][NP]*,$")
_CLAUSE_OF_ITS_OWN = re.compile(",D[^,QSW]*[HA]")
_NAMED_TWICE = re.compile("D?P{2,4},D[^,]*KD[^,]*,[VvAHMEI]$")
"""As in "Ana Lund, the head of the Norr Line and a former captain, has left": a list had no comma before its verb."""
_TELLING = frozenset("saying adding claiming arguing warning telling noting insisting stating reporting".split())
"""What is told may go on behind the comma: "blamed the crew, saying the boats were late, but nobody had asked"."""
_DEED = re.compile("IG[^,]*$")
"""The first of what somebody is accused of."""


def _is_no_participle(reading: Reading, start: int, end: int) -> bool:
    """Say whether what looks like a participle's phrase holds the main verb, or what somebody was seen to do."""
    tags = reading.tags
    if "E" in tags[start : start + 3] and reading.lower[end] in SAYING:
        return True  # "The waves, which …, wounded two people, said Ana Lund"
    if _DEED.search(tags, 0, start):
        return True  # "accused of funding a strike, trying to send boats and plotting more, by …": a list
    # "The judge, sitting at Lindholm today sentenced Lund to a year, …"; "spotted the men, coming home, …"
    return bool(_HOLDS_MAIN_VERB.match(tags, start, end) or is_seen(reading, start))
