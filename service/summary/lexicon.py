"""What is known of an English word by itself: its part of speech, and whether what is said hangs on it.

Parts of speech come from the lexicon of Brill's tagger ("A simple rule-based part of speech tagger", 1992), which
TextBlob ships; closed classes are spelled out here. The tags are listed in `tagging`. Words that negate, condition or
limit (law 3) are listed for a few other languages as well: brackets and dashes are cut there too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from service.article.word_cache import WordCache

MAX_CACHED_WORDS = 2**14
"""Words remembered as written, at most."""


class Mark:
    """What hangs on a word: bits, plain integers for speed."""

    BINDING = 1
    """A negation or a condition: no cut may hold it."""
    NEGATION = 2
    WEAK = 4
    """A number, or what makes one or a claim weaker: only a whole aside may take it along."""
    LIMIT = 8
    """What follows belongs to it: "the largest {city in Peru}", "all {men over 50}"."""
    OPENS = 16
    """With the word after it, it may be one of the first or third kind: "at least", "so far"."""


class Word(NamedTuple):
    """A word as written."""

    lower: str
    """In lower case, its apostrophes straight."""
    opening: str
    """Its tag where a sentence or a quotation opens, where a capital says nothing."""
    inner: str
    """Its tag anywhere else."""
    marks: int
    """`Mark`s, 0 for most words."""


_CLOSED = {
    "D": "the a an this these those my your his its our their every each some any all both another no either "
    "neither such what whatever",
    "U": "he she it they we i you there he'd she'd it'd they'd we'd i'd he'll she'll it'll they'll we'll i'll "
    "you'll they've we've i've you've they're we're you're i'm",
    "Z": "him them us me himself herself itself themselves myself yourself ourselves anyone everyone someone "
    "something anything everything nobody nothing one others hers theirs mine",
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
    "W": "which who whose where why how whom",
    "Q": "that",
    "K": "and or &",
    "X": "but nor yet",
    "R": "not also very then now just still even already too never ever often always only again later earlier soon "
    "here more most less least almost nearly back away apart together instead however meanwhile otherwise "
    "therefore thus hence well far long much quite rather perhaps maybe indeed ago yesterday today tomorrow "
    "tonight worryingly alarmingly",
    "h": "her",
}
_PUNCTUATION = {mark: tag for tag, marks in {
    ",": ",", ";": ";", ":": ":", "(": "([", ")": ")]", "-": "-–—…", ".": ".!?", "q": '"“”', "'": "'‘’",
}.items() for mark in marks}  # fmt: skip
_FROM_BRILL = {
    "VBD": "V", "VBZ": "v", "VBP": "v", "VB": "B", "VBN": "E", "VBG": "G", "JJ": "J", "JJR": "J", "JJS": "J",
    "RB": "R", "RBR": "R", "RBS": "R", "CD": "C",
}  # fmt: skip
CORRECTED = {
    "V": "said told went came began became gave took saw knew grew wrote spoke fell rose drove chose broke flew "
    "threw drew died appeared happened arrived remained seemed existed occurred agreed refused tried vowed "
    "urged insisted added responded replied argued",
    "v": "says wants believes thinks knows hopes remains becomes comes goes makes takes gets gives keeps seems "
    "includes continues appears means allows expects needs",
    "B": "say want believe think know hope",
    "E": "killed made left held set led sent kept built bought brought caught found paid felt lost met sold spent "
    "taught thought won heard hit cut put read shot hurt split quit beat cost shut spread struck hung swung "
    "stuck dug fed fled bled",
    "N": "decades days hours minutes moments months seconds weeks years",
}
"""Where the lexicon's choice misleads: forms that are participle and past alike are E, whichever is more frequent."""

_NEGATIONS = frozenset(
    "no not never none nobody nothing nowhere neither nor without hardly barely scarcely rarely seldom cannot "
    "deny denies denied impossible refuse refuses refused lack lacks lacked "
    "unlike nicht kein keine keinen keinem keiner keines nie ne pas jamais aucun aucune ni nunca jamás não non "
    "mai niet geen inte ikke ei не нет ни değil yok".split(),
)
_CONDITIONS = frozenset(
    "if unless until except excluding only provided assuming whether could might may would should can alleged "
    "allegedly reportedly likely possible possibly potential potentially acquitted convicted cleared false untrue "
    "disputed disputes overturned retracted temporary temporarily wenn falls sofern si sauf se als om hvis jos если "
    "eğer".split(),
)
"""In lower case only: May is a month."""
_HEDGES = frozenset("formerly estimated adjusted suspected reported".split())
_LIMITS = frozenset(
    "first last only most least few fewer best worst than ever second third every all each any "
    "percent million billion majority both so such too same would could may might if unless want wants wanted "
    "wanting hope hopes hoped hoping plan plans planned planning seek seeks seeking expect expects expected "
    "expecting expectation expectations forbid forbids forbade forbidden forbidding ban bans banned banning prohibit "
    "prohibits prohibited prohibiting outlaw outlaws outlawed stop stops stopped stopping prevent prevents prevented "
    "preventing avoid avoids avoided avoiding oppose opposes opposed opposing".split(),
)
_NO_SUPERLATIVES = frozenset(
    "arrest protest interest request contest forest guest west northwest southwest midwest rest chest quest invest "
    "suggest harvest honest nest digest conquest inquest unrest manifest priest vest crest fest test pest zest "
    "everest budapest bucharest".split(),
)
_PAIRED = {
    "at": "least most", "up": "to", "more": "than", "less": "than", "fewer": "than", "after": "inflation",
}  # fmt: skip
_BINDING_PAIRS = {"for": "now", "so": "far", "apart": "from", "aside": "from"}
_NEGATING = frozenset("fail fails failed failing yet".split())
"""With "to": "failed to land" is no "failed harvest", "has yet to land"."""
_ABOUT = frozenset("almost nearly about roughly over under".split())
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten half hundred hundreds thousand thousands million millions dozen "
    "dozens".split(),
)
_NUMBER_WORDS = _NUMBERS - {"one"}
_MEASURES = frozenset(
    "dozen hundred thousand million billion third quarter half tenth day week month year decade century hour minute "
    "mile".split(),
)
_MARKED = frozenset({"per"}).union(
    _NEGATIONS, _NEGATING, _CONDITIONS, _HEDGES, _LIMITS, _PAIRED, _BINDING_PAIRS, _ABOUT, _NUMBER_WORDS
)
"""Of letters alone, a word has marks if it is one of these, or a superlative."""


