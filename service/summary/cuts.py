"""The parts of an English sentence that may be left out: found in the string of its tags, checked by its words.

Three places: a tail, from some point to the end or to the final attribution; an interruption, between subject and verb
or between two commas; a front, up to the comma before the subject. And single words and phrases that say when. A rule
proposes only what leaves a main clause with its verb; what the cut may not hold is for `guards`. The kinds of cuts
follow Knight and Marcu ("Summarization beyond sentence extraction", 2002) and Zajic, Dorr and Schwartz ("Hedge
Trimmer", 2003); there they come from a parse, here from closed classes and commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NamedTuple

from service.summary.clauses import FINITE, Reading, has_main_verb
from service.summary.guards import may_drop, needs_rest


class Loss(IntEnum):
    """What goes with a cut."""

    NONE = 0
    """Nothing that a reader misses: a connective, a day, on which occasion something was said."""
    SOME = 1
    """A statement of its own beside the main one."""
    MUCH = 2
    """What is left is true but says less, or reads less well: only to get a sentence under its limit."""


class Cut(NamedTuple):
    """Tokens that may go: from `start` to before `end`."""

    start: int
    end: int
    loss: Loss = Loss.SOME


def english_cuts(reading: Reading) -> list[Cut]:
    """Return the cuts that grammar and guards allow, each by itself. Cost: some regular expressions over the tags."""
    found = [*_tails(reading), *_interruptions(reading), *_fronts(reading), *_phrases(reading)]
    return [cut for cut in found if may_drop(reading, cut.start, cut.end)]


# -------------------------------------------------------------------------------- tails


class _Tail(NamedTuple):
    """A proposed cut from `start` to `end`, the tags before and inside it."""

    reading: Reading
    start: int
    end: int
    head: str
    tags: str
    first: str
    """Its first word, in lower case."""

    @property
    def before(self) -> str:
        """Return the last word before it, in lower case."""
        return self.reading.lower[self.start - 1]


_NO_CONDITIONS = frozenset("if unless until once whether so though whereas".split())
_PAIRED = frozenset("both either neither between".split())
_BEFORE_CLAUSE = frozenset(
    "such so same as well long soon much even just only known described seen regarded used served serve not far ever "
    "year years day days hour hours minute minutes second seconds week weeks month months moment moments shortly "
    "decade decades century centuries generation season seasons time times night nights diagnosed "
    "part partly mainly mostly largely simply".split(),
)
_CONTENT_NOUNS = frozenset(
    "fact claim claims idea way reports report belief evidence fears concerns hopes allegations sign signs suggestion "
    "suggestions news possibility doubt statement announcement accusation accusations allegation argument theory view "
    "warning warnings complaints criticism speculation conclusion assumption suspicion suspicions rumor rumors rumours "
    "hint hints assurance assurances charges proof chance chances feeling impression".split(),
)
_INDEFINITE = frozenset("a an another several some two three four five".split())
_KIND_OF = frozenset("such one kind type sort part".split())
_LOOSE_PREPOSITIONS = frozenset(
    "in at near outside during amid inside across along on ahead following throughout for with by over under "
    "within beneath around alongside".split(),
)
_TIGHT_PREPOSITIONS = frozenset("of than to except like unlike without due next for by per".split())
_TAKES_INFINITIVE = frozenset(
    "right plan plans attempt attempts effort efforts bid decision ability way ways time move need chance power want "
    "deal law order offer vote call calls request license permission reason desire intention pledge promise "
    "opportunity failure refusal willingness campaign push agreement bill measure proposal pressure one ones him her "
    "them us me it person people man woman player team country anything something nothing everything much enough "
    "lot".split(),
)
_CONTROLS_INFINITIVE = re.compile(
    r"\b(?:forc|ask|tell|told|order|urg|allow|want|expect|get|got|help|persuad|caus|lead|led|enabl|requir|invit|"
    r"encourag|us(?:e|es|ed|ing)\b|tak|took|need|permit|warn|call|sets?\b|due|likely|able|ready|going|beg[aiu]n|start|continu|"
    r"decid|agree|tr(?:y|ies|ied)\b|seek|sought|fail)",
)
_OPEN_RELATIVE = re.compile(r"[WQ][^,WQ]{0,2}$")
"""A relative clause of hardly more than its verb needs what follows: "fishermen who work {while others sleep}"."""
_TIMES = frozenset("after before when while as".split())
_MAY = re.compile(r"\b(?:may|might|could|would|can|should)\b")
_AS_CLAUSE = re.compile(r"SR?D?[JNPCpRUGZIDK]*[NPUZ]R?(?:[VvAHMOB]|E(?=[DPUITR,.]|$))")
_TAKES_AS = frozenset(
    "describe describes described describing regard regarded see seen sees saw treat treated treats treating use "
    "used uses know known knows hail hailed hails label labeled labelled portray portrayed portrays refer "
    "referred refers cast view viewed views dismiss dismissed recognized recognised recognition serve served "
    "serves serving act acted acts".split(),
)
_NOUN_PHRASE_END = re.compile(r"(?:^|[^DJNPC])([DJNPCG]+)$")


_INTERRUPTS = re.compile(r",[^,]*W[^,]*,(?:R?[VvAMHO]|.*,R?[AMH])")
"""A clause whose closing comma the verb of the sentence follows."""


def _is_relative(tail: _Tail) -> bool:
    """As in ", which had been built in 1904", unless the verb of its noun follows: then it is an interruption."""
    return not _INTERRUPTS.match(tail.tags)


def _is_clause(tail: _Tail) -> bool:
    """A subordinate clause: "… after he left", ", while the boats waited", ", weeks before the vote"."""
    offset = tail.tags.index("S")
    word = tail.reading.lower[tail.start + offset]
    if word in _NO_CONDITIONS:
        return False
    after = tail.reading.lower[tail.start + offset + 1 : tail.start + offset + 2]
    holds_verb = FINITE.search(tail.tags) or re.match(r",?R?(?:[CDJ]{0,2}N)?S(?:G|R?[EeJ])", tail.tags)
    stands_without = (word in {"after", "before"} and after != []) or (word == "because" and after == ["of"])
    stands_without = stands_without or (word == "since" and "H" in tail.head)
    if not (holds_verb or stands_without):
        return False
    if word == "as" and (
        not _AS_CLAUSE.match(tail.tags.lstrip(",")) or _TAKES_AS.intersection(tail.reading.lower[: tail.start])
    ):
        return False  # "spoke of the ferry, the old one, as a wreck"
    if word in {"because", "since"} and needs_rest(tail.reading, tail.start):
        return False
    if word in _TIMES and _MAY.search(tail.reading.source, 0, tail.reading.ends[tail.start - 1]):
        return False  # "She may find work after the trial": on a condition
    return tail.tags[0] == "," or _is_bare_clause(tail, word)


_WAS_DOING = re.compile(r"AR?G|E?R?G[^,VvAMHO]*$")
_GRAVE = frozenset("dying died dies die dead killed kills killing death deaths fatally shot stabbed".split())


def _is_bare_clause(tail: _Tail, word: str) -> bool:
    """A clause that no comma sets off: "when" is "if" unless the story is in the past, "as" may compare."""
    if word == "when" and _WAS_DOING.search(tail.head):
        return False  # "was sailing home {when the storm struck}": that is the news
    if not _GRAVE.isdisjoint(tail.reading.lower[tail.start : tail.end]):
        return False
    if word in {"when", "while"} and not (
        set("VeE") & set(tail.head) or {"was", "were", "had"} & set(tail.reading.lower)
    ):
        return False
    if word == "as" and (tail.head[-1] in "eEGVJ" or "as" in tail.reading.lower[: tail.start]):
        return False  # "treated as …", "as eagerly awaited here as it was there"
    return tail.before not in _BEFORE_CLAUSE and not _OPEN_RELATIVE.search(tail.head)


_PERCEIVED = frozenset(
    "show shows showed shown showing depicting see sees saw seen watch watched hear heard caught capture captures "
    "captured pictured photographed spotted filmed depicts".split(),
)


def _is_participle(tail: _Tail) -> bool:
    """As in ", killing two people", ", known as the old port"; not the second of a list."""
    last_segment = tail.head[tail.head.rfind(",") + 1 :]
    if _PERCEIVED.intersection(tail.reading.lower[: tail.start]):
        return False  # "A video shows the captain, a man of 60, {leaving the ship}"
    return ",K" not in tail.tags and tail.first != "according" and not re.match(r"R?G", last_segment)


_SEGMENT_END = re.compile("[QW,]")
_LAST_OF_LIST = re.compile(r",[^,VvAMHOSW]*$|,R?[VvEB][^,]*$")


def _is_second_clause(tail: _Tail) -> bool:
    """As in ", and the boats left", "and left the town": what stands before says its own."""
    if tail.first == "or" or _PAIRED & set(tail.reading.lower[: tail.start]):
        return False
    if tail.tags[0] == ",":
        return has_main_verb(_SEGMENT_END.split(tail.tags[2:])[0])
    return not _LAST_OF_LIST.search(tail.head)


def _is_apposition(tail: _Tail) -> bool:
    """As in ", a town in the north": no list, no second statement."""
    if ",G" in tail.tags and _PERCEIVED.intersection(tail.reading.lower[: tail.start]):
        return False
    return not re.search(r"^,[^W]*K|,K|,[JNCP]+,|,[^W]*[VvAMHO]|[NP]E[NPR]?$|,S[DJNP]+$", tail.tags)


def _is_set_off_phrase(tail: _Tail) -> bool:
    """As in ", despite the storm", ", including two children"."""
    return tail.first not in _TIGHT_PREPOSITIONS and ",K" not in tail.tags and "," not in tail.tags[1:]


def _is_set_off_noun(tail: _Tail) -> bool:
    """As in ", owner of the ferry": one noun phrase after a comma, and none like it before."""
    if tail.reading.attribution is not None and tail.start > tail.reading.attribution:
        return False
    if "K" in tail.tags or "," in tail.tags[1:] or FINITE.search(tail.tags) or re.search(r",[JNCP]", tail.head[-8:]):
        return False
    return tail.tags[1] != "C" and not (tail.tags[1] == "P" and tail.head[-1] == "P")


def _says_where(tail: _Tail) -> bool:
    """A clause on a name: "in Mali, where it rained" without the comma; anything on an indefinite noun."""
    named = tail.head[-1] == "P" and tail.first in {"where", "who"}
    if _CLEFT.search(tail.head) and "it" in tail.reading.lower[: tail.start]:
        return False  # "It was from the pier {that he fell}"
    if not FINITE.search(tail.tags) or needs_rest(tail.reading, tail.start):
        return False
    return named or (tail.before not in _CONTENT_NOUNS and _is_indefinite(tail))


_CLEFT = re.compile(r"UA[^VvAMHO]*$")
_OPEN_CLAUSE = re.compile(r"S[DJNPCp]+$")


def _describes_indefinite(tail: _Tail) -> bool:
    """As in "a man carrying two bags", "boats built in 1904"; not "before counters {opened}"."""
    if _OPEN_CLAUSE.search(tail.head) or _is_put(tail):
        return False
    if tail.tags.startswith("GN") and not tail.reading.lower[tail.start + 1].endswith("s"):
        return False  # "a drug {trafficking ring}"
    if _CLOSES_RELATIVE.search(tail.tags):
        return False  # "confirm that the remains of sailors {found in Lindholm, Zealand, are} his"
    return not needs_rest(tail.reading, tail.start) and _is_indefinite(tail)


def _is_indefinite(tail: _Tail) -> bool:
    """Say whether the noun before is one of many: what describes it can go, it was not known before."""
    phrase = _NOUN_PHRASE_END.search(tail.head)
    if phrase is None:
        return False
    lower, first = tail.reading.lower, tail.start - len(phrase.group(1))
    is_plural = tail.head[first] not in "DC" and tail.head[-1] == "N" and tail.before.endswith("s")
    if not (lower[first] in _INDEFINITE or is_plural) or tail.before in _TIME_NOUNS:
        return False  # "spent a year {calling herself …}"
    if first and (tail.head[first - 1] in "Ab" or (lower[first - 1] in {"as", "like"} and lower[first] in _INDEFINITE)):
        return False  # "He is a man {who …}", "described her as a captain {who …}": that is what is said
    return not (first > 1 and lower[first - 1] in {"as", "like", "than", "of"} and lower[first - 2] in _KIND_OF)


_PUTS = frozenset(
    "left leave leaves leaving put puts putting placed places keep keeps kept hold holds held bring brings brought "
    "send sends sent set sets setting".split(),
)


_LIST_OF_NOUNS = re.compile(r"I[DJNPCp]+(?:,[DJNPCp]+)+,?K[DJNPCp]+$")
_IN_LIST = re.compile(r",[^,VvAMHOBEU]*$")
_TAKES_PREPOSITION = frozenset(
    "connection accordance line contact touch charge addition spite terms contrast response relation exchange "
    "cooperation conjunction agreement relationship ties talks interest belief confidence faith role stake "
    "accusations blame blames blamed blaming responsible famous ready similar comments reduction increase rise drop "
    "decline fall change changes cut cuts growth difference".split(),
)
_FOR_TO = re.compile("I[DJNPUZ]+T")


def _is_put(tail: _Tail) -> bool:
    """As in "left the islanders {in despair}": the verb asks for it."""
    return not _PUTS.isdisjoint(tail.reading.lower[max(0, tail.start - 4) : tail.start])


def _is_in_name(reading: Reading, start: int) -> bool:
    """As in "the Commissioner {for Refugees}"."""
    return reading.lower[start] == "for" and reading.tags[start - 1 : start + 2] == "PIP"


def _is_loose_phrase(tail: _Tail) -> bool:
    """As in "in the harbour", "with a crew of women": where, when and how; not what a verb asks for."""
    if tail.first not in _LOOSE_PREPOSITIONS or tail.head[-1] in "CV" or needs_rest(tail.reading, tail.start):
        return False
    if _is_put(tail) or _is_in_name(tail.reading, tail.start) or (tail.first == "on" and tail.tags[1] not in "DP"):
        return False
    if tail.before in _TAKES_PREPOSITION or ("K" in tail.tags and _IN_LIST.search(tail.head)):
        return False  # "in connection {with the fire}"; "the pier, the need for rooms {in town and …}"
    if tail.tags[1:2] == "T" or (tail.first == "for" and _FOR_TO.match(tail.tags)):
        return False  # "log {in to the page}", "a place {for you to sleep}"
    if set("QSW") & set(tail.tags) or FINITE.search(tail.tags) or _OPEN_RELATIVE.search(tail.head):
        return False
    return "x" not in tail.tags and ("," not in tail.tags or _LIST_OF_NOUNS.match(tail.tags) is not None)


def _is_purpose(tail: _Tail) -> bool:
    """As in "to bring the islanders home", where neither the noun nor the verb before asks for it."""
    if tail.before in _TAKES_INFINITIVE or "Q" in tail.tags or needs_rest(tail.reading, tail.start):
        return False
    return not _CONTROLS_INFINITIVE.search(" ".join(tail.reading.lower[max(0, tail.start - 6) : tail.start]))


def _is_occasion(tail: _Tail) -> bool:
    """On which occasion somebody said it: "…, the mayor said {in her first interview since the storm}"."""
    comma = tail.reading.attribution
    if comma is None or tail.end != tail.reading.body_end or tail.start <= comma + 1:
        return False
    words = tail.reading.lower[comma + 1 : tail.start]
    return words[-1] in {"said", "says"} or "told" in words[-3:] or (words[-1] in _DAYS and "said" in words[-2:])


def _is_explanation(tail: _Tail) -> bool:
    """What a colon brings, where the sentence before it is whole."""
    opens = tail.before in {
        "this",
        "these",
        "following",
        "said",
        "says",
        "one",
        "thing",
        "question",
        "questions",
        "told",
    }
    return tail.start >= 7 and not opens and tail.tags[1] not in "qx'" and tail.head[-1] not in "VvAI"  # noqa: PLR2004


def _is_dashed(tail: _Tail) -> bool:
    """What follows the sentence's only dash."""
    marks = tail.reading.tags.count("-")
    if tail.reading.lower[tail.start + 1] in {"by", "with", "thanks", "because"}:
        return False  # "will cross the sea without leaving home - {by} …": that is how
    return marks == 1 and tail.reading.starts[tail.start] > tail.reading.ends[tail.start - 1]


