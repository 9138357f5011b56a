"""Which clauses at the end of a sentence may go: relative, subordinate, participle and second clauses."""

from __future__ import annotations

import re

from service.summary.clauses import FINITE, SAYING, has_main_verb
from service.summary.cuts.classes import (
    AND_DOING,
    MAY,
    NO_CONDITIONS,
    OPEN_RELATIVE,
    PAIRED,
    PASSIVE,
    RELATIVE,
    SEGMENT_END,
    SURE_VERB,
    THEN_DOING,
    WAS_DOING,
    YEAR,
    awaits_verb,
    is_cleft,
    is_seen,
    names_with_whom,
    opens_report,
)
from service.summary.cuts.models import Tail
from service.summary.guards import CITING, needs_rest

_BEFORE_CLAUSE = frozenset(
    "right way such so same as well long soon much even just only known described seen regarded used served serve "
    "not far ever year years day days hour hours minute minutes second seconds week weeks month months moment "
    "moments shortly decade decades century centuries generation season seasons time times night nights diagnosed "
    "stunned surprised shocked amazed delighted horrified thrilled surprise shock horror anger now part partly "
    "mainly mostly largely simply caught named sparked triggered look looks looked looking".split(),
)
_TIMES = frozenset("after before when while as".split())
_AS_CLAUSE = re.compile(r"SR?D?[JNPCpRUGZIDK]*(?:[NPUZ]R?(?:[VvAHMOB]|E(?=[DPUITR,.]|$))|UR?E)")
_TAKES_AS = CITING | frozenset(
    "describe describes described describing regard regarded see seen sees saw treat treated treats treating use "
    "used uses know known knows hail hailed hails label labeled labelled portray portrayed portrays refer "
    "referred refers cast view viewed views dismiss dismissed recognized recognised recognition serve served "
    "serves serving act acted acts identify identifies identified classify classified define defined depict depicted "
    "list listed count counted".split(),
)
_INTERRUPTS = re.compile(r",[^,]*W[^,]*,(?:R?[VvAMHO]|R?EX?[DPUCJR]|.*,R?[AMH])")
"""A clause whose closing comma the verb of the sentence follows."""
_DENIED = r"false|untrue|den(?:y|ies|ied)|(?:dismiss|reject|disput|doubt)\w*"
_DOUBTED = re.compile(
    rf"\b(?:{_DENIED}|unlikely|impossible|unproven|unverified|inconclusive|criticis\w*|criticiz\w*)\b"
)
"""Takes from what stands before: "can override it{, which few think likely}"."""
_TERM = re.compile(r", (?:for|since|until|because)\b")
"""What is said of the main verb behind a relative clause: "parked there, where he works, {for three years}"."""


def is_relative(tail: Tail) -> bool:
    """As in ", which had been built in 1904", unless the verb of its noun follows: then it is an interruption."""
    if is_cleft(tail.reading, tail.head) or ("," in tail.tags[1:] and is_seen(tail.reading, tail.start)):
        return False  # "It was Ana Lund, not her crew{, who sold the ferry}", "watched her crew, which …, sail home"
    if YEAR.fullmatch(tail.first):
        return False  # "since a May 9{, 2014 storm in which the ferry sank}"
    if THEN_DOING.search(tail.tags) and names_with_whom(tail.reading, tail.head):
        return False  # "was fourth, with Ana and Per{, who was new here, finishing fifth and sixth}"
    tells = not SAYING.isdisjoint(tail.reading.lower[tail.start + 2 : tail.start + 3])
    if tells and not CITING.isdisjoint(tail.reading.lower[: tail.start]):
        return False  # "cited a sailor, who said …"
    words = " ".join(tail.reading.lower[tail.start : tail.end])
    if _INTERRUPTS.match(tail.tags) or _TERM.search(words) or _DOUBTED.search(words):
        return False
    return ",K" not in tail.tags or PAIRED.isdisjoint(tail.reading.lower[: tail.start])


