"""English words -> parts of speech, one letter each, so that a sentence's grammar reads as a string.

A word's tag is its most frequent one in the lexicon of Brill's tagger ("A simple rule-based part of speech tagger",
1992), which TextBlob ships; closed classes are spelled out here, and a look at the word before settles what English
leaves open ("the call" is a noun, "will call" a verb). About 20 microseconds a sentence; a statistical tagger gets more
words right and costs fifty times that.

    D determiner   N noun          P proper noun   J adjective     C number        R adverb
    U subject      Z other pronoun I preposition   T "to"          K and, or       X but, nor
    V past verb    v present verb  B base form     E -ed form      e participle    G -ing form
    A is, was      b be, been      H has, had      O do, did       M will, can     p possessive 's
    S after, when  W who, which    Q that          , ; : . - ( )   q quotation     ' single quotation mark, o other
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

TOKEN = re.compile(
    r"(?:\w\.){2,}|[$£€]?\d+(?:[.,:/-]\d+)*%?(?:-[^\W\d]+)*(?!\w)|['’]s\b|\w+?(?=['’]s\b)|\w+(?:[-.'’&]\w+)*|--+|\.\.\.|\S",
)

_CLOSED = {
    "D": "the a an this these those my your his its our their every each some any all both another no either "
    "neither such what whatever",
    "U": "he she it they we i you there he'd she'd it'd they'd we'd i'd he'll she'll it'll they'll we'll i'll "
    "you'll they've we've i've you've they're we're you're i'm",
    "Z": "him them us me himself herself itself themselves myself yourself ourselves anyone everyone someone "
    "something anything everything nobody nothing one others hers theirs mine whom",
    "A": "is are was were am isn't aren't wasn't weren't",
    "b": "be been being",
    "H": "has have had hasn't haven't hadn't",
    "O": "do does did don't doesn't didn't",
    "M": "will would can could may might must shall should ought won't wouldn't can't cannot couldn't shouldn't "
    "mustn't",
    "I": "of in on at by for with from about into over under between through during against among toward towards "
    "within across behind beyond near amid amidst despite throughout upon onto outside inside around along "
    "beside besides above below off out up down via per like unlike following including concerning regarding "
    "aboard alongside versus minus plus without beneath till worth than except ahead due next",
    "T": "to",
    "S": "after as when while because before since although though if unless until once whereas whether so",
    "W": "which who whose where why how",
    "Q": "that",
    "K": "and or &",
    "X": "but nor yet",
    "R": "not also very then now just still even already too never ever often always only again later earlier soon "
    "here more most less least almost nearly back away apart together instead however meanwhile otherwise "
    "therefore thus hence well far long much quite rather perhaps maybe indeed ago yesterday today tomorrow "
    "tonight",
}
_MARKS = {mark: tag for tag, marks in {
    ",": ",", ";": ";", ":": ":", "(": "([", ")": ")]", "-": "-–—…", ".": ".!?", "q": '"“”', "'": "'‘’",
}.items() for mark in marks}  # fmt: skip
_FROM_BRILL = {
    "VBD": "V", "VBZ": "v", "VBP": "v", "VB": "B", "VBN": "E", "VBG": "G", "JJ": "J", "JJR": "J", "JJS": "J",
    "RB": "R", "RBR": "R", "RBS": "R", "CD": "C",
}  # fmt: skip
_CORRECTED = {
    "V": "said told went came began became gave took saw knew grew wrote spoke fell rose drove chose broke flew "
    "threw drew died appeared happened arrived remained seemed existed occurred agreed refused tried vowed "
    "urged insisted added responded replied argued",
    "v": "says wants believes thinks knows hopes remains becomes comes goes makes takes gets gives keeps seems "
    "includes continues appears means allows expects needs",
    "B": "say want believe think know hope",
    "E": "killed made left held set led sent kept built bought brought caught found paid felt lost met sold spent "
    "taught thought won heard hit cut put read shot hurt split quit beat cost shut spread struck hung swung "
    "stuck dug fed fled bled",
}
"""Where the lexicon's choice misleads: forms that are participle and past alike are E, whichever is more frequent."""


