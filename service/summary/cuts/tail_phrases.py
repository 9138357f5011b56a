"""Which nouns and phrases at the end of a sentence may go: what describes, where, when, how, why."""

from __future__ import annotations

import re
from itertools import pairwise

from service.article.dates import DAYS
from service.summary.clauses import FINITE, SAYING, Reading
from service.summary.cuts.classes import (
    CLOSES_RELATIVE,
    LOOSE_PREPOSITIONS,
    OPEN_RELATIVE,
    PERCEIVED,
    SUBORDINATOR,
    TAKES_PREPOSITION,
    TIME_NOUNS,
    UNSEEN_VERB,
    WAS_DOING,
    YEAR,
    is_cleft,
    is_in_name,
    is_seen,
)
from service.summary.cuts.models import Tail
from service.summary.cuts.tail_clauses import is_contrast, may_be
from service.summary.guards import needs_rest

_CONTENT_NOUNS = frozenset(
    "fact claim claims idea way reports report belief evidence fears concerns hopes allegations sign signs suggestion "
    "suggestions news possibility doubt statement announcement accusation accusations allegation argument theory view "
    "warning warnings complaints criticism speculation conclusion assumption suspicion suspicions rumor rumors rumours "
    "hint hints assurance assurances charges proof chance chances feeling impression stipulation stipulations rule "
    "rules order orders condition conditions requirement requirements demand demands provision principle agreement "
    "decision decisions promise pledge reasons causes notice word confirmation petition petitions passage "
    "passages".split(),
)
_INDEFINITE = frozenset("a an another several some two three four five".split())
_INSTANCES = frozenset("case cases instance instances incidents example examples history images footage".split())
_KIND_OF = frozenset("such one kind type sort part".split())
_TIGHT_PREPOSITIONS = frozenset("of than to except like unlike without due next for by per".split())
_TAKES_INFINITIVE = frozenset(
    "right plan plans attempt attempts effort efforts bid decision ability way ways time move need chance power want "
    "deal law order offer vote call calls request license permission reason desire intention pledge promise demands "
    "opportunity failure refusal willingness campaign push agreement bill measure proposal pressure one ones him her "
    "them us me it person people man woman player team country anything something nothing everything much enough "
    "lot place places room space reminder warning lesson excuse midnight noon hours days weeks months years "
    "minutes".split(),
)
_CONTROLS_INFINITIVE = re.compile(
    r"\b(?:forc|caus|opportunit|ask|tell|told|order|urg|allow|want|expect|get|got|help|persuad|lead|led|enabl|requir|invit|"
    r"encourag|prompt|us(?:e|es|ed|ing)\b|tak|took|need|permit|warn|call|sets?\b|due|likely|able|ready|going|beg[aiu]n|start|continu|"
    r"decid|agree|instruct|direct(?:s|ed|ing)\b|advis|teach|taught|compel|convinc|challeng|inspir|trick|beg(?:s|ged|ging)\b|"
    r"pressur|hop(?:e|es|ed|ing)\b|plan(?:s|n(?:ed|ing))?\b|promise|promising|threaten|vow|pledg|offer|refus|manag(?:e|es|ed|ing)\b|"
    r"struggl|aim(?:s|ed|ing)?\b|intend|design(?:s|ed)\b|elect(?:s|ed)\b|cho(?:os|s)|tr(?:y|ies|ied)\b|seek|sought|fail|dispatch|sen[dt])",
)
_GIVEN_INFINITIVE = re.compile(r"\S+ to (?=[a-z]+ )")
"""A verb that has its infinitive asks for no other: "continued to sail there {to be seen}"."""
_CONTROL_REACH = 12
"""So many words before an infinitive are looked at for a verb that asks for it."""
_NOUN_PHRASE_END = re.compile(r"(?:^|[^DJNPC]|G(?=D))((?!GD)[DJNPCG]+)$")


_NAMING = frozenset(
    "declare declares declared declaring name names named naming call calls called calling designate designated label "
    "labeled labelled consider considers considered elect elected appoint appointed brand branded dub dubbed".split()
)


_WITH_CLAUSE = re.compile(",DJ*N[QW]")