def is_clause(tail: Tail) -> bool:
    """A subordinate clause: "… after he left", ", while the boats waited", ", weeks before the vote"."""
    offset = tail.tags.index("S")
    word = tail.reading.lower[tail.start + offset]
    if word in NO_CONDITIONS:
        return False
    after = tail.reading.lower[tail.start + offset + 1 : tail.start + offset + 2]
    holds_verb = FINITE.search(tail.tags) or re.match(r",?R?(?:[CDJ]{0,2}N)?S(?:G|R?[EeJ])", tail.tags)
    # as in "left after the storm", but not "and the second{, after Ana Lund, to leave}"
    is_event = word in {"after", "before"} and after != [] and ",T" not in tail.tags
    stands_without = is_event or (word == "because" and after == ["of"])
    is_part = tail.tags[0] == "," and word == "as" and after == ["part"]  # "…, as part of a plan"
    # "has been closed {since May}", but not "had been buried {since the Bronze Age}", which is all that is told of it
    is_all_told = tail.head[-1] in "eEVGb" and "had" in tail.reading.lower[: tail.start]
    is_long_so = word == "since" and "H" in tail.head and not is_all_told
    stands_without = stands_without or is_part or is_long_so
    if not (holds_verb or stands_without):
        return False
    if (
        word == "as"
        and not is_part
        and (not _AS_CLAUSE.match(tail.tags.lstrip(",")) or _TAKES_AS.intersection(tail.reading.lower[: tail.start]))
    ):
        return False  # "spoke of the ferry, the old one, as a wreck"
    if _is_true_only_then(tail, word):
        return False
    return tail.tags[0] == "," or _is_bare_clause(tail, word)


def may_be(tail: Tail) -> bool:
    """Say whether what stands before is no more than possible: "could fall short {after the storm}"."""
    return MAY.search(tail.reading.source, 0, tail.reading.ends[tail.start - 1]) is not None


def _is_true_only_then(tail: Tail, word: str) -> bool:
    """As in "may find work {after the trial}", "was 20 {when she left}", "most came {when the yards were new}"."""
    if word in {"because", "since"}:
        return needs_rest(tail.reading, tail.start)
    if word in _TIMES and may_be(tail):
        # but "could fall short {after the storm}": what may be after something may be
        is_event = word == "after" and not FINITE.search(tail.tags.partition(",")[0])
        return not is_event or any(number < tail.start for number in tail.reading.negations)
    if word == "before" and not _OBLIGED.isdisjoint(tail.reading.lower[: tail.start]):
        return True  # "must see the boat {before it is sold}"
    is_bare = tail.tags[0] != ","
    first = 0 if word == "as" else tail.head.rfind(",") + 1
    is_denied = (word == "as" or (word in {"while", "when"} and is_bare)) and any(
        first <= number < tail.start for number in tail.reading.negations
    )
    if is_denied or (word == "before" and "already" in tail.reading.lower[: tail.start]):
        return True  # "was not with her {as she won}", "may not work {while they wait}", "had already left {before …}"
    is_age = tail.head[-1] == "C" and not YEAR.fullmatch(tail.before)
    if word == "when" and WAS_DOING.search(tail.head):
        return True  # "was sailing home {when the storm struck}": that is the news
    return word == "when" and (is_age or not _AS_A_RULE.isdisjoint(tail.reading.lower[: tail.start]))


_OBLIGED = frozenset("must need needs needed required requires ought".split())
_COMPARES = frozenset("as same such".split())
_AS_A_RULE = frozenset("already most many few often usually mostly always sometimes rarely generally".split())
_GRAVE = frozenset("dying died dies die dead killed kills killing death deaths fatally shot stabbed".split())


def _is_bare_clause(tail: Tail, word: str) -> bool:
    """A clause that no comma sets off: "when" is "if" unless the story is in the past, "as" may compare."""
    if not _GRAVE.isdisjoint(tail.reading.lower[tail.start : tail.end]):
        return False
    if word in {"when", "while"} and not (
        set("VeE") & set(tail.head) or {"was", "were", "had"} & set(tail.reading.lower)
    ):
        return False
    if word == "as" and (tail.head[-1] in "eEGVJ" or not _COMPARES.isdisjoint(tail.reading.lower[: tail.start])):
        return False  # "treated as …", "as eagerly awaited here as it was there", "the same price as it was"
    if word == "after" and not _NAMED_AFTER.isdisjoint(
        tail.reading.lower[max(0, tail.start - _NAME_REACH) : tail.start]
    ):
        return False  # "has named her son {after the captain}"
    is_repeated = tail.before == tail.reading.lower[tail.start + 1]  # "with save {after save}"
    return not is_repeated and tail.before not in _BEFORE_CLAUSE and not OPEN_RELATIVE.search(tail.head)


_NAMED_AFTER = frozenset("name names named naming christened".split())
_NAME_REACH = 5


_ADJECTIVES = re.compile("DR?[JG]+$")
_PARTICIPLE_ADJECTIVES = frozenset("lasting growing ongoing outstanding thriving".split())
_NAMED_BY_PLACE = re.compile("D[JN]*P+,P{1,3}$")