_OPENINGS = re.compile(
    r"(?P<relative>,(?=[CDNJRPZ]{0,4}I?W))|(?P<participle>,(?=R?(?:G|E[IT])))|"
    r"(?P<clause>,(?=R?(?:[CDJ]{0,2}N)?S)|(?<=[NPJRCZGEex)])(?=S))|"
    r"(?P<second>,(?=K)|(?<=[NPJRCZGEex])(?=KR?[VvAHEb]))|(?P<apposition>(?<=[NPC)]),(?=D))|(?P<phrase>,(?=R?I))|"
    r"(?P<noun>,(?=[JNP]))|(?P<where>(?<=[NP])(?=[QW]))|(?P<colon>:)|(?P<dash>-)|(?P<semicolon>;)|"
    r"(?P<described>(?<=[NP])(?=R?(?:G|E[IT])))|(?P<loose>(?<=[NPZCxV])(?=I))|(?P<purpose>(?<=[NPZ])(?=TR?B))",
)
"""Where a tail may start, by what it then is; the first that fits decides."""
_TAIL_RULES: dict[str, Callable[[_Tail], bool]] = {
    "relative": _is_relative,
    "participle": _is_participle,
    "clause": _is_clause,
    "second": _is_second_clause,
    "apposition": _is_apposition,
    "phrase": _is_set_off_phrase,
    "noun": _is_set_off_noun,
    "where": _says_where,
    "colon": _is_explanation,
    "dash": _is_dashed,
    "semicolon": lambda _: True,
    "described": _describes_indefinite,
    "loose": _is_loose_phrase,
    "purpose": _is_purpose,
}
_LAST_RESORTS = frozenset({"described", "loose", "purpose"})
_SECOND_HALF = re.compile(r",?[KX],?R?[VvAHMO]")
"""What may follow a phrase that is cut out of the middle: "flew home {after the vote} and wrote to the council"."""
_FEWEST_BEFORE = 4
_FEWEST_IN_ATTRIBUTION = 3


