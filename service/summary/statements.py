"""Which sentences can stand alone as a bullet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import compress, pairwise
from math import exp
from operator import ne

from service.article.models import Article, Sentence
from service.article.signs import own_role
from service.summary.clauses import ANY_VERB, FINITE, SAYING, Reading
from service.summary.cuts.classes import OBJECT_PRONOUNS
from service.summary.lexicon import WORDS, Mark

_SIDE = re.compile(
    r"\((?:(?:pictured|from|far|top|bottom|second|third|centre|center)\W?\s?)*"
    r"(?:(?:left|right|pictured|centre|center|l-r)\b|(?:above|below)(?=[),]| (?:with|left|right)\b))|"
    r"\(L\)[^()]*\([RC]\)|\([RC]\)[^()]*\(L\)"
)
"""Where somebody stands in a picture: the sentence is its caption. "(R)" alone is a party."""
_FURNITURE = re.compile(
    r"\d{1,2}:\d\d\s[A-Z]{2,4}\b|(?:VIDEO:?\s)?Scroll down\b|[©]|"
    r"(?:Written|Directed|Produced|Composed) (?:by|for):|(?:•\s*)?VIDEO\b|(?:Click|Tap) here\b|"
    r"(?:READ|SEE|WATCH|HEAR|LISTEN)(?: [A-Z]+)?:|(?:Read|See|Watch) (?:more|also):|More:|"
    r"This (?:article|story|post|page|report) (?:has been|was) (?:updated|corrected|amended|first published)\b"
)
_POINTS_AT_PAGE = re.compile(
    r"\b(?:gallery|slideshow|video|photos?|pictures?|map|graphic|link) (?:above|below)(?=\W*$|[,;:)])"
)
"""Sends the reader to what only the page has."""
_FACT_BOX = re.compile(r"(?:\b[A-Z][\w ]{2,20}: ?\S[^:]*){3}")
"""Labels and what belongs to each: "Length: 90 m Speed: 12 knots Crew: 12"."""
_LOST_START = re.compile(r"(?:was|were|is|are|had|has|and|or|who|which) ")
"""A sentence that lost its first words on the way here."""
_LOST_END = re.compile(
    r"(?:(?:\b(?:of|for|in|at|to|on|the|an?|and|with|from|by|which|who)|[:,]) \.|\bwww\.|"
    r"\(\d{1,2}/\d{1,2}/\d{2,4}\)|[?!]\W?\s\d{1,2}\.|,? that is\.|[,:;]\.)$",
)
"""Or its last, or that ends in what belongs to the page: a picture's date, the number of what follows."""
_LOST_FULL_STOP = (" . ", " .\n")
"""What some pages leave in mid-sentence where a line or a link was: the next small word opens no sentence."""
_END_CHARACTERS = 24
"""So many last characters hold any such end."""
_CREDIT_SENTENCES = 4
"""Who else reported stands in the last few sentences, where it is no line of its own."""
_SINGLE_OPENS = re.compile(r"(?<!\w)['‘](?=[^\W\d])")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_OPENING, _CLOSING = "([«“", ")]»”"


def is_statement(article: Article, sentence: Sentence) -> bool:
    """Say whether the sentence can stand alone: no question, caption or furniture, no part of a longer quotation."""
    source = article.text[sentence.start : sentence.end]
    if source.rstrip("\"”’'»)").endswith(("?", "？", "؟", ":", "：", ";")):
        return False
    if _is_torn(article.text, sentence, source):
        return False
    is_last = sentence.index >= len(article.sentences) - _CREDIT_SENTENCES
    if _FURNITURE.match(source) or (source.count(":") > 2 and _FACT_BOX.match(source)):  # noqa: PLR2004 # as the pattern
        return False
    if _points_at_page(source) or names_side(source) or (is_last and _is_credit(source)):
        return False
    if not _closes_what_it_opens(source):
        return False
    return not _quotation_is_open(article.text, article.blocks[sentence.block].start, sentence.start)