def is_apposition(tail: Tail) -> bool:
    """As in ", a town in the north": no list, no second statement."""
    if ",G" in tail.tags and is_seen(tail.reading, tail.start):
        return False
    if not _WITH_CLAUSE.match(tail.tags) and not SAYING.isdisjoint(tail.reading.lower[tail.start : tail.end]):
        return False  # ", the harbour office reported, citing a letter"; but ", a step that critics say comes late"
    if not _NAMING.isdisjoint(tail.reading.lower[max(0, tail.start - 10) : tail.start]):
        return False  # "declaring the fleet, an old one, a danger"
    if tail.reading.lower[tail.end - 1] in {"states", "reads", "notes", "warns"}:
        return False  # ", the order states"
    if tail.tags.startswith(",DN") and _hands_over(tail.reading, tail.start):
        return False  # "paid Norr Yards of Lindholm, Zealand{, a penny for it}"
    return not re.search(r"-.*-|^,[^WQ]*K|,K|,[JNCP]+,|,[^WQ]*[VvAMHO]|.,R?E[DUZ]|[NP]E[NPR]?$|,S[DJNP]+$", tail.tags)


_HANDING = frozenset("paid pays gave gives handed hands offered offers sent sends awarded lent owed fined".split())


def _hands_over(reading: Reading, start: int) -> bool:
    """Say whether a verb before has named who is given something, and not yet what."""
    return any(
        reading.lower[number] in _HANDING and reading.tags[number + 1] == "P" for number in range(max(0, start - 1))
    )


_TAKING_BACK = (["at", "least"], ["at", "best"], ["at", "most"])


_RELATIVE_AT_END = re.compile("(?<=[NPC]),I?W[^,]*$")
"""It goes with its noun: ", including one in Norr, where it rained"."""


def is_set_off_phrase(tail: Tail) -> bool:
    """As in ", despite the storm", ", including two children"."""
    if tail.reading.lower[tail.start + 1 : tail.start + 3] in _TAKING_BACK:
        return False  # "was rare{, at least on this coast}"
    if tail.reading.words[tail.start + 1].istitle() or (tail.first == "plus" and "," in tail.head):
        return False  # "reads Norr Weekly{, In Lund and Star}", "has two boats, a pier{, plus some nets}"
    if any(map(YEAR.fullmatch, tail.reading.words[tail.start + 2 : min(tail.end, tail.start + 6)])):
        return False  # "was jailed in Lund, Zealand{, in May 1965 for a theft}"
    if "when" in tail.reading.lower[tail.start : tail.end] and WAS_DOING.search(tail.head):
        return False  # "was sailing home, on Monday when the storm struck"
    if "aged" in tail.reading.lower[max(0, tail.start - 6) : tail.start]:
        return False  # "to get her sons, aged two to 12{, out of the hall}"
    tags = _RELATIVE_AT_END.sub("", tail.tags)
    return tail.first not in _TIGHT_PREPOSITIONS and ",K" not in tags and "," not in tags[1:]


_BEHIND_ASIDE = re.compile(",R?[GE][^,]*$|P,D[^,VvAMHOSWQ]*$")
"""A participle or an apposition between commas: what follows the second belongs to the words before the first."""


_ONE_OF = re.compile(",ZI[DU]R?J*N?v(?=[IQ]|$)")
"""A plural that looks like a verb: ", one of the largest recalls in years"."""


def is_set_off_noun(tail: Tail) -> bool:
    """As in ", owner of the ferry": one noun phrase after a comma, and none like it before."""
    if tail.reading.attribution is not None and tail.start > tail.reading.attribution:
        return False
    verb = FINITE.search(tail.tags, one.end() if (one := _ONE_OF.match(tail.tags)) else 0)
    if "K" in tail.tags or "," in tail.tags[1:] or verb or re.search(r",[JNCP]", tail.head[-8:]):
        return False
    if _BEHIND_ASIDE.search(tail.head):
        # as in "allowing Lund, tried for theft{, visits to her crew}", "gives Lund, the captain{, full power}"
        return False
    if tail.head[-1] == "J" or UNSEEN_VERB.match(tail.tags) or is_seen(tail.reading, tail.start):
        return False  # "a small{, friendly boat}"; "The islands, …{, span the bay}"; "watched them, …{, sail in vain}"
    is_pronoun = tail.tags[1] == "Z" and tail.reading.lower[tail.start + 1 : tail.start + 3] != ["one", "of"]
    if is_pronoun or (_COUNTED_NOUN.search(tail.head) and not tail.before.endswith("s")):
        return False  # "charged with nine theft{, tax crimes}": a headline's "and"
    return tail.tags[1] != "C" and not (tail.tags[1] == "P" and tail.head[-1] == "P")


