"""Tails: from some point to the end of the sentence, or to its final attribution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from service.article.dates import DAYS
from service.summary.clauses import FINITE, SAYING, Reading, has_main_verb
from service.summary.cuts.classes import (
    AND_DOING,
    CLOSES_RELATIVE,
    LOOSE_PREPOSITIONS,
    OPEN_SUBJECT,
    SUBORDINATOR,
    SURE_VERB,
    awaits_participle,
    awaits_verb,
    opens_report,
)
from service.summary.cuts.models import Cut, Loss, Tail
from service.summary.cuts.tail_clauses import (
    is_clause,
    is_contrast,
    is_participle,
    is_relative,
    is_second_clause,
    is_second_statement,
    may_be,
)
from service.summary.cuts.tail_phrases import (
    describes_indefinite,
    is_apposition,
    is_dashed,
    is_explanation,
    is_loose_phrase,
    is_occasion,
    is_purpose,
    is_set_off_noun,
    is_set_off_phrase,
    says_where,
)

_OPENINGS = re.compile(
    r"(?P<relative>,(?=[CDNJRPZ]{0,4}I?W))|(?P<participle>,(?=R?(?:G|E[IT])))|"
    r"(?P<clause>,(?=R?(?:[CDJ]{0,2}N)?S)|(?<=[NPJRCZGEex)])(?=S))|"
    r"(?P<contrast>,(?=X)|(?<=[NPZx])(?=X(?:R?(?:[VvAH]|E[DPUZITRQ])|[DJNPCU]+R?[VvAHM])))|(?P<second>,(?=K)|(?<=[NPJRCZGEex])(?=KR?[VvAHEb]|KG[DPZU]))|(?P<apposition>(?<=[NPC)]),(?=D))|(?P<phrase>,(?=R?I))|"
    r"(?P<noun>,(?=[JNP]|ZI))|(?P<where>(?<=[NP])(?=[QW]))|(?P<colon>:)|(?P<dash>-)|(?P<semicolon>;)|"
    r"(?P<described>(?<=[NP])(?=R?(?:G|E[IT])))|(?P<loose>(?<=[NPZCxV])(?=I))|(?P<purpose>(?<=[NPZ])(?=TR?B))",
)
"""Where a tail may start, by what it then is; the first that fits decides."""
_TAIL_RULES: dict[str, Callable[[Tail], bool]] = {
    "relative": is_relative,
    "participle": is_participle,
    "clause": is_clause,
    "second": is_second_clause,
    "contrast": is_contrast,
    "apposition": is_apposition,
    "phrase": is_set_off_phrase,
    "noun": is_set_off_noun,
    "where": says_where,
    "colon": is_explanation,
    "dash": is_dashed,
    "semicolon": is_second_statement,
    "described": describes_indefinite,
    "loose": is_loose_phrase,
    "purpose": is_purpose,
}
_LAST_RESORTS = frozenset({"contrast", "described", "loose", "purpose"})
"""What a reader would miss."""
_NARROWING = frozenset({"clause", "where", "described", "loose", "purpose", "second"})
"""What says more of the words before it."""
_WHO_IT_IS = frozenset({"apposition", "noun"})
"""What says of somebody who or what that is."""
_MEDIA = frozenset(
    "website websites site sites account accounts page pages post posts blog blogs video videos document documents "
    "letter letters message messages statement statements memo memos".split()
)
"""Behind them stands whose they are."""
_OF_SOURCE = frozenset({"where", "described", "loose"})
_OF_NOUN = _OF_SOURCE | {"purpose"}
_COUNTED_LIST = re.compile("CJ*N:")
"""Of "was convicted on two charges: theft{, and lying}"."""
_BARE_NOUN = re.compile("DN$")
_BARE_APPOSITION = re.compile("P,[JN]+$")
"""What somebody is, without an article, needs what follows: "Ana Lund, captain {of the ferry}, said"."""
_SAID_AT_END = re.compile(r"(?<=[NP])V[^,VvAMHO]*$")
"""What is said of a source stops there: "…, a sailor {in Lindholm} told the council"."""
_SECOND_HALF = re.compile(r",?[KX],?R?[VvAHMO]")
"""What may follow a phrase that is cut out of the middle: "flew home {after the vote} and wrote to the council"."""
_FEWEST_BEFORE = 4
_FEWEST_IN_ATTRIBUTION = 3
_FROM_WHOM = frozenset({"from", "by"})
_MAIN_VERB = re.compile(r"[VvAMHO]|(?<=[NPx,])E(?=[DU])")
_VERB_COMES = re.compile("[^QSWKX,:;-]*[VvAMHO]")
_LEFT_OPEN = re.compile(
    r"[XK]R?S|QR?S[^,]*$|Q[^,VvAMHOEB]*,I?W[^,]*$|Q[^VvAMHOEB]*$|[,-]D[JN]?N$|,R?[EG]$|,R$|AW[DJNGPCp]+$|[XK],[^VvAMHO]*$|[XK]R?I[^,VvAMHOEx]*$|A,[^,VvAMHO]*$"
)
"""Ends nothing can end at: "but when …" or "that although …" without its main clause, "that …" without its verb, a bare
apposition or participle, "and instead of …" without what is done instead, "was, in part" without what it was."""
_FRONTED_CLAUSE_ONLY = re.compile(r"(?:(?:(?![^,]*[NP]E[DU])[^,VvAMHO]*,)?[KX]?(?:S|[EeGV]Q)|R?I[^,VvAMHOE]*NQ)[^,]*$")
_RELATIVE_ONLY = re.compile("[DJNCPp]*NQR?[VvAMHO][^,VvAMHO]*$")
"""As in "A bill that would allow Norr to hire boats {passed in May}": the verb is its clause's."""
_FRONTED_PHRASE_ONLY = re.compile(r"R?I[^,VvAMHO]*$")
_VERBS_LISTED = re.compile(r",R?[vVE][^,]*$")
_LAST_VERB = re.compile("^[^,]*KR?[vVE]")
"""Of "sails to Lund, mends nets {when it rains and sells them}"."""
_IN_APPOSITION = re.compile(",D[JNCPpID]*$")
"""What stands behind one belongs to the verb: "charged Ana Lund, the captain{, in the sailor's death}"."""
_WITH_PHRASE_BEHIND = re.compile(",D[JNCPpID]*,R?I")
"""An apposition that takes it along: "charged Ana Lund{, the captain, in the sailor's death}"."""
_HARM = frozenset("killed dead injured wounded hurt missing hospitalized hospitalised drowned trapped".split())
_NEAR = 10
"""What did it is the story: "ten were killed and many are missing {after a storm sank the ferry}"."""
_AT_TIMES_LAST_RESORTS: dict[str, Callable[[Tail], bool]] = {
    "dash": lambda tail: tail.first == "but",
    "where": lambda tail: _BARE_NOUN.search(tail.head) is not None,  # "the founder of a club {that …}": which one
    "phrase": lambda tail: _IN_APPOSITION.search(tail.head) is not None,
    "apposition": lambda tail: (
        _WITH_PHRASE_BEHIND.match(tail.tags) is not None
        or not _HARM.isdisjoint(tail.reading.lower[tail.start : tail.end])
    ),
    "clause": lambda tail: (
        may_be(tail) or not _HARM.isdisjoint(tail.reading.lower[max(0, tail.start - _NEAR) : tail.start])
    ),
}
"""What else a reader would miss, and when."""
_IN_RELATIVE = re.compile(r",[CDNJRPZ]{0,4}I?W[^,]*$")