_LABEL = re.compile(
    r"(?P<label>[A-Z][a-z’'-]+(?P<more>(?: [a-z]+){0,3})|[A-Z]{4,}|[A-Z][A-Z’']{2,}(?: [A-Z][A-Z’']+){1,3}): "
    r"(?=[A-Z\d$£€])"
)
_SPEAKER = re.compile(
    r"(?:\([A-Z]{1,3}\)|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}(?: \([^)]{1,30}\))?): ?[\"“‘']?[A-Z\d$£€]"
)
_TELLING = SAYING | frozenset("asked asks replied replies reads tweeted answered continued".split())
_NEAR = 20_000
"""Characters to either side: an article, and no book, which would be searched for each of its labels."""
_DOUBTING = frozenset(
    "myth fiction fake hoax lie rumor rumour rumors rumours claim claims theory allegation allegations prediction "
    "predictions question questions wrong imagine scenario happier past previous former flashback throwback".split(),
)
"""What a label says of the sentence behind it, which is not so, may not be, or is no more."""
_IS_OR_HAS = frozenset("AMH")
_SPEAKS = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Yy]ou|[Yy]our)\b")


def label_end(article: Article, sentence: Sentence) -> int:
    """Return how long a caption's label before the sentence is: "Brave: Ana Lund has been commended"; 0 without one.

    A word that stands elsewhere near by, and always with a capital, is a name, that of who speaks, and stays.
    """
    label = _LABEL.match(article.text, sentence.start, sentence.end)
    if label is None or _SPEAKS.search(article.text, label.end(), sentence.end):
        return 0
    text, lower = label["label"], label["label"].lower()
    if any(word in _TELLING or word in _DOUBTING or WORDS[word].marks & Mark.BINDING for word in lower.split()):
        return 0
    if any(WORDS[word].inner in _IS_OR_HAS for word in lower.split()):
        return 0  # "Sailors were less pleased: 38 percent said …": of whom
    near = max(0, sentence.start - _NEAR), sentence.end + _NEAR
    written_small = re.compile(rf"\b{re.escape(lower)}\b").search(article.text, *near)
    is_name = not label["more"] and article.text.count(text, *near) > 1 and not written_small
    return 0 if is_name else label.end() - sentence.start


def names_speaker(sentence: str) -> bool:
    """Say whether the sentence stands behind a speaker's name, as in an interview: "Ana Lund: The boats are old."."""
    return bool(_SPEAKER.match(sentence))


def _is_torn(text: str, sentence: Sentence, source: str) -> bool:
    """Say whether words are lost at its start or its end, or a full stop stands in the midst of what was a sentence."""
    if source[0].islower() and text.endswith(_LOST_FULL_STOP, 0, sentence.start):
        return True
    if source.endswith(" .") and text[sentence.end : sentence.end + 2].lstrip()[:1].islower():
        return True
    return bool(_LOST_START.match(source) or _LOST_END.search(source, max(0, len(source) - _END_CHARACTERS)))


def names_side(source: str) -> bool:
    """Say whether the sentence tells in brackets where somebody stands in a picture: "Ana Lund (left) has …"."""
    return "(" in source and _SIDE.search(source) is not None


def _points_at_page(source: str) -> bool:
    lower = source.lower()
    return ("above" in lower or "below" in lower) and _POINTS_AT_PAGE.search(lower) is not None


def _is_credit(source: str) -> bool:
    return own_role(source, from_end=1) == "credit"


def _closes_what_it_opens(source: str) -> bool:
    """Say whether quotation marks and brackets come in pairs."""
    if source.count('"') % 2 or any(map(ne, map(source.count, _OPENING), map(source.count, _CLOSING))):
        return False
    has_single_marks = "'" in source or "‘" in source or "’" in source
    return not has_single_marks or len(_SINGLE_OPENS.findall(source)) <= len(_SINGLE_CLOSES.findall(source))


def _quotation_is_open(text: str, start: int, end: int) -> bool:
    """Say whether the last quotation mark of `text[start:end]` opens a quotation: its speaker would be lost."""
    last = max(text.rfind('"', start, end), text.rfind("“", start, end), text.rfind("”", start, end))
    if last < 0 or text[last] == "”":
        return False
    before, after = text[max(start, last - 1) : last], text[last + 1 : min(end, last + 2)]
    return text[last] == "“" or (after.isalnum() and not before.isalnum())