def says_where(tail: Tail) -> bool:
    """A clause on a name: "in Mali, where it rained" without the comma; anything on an indefinite noun."""
    comma = tail.reading.attribution
    is_source = comma is not None and tail.start > comma and tail.tags[0] == "W"  # "…, said the sailor {who saw it}"
    named = is_source or (tail.head[-1] == "P" and tail.first in {"where", "who"})
    if is_cleft(tail.reading, tail.head) or (tail.first in {"who", "that"} and _HAS_ONE.search(tail.head)):
        return False  # "It was from the pier {that he fell}"; "The club has a captain {who wins}"
    if not (FINITE.search(tail.tags) or tail.tags.startswith("QE")) or needs_rest(tail.reading, tail.start):
        return False
    if "T" in tail.tags and _is_asked_to(tail):
        return False  # "caused some sailors {who ate it to fall ill}"
    if tail.first in {"who", "that"} and not named and may_be(tail):
        return False  # "The law would help sailors {who are ill}": no others
    says_nothing = tail.before in _EMPTY_NOUNS or tail.before in _CONTENT_NOUNS
    if tail.first == "that" and (_awaits_content(tail) or tail.before in _TERMS):
        return False  # "got notice from the guards {that he is safe}", "have warned for years {that it would sink}"
    return named or (not says_nothing and _is_indefinite(tail))


def _awaits_content(tail: Tail) -> bool:
    """Say whether a noun before asks what its content is: "notice from the guards", "a belief"."""
    return not _CONTENT_NOUNS.isdisjoint(tail.reading.lower[max(0, tail.start - _NEWS_REACH) : tail.start])


_TERMS = frozenset("years months weeks days decades".split())
_NEWS_REACH = 5
"""So many words before "that" are looked at for a noun whose content it brings."""
_EMPTY_NOUNS = frozenset(
    "state place country world way case situation position area region states places countries ways cases situations "
    "positions areas regions city cities town towns village villages thing things environment environments atmosphere "
    "climate culture society incident incidents".split()
)
"""What "a place {where it rains}" says is in the clause."""
_HAS_ONE = re.compile("[PN]R?HDN$")
"""Has somebody or something, and which one comes behind: "Lund has a captain"."""
_OPEN_CLAUSE = re.compile(r"S[DJNPCp]+$")
_SECOND_SUBJECT = re.compile(",[KX][DJNPCp]+$")


def describes_indefinite(tail: Tail) -> bool:
    """As in "a man carrying two bags", "boats built in 1904"; not "before counters {opened}"."""
    if _OPEN_CLAUSE.search(tail.head) or _is_put(tail) or _is_told_or_seen(tail) or _is_compound(tail):
        return False
    if CLOSES_RELATIVE.search(tail.tags) or (_SECOND_SUBJECT.search(tail.head) and tail.tags.lstrip("R")[:1] == "E"):
        # as in "confirm that the remains of sailors {found in Lund, are} his", "…, and two boats {dropped out}"
        return False
    phrase = _NOUN_PHRASE_END.search(tail.head)
    is_counted = phrase is not None and tail.reading.lower[phrase.start(1) - 2 : phrase.start(1)] == ["number", "of"]
    is_half = phrase is not None and tail.reading.lower[phrase.start(1)] == "several" and not tail.before.endswith("s")
    if is_counted or is_half or tail.before in _EMPTY_NOUNS:
        return (
            False  # "the number of sailors {left in Norr}", "several tea {tasting rounds}", "an area {known to be dry}"
        )
    if _PAIR_DESCRIBED.match(tail.tags) or _SECOND_DESCRIBED.search(tail.head):
        return False  # "the noise of men {working and women {walking by}}"
    if _is_object(tail):
        return False  # "after posting on a private page {photos of the crew}"
    return not needs_rest(tail.reading, tail.start) and _is_indefinite(tail)


_PAIR_DESCRIBED = re.compile("R?G[^,VvAMHO]*K[DJNPC]+R?G")
_SECOND_DESCRIBED = re.compile("[NP]R?GK[DJNPC]+$")


