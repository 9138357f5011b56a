"""Captions among a story's sentences, where a page's text has lost its lines.

Some say where somebody stands in the picture, or tell what only a picture shows. The others are told by their tense:
English news is told in the past, what a picture shows in the present (Quirk et al., "A Comprehensive Grammar of the
English Language", 1985, 4.3): "Rowers wave to the crowd in Lindholm on Sunday".
"""

from __future__ import annotations

import re

from service.article.models import Article, Sentence
from service.summary.clauses import FINITE, SAYING, Reading, read_clauses
from service.summary.cuts.classes import SURE_VERB
from service.summary.statements import label_end, names_side

_ACTS = frozenset(
    "applaud battle bless board browse celebrate cheer clamber clap clash climb clutch comfort console cradle cross "
    "crouch cry cuddle dance dig disembark douse drag drink eat embrace escort exit flee frolic gather gaze "
    "gesture greet grieve hoist hug huddle hurl inspect jog joke jump kick kiss kneel laugh laze listen load "
    "lounge march mourn offload paddle parade patrol pause peer perform pose pray protest pull push queue react "
    "rest ride row rush sail salute search shake shelter sift sing sleep smash smile snuggle sort splash spray "
    "stare steer stroll sunbathe survey swim tackle tend toast train tumble unfurl unload wade wait walk wander "
    "watch wave weep wipe".split()
)
"""What a picture may show somebody or something do, and that news seldom tells in the present."""
_ACTS_ABOVE = frozenset(
    "address appear arrive attend deliver distribute drive drop fall fight fly get hang hold leave lift "
    "line look lunge make meet move pass play return rise run set share sign sit speak stand talk tour use visit "
    "warm welcome work".split()
)
"""What else it may in one of the first sentences, where pages have their main picture, or behind a label; elsewhere
"holds" is more often that somebody holds an office or a record."""
_ACTS_ANYWHERE = frozenset(
    "applaud celebrate cheer clap clutch comfort cuddle embrace gaze gesture greet grieve hug huddle kiss kneel laugh "
    "listen peer pose salute shake smile stare stroll wave weep wipe".split()
)
"""What only a picture shows, also in a story that is itself told in the present."""
_ACTS_OF_NAMED = frozenset("climb jump push rest smash".split())
"""What prices, weather and charges do as well: only behind one person's name."""
_DONE_ABOVE = frozenset("escorted flanked greeted joined mobbed photographed pictured seen shown surrounded".split())
"""What may be done to whom a picture above the story shows: "Ana Lund is greeted by her crew"."""
_N_ABOVE = 3
_PICTURES = frozenset("drawing graphic illustration image map photo photograph picture sketch view".split())
_SHOW = frozenset("depicts shows".split())
_OWNERS = frozenset("his her its their our my".split())
"""Whose subject was named before: no caption's."""
_SAYING = frozenset("according says said tells told".split())
_IS = frozenset("is are".split())
_BEING = frozenset("be been being is was were".split())
_NO_SUBJECT = re.compile("[UQWSX;:q]")
"""Tags of what does not stand before the verb of a caption, which names who is seen."""
_AFTER_ACT = re.compile("[DIRTGPCSJ.]")
"""What follows a verb more often than a noun."""
_PLURALS = frozenset("children crew people police staff".split())
_OF_PAST = (" said", " told", " was ", " were ", " had ")
_OF_PRESENT = (" says", " tells", " is ", " are ", " has ")
_BESIDE = re.compile(
    r"(?:Above|Pictured|From left), |(?:Left|Right), (?:(?:the|an?) |[A-Z][a-z]+ [A-Z])|"
    r"In the foreground (?:is|are|was|were)\b|This (?:image|photo|photograph|picture) "
)
"""What stands in a picture, or beside the sentence."""
_SEEN_HERE = re.compile(
    r"\b(?:(?:pictured|seen) here|(?:provided|sent|shared|took) this (?:image|photo|photograph|picture) of)\b"
)
_HABIT = re.compile(
    r"\b(?:a (?:day|week|month|year)|always|each|every|infrequently|often|per|rarely|seldom|times|usually)\b"
)
"""What is done again and again no picture shows."""
_NOUN_AFTER_ALL = re.compile("[PDNCJIK]*[VAHME]")
_SURE_VERB_FOLLOWS = re.compile("[PDNCJIK]*[VAHM]")
"""The verb of the sentence comes behind the word: "Peace talks in Norr resumed", "Ferries run by Ana Lund were"."""
_LONGEST = 400
"""Characters: a longer sentence is no caption."""
_NEAR = 10_000
"""Characters to either side: an article, and no book, which would be searched for each such sentence."""