_SUBJECT = re.compile(r"(?:(?:R?[IEGSTX][^,]*|R),)?(?P<subject>(?:[^VvAMHOEB]|(?<![NPUZx])[EB])*)")
"""What stands before the first verb, a fronted phrase aside."""
_NOUN_PHRASE = re.compile(r"[JNCGRPpe]*N")
_DEMONSTRATIVES = frozenset("this that these those".split())
_POINTERS = _DEMONSTRATIVES | {"both"}
_DEFINITE = _POINTERS | {"the"}
_OWNERS = frozenset("his her its their another other others neither former latter same".split())
_QUOTED = re.compile("[q']x")
_ASKS_READER = re.compile("B[^VvAMHOE]")
"""As in "Find the ferry", but not "Help came", "Hope is lost"."""
_POINTING = _POINTERS | frozenset("his her its their another some most many few none each either".split())
"""First words that lean on a sentence before. "The" is not: to pass those over costs 0.1 of R-1."""
_NOT_WHO = frozenset("there i we you".split())
_NOBODY_MEANT = _NOT_WHO | {"it"}
"""As in "In the end, it was Ana Lund who won"."""
_WE = frozenset("we us our".split())
_ME = frozenset("me my i'm i've i'd i'll".split())
_VERB_AFTER_I = re.compile("[VvAMHOBER]")
_SAID_BY_HIM = re.compile(r",(?:U[VvE]|[VvE]U)\.?$|^[^P]*,U[VvE],")
"""As in "The ferry was late, she said", "The ferry, she said, was late", but not "Ana Lund left as, she said, …"."""
_TIMES = frozenset("week weekend month year morning afternoon evening time summer winter spring autumn season".split())
_PERSONS = frozenset("he she him his her hers they them their theirs".split())
_WHAT_WAS_NAMED = re.compile(
    r"\b(?:both|this) [,.]|\bthat \.|\b(?:got|had|has|have|bought|found|made|is) one \.|\bat the time (?!of\b)"
)
"""Leans on what was named before: "on both", "is changing that", "has one"."""
_MARKS = frozenset("\"“”'‘’.,!?")
"""All that stands outside a bullet that is one quotation: nobody says it."""

_YOU = frozenset("you your".split())
_AGAIN = frozenset("also too again another other others same similar".split())
"""As in "has also left": what was told before."""
_ELSEWHERE = frozenset("later earlier then there here".split())
"""At a time or in a place that was told before."""
_TO_EACH = re.compile(r"\b(?:each other|too \w+ (?:to|for))\b")
"""What `_AGAIN` does not mean."""
_THERE_ARE = re.compile(
    r"^there (?:is|are|was|were|will|has|have)\b|\b(?:no later than|(?:earlier|later) (?:this|on))\b"
)
"""What `_ELSEWHERE` does not mean."""
_DIGIT = re.compile(r"\d")
_FEW_WORDS, _FEWER_WORDS = 10, 7
"""Under so many words a bullet tells little of what it is about."""
_ANAPHORS = frozenset("it its he him his she her they them their".split())
_NOUN_OR_NAME = re.compile("[NP]")

UNCLEAR: Mapping[str, float] = {
    "pronoun or pointer for a subject": 0.9,
    "no name": 0.4,
    "nobody's words": 2.4,
    "we": 1.15,
    "you": 0.75,
    "again": 0.65,
    "elsewhere": 0.85,
    "a few words": 0.55,
    "fewer words": 1.6,
    "fronted": 0.55,
    "said by him": 1.3,
    "a number": -0.45,
    "persons without a name": 0.2,
    "what was named": 1.75,
    "an object without a noun": 0.8,
    "a pronoun before a noun": 0.6,
    "a known thing": 0.4,
}
"""What it adds to the log-odds that a reader finds a bullet unclear when it leans on this, or holds a number: fitted on
what readers said of 2,400 bullets, rounded (`benchmarks/fit_standing.py`)."""
_BY_ODDS = 2.5
"""How far such odds count against what a bullet says; chosen by measure."""