def _tears_explanation(head: str, rest: str) -> bool:
    """Say whether a clause behind a colon would lose its verb: "one thing is old: ferries {that I saw have sunk}"."""
    _, colon, clause = head.rpartition(":")
    return colon != "" and has_main_verb(clause + rest) and not has_main_verb(clause)


def _is_whole(head: str, rest: str) -> bool:
    """Say whether what stands before a tail is a sentence: with a main verb that is not only the participle of one."""
    # as in "Sailors are for it; opponents{, led by the mayor, say …}"
    is_half = ";" in head and not has_main_verb(head.rpartition(";")[2])
    if is_half or not has_main_verb(head) or _LEFT_OPEN.search(head) or _FRONTED_CLAUSE_ONLY.match(head):
        return False
    # "In a letter published Monday{, the mayor asked …}": a participle is no verb of a sentence
    is_front = rest[:2] in {",D", ",P", ",U"} and _FRONTED_PHRASE_ONLY.match(head)
    if is_front or _RELATIVE_ONLY.match(head) or _tears_explanation(head, rest):
        return False
    if _VERBS_LISTED.search(head) and _LAST_VERB.search(rest):
        return False
    if _IN_RELATIVE.search(head) and CLOSES_RELATIVE.search(rest):
        return False  # "Ana Lund, who says she was held {because she …, is} free"
    if SURE_VERB.search(head) or rest.startswith(",X"):
        return True
    # "Students opposed to the plan {at the school were heckled}": the sure verb is the main one
    return not _VERB_COMES.match(rest) and len(_MAIN_VERB.findall(rest)) <= len(SUBORDINATOR.findall(rest))