_SURE_VERB = re.compile(r"[VvAMHO]")
_MAIN_VERB = re.compile(r"[VvAMHO]|(?<=[NPx,])E(?=[DU])")
_SUBORDINATOR = re.compile(r"[QSW]")
_LEFT_OPEN = re.compile(r"[XK]R?S|Q[^VvAMHOEB]*$|,D[JN]?N$|,R?[EG]$|[XK],[^VvAMHO]*$|[XK]R?I[^,VvAMHOEx]*$")
"""Ends nothing can end at: "but when …" without its main clause, "that …" without its verb, a bare apposition or
participle, "and instead of …" without what is done instead."""


_FRONTED_CLAUSE_ONLY = re.compile(r"(?:[^,VvAMHO]*,)?S[^,]*$")
_IN_RELATIVE = re.compile(r",[CDNJRPZ]{0,4}I?W[^,]*$")
_CLOSES_RELATIVE = re.compile(r",R?[VvAMHO]")


def _is_whole(head: str, rest: str) -> bool:
    """Say whether what stands before a tail is a sentence: with a main verb that is not only the participle of one."""
    if not has_main_verb(head) or _LEFT_OPEN.search(head) or _FRONTED_CLAUSE_ONLY.match(head):
        return False
    if _IN_RELATIVE.search(head) and _CLOSES_RELATIVE.search(rest):
        return False  # "Ana Lund, who says she was held {because she …, is} free"
    # "Students opposed to the plan {at the school were heckled}": the sure verb is the main one
    return bool(_SURE_VERB.search(head)) or len(_MAIN_VERB.findall(rest)) <= len(_SUBORDINATOR.findall(rest))