def _is_verb_of_reported(tail: Tail, last_segment: str) -> bool:
    """As in "think the storm, which sank two{, started in the bay}", "say the boat, an old one{, crashed}".

    And "The boat, he said{, crashed into the pier}".
    """
    if awaits_verb(tail.reading, tail.head):
        return True
    before = tail.head[: len(tail.head) - len(last_segment) - 1]
    return RELATIVE.match(last_segment) is not None or opens_report(tail.reading, before)


_TAKES_BACK = frozenset("according suspended deferred commuted overturned reversed cancelled pending".split())
"""Who says so, or what turns it: "was given a two-year sentence{, suspended for two years}"."""


_MAIN_GOES_ON = re.compile(",[KT]")
"""As in "used the money{, given by sailors, to buy a boat}"."""


def is_participle(tail: Tail) -> bool:
    """As in ", killing two people", ", known as the old port"; not the second of a list."""
    last_segment = tail.head[tail.head.rfind(",") + 1 :]
    is_second_adjective = tail.head[-1] == "J" and tail.first in _PARTICIPLE_ADJECTIVES
    if (
        is_second_adjective
        or _ADJECTIVES.search(last_segment)
        or (last_segment.endswith("DN") and tail.before.endswith("ing"))
    ):
        return False  # "a large, {slowly melting ice}", "this sprawling, {sweating town}", "do real, {lasting harm}"
    if tail.tags.startswith(",GN") and _NAMED_BY_PLACE.search(tail.head):
        return False  # "the Lindholm, Zealand{, sailing school}"
    is_aged = tail.head.endswith(",C") and not YEAR.fullmatch(tail.before)
    is_of_whom = RELATIVE.match(last_segment) and names_with_whom(tail.reading, tail.head[: -len(last_segment) - 1])
    if is_aged or is_of_whom or is_seen(tail.reading, tail.start):
        return False  # "Ana Lund, 50, {decided to stay}"; "A video shows the captain, a man of 60, {leaving the ship}"
    if PASSIVE.match(tail.tags) and (_is_second_verb(tail) or _is_verb_of_reported(tail, last_segment)):
        return False  # "hid the levels, targeted sailors{, lied about storms and paid writers}"
    if "IG" in last_segment and AND_DOING.search(tail.tags):
        return False  # "is accused of stealing a boat{, sinking it and lying about it}": a list
    is_listed = re.match("R?G", last_segment) or (tail.head.endswith("IG") and "K" in tail.tags)
    # as in "is for mending{, painting and selling old boats}", "…, the paper reported{, citing the mayor}"
    is_bound = is_listed or tail.first in _TAKES_BACK or (tail.first in CITING and tail.before in SAYING)
    return not _MAIN_GOES_ON.search(tail.tags) and not is_bound


_TURNS = re.compile(
    rf"\b(?:{_DENIED}|dead|died|killed|needs|wrong|far from|(?:in)?accurate|hoax|baseless|tests?|evidence|suggest\w*|"
    r"little use|useless|in vain|to no avail|too late|turn(?:s|ed) out)\b"
)
"""Without it what stands before would give a false impression."""


def is_contrast(tail: Tail) -> bool:
    """As in ", but the boats left", "but left": what stands before is said without reserve, and nothing turns it."""
    turns = _TURNS.search(tail.reading.text(tail.start, tail.end))
    if may_be(tail) or turns or any(number < tail.start for number in tail.reading.negations):
        return False
    clause = SEGMENT_END.split(tail.tags.lstrip(",-")[1:])[0]
    return has_main_verb(clause) or _VERB_FIRST.match(clause) is not None


_INSTEAD = re.compile(
    r";\s*(?:in (?:the event|fact|reality|practice)|instead|however|but|yet|actually|nevertheless|opponents|critics)\b"
)


def is_second_statement(tail: Tail) -> bool:
    """As in "; the boats left"; not "; in the event, they left", which takes back what stands before.

    Nor half of one: "; opponents, led by the mayor, say …".
    """
    text = tail.reading.text(tail.start, tail.end).lower()
    is_half = tail.end < tail.reading.body_end and not has_main_verb(tail.tags[1:])
    return not _INSTEAD.match(text) and not _TURNS.search(text) and not is_half


_VERB_FIRST = re.compile("R?[VvAHE]")
_TO_WHOM = re.compile("[IT]D?J*[NP]$")
"""A phrase with one noun, which another may join: "to sailors {and stranded crews}"."""
_WHO = re.compile(r"[NZD]W[^,]*$")
_ANYBODY = frozenset("anyone anybody everyone everybody those people".split())
_COUNTS = frozenset("one some several many most few both all none".split())