_INSERTED_SOURCE = re.compile(r",[DJNPCpIU]+(?P<verb>[VvE]),")


def _holds_source(reading: Reading, start: int, end: int) -> bool:
    """As in "captured a base {left by the navy, officials in Norr said, with no shot}": of the main clause as well."""
    inserted = _INSERTED_SOURCE.search(reading.tags, start, end)
    return inserted is not None and reading.lower[inserted.start("verb")] in SAYING


_CONDITIONS = frozenset({"if", "unless"})
_PRESENTING = {word: re.compile("[DUR]A[^VvMHO]*$") for word in "this that these those it here".split()} | {
    "there": re.compile("[DUR][vAHMO][^VvMHO]*$")
}
"""A word that points, its verb, and no other verb: "It is …", "There has been …", but not "It has carried …"."""


def _presents(reading: Reading, head: str) -> bool:
    """Say whether what comes is all that is said: "There were boats {that sank}", "This was Lund {as she fell}"."""
    presenting = _PRESENTING.get(reading.lower[0])
    if presenting is not None and presenting.match(head):
        return True
    last = head.rfind(",") + 1  # "But, as the crew said, there were boats {that sank}"
    return reading.lower[last] == "there" and _PRESENTING["there"].match(head, last) is not None


def _is_condition(reading: Reading, start: int) -> bool:
    """Say whether the words at `start` are part of a condition or a reason: "if they are late {for each trip}"."""
    clause = reading.lower[reading.tags.rfind(",", 0, start) + 1 : start]
    is_reason = "because" in clause and ("because", "of") not in pairwise(clause)
    return is_reason or not _CONDITIONS.isdisjoint(clause) or ("long" in clause and ("long", "as") in pairwise(clause))


_NO_VERB = re.compile("[^,VvAMHO]*$")
_OTHER_END = re.compile("[^,TVvAMHO]*T[DJNPCGb]")


def _is_in_range(reading: Reading, start: int) -> bool:
    """Say whether the other end comes: "from a boat {built in Norr to a ship}"."""
    first = next((number for number in range(start - 1, -1, -1) if reading.lower[number] in {"from", "to"}), 0)
    is_open = reading.lower[first] == "from" and _NO_VERB.match(reading.tags, first, start) is not None
    return is_open and (_OTHER_END.match(reading.tags, start) is not None or "into" in reading.lower[start:])


_CLAUSE_TO_COME = frozenset("when while because although though where whereas if unless".split())
_NO_VERB_YET = re.compile(r"[SW][DJNPCpZ]+(?:I[DJNPCp]+)*(?P<name>,P{1,2})?(?P<more>,[DI][^,VvAMHO]*)?$")


def _opens_clause(reading: Reading, head: str) -> bool:
    """Say whether a clause before has its subject and no verb: "when a ferry{, an old one, sank}"."""
    match = _NO_VERB_YET.search(head)
    if match is None:
        return False
    # "as others, including a man {who sails, come home}", but "as a man {who sails}"
    word = reading.lower[match.start()]
    # as in "sank after its captain, Ana Lund{, left it}"
    is_subject = match["name"] is not None and reading.tags.startswith(",E", len(head))
    is_relative = head[match.start()] == "W"  # "a hall in which nets {used by sailors were kept}"
    return is_relative or word in _CLAUSE_TO_COME or is_subject or (word == "as" and match["more"] is not None)