def standing(reading: Reading, keep: Sequence[bool], is_known: Callable[[str], bool]) -> float:
    """Return how well the tokens to `keep` of an English sentence stand without the sentences before: 0 to 1.

    It is the odds that a reader finds them unclear, over those of a bullet that leans on nothing, to the power
    -`_BY_ODDS`. "The sailors" for a subject is nothing to lean on: readers knew who was meant as often as with a name.
    """
    log_odds = sum(map(UNCLEAR.__getitem__, leans(reading, keep, is_known)))
    return exp(-_BY_ODDS * max(0.0, log_odds))


def leans(reading: Reading, keep: Sequence[bool], is_known: Callable[[str], bool]) -> list[str]:
    """Return what the tokens to `keep` of an English sentence lean on, as `UNCLEAR` calls it; also a number in them.

    `is_known` says whether a word stands in a sentence before. Cost: linear in the tokens.
    """
    tags = "".join(compress(reading.tags, keep))
    lower = list(compress(reading.lower, keep))
    start, end = _subject(tags)
    # "us" is a country's name where it is one by its tag, or is written "US"
    unquoted = {word for word, letter in zip(lower, tags, strict=True) if letter not in "xP"}
    if "US" in compress(reading.words, keep):
        unquoted.discard("us")
    noun = _NOUN_OR_NAME.search(tags)
    before_noun = lower[: noun.start() if noun else None] if "x" not in tags else []
    nameless = "P" not in tags[1:]
    n_words = sum(map(str.isalpha, tags))
    words = " ".join(lower)
    signs = {
        "pronoun or pointer for a subject": _points_back(tags, lower, start, end),
        "no name": nameless,
        "nobody's words": unquoted <= _MARKS or not _ME.isdisjoint(unquoted) or _says_i(tags, lower),
        "we": not _WE.isdisjoint(unquoted),
        "you": not _YOU.isdisjoint(unquoted),
        "again": not _AGAIN.isdisjoint(unquoted) and _TO_EACH.search(words) is None,
        "elsewhere": not _ELSEWHERE.isdisjoint(unquoted) and _THERE_ARE.search(words) is None,
        "a few words": _FEWER_WORDS <= n_words < _FEW_WORDS,
        "fewer words": n_words < _FEWER_WORDS,
        "fronted": start > 0,
        "said by him": _SAID_BY_HIM.search(tags) is not None,
        "a number": _DIGIT.search(words) is not None,
        "persons without a name": nameless and not _PERSONS.isdisjoint(unquoted),
        "what was named": _does_so(tags, lower) or _WHAT_WAS_NAMED.search(words) is not None,
        "an object without a noun": _is_there(tags, lower) or _has_known_object(tags, lower, start, end),
        "a pronoun before a noun": not _ANAPHORS.isdisjoint(before_noun) and not (start and "P" in tags[start:end]),
        "a known thing": any(_is_of_the_known(tags, lower, number, is_known) for number in _definite(lower, end)),
    }
    return list(compress(signs, signs.values()))


def _subject(tags: str) -> tuple[int, int]:
    """Return where what stands before the first verb starts and ends, a fronted phrase aside."""
    subject = _SUBJECT.match(tags)
    return subject.span("subject") if subject else (0, 0)  # every part of it may be missing: it always matches


def _has_verb(tags: str) -> bool:
    """Say whether there is a finite verb; one may stand in a quotation or a bracket."""
    return "x" in tags or FINITE.search(tags) is not None


def is_adrift(reading: Reading, keep: Sequence[bool]) -> bool:
    """Say whether nothing ties the tokens to `keep` of an English sentence to a story.

    They have no verb, or are words of somebody's without a name, or "he" said them, or "he" did it behind a phrase that
    names nobody, or their first word points to a sentence before ("another", "most") or asks something of the reader
    ("find out").
    """
    tags = "".join(compress(reading.tags, keep))
    lower = [*compress(reading.lower, keep), "", ""]
    first, second = lower[:2]
    is_nobodys = "P" not in tags and _QUOTED.search(tags) is not None
    if not _has_verb(tags) or is_nobodys or _SAID_BY_HIM.search(tags) or _names_nobody(tags, lower):
        return True
    points = first in _POINTING and second not in _TIMES and tags[1:2] not in tuple("CP")
    return points or tags[:1] == "U" or _ASKS_READER.match(tags) is not None