def _is_object(tail: Tail) -> bool:
    """As in "after posting on a private page {alarming photos}": the phrase between is no object."""
    phrase = _PHRASE_END.search(tail.head)
    return phrase is not None and tail.reading.lower[phrase.start() - 1] in _MAKES_KNOWN


_PHRASE_END = re.compile("(?<=[VEeG])I[DJNCPp]+$")
_MAKES_KNOWN = frozenset(
    "posted posting published publishing released releasing revealed revealing sent sending shared sharing uploaded "
    "uploading".split()
)


def _is_told_or_seen(tail: Tail) -> bool:
    """As in "letters {urging a strike}", "a film shows a boy {feeding a gull}", "with chains {hanging from it}"."""
    if (
        _HAS_THEM.search(tail.head)
        or tail.before in _SPEAKING_NOUNS
        or tail.before in _CONTENT_NOUNS
        or tail.first in _COMPARING
    ):
        return True
    if tail.reading.lower[tail.head.rfind(",") + 1] == "with":
        return True  # "Two sailors were killed, with another ten and two guards {wounded in the bay}"
    return not _BOUND_TO_PARTICIPLE.isdisjoint(tail.reading.lower[max(0, tail.start - _PARTICIPLE_REACH) : tail.start])


def _is_compound(tail: Tail) -> bool:
    """As in "an emergency {landing at sea}", "a drug {trafficking ring}"."""
    if tail.first in _NAMING_GERUNDS:
        return True
    return tail.tags.startswith("GN") and not tail.reading.lower[tail.start + 1].endswith("s")


_SPEAKING_NOUNS = frozenset(
    "message messages letter letters note notes sign signs email emails e-mail e-mails tweet tweets post posts poster "
    "posters petition petitions banner banners placard placards song songs video videos text texts comment comments "
    "remarks".split()
)
_NAMING_GERUNDS = frozenset(
    "landing hearing meeting building ruling filing funding briefing screening training gathering warning opening "
    "wedding offering sitting listing footing backing standing housing parking crossing rating shooting bombing "
    "stabbing killing beating hijacking mooring sighting".split()
)
_COMPARING = frozenset("compared compares comparing depending based according given relative".split())
_BOUND_TO_PARTICIPLE = PERCEIVED | frozenset("has have had having with let lets letting".split())
_PARTICIPLE_REACH = 4
"""So many words before a participle are looked at for one that asks for it."""


def _is_indefinite(tail: Tail) -> bool:
    """Say whether the noun before is one of many: what describes it can go, it was not known before."""
    phrase = _NOUN_PHRASE_END.search(tail.head)
    if phrase is None or "D" in phrase.group(1)[1:]:
        return False  # "some comments the pair {made}"
    lower, first = tail.reading.lower, tail.start - len(phrase.group(1))
    is_plural = tail.head[first] != "D" and tail.head[-1] == "N" and tail.before.endswith("s")
    if lower[first] == "other":
        return False  # "Other boats {that were sold} include …": sold as those were
    if not (lower[first] in _INDEFINITE or is_plural) or tail.before in TIME_NOUNS or lower[first - 1] == "with":
        return False  # "spent a year {calling herself …}", "with boats {that …}"
    if first and (tail.head[first - 1] in "Ab" or (lower[first - 1] in {"as", "like"} and lower[first] in _INDEFINITE)):
        return False  # "He is a man {who …}", "described her as a captain {who …}": that is what is said
    if lower[first - 1] == "of" and "G" in tail.tags and not _INSTANCES.isdisjoint(lower[max(0, first - 4) : first]):
        return False  # "five cases this year of islanders {taking a boat}"
    return not (first > 1 and lower[first - 1] in {"as", "like", "than", "of"} and lower[first - 2] in _KIND_OF)