_TELLING = frozenset("say says said told tells believe believes think thinks claim claims claimed".split())
_TOLD = re.compile(r"[^WQ]*")


def _is_telling(reading: Reading, start: int) -> bool:
    """Say whether what is told comes after `start`: "Police said the men {who sailed were lost}"."""
    said = next((n for n in range(start - 1, -1, -1) if reading.lower[n] in _TELLING), None)
    if said is None or reading.tags[said - 1 : said] in tuple(",qx"):
        return False  # "…," said Ana Lund {in a letter}
    after = reading.tags[said + 1 : start]
    told = _TOLD.match(after)
    subject = told.group() if told else ""
    names_somebody = "N" in subject or ("P" in subject and not reading.lower[said + 1].endswith("day"))
    n_needed = 1 if after[len(subject) : len(subject) + 1] == "W" else 0
    return names_somebody and not FINITE.search(subject) and len(_SURE_VERB.findall(after)) <= n_needed


def _tails(reading: Reading) -> Iterator[Cut]:
    """Yield cuts to the end of the sentence, and to the final attribution, which then stays."""
    comma, end = reading.attribution, reading.body_end
    tags = reading.tags
    for opening in _OPENINGS.finditer(tags, _FEWEST_BEFORE, end - 1):
        start, kind = opening.start(), str(opening.lastgroup)
        head = tags[:start]
        said_before = comma if comma is not None and start < comma else end
        first = reading.lower[start + 1 if tags[start] in ",;:-" else start]
        if kind == "loose" and comma is None and first not in _LOOSE_PREPOSITIONS:
            continue  # most of them: "of"
        stops = (end,) if comma is None else (comma, end)
        if kind in _LAST_RESORTS and (second := _SECOND_HALF.search(tags, start + 2, said_before)):
            stops = (*stops, second.start())
        tails = (_Tail(reading, start, stop, head, tags[start:stop], first) for stop in stops if stop - start > 1)
        cuts = [cut for tail in tails if (cut := _tail_cut(tail, kind))]
        # last, as they cost most
        if cuts and _is_whole(head, tags[start:said_before]) and not _is_telling(reading, start):
            yield from cuts