def _is_part_of_count(tail: Tail) -> bool:
    """As in "Seven sailors were hurt{, and two of them died}": it takes back what stands before."""
    counted, following = tail.tags[2:3], tail.tags[3:4]
    is_count = counted == "C" or not _COUNTS.isdisjoint(tail.reading.lower[tail.start + 2 : tail.start + 3])
    return is_count and following not in tuple("NJPC") and "C" in tail.head


_ITEM = re.compile(",[^,VvAMHO]*[BE][^,VvAMHO]*$")
_NOUNS_LISTED = re.compile("[^P],J*N$")
_VERB_LISTED = re.compile(r",R?(?P<verb>[Vv]|E(?=[DNPJC]))[^,]*$")
_CLAUSES_LISTED = re.compile(r"[VvAHME][^,KXSWQ]*,[DJNPCp]+(?P<verb>[vVMA]|E(?=[DNPJC]))[^,]*$")
_LAST_OF_LIST = re.compile(r",[^,VvAMHOSW]*$|,R?[VvEB][^,]*$")


_CLEARING = frozenset("released freed bailed cleared acquitted exonerated apologised apologized dropped".split())
"""What is only fair to tell."""
_GRAVER = frozenset("killed died murdered wounded injured raped robbed stabbed".split())
"""What is never left out for what went before it."""


_FRONT = re.compile("^I[^,VvAMHOSWQ]*,")
"""Of ", and on Monday, the boats left"."""
_HAS_DONE = re.compile("HR?e$")
_DEED = re.compile("IG[^,VvAMHO]*[^,VvAMHOGI]$")


def _is_second_deed(tail: Tail) -> bool:
    """As in "accused of sinking a boat {and leaving her crew}"; but "to be done by sailing home {and landing fish}"."""
    deed = _DEED.search(tail.head)
    return deed is not None and tail.reading.lower[deed.start()] in {"of", "for"}


def is_second_clause(tail: Tail) -> bool:
    """As in ", and the boats left", "and left the town": what stands before says its own."""
    # as in "were shot {and killed}", "was arrested for theft {and has been freed}"
    is_graver = tail.reading.lower[tail.start + 1] in _GRAVER or not _CLEARING.isdisjoint(
        tail.reading.lower[tail.start : tail.end]
    )
    if tail.first == "or" or is_graver or PAIRED & set(tail.reading.lower[: tail.start]):
        return False
    if tail.tags[0] == ",":
        if _is_part_of_count(tail) or _is_last_item(tail):
            return False
        return has_main_verb(SEGMENT_END.split(_FRONT.sub("", tail.tags[2:]))[0])
    if (tail.head[-1] == "J" and tail.tags.startswith("KEN")) or (tail.tags == "KEN" and _TO_WHOM.search(tail.head)):
        return False  # "is one of the oldest {and respected ships}", "bring help to sailors {and stranded crews}"
    if (who := _WHO.search(tail.head)) and tail.reading.lower[who.start()] in _ANYBODY:
        return False  # "for those who came to the pier {and bought bread}"
    # as in "shot {and hit a gull}", "has mended {and sold the boat}"
    is_open = tail.head[-1] in "VvEB" or _HAS_DONE.search(tail.head)
    is_deed = tail.tags[1] != "G" or _is_second_deed(tail)
    return is_deed and not is_open and not _LAST_OF_LIST.search(tail.head)


def _is_second_verb(tail: Tail) -> bool:
    """Say whether before the tail a second verb stands behind a comma: the tail is of a list."""
    verb = _VERB_LISTED.search(tail.head)
    if verb is None or tail.reading.lower[verb.start("verb")] in SAYING:
        return False
    return has_main_verb(tail.head[: verb.start()])


def _is_last_item(tail: Tail) -> bool:
    """As in "the price of bread, rent{, and …}", "Ana sings, the band plays{, …}", "walked in, went up{, and …}"."""
    if _NOUNS_LISTED.search(tail.head):
        return True
    if _is_second_verb(tail):
        return True
    # "shows rides of two hours, race rides of four{, and guest rides of six}": nouns that look like verbs
    item = None if SURE_VERB.search(SEGMENT_END.split(tail.tags[2:])[0]) else _ITEM.search(tail.head)
    if item and has_main_verb(tail.head[: item.start()]):
        return True
    clause = _CLAUSES_LISTED.search(tail.head)
    # who says it is none: "The storm hit Lund, officials say{, and …}"
    return clause is not None and tail.reading.lower[clause.start("verb")] not in SAYING