def _names_nobody(tags: str, lower: Sequence[str]) -> bool:
    """Say whether the subject behind a fronted phrase is a pronoun that nobody's name stands before."""
    start, _ = _subject(tags)
    return (
        start > 0 and "P" not in tags[:start] and tags[start : start + 1] == "U" and lower[start] not in _NOBODY_MEANT
    )


def _says_i(tags: str, lower: Sequence[str]) -> bool:
    """Say whether "I" speak, which is not the number of "World War I"."""
    return "i" in lower and any(
        word == "i" and tags[number] != "x" and _VERB_AFTER_I.match(tags, number + 1)
        for number, word in enumerate(lower)
    )


def _definite(lower: Sequence[str], end: int) -> list[int]:
    """Return where what is spoken of may be known: "this" and "that" anywhere, "the" only behind the subject."""
    return [number for number, word in enumerate(lower) if word in (_DEFINITE if number >= end else _DEMONSTRATIVES)]


def _points_back(tags: str, lower: Sequence[str], start: int, end: int) -> bool:
    """Say whether a subject is a pronoun, or a thing pointed at, without a name: "his boat", "both explosions"."""
    for number in range(start, end):
        word, letter = lower[number], tags[number]
        if letter == "P":
            return False
        if (letter == "U" and word not in _NOT_WHO) or word in _OWNERS:
            return True
        if word in _POINTERS and not _TIMES.intersection(lower[number + 1 : number + 2]):
            return True
    return False


_DO = frozenset("do does did doing done".split())
_EXPLETIVE = re.compile("[VvAHMOJDRTQ]")
"""What follows the "it" of "made it clear", "makes it a crime", "made it to town"."""


def _does_so(tags: str, lower: Sequence[str]) -> bool:
    """Say whether somebody does what no verb before has said: "tried to do so"."""
    return "so" in lower and any(
        verb in _DO and so == "so" and len(ANY_VERB.findall(tags[:number])) <= 1
        for number, (verb, so) in enumerate(pairwise(lower))
    )


_IS_THERE = re.compile("R*[VvAHMO]|ET")
_THERE_IS = re.compile("[AHM]U[DNJCRZb]")
"""Turned around: "Nor is there any ferry"."""


def _is_there(tags: str, lower: Sequence[str]) -> bool:
    """Say whether "there" is a place that stands in a sentence before, not that of "there is"."""
    return "there" in lower and any(
        word == "there"
        and tags[number] != "x"
        and "P" not in tags[1:number]
        and not _IS_THERE.match(tags, number + 1)
        and not _THERE_IS.match(tags, number - 1)
        for number, word in enumerate(lower)
        if number
    )


def _has_known_object(tags: str, lower: Sequence[str], start: int, end: int) -> bool:
    """Say whether what the verb's object means stands in a sentence before: "Guards shot at it".

    An object pronoun is free in its clause (Chomsky, "Lectures on Government and Binding", 1981, principle B): it does
    not mean the subject, from `start` to before `end`, and only a phrase before that could say what it means.
    """
    if "N" in tags[:start] or "P" in tags[:start]:
        return False
    for number in range(end, len(lower)):
        if tags[number] in "NPCx,TKS":
            return False
        if lower[number] in OBJECT_PRONOUNS and tags[number] != "D":
            return not _EXPLETIVE.match(tags, number + 1)
    return False


def _is_of_the_known(tags: str, lower: Sequence[str], number: int, is_known: Callable[[str], bool]) -> bool:
    """Say whether the token opens a noun phrase that leans on the text before, as "the meeting" may."""
    if tags[number] == "x":
        return False
    if lower[number] in _DEMONSTRATIVES and tags[number] == "D":
        return tags[number + 1 : number + 2] not in tuple("IW") and _TIMES.isdisjoint(lower[number + 1 : number + 3])
    phrase = _NOUN_PHRASE.match(tags, number + 1)
    if phrase is None or "P" in phrase.group() or tags[phrase.end() : phrase.end() + 1] in tuple("IWQT"):
        return False
    return is_known(lower[phrase.end() - 1])