def _tail_cut(tail: _Tail, kind: str) -> Cut | None:
    """Return the cut that the rule for such a tail allows."""
    if kind == "loose" and _is_occasion(tail):
        return Cut(tail.start, tail.end, Loss.NONE)
    comma = tail.reading.attribution
    if comma is not None and tail.end == tail.reading.body_end and tail.start <= comma + _FEWEST_IN_ATTRIBUTION:
        return None
    if not _TAIL_RULES[kind](tail):
        return None
    return Cut(tail.start, tail.end, Loss.MUCH if kind in _LAST_RESORTS else Loss.SOME)


# ------------------------------------------------------------------------ interruptions

_BETWEEN_COMMAS = re.compile(
    r"(?P<relative>,[CDNJRPZ]{0,4}I?W[^,;]{2,},)|(?P<participle>,R?(?:G|E[IT])[^,;]{2,},)|(?P<clause>,S[^,;]{2,},)|"
    r"(?P<noun>(?<=[NPx]),D[^,;VvMU]+,|(?<=P),[NJZC][^,;VvMUAHO]{2,},)|(?P<age>(?<=[Px]),C,(?=[^PNC]))|"
    r"(?P<phrase>,R?I[^,;VvMA]{2,},)|(?P<adverb>,R,)",
)
_IN_SUBJECT = re.compile(r"(?<=[NP])I[DJNPpR]*[NP](?=R?[VvAMH])")
_IN_SUBJECT_PREPOSITIONS = _LOOSE_PREPOSITIONS - {"following", "throughout", "under", "within", "along", "ahead"}
_EMPTY_ADVERBS = frozenset("however meanwhile therefore too then also though indeed instead".split())
_FRONTED = re.compile(r"^R?[IEGJST]")
_FRONTED_CLAUSE = re.compile(r"^S[^,]*,")


