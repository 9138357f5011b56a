"""Who said it, and on which occasion; and the connective that joins a sentence to the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.article.dates import WEEKDAY
from service.summary.clauses import Reading
from service.summary.cuts.asides import bullet_end
from service.summary.cuts.models import Cut, Loss, guarded
from service.summary.openers import connective_end

_DAY = (
    rf"(?:on |late |early )?{WEEKDAY}|(?:last|this) week|(?:(?:earlier|later) )?today|"
    r"yesterday"
)
_SPOKEN = frozenset(
    "said says say saying told tells added adds wrote writes announced confirmed stated explained insisted argued "
    "claimed warned acknowledged recalled".split(),
)
_SPOKE = rf"(?:{'|'.join(sorted(_SPOKEN))})\b"
_CHANNEL = (
    r"(?:statement|interview|e-?mail|news conference|press conference|news release|press release|telephone interview|"
    r"phone interview|conference call|blog post|tweet|televised address|briefing)"
)
_EMPTY_ATTRIBUTION = re.compile(
    rf"(?<=\s)(?:{_SPOKE}|told (?:[A-Z][\w'’.]*|reporters|the [A-Z]\w+)(?: [A-Z][\w'’.]*){{0,3}})"
    rf"(?P<cut>\s(?:(?:{_DAY})\s)?(?:in|at|during|via|by) (?:an? |the )?(?:[a-z]+ ){{0,2}}{_CHANNEL}"
    rf"(?: (?:to|with) (?:reporters|[A-Z][\w'’]*(?: [A-Z][\w'’]*){{0,2}}))?(?: (?:{_DAY}))?)"
    # not "in an interview that aired on Monday"
    r"(?=[,.;]|$| that (?:the|an?|he|she|it|they|his|her|its|their|there|these|this|we|I|[A-Z][\w.'’-]*)\b)",
)
_WHO = r"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|some|two|several|[A-Z]|[a-z])[\w.'’-]*\s){1,9}?"
_TRAILING_ATTRIBUTION = re.compile(
    rf"(?P<cut>,\s(?:{_WHO}(?:said|says|say|told (?:CNN|reporters|the \w+|[A-Z]\w+)|announced|reported|confirmed)"
    rf"(?:\s(?:{_DAY}))?"
    rf"|according to (?:[\w.'’-]+\s?){{1,8}}))[.]$",
)
_GRAVE = re.compile(
    r"beat|struck|strangl|molest|accus|alleg|suspect|confess|kill|murder|assault|slap|rape|abus|fraud|stole|theft|drug|"
    r"marijuana|cocaine|"
    r"terror|arrest|charged|guilty|corrupt|brib|conspir|threat|intimidat|deliberate|bomb|hostage|kidnap|abduct|ransom|weapon|shoot|shot|"
    r"gunm|illicit|"
    r"stab|attack|crash|blame|illegal|unlawful|violat|cheat|scam|smuggl|traffick|militant|lawsuit|misconduct|negligen|"
    r"reckless|drunk|crime|criminal|lied\b|lying\b|torture|dead\b|died\b|death|"
    r"troops|soldiers|fighters|rebels|missile|special (?:operations )?forces|airstrike|captured|retook|"
    r"\b(?:no|not|never|none|nobody|denie[sd])\b|n['’]t\b",
    re.IGNORECASE,
)
"""Claims that are libel without the one who made them, or that the other side will tell otherwise: of a war, and that
something is not so."""
_TO_BE_NAMED = re.compile(
    r"\b(?:newspapers?|magazine|tabloid|website|media|reports|Times|Post|Daily|Mail|Herald|Journal|Tribune|TMZ|"
    r"report|study|survey|poll|some|critics|campaigners|experts|analysts|researchers|scientists|economists|historians)\b",
)
"""What a paper or a study says it alone may know, and what experts say is their opinion."""
_ACCUSERS = re.compile(
    r"\b(?:authorities|police|prosecutors?|investigators?|detectives?|indictment|complaint)\b", re.IGNORECASE
)
_NAMED = re.compile(r"[A-Z][\w'’.-]+ (?:[A-Z][\w'’.-]* )*[A-Z][\w'’-]+\b")
"""What they say of somebody who is named before all else is a charge."""
_NAMES_HIM = re.compile(r"\b(?:is|was|are|were) [A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*$")
"""Who somebody is: "The boy in the film is Per Lund"."""
_SUBORDINATE = re.compile(r"(?:When|If|As|While|After|Because|Although|Before|Since)\b")


def connective_cuts(reading: Reading, code: str) -> Iterator[Cut]:
    """Yield the connective that opens the sentence, in any language, behind a bullet mark if there is one."""
    start = bullet_end(reading.source)
    end = connective_end(reading.source, code, start)
    if end > start and end in reading.starts:
        yield from guarded(reading, start, end)


def occasion_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield on which occasion somebody said something: "said {in a statement}"."""
    if not _SPOKEN.isdisjoint(reading.lower):
        for occasion in _EMPTY_ATTRIBUTION.finditer(reading.source):
            yield from guarded(reading, *occasion.span("cut"))


def attribution_cuts(reading: Reading) -> Iterator[Cut]:
    """Yield a final attribution whose claim stands without it."""
    if not (attribution := _TRAILING_ATTRIBUTION.search(reading.source)):
        return
    start, end = attribution.span("cut")
    claim = reading.source[:start]
    if _GRAVE.search(claim) or _NAMES_HIM.search(claim) or _TO_BE_NAMED.search(reading.source, start, end):
        return
    if _NAMED.match(claim) and _ACCUSERS.search(reading.source, start, end):
        return
    if _SUBORDINATE.match(claim) and "," not in claim:
        return
    # "… at 8 a.m., police said." has one full stop too many
    yield from guarded(reading, start, len(reading.source) if claim.endswith(".") else end, Loss.SOME)