@cache
def lexicon() -> Mapping[str, str]:
    """Return word -> tag for the words that are not plain nouns; read once from TextBlob's file, in 60 ms."""
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:  # pragma: no cover - a broken installation
        raise ModuleNotFoundError("textblob, whose lexicon tags English words, is not installed.")
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    tags: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, brill = line.partition(" ")
        tag = _FROM_BRILL.get(brill)
        if tag and word.islower():
            tags[word] = "E" if tag == "V" and word.endswith("ed") else tag
    for words_by_tag in (_CORRECTED, _CLOSED):
        for tag, words in words_by_tag.items():
            tags.update(dict.fromkeys(words.split(), tag))
    return tags


def tag(tokens: Sequence[str]) -> str:
    """Return one tag a token, in order. Cost: linear."""
    known = lexicon()
    tags = ["^", "^"]
    for number, token in enumerate(tokens):
        lowered = token.lower().replace("’", "'")
        first = token[0]
        if not first.isalnum() and len(token) == 1:
            tags.append(_MARKS.get(first, "o"))
            continue
        alone = _alone(token, lowered, known, tags[-1], tokens[number - 1] if number else "")
        if alone in _AMBIGUOUS:
            alone = _in_context(alone, lowered, tags[-1], tags[-2])
        elif lowered == "her":
            after = tokens[number + 1] if number + 1 < len(tokens) else "."
            alone = "D" if after[0].isalnum() and known.get(after.lower(), "N") in "NJCBVEG" else "Z"
        tags.append(alone)
    return "".join(tags[2:])


_NEVER_NAMES = frozenset("DUITKQWSXAMH")
_BEFORE_SENTENCE = frozenset('"“:')


def _alone(token: str, lowered: str, known: Mapping[str, str], before: str, word_before: str) -> str:
    """Return the tag that a word has by itself."""
    first = token[0]
    if lowered == "'s":
        return "A" if before in "UQWR" else "p"
    if first.isdigit() or first in "$£€":
        return "J" if token[-1].isalpha() and "-" in token else "C"
    if not first.isalnum():
        return _MARKS.get(first, "o")
    tag_known = known.get(lowered)
    if first.isupper() and word_before:
        if token == "May":  # noqa: S105 # a word of the text, the month
            return "P"
        if tag_known not in _NEVER_NAMES and word_before not in _BEFORE_SENTENCE:
            return "P"
    return tag_known or _guess(lowered, is_capital=first.isupper())


def _guess(word: str, *, is_capital: bool) -> str:
    if is_capital:
        return "P"
    if word.endswith("ly"):
        return "R"
    if word.endswith("ed") and len(word) > 4:  # noqa: PLR2004 # not "bed", "seed"
        return "E"
    if word.endswith("ing") and len(word) > 5:  # noqa: PLR2004 # not "king", "thing"
        return "G"
    return "J" if word.endswith(("-old", "-based", "-led", "-backed", "-year", "-day")) else "N"


_AMBIGUOUS = frozenset("BVvEGNQ")
_AUXILIARIES = frozenset("HAb")
_BEFORE_BASE_FORM = frozenset("TMO")
_NEVER_NOUNS = frozenset(_CORRECTED["B"].split())


def _in_context(alone: str, word: str, before: str, two_before: str) -> str:
    """Return the tag of a word in view of what stands before it."""
    if alone == "N":
        return "B" if before in "MO" else "N"
    if alone == "Q":
        return "D" if before in "I^" else "Q"
    if before in "DpJ":
        return {"E": "J", "G": "G" if before == "J" else "N"}.get(alone, "N")
    aside = two_before if before == "R" else before
    if alone in "EV" and (before in _AUXILIARIES or (alone == "E" and aside in _AUXILIARIES)):
        return "e"
    if alone in "BvV" and aside in _BEFORE_BASE_FORM:
        return "B"
    return "N" if alone == "B" and before in "IC" and word not in _NEVER_NOUNS else alone