def _interruptions(reading: Reading) -> Iterator[Cut]:
    """Yield what stands between two commas, with both where it parts a subject from its verb, else with the first."""
    tags, position = reading.tags, 0
    while match := _BETWEEN_COMMAS.search(tags, position):
        start, end = match.span()
        position = start + 1
        if end < reading.body_end and (cut := _interruption(reading, str(match.lastgroup), start, end)):
            yield cut
    for match in _IN_SUBJECT.finditer(tags):
        start, end = match.span()
        within = reading.attribution + 1 if reading.attribution is not None and start > reading.attribution else 0
        before = _FRONTED_CLAUSE.sub("", tags[within:start])
        if reading.lower[start] not in _IN_SUBJECT_PREPOSITIONS or start < 2 or has_main_verb(before):  # noqa: PLR2004
            continue
        narrows = (
            reading.lower[start - 1] in _TAKES_PREPOSITION
            or _is_in_name(reading, start)
            or any(start <= n < end for n in reading.limits)
        )
        if not narrows and not needs_rest(reading, start) and not set("QWS") & set(before[-6:]):
            yield Cut(start, end, Loss.MUCH)


_AGE_BEFORE = re.compile(r"[Px],C$")
_REPORTED_SUBJECT = re.compile(r"(?:[VvB]Q|[Vv])[DJNPCp]+$")
"""The subject of what somebody says: "Police said the captain, who is 45, {was} …"."""


_TRANSITIVE = re.compile(r"E(?:KE)?[DPUZ]")


def _follows_as_verb(rest: str) -> bool:
    """Say whether what follows opens with the verb of the subject before; an -ed form only if no verb comes later."""
    opening = rest[1:] if rest[:1] == "R" else rest
    if opening[:1] in tuple("VvAMHO") or _TRANSITIVE.match(opening):
        return True
    return opening[:1] == "E" and not _SURE_VERB.search(opening.split(",")[0])


def _interruption(reading: Reading, kind: str, start: int, end: int) -> Cut | None:  # noqa: PLR0911 # one a kind
    """Return the cut for what stands between the commas at `start` and before `end`."""
    tags = reading.tags
    before, after, first = tags[:start], tags[end], reading.lower[start + 1]
    if first in _NO_CONDITIONS or first == "according":
        return None
    if kind == "adverb":
        joins = has_main_verb(before) and has_main_verb(tags[end : reading.body_end])  # "A is old, however, B is new"
        return Cut(start, end, Loss.NONE) if first in _EMPTY_ADVERBS and not joins else None
    if kind in {"noun", "phrase", "participle"} and (after == "K" or (kind == "noun" and "K" in tags[start:end])):
        return None  # a list
    if kind == "noun" and _FRONTED.match(before) and "," not in before:
        return None  # "Native to China, the tiny mammal, …": the subject itself
    verb_follows = _follows_as_verb(tags[end : reading.body_end])
    parts_subject_from_verb = not has_main_verb(_FRONTED_CLAUSE.sub("", before))
    reported = verb_follows and kind in {"noun", "relative"} and _REPORTED_SUBJECT.search(before)
    if kind == "participle" and _PERCEIVED.intersection(reading.lower[:start]):
        return None  # "spotted the men, {coming out of the woods}, …"
    if parts_subject_from_verb or reported:
        if verb_follows and _AGE_BEFORE.search(before):
            return Cut(start, end - 1)  # "Ana Lund, 19, who …, was rescued": the age keeps its second comma
        return Cut(start, end, Loss.MUCH if kind == "age" else Loss.SOME) if verb_follows else None
    if kind != "age" and after in "GSWXIK":
        return Cut(start, end - 1)
    return None


# ------------------------------------------------------------------------------- fronts

_FRONT = re.compile(
    r"(?P<adverb>^R,)|(?P<participle>^(?:G|E[IT])[^,;-]+,(?=R?[DPNUJC]))|"
    r"(?P<clause>^R?(?:[CDJ]{0,2}N)?S[^,;-]+,(?=[DPNUJC]))|(?P<phrase>^I[^,;VvMA-]+,(?=[DPNUJC]))",
)
_SAYS_SO = re.compile(r"[DJNPU]+[VvE],")
"""Or "Instead, the mayor insisted, the ferry …": both commas belong to who says so."""
_HOLDS_VERB = re.compile(r"[VvAMHOBEG]")
_MAX_FRONT = 28
_POINTS_BACK = frozenset("he she they it his her their its that this these those".split())
_CONDITIONAL_FRONTS = _NO_CONDITIONS | frozenset("without under like unlike except according only because".split())
_FRONT_ADVERBS = frozenset(
    "however meanwhile also then still now instead earlier later yesterday today recently additionally moreover "
    "furthermore nevertheless indeed".split(),
)
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