@cache
def lexicon() -> Mapping[str, str]:
    """Return word -> tag for the words that are not plain nouns; read once from TextBlob's file, in 60 ms."""
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:  # pragma: no cover - a broken installation
        raise ModuleNotFoundError("textblob, whose lexicon tags English words, is not installed.")
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    tags: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:  # one by one: all at once would leave a heap twice as large behind
        for line in lines:
            word, _, brill = line.rstrip().partition(" ")
            tag = _FROM_BRILL.get(brill)
            if brill == "NN" and word.endswith("ly"):
                tag = "N"  # "family" is no adverb
            if tag and word.islower():
                tags[word] = "E" if tag == "V" and word.endswith("ed") else tag
    for words_by_tag in (CORRECTED, _CLOSED):
        for tag, words in words_by_tag.items():
            tags.update(dict.fromkeys(words.split(), tag))
    return tags


_NEVER_NAMES = frozenset("DUITKQWSXAMHh")
_NAMES = frozenset({"May", "Will", "Per"})
"""But these words mostly are, in the middle of a sentence."""


_ARTICLE_IN_NAME = re.compile("(?:al|el|ul|a[dnrstz]|ash)-[A-Z]")
"""As in "al-Masri"."""


def _word(token: str) -> Word:
    lower = token.lower().replace("’", "'")
    known = lexicon().get(lower)
    first = token[0]
    if lower == "'s":
        inner = opening = "p"
    elif first.isdigit() or first in "$£€":
        inner = opening = "J" if token[-1].isalpha() and "-" in token else "C"
    elif not first.isalnum():
        inner = opening = _PUNCTUATION.get(first, "o")
    else:
        is_capital = first.isupper() or _ARTICLE_IN_NAME.match(token) is not None
        inner = opening = known or _guess(lower, is_capital=is_capital)
        if is_capital and (token in _NAMES or known not in _NEVER_NAMES):
            inner = "P"
    return Word(lower, opening, inner, _marks(token, lower))


def _guess(word: str, *, is_capital: bool) -> str:
    if is_capital:
        return "P"
    if word.endswith(("-old", "-based", "-led", "-backed", "-year", "-day")):
        return "J"
    if word.endswith("ly"):
        return "R"
    if word.endswith("ed") and len(word) > 4:  # noqa: PLR2004 # not "bed", "seed"
        return "E"
    if word.endswith("ing") and len(word) > 5:  # noqa: PLR2004 # not "king", "thing"
        return "G"
    return "N"


def _marks(token: str, lower: str) -> int:
    if lower.isalpha() and lower not in _MARKED and not _is_superlative(lower):
        return 0  # most words
    marks = 0
    for part in lower.split("-"):
        if part in _NEGATIONS or part.endswith("n't"):
            marks |= Mark.BINDING | Mark.NEGATION
    if not _CONDITIONS.isdisjoint(token.split("-")):
        marks |= Mark.BINDING
    if lower in _HEDGES or lower in _NUMBER_WORDS or any(map(str.isdigit, lower)):
        marks |= Mark.WEAK
    if lower in _LIMITS or lower.endswith("%") or _is_superlative(lower):
        marks |= Mark.LIMIT
    if lower in _PAIRED or lower in _BINDING_PAIRS or lower in _ABOUT or lower in _NEGATING or lower == "per":
        marks |= Mark.OPENS
    return marks


def _is_superlative(word: str) -> bool:
    return word.endswith("est") and len(word) > 4 and word not in _NO_SUPERLATIVES  # noqa: PLR2004 # not "est", "best"


def pair_marks(word: str, following: str, third: str) -> int:
    """Return the marks of a word that `OPENS`, all in lower case, in view of the two words after it."""
    if word in _NEGATING:
        return Mark.BINDING | Mark.NEGATION if following == "to" else 0
    if _BINDING_PAIRS.get(word) == following:
        return Mark.BINDING
    if following in _PAIRED.get(word, "").split():
        return Mark.WEAK
    if word in _ABOUT:
        is_number = following[:1].isdigit() or following[:1] in tuple("$£€") or following in _NUMBERS
        return Mark.WEAK if is_number or (following in {"a", "an"} and third in _MEASURES) else 0
    return Mark.LIMIT if word == "per" and following == "cent" else 0


WORDS = WordCache(_word, MAX_CACHED_WORDS)
"""Every token has an entry, whatever it is."""