_LISTED = re.compile(r",K[DCJNPp]+(?:[TI,.]|$)")


def _holds_rest_of_list(tail: Tail) -> bool:
    """As in "the right to sail, the right to fish {in May, and the right to land}", "by sailing {home and resting}"."""
    is_listed = "," in tail.head and _LISTED.search(tail.tags) is not None
    return is_listed or ("G" in tail.head and AND_DOING.search(tail.tags) is not None)


_TELLING = frozenset("say says said tell told tells believe believes think thinks claim claims claimed".split())
_TOLD = re.compile(r"[^WQ]*")
_WISHES = frozenset("farewell goodbye hello sorry".split())
_PLATFORMS = frozenset("facebook instagram snapchat tiktok twitter weibo youtube".split())


def _is_telling(reading: Reading, start: int) -> bool:
    """Say whether what is told comes after `start`: "Police said the men {who sailed were lost}"."""
    if reading.lower[start - 3 : start - 1] == ["took", "to"] and reading.lower[start - 1] in _PLATFORMS:
        return True  # "Ana Lund took to Instagram {after the race: 'Well done'}"
    said = next((n for n in range(start - 1, -1, -1) if reading.lower[n] in _TELLING), None)
    if said is None or (reading.lower[said] != "told" and reading.tags[said - 1 : said] in tuple(",qx")):
        return False  # "…," said Ana Lund {in a letter}
    after = reading.tags[said + 1 : start]
    told = _TOLD.match(after)
    subject = told.group() if told else ""
    names_somebody = reading.lower[said + 1] not in _WISHES and any(
        tag in "NP" and reading.lower[number] not in DAYS for number, tag in enumerate(subject, said + 1)
    )
    n_needed = 1 if after[len(subject) : len(subject) + 1] == "W" else 0
    return names_somebody and not FINITE.search(subject) and len(SURE_VERB.findall(after)) <= n_needed


def tail_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield cuts to the end of the sentence, and to the final attribution, which then stays; none of last resort."""
    return _tails(reading, in_last_resort=False)


def last_tail_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield the same of the kinds that may be last resorts: where, how and what for, what describes one of many."""
    return _tails(reading, in_last_resort=True)


def _tails(reading: Reading, *, in_last_resort: bool) -> Iterator[Cut]:
    comma, end = reading.attribution, reading.body_end
    tags = reading.tags
    for opening in _OPENINGS.finditer(tags, _FEWEST_BEFORE, end - 1):
        start, kind = opening.start(), str(opening.lastgroup)
        is_of_source = comma is not None and start > comma
        if not _is_looked_for(kind, in_last_resort=in_last_resort, is_of_source=is_of_source):
            continue
        head = tags[:start]
        first = reading.lower[start + 1 if tags[start] in ",;:-" else start]
        if _is_bound(reading, kind, start, head, first):
            continue
        said_before = comma if comma is not None and start < comma else end
        stops = (end,) if comma is None else (comma, end)
        said = _SAID_AT_END.search(tags, start, end) if is_of_source and kind in _OF_SOURCE else None
        if said:
            stops = (said.start(),)
        if kind in _LAST_RESORTS and (second := _SECOND_HALF.search(tags, start + 2, said_before)):
            stops = (*stops, second.start())
        proposed = (Tail(reading, start, stop, head, tags[start:stop], first) for stop in stops if stop - start > 1)
        cuts = [cut for tail in proposed if (cut := _tail_cut(tail, kind))]
        if cuts and kind in _OF_NOUN and _BARE_APPOSITION.search(head):
            continue
        # last, as they cost most
        whole = said or (_is_whole(head, tags[start:said_before]) and not awaits_verb(reading, head))
        if cuts and whole and not _is_telling(reading, start):
            yield from cuts