def is_caption(article: Article, sentence: Sentence, reading: Reading | None = None) -> bool:
    """Say whether an English sentence tells what a picture shows.

    It does if it says where somebody stands in it, tells what only a picture shows, or tells in the present what can
    be seen, in a story of the past and with no source. Never the first sentence. `reading` is that of the sentence
    without its label, where it has been read. Cost: linear in the sentence, and in the text near by where a word of it
    is such a verb.
    """
    if sentence.index == 0:
        return False
    text, start, end = article.text, sentence.start, sentence.end
    source = text[start:end]
    may_point = " here" in source or " this " in source  # which is quicker to tell
    if _BESIDE.match(source) or names_side(source) or (may_point and _SEEN_HERE.search(source)):
        return True
    return end - start <= _LONGEST and not _SIGNS.isdisjoint(source.split()) and _is_seen(article, sentence, reading)


def _is_seen(article: Article, sentence: Sentence, reading: Reading | None) -> bool:
    """Say whether what the sentence tells is only seen in a picture, or told of the present in a story of the past."""
    text, start, end = article.text, sentence.start, sentence.end
    if reading is None and _SIGNS_ANYWHERE.isdisjoint(text[start:end].split()) and not _is_past(text, sentence):
        return False  # which is quicker to tell than how it reads
    label = label_end(article, sentence)
    reading = reading or read_clauses(text[start + label : end], is_english=True)
    if _is_said(reading) or _HABIT.search(reading.source):
        return False
    is_above = label > 0 or sentence.index <= _N_ABOVE
    act = _act(reading, is_above=is_above)
    if act is not None and _is_seen_anywhere(reading, act):
        return True
    is_seen = act is not None or (is_above and (_is_shown(reading) or _is_done(reading)))
    return is_seen and _is_past(text, sentence)


def _is_said(reading: Reading) -> bool:
    """Say whether somebody says so: "Sailors drink less, a survey found", but not "…, shortly after being found"."""
    last = reading.lower[max(0, reading.body_end - 2) : reading.body_end]
    ends_on_verb = len(last) > 1 and last[1] in SAYING and last[0] not in _BEING
    return ends_on_verb or reading.attribution is not None or not _SAYING.isdisjoint(reading.lower)


def _act(reading: Reading, *, is_above: bool) -> int | None:
    """Return where the first verb is if a picture may show it, of somebody who is named or any: "Rowers wave"."""
    verb = FINITE.search(reading.tags)
    end = verb.start() + 1 if verb else reading.n
    act = next((number for number in range(1, end) if _is_act(reading, number, is_above=is_above)), None)
    return act if act is not None and _names_who_is_seen(reading, act) else None


def _names_who_is_seen(reading: Reading, act: int) -> bool:
    """Say whether the subject before a verb is a caption's."""
    opening = reading.lower[reading.tags.rfind(",", 0, act - 1) + 1]
    is_told_of_before = opening in _OWNERS or (reading.lower[0] == "the" and "P" not in reading.tags[1:act])
    return not is_told_of_before and not _NO_SUBJECT.search(reading.tags, 0, act)


def _is_done(reading: Reading) -> bool:
    """As in "Ana Lund is greeted by her crew": what is done to who is seen."""
    verb = FINITE.search(reading.tags)
    if not verb or reading.lower[verb.start()] not in _IS:
        return False
    done = reading.lower[verb.start() + 1 : verb.start() + 2]
    return not _DONE_ABOVE.isdisjoint(done) and _names_who_is_seen(reading, verb.start())


