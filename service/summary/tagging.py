"""English words -> parts of speech, one letter each, so that a sentence's grammar reads as a string.

A word's tag is its most frequent one (`lexicon`), and a look at the word before settles what English leaves open ("the
call" is a noun, "will call" a verb). About 6 microseconds a sentence; a statistical tagger gets more words right and
costs two hundred times that.

    D determiner   N noun          P proper noun   J adjective     C number        R adverb
    U subject      Z other pronoun I preposition   T "to"          K and, or       X but, nor
    V past verb    v present verb  B base form     E -ed form      e participle    G -ing form
    A is, was      b be, been      H has, had      O do, did       M will, can     p possessive 's
    S after, when  W who, which    Q that          , ; : . - ( )   q quotation     ' single quotation mark, o other
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.summary.lexicon import CORRECTED, WORDS, Word

TOKEN = re.compile(
    r"[^\W\d_]\w*+(?!\.\w)(?:(?:[-.&]|['’](?!s\b))\w+)*|(?:\w\.){2,}|[$£€]?\d+(?:[.,:/-]\d+)*%?(?:-[^\W\d]+)*(?!\w)|"
    r"['’]s\b|\w+(?:(?:[-.&]|['’](?!s\b))\w+)*|--+|\.\.\.|\S",
)
"""Words with what is joined to them, initials, numbers, the possessive 's by itself, and marks."""

_OPENERS = frozenset('"“:')
_AMBIGUOUS = frozenset("BVvEGNQph")
_AUXILIARIES = frozenset("HAb")
_BEFORE_BASE_FORM = frozenset("TMO")
_NEVER_NOUNS = frozenset(CORRECTED["B"].split())
_ALWAYS_VERBS = frozenset(
    "died said says told went came became arrived remained seemed existed occurred happened replied responded "
    "refused".split()
)
"""Behind "another" or "this" too: "another died"."""
_MAY_BE_OWNED = frozenset("NJCBVEGP")


def tag(tokens: Sequence[str]) -> str:
    """Return one tag a token, in order. Cost: linear."""
    return tags_of([WORDS[token] for token in tokens])


def tags_of(words: Sequence[Word]) -> str:
    """Return one tag a word, in order. Cost: linear."""
    tags = ["^", "^"]
    opens = True
    for number, word in enumerate(words):
        alone = word.opening if opens else word.inner
        if alone in _AMBIGUOUS:
            alone = _her(words, number) if alone == "h" else _in_context(alone, word.lower, tags[-1], tags[-2])
        if alone == "N" and tags[-1] == "U" and _is_verb_of(words[number - 1].lower, word.lower, tags[-2]):
            alone = "v"
        tags.append(alone)
        opens = word.lower in _OPENERS
    return "".join(tags[2:])


_HE = frozenset("he she it".split())
_THEY = frozenset("i we they".split())
_NO_OBJECT_OF = frozenset("VvBEGAMHOebIT")
_PEOPLE = frozenset("people men women children folk".split())


def _is_verb_of(pronoun: str, noun: str, before: str) -> bool:
    """Say whether what is mostly a noun is the verb of a pronoun: "it shifts", "we study", not "gave it wings"."""
    if before in _NO_OBJECT_OF or noun in _PEOPLE:
        return False
    return (pronoun in _HE and noun.endswith("s")) or (pronoun in _THEY and not noun.endswith("s"))


def _her(words: Sequence[Word], number: int) -> str:
    """Tell "her boat" from "saw her"."""
    return "D" if number + 1 < len(words) and words[number + 1].opening in _MAY_BE_OWNED else "Z"


def _in_context(alone: str, word: str, before: str, two_before: str) -> str:  # noqa: PLR0911 # one a kind
    """Return the tag of a word in view of what stands before it."""
    if alone == "N":
        return "B" if before in "MO" else "N"
    if alone == "p":
        return "A" if before in "UQWR" else "p"
    if alone == "Q":
        return "D" if before in "I^" else "Q"
    if before in "DpJ" and word not in _ALWAYS_VERBS:
        return {"E": "J", "G": "G" if before == "J" else "N"}.get(alone, "N")
    aside = two_before if before == "R" else before
    if alone == "E" and before == "R" and two_before in "Dp":
        return "J"  # "a medically induced sleep"
    if alone in "EV" and (before in _AUXILIARIES or (alone == "E" and aside in _AUXILIARIES)):
        return "e"
    if alone in "BvV" and aside in _BEFORE_BASE_FORM:
        return "B"
    return "N" if alone == "B" and before in "IC" and word not in _NEVER_NOUNS else alone