_PUTS = frozenset(
    "left leave leaves leaving put puts putting placed places keep keeps kept hold holds held bring brings brought "
    "send sends sent set sets setting land lands landed take takes took taking".split(),
)
_LIST_OF_NOUNS = re.compile(r"I[DJNPCp]+(?:,[DJNPCp]+)+,?K[DJNPCp]+$")
_REGION = re.compile("(?<=P),P{1,2}(?:,(?=[NP])|$)")
"""As in "on the lawn of a Lund, Zealand, home", "on a lawn in Lund, Zealand"."""
_LAST_ITEM = re.compile(",KDJ*N$")
_IN_LIST = re.compile(r",[^,VvAMHOBEU]*$")
_UNSEEN_SECOND_VERB = re.compile("[^N]KN$")
_MAY_BE_VERBS = frozenset(
    "deal cope work talk help cut end stop rule call fight plan vote report jump dance walk run swim sail travel move "
    "live stay play sing drive land".split()
)
_ACCUSING = frozenset("accuse accuses accusing".split())
_ASKS_FOR = {"by": re.compile("(?:D|p)J*N$|x$"), "with": re.compile("G[DJNPC]{0,3}$")}
"""Whose deed it is, and what somebody does it with: "his arrest {by the police}", "was "badly shaken" {by the storm}",
"playing cards {with a sailor}"."""
_DEEDS = frozenset(
    "attack attacks abuse abuses misconduct theft thefts violence crime crimes killings assault assaults fraud "
    "negligence harassment torture murder murders corruption interference mistakes errors".split()
)
"""Without whose it was another would seem to have done it: "removed amid an inquiry into theft {by sailors}"."""
_FAR_VERBS = {
    "for": frozenset(
        "blame blames blamed blaming praise praises praised thank thanks thanked criticize criticized criticise "
        "criticised punish punished condemn condemned".split(),
    ),
    "with": frozenset(
        "provide provides provided providing supply supplies supplied supplying equip equips equipped "
        "credit credits credited".split()
    ),
    "on": frozenset("congratulate congratulates congratulated congratulating".split()),
}
"""What asks for a phrase behind its object: "blamed the captain {for the loss}", "provided the crew {with nets}"."""
_FAR_REACH = 5
"""So many words before a phrase are looked at for such a verb."""
_ONE_OF_COUNT = re.compile("[ZC]ID?C[JN]*N$")
"""Of "one of two women {in the crew}", "three of six boats {in the bay}"."""
_MANY = frozenset({"many", "few"})
_OTHERS = frozenset("others another one two three".split())
_SECOND_OBJECT = re.compile("I[DJCNPp]*[NP]D")
_BARE_VERB = re.compile("[CV]$|VP$")
"""What asks for a phrase: "one {in ten}", "arrived {in Lund}", "arrived Friday {in Lund}"."""
_FOR_WHAT = re.compile("I(?:[DJNPUZ]+T|[Gb])")


_HAS_THEM = re.compile("[PN]H[DJNPC]*N$")
"""Somebody has somebody or something: "has" is no auxiliary."""


_MOVED = frozenset(
    "drove drive drives driving dragged dragging drags carried carries paraded led pulled pushed".split()
)
_WHERE_TO = frozenset("around across along over".split())
_DISTANCE = re.compile("[VvBE]CN$")
"""As in "drove 9 miles {across the island}"."""


def _is_put(tail: Tail) -> bool:
    """As in "left the islanders {in despair}", "has people {in fear}": the verb asks for it."""
    if tail.tags.startswith("IN") and _HAS_THEM.search(tail.head):
        return True
    if tail.first in _WHERE_TO and not _MOVED.isdisjoint(tail.reading.lower[: tail.start]):
        return _DISTANCE.search(tail.head) is None  # "drove the bodies of four men {around the town}"
    return not _PUTS.isdisjoint(tail.reading.lower[max(0, tail.start - 4) : tail.start])


_IS_THE = re.compile("A(D)[JNPCRxq']+$")


def _is_asked_for(tail: Tail) -> bool:
    """As in "in connection {with the fire}", "his harassment {by the police}": the word before needs the phrase."""
    if _is_put(tail) or is_in_name(tail.reading, tail.start) or tail.before in TAKES_PREPOSITION:
        return True
    if _UNSEEN_SECOND_VERB.search(tail.head) or (tail.head[-2] == "T" and tail.before in _MAY_BE_VERBS):
        return True  # "buys from Lund and work {in town}", "to deal {with the storm}"
    asks = _ASKS_FOR.get(tail.first)
    # a party for whom: "was the party {for sailors}"
    the = _IS_THE.search(tail.head) if tail.first == "for" else None
    is_for_whom = the is not None and tail.reading.lower[the.start(1)] == "the"
    is_means = tail.first == "by" and (tail.before in _DEEDS or tail.tags[1] == "N")  # "is sailing {by night}"
    if is_for_whom or is_means or (asks and asks.search(tail.head)):
        return True
    if tail.first in {"with", "by"} and may_be(tail):
        return True  # "can win the race {with a third place}": on a condition
    # as in "three of the many sailors {at sea who fought storms}"
    is_of_many = not _MANY.isdisjoint(tail.reading.lower[max(0, tail.start - 3) : tail.start]) and "W" in tail.tags
    is_of_others = tail.before in _OTHERS and tail.head[-2] == "K"  # "some in the school and others {in the church}"
    if (
        is_of_many
        or is_of_others
        or not _ACCUSING.isdisjoint(tail.reading.lower[: tail.start])
        or _ONE_OF_COUNT.search(tail.head)
    ):
        return True  # "accuse the captain's crew {in the loss}"
    near = tail.reading.lower[max(0, tail.start - _FAR_REACH) : tail.start]
    return not _FAR_VERBS.get(tail.first, frozenset()).isdisjoint(near)