def _is_seen_anywhere(reading: Reading, act: int) -> bool:
    """Say whether no story tells such an act, in whatever tense."""
    verb, following = _VERBS[reading.lower[act]], reading.tags[act + 1 : act + 2]
    # "Norr celebrates its centenary" is news
    return verb in _ACTS_ANYWHERE and not (verb == "celebrate" and following in tuple("DJNPC"))


def _is_shown(reading: Reading) -> bool:
    """As in "A photo taken in May shows the harbour"."""
    shows = next((number for number, word in enumerate(reading.lower) if word in _SHOW), 0)
    if reading.lower[shows + 1 : shows + 2] == ["that"]:
        return False  # "The map shows that …": an argument
    return not _PICTURES.isdisjoint(reading.lower[:shows]) and SURE_VERB.search(reading.tags, 0, shows) is None


def _is_act(reading: Reading, number: int, *, is_above: bool) -> bool:
    """Say whether a word is such a verb, by its tag or by the number of its subject, and by what follows."""
    word, letter, tags = reading.lower[number], reading.tags[number], reading.tags
    verb = _VERBS.get(word)
    if verb is None or not _may_be_seen(verb, tags[number + 1 : number + 3], is_above=is_above):
        return False
    if (verb in _ACTS_OF_NAMED and (word == verb or tags[number - 1] != "P")) or reading.lower[number : number + 2] == [
        "run",
        "by",
    ]:
        return False
    if (_NOUN_AFTER_ALL if letter == "N" else _SURE_VERB_FOLLOWS).match(tags, number + 1):
        return False
    if letter == "v" and word != verb:
        return True
    if letter not in "vBN" or _is_in_phrase(reading, number) or reading.lower[number + 1 : number + 2] == ["of"]:
        return False
    follows = _AFTER_ACT.match(tags, number + 1) or (word != verb and tags[number + 1 : number + 2] == "N")
    return bool(follows) and tags[number - 1] in "NPx,R" and _is_plural(reading, number) == (word == verb)


def _may_be_seen(verb: str, following: str, *, is_above: bool) -> bool:
    """Say whether a picture may show the act, in view of the two tags behind it."""
    if following[:1] == "T" and (verb in _ACTS_ABOVE or (verb == "tend" and following == "TB")):
        return False  # "appears to have left", "tend to live longer"
    if verb == "pose" and following[:1] in tuple("DJNC"):
        return False  # "pose a threat"
    return verb in _ACTS or (is_above and verb in _ACTS_ABOVE)


def _is_in_phrase(reading: Reading, end: int) -> bool:
    """Say whether a preposition stands before: "won by 18 runs", but not "Rowers of Norr wave"."""
    return any(reading.tags[number] == "I" and reading.lower[number] != "of" for number in range(end))


def _is_plural(reading: Reading, end: int) -> bool:
    """Say whether the subject before `end` is more than one."""
    head = reading.tags.find("I", 1, end)  # "People of Norr"
    before = reading.lower[(head if head > 0 else end) - 1]
    return "K" in reading.tags[:end] or before.endswith(("s", "men")) or before in _PLURALS


def _is_past(text: str, sentence: Sentence) -> bool:
    near = text[max(0, sentence.start - _NEAR) : sentence.end + _NEAR]
    return sum(map(near.count, _OF_PAST)) > sum(map(near.count, _OF_PRESENT))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeou" else f"{verb}s"


_VERBS = {form: verb for verb in _ACTS | _ACTS_ABOVE for form in (verb, _third_person(verb))}
"""Both forms of the present -> the verb."""
_SIGNS = _SHOW | _DONE_ABOVE | _VERBS.keys()
"""Words without one of which a sentence need not be read."""
_SIGNS_ANYWHERE = frozenset(form for form, verb in _VERBS.items() if verb in _ACTS_ANYWHERE)