def _fronts(reading: Reading) -> Iterator[Cut]:
    """Yield what stands before the subject; not where the subject points back to it."""
    match = _FRONT.match(reading.tags)
    if not match or match.end() > min(_MAX_FRONT, reading.body_end - 3):
        return
    end, kind, first = match.end(), match.lastgroup, reading.lower[0]
    rest = reading.tags[end : reading.body_end]
    narrows = end in reading.limits  # "Since May, every boat has been late"
    if narrows or reading.lower[end] in _POINTS_BACK or first in _CONDITIONAL_FRONTS or not has_main_verb(rest):
        return
    if kind == "adverb":
        if first in _FRONT_ADVERBS and not _SAYS_SO.match(rest):
            yield Cut(0, end, Loss.NONE)
        return
    if kind == "clause" and not (first in {"after", "before", "since"} or _HOLDS_VERB.search(reading.tags, 0, end)):
        return  # "Although the former mayor, judge and …": its verb comes later
    if kind == "phrase" and first == "with" and _MAY.search(reading.source, reading.starts[end]):
        return  # "With the price of a car you could buy the ferry": a condition
    if not FINITE.search(rest.split(",")[0]):
        return  # "Citing the storm, the tide and the wind, the captain …": a list
    words = " ".join(reading.lower[: end - 1])
    if kind != "phrase" or _OCCASION.match(words):
        yield Cut(0, end)
    elif first in _CIRCUMSTANCES and not (first == "in" and _WORLDS.search(words)):
        yield Cut(0, end, Loss.MUCH)


# ------------------------------------------------------------------- words and phrases

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DAY_PARTS = frozenset("morning afternoon evening night".split())
_SAID = frozenset(
    "said says saying announced believe believes confirmed claimed claims argued argues insisted acknowledged warned "
    "warns added suggested".split(),
)
_EMPTY_WORDS = frozenset(
    "also currently recently widely strongly highly officially truly really very quite actually famously bizarrely "
    "especially particularly sadly".split(),
)
_PLACES = frozenset(
    "city town village province suburb region island capital state county community".split(),
)
_PERIODS = frozenset("week month year weekend".split())
_BEFORE_PERIOD = frozenset("since of until for from by than time".split())
_BEFORE_DAY = frozenset("from until through of since for and or than".split())


def _phrases(reading: Reading) -> Iterator[Cut]:
    """Yield days and weeks, adverbs that carry little, "that" after "said", "the city of" before its name."""
    yield from _regions(reading)
    yield from _callings(reading)
    yield from _described_subject(reading)
    lower, tags = reading.lower, reading.tags
    for number in range(2, reading.body_end):
        word = lower[number]
        if not (word in _TRIGGERS or (tags[number] == "R" and word.endswith("ly"))) or reading.hidden[number]:
            continue
        if word in _DAYS:
            cut = _day(reading, number)
        elif word in {"last", "this"}:
            cut = _period(reading, number)
        elif word in _EMPTY_WORDS:
            cut = _empty_word(reading, number)
        elif word == "that":
            cut = _that(reading, number)
        elif word == "of":
            cut = _place(reading, number)
        else:
            cut = _manner(reading, number)
        if cut:
            yield cut


_TRIGGERS = _DAYS | _EMPTY_WORDS | {"last", "this", "that", "of"}
_REGION = re.compile(r"(?<=I)P{1,3}(,P{1,2})(?=,|$)")


_SET_OFF = re.compile(r",IP{1,3}$")


def _regions(reading: Reading) -> Iterator[Cut]:
    """Yield the state or country behind a place: "in Lindholm{, North Zealand}"; not where it opens a list."""
    for match in _REGION.finditer(reading.tags, 0, reading.body_end):
        start, end = match.span(1)
        after = reading.tags[end : end + 3]
        if after[:1] == "," and (after[1:2] in tuple("PK") or after[2:3] == "K"):
            continue
        if _SET_OFF.search(reading.tags, 0, start):
            yield Cut(
                start, end, Loss.MUCH
            )  # "The ferry, in Lindholm{, Zealand}, is …": the second comma is the first's
            continue
        yield (
            Cut(start, end + 1, Loss.MUCH)
            if after[:1] == "," and after[1:2] in tuple("VvAMHOB")
            else Cut(start, end, Loss.MUCH)
        )


_CALLING = re.compile(r"^(D?[JNPp]*N)(?=P{2,3}(?:[VvAMHOI,p]|$))")