def _holds_second_object(tail: Tail) -> bool:
    """As in "considers the loss {in the bay a crime}"."""
    match = _SECOND_OBJECT.match(tail.tags)
    return match is not None and tail.reading.lower[tail.start + match.end() - 1] in {"a", "an"}


def _is_of_list(tail: Tail) -> bool:
    """As in "a burn on her back, and a knot {on her head}", "the pier, the need for rooms {in town and …}"."""
    if _LAST_ITEM.search(tail.head) or "KG" in tail.tags:
        return True
    return "K" in tail.tags and _IN_LIST.search(tail.head) is not None


def _is_complement(tail: Tail) -> bool:
    """As in "log {in to the page}", "a name {for itself}", "a place {for you to sleep}", "leeway {in selling}"."""
    of_itself = tail.reading.lower[tail.start + 1].endswith("self")
    if of_itself or tail.tags[1:2] == "T" or tail.tags == "IZ" or ("T" in tail.tags and _is_one_of(tail)):
        return True
    return tail.first in {"for", "in"} and _FOR_WHAT.match(tail.tags) is not None


def is_loose_phrase(tail: Tail) -> bool:
    """As in "in the harbour", "with a crew of women": where, when and how; not what a verb asks for."""
    if tail.first not in LOOSE_PREPOSITIONS or _BARE_VERB.search(tail.head) or needs_rest(tail.reading, tail.start):
        return False
    if (tail.first == "on" and tail.tags[1] not in "DP") or _is_asked_for(tail) or _holds_second_object(tail):
        return False
    if (
        _is_of_list(tail)
        or _reveals(tail)
        or _is_complement(tail)
        or not _PLANNED.isdisjoint(tail.reading.lower[: tail.start])
    ):
        return False  # "was supposed to come home {on Friday}"
    if tail.before in _PICTURES and "of" in tail.reading.lower[tail.start : tail.end]:
        return False  # "had posted a photo {on Facebook of a crack in the pier}"
    tags = tail.tags if _awaits_content(tail) else _RELATIVE_BEHIND.sub("", tail.tags)
    if SUBORDINATOR.search(tags) or FINITE.search(tags) or OPEN_RELATIVE.search(tail.head):
        return False
    is_list = "," in _REGION.sub("", tail.tags)
    return "x" not in tail.tags and (not is_list or _LIST_OF_NOUNS.match(tail.tags) is not None)


_RELATIVE_BEHIND = re.compile("(?<=[NP])[QW]R?(?:[VvAHME]|U|D[JN]*N)(?:[^,:;KQSWXx]|K(?!R?[VvAMHOEB]))*$")
"""It goes with its noun: "was jailed {in a case that shook the islands}"."""
_PLANNED = frozenset("supposed scheduled slated".split())
"""For when, or where: without it something else is said."""
_PICTURES = frozenset("photo photos photograph photographs picture pictures image images video videos".split())
"""Of what they are comes behind where they were shown."""
_BY_WHOM = re.compile("(?:^|[^IDJNPCp])([IDJNPCp]+)$")
"""The nouns and phrases before an infinitive: with "for" among them they say who does it."""
_ORDINAL = re.compile(r"\d+(?:[nr]d|st|th)")


_AMOUNTS = frozenset("little much something anything too enough".split())
"""For what it is little, or too much."""
_FIRST_OF = frozenset({("one", "of"), ("first", "of")})
_FIRST_REACH = 12