def _is_looked_for(kind: str, *, in_last_resort: bool, is_of_source: bool) -> bool:
    """Say whether a kind of tail may be a last resort, or, where none is asked for, something else."""
    if in_last_resort:
        return kind in _LAST_RESORTS or kind in _AT_TIMES_LAST_RESORTS
    # on which occasion something was said is no last resort: "the mayor said {in her first interview}"
    return kind not in _LAST_RESORTS or (kind == "loose" and is_of_source)


def _is_bound(reading: Reading, kind: str, start: int, head: str, first: str) -> bool:
    """Say whether nothing may be cut from there on: what stands before asks for what comes."""
    comma = reading.attribution
    if kind == "loose" and comma is None and first not in LOOSE_PREPOSITIONS:
        return True  # most of them: "of"
    if head.count("-") % 2 and "-" in reading.tags[start + 1 : reading.body_end]:
        return True  # "In May -- when it rained {and froze -- the ferry sank}"
    is_open = _opens_clause(reading, head) or awaits_participle(reading, start)
    if is_open or (":" in head and _COUNTED_LIST.search(head)):
        return True
    if comma is not None and start > comma and (kind in _WHO_IT_IS or reading.lower[start - 1] in _MEDIA):
        # "…, according to Ana Lund{, the mayor of Norr}", "…, according to websites {kept by her crew}": who says so
        return True
    if kind == "dash" and head.startswith("UAD") and _presents(reading, head):
        return True  # "It's the day every sailor dreads {- when …}"
    return kind in _NARROWING and (
        _presents(reading, head) or _is_condition(reading, start) or _is_in_range(reading, start)
    )


_RESUMES = re.compile("-[^-]*-R?[VvAMHO]")
_VERB_AFTER_COMMA = re.compile(".,R?[VvAMHOE]")


def _holds_what_is_needed(tail: Tail, kind: str) -> bool:
    """Say whether the verb of what stands before is in the tail, or which exceptions are meant, or a list goes on."""
    if _RESUMES.search(tail.tags):
        return True  # "said a boat due {before winter - one of two - has sunk}"
    is_open = OPEN_SUBJECT.search(tail.head) or opens_report(tail.reading, tail.head)
    if is_open and _VERB_AFTER_COMMA.search(tail.tags):
        return True  # "left, weeks after the crew{, citing the storm, struck}"
    last = tail.head.rfind(",") + 1
    if kind in {"clause", "relative"} and last and last in tail.reading.binding and tail.head[last : last + 1] in "ISG":
        return True  # "sails daily, except on Sundays{, when it sails once}"
    # "Ana Lund, who was a captain; Per Berg, a sailor; and Ida Holm"
    return ";" in tail.tags and tail.reading.tags.count(";") > 1


def _takes_source(tail: Tail, comma: int) -> bool:
    """Say whether little or nothing would be left of who says so: "according to a report {from the harbour office}"."""
    if tail.end == tail.reading.body_end and tail.start <= comma + _FEWEST_IN_ATTRIBUTION:
        return True
    return tail.start > comma and not _FROM_WHOM.isdisjoint(tail.reading.lower[tail.start : tail.end])


def _tail_cut(tail: Tail, kind: str) -> Cut | None:
    """Return the cut that the rule for such a tail allows."""
    if kind == "loose" and is_occasion(tail):
        return Cut(tail.start, tail.end, Loss.NONE)
    if _holds_what_is_needed(tail, kind):
        return None
    comma = tail.reading.attribution
    takes_source = comma is not None and _takes_source(tail, comma)
    is_in_list = kind in _LAST_RESORTS and _holds_rest_of_list(tail)
    if takes_source or is_in_list or (kind != "relative" and _holds_source(tail.reading, tail.start, tail.end)):
        return None
    if "according" in tail.reading.lower[tail.start : tail.end] or not _TAIL_RULES[kind](tail):
        return None
    is_missed = _AT_TIMES_LAST_RESORTS.get(kind)
    is_last_resort = kind in _LAST_RESORTS or (is_missed is not None and is_missed(tail))
    return Cut(tail.start, tail.end, Loss.MUCH if is_last_resort else Loss.SOME)