def _callings(reading: Reading) -> Iterator[Cut]:
    """Yield what somebody is before the name: "{the retired captain} Ana Lund"."""
    for match in _CALLING.finditer(reading.tags, 0, reading.body_end):
        start, end = match.span(1)
        if reading.tags[end - 2 : end - 1] == "p" or _TIME_NOUNS.intersection(reading.lower[start:end]):
            continue
        yield Cut(start, end, Loss.MUCH)


_TIME_NOUNS = frozenset(
    "week month year weekend day night morning afternoon evening summer winter spring autumn season".split()
)
_DESCRIBED_SUBJECT = re.compile(
    r"^(D?[JNC]*N)((?:G|R?E[IT])[^,VvAMHOQWSEKUX]+?|[QW][^,QWSVvAMHOE]*?R?[VvAMHE]{1,3}[^,VvAMHOQWSEKUX]*?)"
    r"(?=R?[VvAMHO])",
)


def _described_subject(reading: Reading) -> Iterator[Cut]:
    """Yield what describes an indefinite subject: "A captain {carrying two bags} has left"."""
    match = _DESCRIBED_SUBJECT.match(reading.tags)
    if not match:
        return
    start, end = match.span(2)
    tail = _Tail(reading, start, end, reading.tags[:start], reading.tags[start:end], reading.lower[start])
    if _describes_indefinite(tail) and has_main_verb(reading.tags[:start] + reading.tags[end : reading.body_end]):
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
    "severely fatally mutually".split(),
)


def _manner(reading: Reading, number: int) -> Cut | None:
    """As in "has {quietly} left", "a {deeply} disturbing film"."""
    if reading.lower[number] in _MANNER_THAT_LIMITS or reading.tags[number - 1] in ",RKX" or reading.binding:
        return None
    return Cut(number, number + 1, Loss.MUCH) if reading.tags[number + 1 : number + 2] in tuple("VvEeGBJ") else None


def _day(reading: Reading, number: int) -> Cut | None:
    lower, tags, end = reading.lower, reading.tags, number + 1
    while end < reading.n and lower[end] in _DAY_PARTS:
        end += 1
    after = tags[end : end + 2]
    if (
        lower[end : end + 1] == ["as"] or after[:1] in tuple("NPpCKJ-x") or re.match(r",[CP]", after)
    ):  # "Monday's", "Monday, March 3", "Monday and Tuesday"
        return None
    if tags[number - 1] == "E" and after[:1] == ",":
        return None  # "In a letter published Monday, the mayor …"
    start = number
    for words in ({"late", "early", "last", "this", "next", "past"}, {"on"}, {"late", "early"}):
        start -= lower[start - 1] in words
    if start < 2 or tags[start - 1] in "IAKDJ,SWTMbO" or lower[start - 1] in _BEFORE_DAY:  # noqa: PLR2004
        return None
    return Cut(start, end, Loss.NONE)


def _period(reading: Reading, number: int) -> Cut | None:
    """As in "last week", "earlier this year"."""
    lower, tags = reading.lower, reading.tags
    if lower[number + 1 : number + 2] == [] or lower[number + 1] not in _PERIODS:
        return None
    start = number - (lower[number - 1] in {"earlier", "later", "late", "early"})
    ends = number + 2 >= reading.n or tags[number + 2] in ",.IS"
    return (
        Cut(start, number + 2)
        if ends and tags[start - 1] in "NPZReEVx" and lower[start - 1] not in _BEFORE_PERIOD
        else None
    )


def _empty_word(reading: Reading, number: int) -> Cut | None:
    tags = reading.tags
    if (
        tags[number - 1] in ',q"'
        or reading.lower[number - 1] in {"but", "not", "only"}
        or number - 1 in reading.negations
    ):
        return None  # "wasn't {quite} fresh"
    return Cut(number, number + 1, Loss.NONE) if tags[number + 1 : number + 2] in tuple("VvEGBeJNADIMH") else None


def _that(reading: Reading, number: int) -> Cut | None:
    after = reading.tags[number + 1 : number + 3]
    if reading.lower[number - 1] not in _SAID or after[:1] not in tuple("DPUJC") or after[1:] == ",":
        return None
    return Cut(number, number + 1, Loss.NONE)


def _place(reading: Reading, number: int) -> Cut | None:
    """As in "the northern city of"."""
    lower, tags = reading.lower, reading.tags
    if lower[number - 1] not in _PLACES or tags[number + 1 : number + 2] != "P":
        return None
    start = number - 2
    while start > 1 and tags[start] in "JP" and lower[start] not in {"entire", "whole", "only", "same", "other"}:
        start -= 1
    return Cut(start, number + 1) if lower[start] == "the" and tags[start - 1] in "IEVN" else None