def _is_one_of(tail: Tail) -> bool:
    """Say whether of many, what one did comes behind: "was one of the few {to leave the ferry}"."""
    return not _FIRST_OF.isdisjoint(pairwise(tail.reading.lower[max(0, tail.start - _FIRST_REACH) : tail.start]))


_COUNTED_AMONG = re.compile("DC[JN]*N$")
"""Of "among the six sailors {to leave the ferry}"."""


def is_purpose(tail: Tail) -> bool:
    """As in "to bring the islanders home", where neither the noun nor the verb before asks for it."""
    if (
        tail.before in _TAKES_INFINITIVE
        or tail.before in DAYS
        or _ORDINAL.fullmatch(tail.reading.lower[tail.start - 2])
        or _is_one_of(tail)
        or "Q" in tail.tags
        or needs_rest(tail.reading, tail.start)
        or not _AMOUNTS.isdisjoint(tail.reading.lower[: tail.start])
        or _COUNTED_AMONG.search(tail.head)
    ):
        return False
    by_whom = _BY_WHOM.search(tail.head)
    if by_whom and "for" in tail.reading.lower[by_whom.start(1) : tail.start]:
        return False  # "called at the pier, only for the captain {to leave}"
    return not _is_asked_to(tail)


def _is_asked_to(tail: Tail) -> bool:
    """Say whether a verb before asks for an infinitive."""
    before = " ".join(tail.reading.lower[max(0, tail.start - _CONTROL_REACH) : tail.start])
    return _CONTROLS_INFINITIVE.search(_GIVEN_INFINITIVE.sub("", before)) is not None


def is_occasion(tail: Tail) -> bool:
    """On which occasion somebody said it: "…, the mayor said {in her first interview since the storm}"."""
    comma = tail.reading.attribution
    if comma is None or tail.end != tail.reading.body_end or tail.start <= comma + 1:
        return False
    words = tail.reading.lower[comma + 1 : tail.start]
    return words[-1] in {"said", "says"} or "told" in words[-3:] or (words[-1] in DAYS and "said" in words[-3:])


_FEWEST_BEFORE_COLON = 7
_COUNTED_NOUN = re.compile("CJ*N$")
"""As many as it says come behind the colon."""
_LONGEST_NAME = 6
"""In tokens, with its colon: what names that which was held back."""
_ANNOUNCING = frozenset("this these following said says one thing question questions told".split())


def is_explanation(tail: Tail) -> bool:
    """What a colon brings, where the sentence before it is whole."""
    if tail.start < _FEWEST_BEFORE_COLON or tail.before in _ANNOUNCING:
        return False
    if "it" in tail.reading.lower[: tail.start] and "P" not in tail.head:
        return False  # "At the time it seemed like fun{: a crew in an old boat}"
    if tail.end - tail.start <= _LONGEST_NAME and not FINITE.search(tail.tags):
        return False  # "has another trade, rare on the islands{: mathematics}"
    if _COUNTED_NOUN.search(tail.head):
        return False  # "will reach two conclusions{: that …}"
    return tail.tags[1] not in "qx'" and tail.head[-1] not in "VvAI"


_REVEALS = re.compile(r"-(?:D[JNP]|P)[^,VvAMHOSWQ]*$")
_HELD_BACK = re.compile(r"(?<!A)DJ?N(?:I[DJNPC]+)?$")
"""A noun with an article, and perhaps a phrase: who or what it is comes behind the dash."""


def _reveals(tail: Tail) -> bool:
    """As in "turned to an unlikely friend {for help -- the church of Norr}": who that is."""
    said = _REVEALS.search(tail.tags)
    return said is not None and _HELD_BACK.search(tail.head + tail.tags[: said.start()]) is not None


_SHOWS_HOW = re.compile("-R?G")
"""As in "tried to end the quarrel - {naming the old pier}"."""
_GOES_WITH = frozenset("by with thanks because albeit though although if unless or".split())


def is_dashed(tail: Tail) -> bool:
    """What follows the sentence's only dash."""
    marks = tail.reading.tags.count("-")
    if tail.reading.lower[tail.start + 1] in _GOES_WITH:
        return False  # "will cross the sea without leaving home - {by} …": that is how
    if _reveals(tail) or _SHOWS_HOW.match(tail.tags) or (tail.first == "but" and not is_contrast(tail)):
        return False
    return marks == 1 and tail.reading.starts[tail.start] > tail.reading.ends[tail.start - 1]
