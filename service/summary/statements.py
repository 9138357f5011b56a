"""Which sentences can stand alone as a bullet."""

from __future__ import annotations

import re

from service.article.models import Article, Sentence

_SIDE = re.compile(
    r"\((?:(?:pictured|from|far|top|bottom|second|centre|center)\W?\s?)*(?:left|right|pictured|l-r|above|below)\b"
)
"""Where somebody stands in a picture: the sentence is its caption."""
_FURNITURE = re.compile(
    r"\d{1,2}:\d\d\s[A-Z]{2,4}\b|(?:VIDEO:?\s)?Scroll down\b|[©]|(?:•\s*)?VIDEO\b|(?:Click|Tap) here\b"
)
_SINGLE_OPENS = re.compile(r"(?<!\w)['‘](?=[^\W\d])")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_BRACKETS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))


def is_statement(article: Article, sentence: Sentence) -> bool:
    """Say whether the sentence can stand alone: no question, caption or furniture, no part of a longer quotation."""
    source = article.text[sentence.start : sentence.end]
    if source.rstrip("\"”’'»)").endswith(("?", "？", "؟", ":", "：", ";")):
        return False
    if _SIDE.search(source) or _FURNITURE.match(source):
        return False
    if source.count('"') % 2 or any(source.count(left) != source.count(right) for left, right in _BRACKETS):
        return False
    if len(_SINGLE_OPENS.findall(source)) > len(_SINGLE_CLOSES.findall(source)):
        return False
    return not _quotation_is_open(article.text[article.blocks[sentence.block].start : sentence.start])


def _quotation_is_open(before: str) -> bool:
    """Say whether the last quotation mark before a sentence opens a quotation: its speaker would be lost."""
    last = max(before.rfind('"'), before.rfind("“"), before.rfind("”"))
    if last < 0 or before[last] == "”":
        return False
    return before[last] == "“" or (before[last + 1 : last + 2].isalnum() and not before[last - 1 : last].isalnum())


_PRONOUN = re.compile(
    r"(?:(?:And|But|So|Yet|Then|Now|However|Meanwhile|Still|Indeed),? |[\"“‘'(])*"
    r"(?:He|She|It|They|His|Hers?|Its|Their|Him|Them|We|I|That|These|Those)\b",
    re.IGNORECASE,
)


def points_back(sentence: str) -> bool:
    """Say whether an English sentence opens with a word that names nobody: "He said …", "But they …"."""
    return bool(_PRONOUN.match(sentence))
