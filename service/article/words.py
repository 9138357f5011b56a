"""Text -> words, content words and their stems, counts of words.

A word is a run of letters, digits and combining marks, joined by single apostrophes, hyphens and full stops (U.N.,
3.5, rock'n'roll), by commas between digits and by the quotation mark inside Hebrew abbreviations. Chinese, Japanese
and Thai stand without spaces: there, neighbouring letters are read in overlapping pairs, as Lucene's CJK analyser
does, and each letter counts as a word.

Everything here takes time linear in the text: what may follow a repeat is disjoint from what it takes, so nothing is
ever tried twice. Repeated characters are possessive; groups are not, as such a loop may not end before Python 3.11.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from operator import add

from service.article.languages import IGNORABLE, LANGUAGES, Language
from service.article.models import Span
from service.article.word_cache import WordCache

MAX_CACHED_WORDS = 2**15
"""Words remembered for each language, at most."""

# Python's \w leaves out the marks that Hindi, Thai, Arabic and Hebrew write vowels with, so their blocks are spelled
# out: general diacritics, Cyrillic, Hebrew, Arabic, Devanagari, Thai, kana, variation selectors.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957"
    "\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    "\ua8e0-\ua8f1\ua8ff\ufe00-\ufe0f\ufe20-\ufe2f\uff9e\uff9f"
)
_LETTERS = rf"[\w{_MARKS}{IGNORABLE}]"
_JOINT = r"""(?:[.'’‘\-‐‑]|(?<=\d),(?=\d)|(?<=[א-ת])["״](?=[א-ת]))"""
_WORD = re.compile(rf"[^\W_]{_LETTERS}*+(?:{_JOINT}{_LETTERS}++)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]\w*+(?:(?:[.'\-]|(?<=\d),(?=\d))\w++)*", re.ASCII)
"""The same where every character is ASCII, in two thirds of the time."""

# Han with its repetition marks, kana with its half-width forms, Thai without its marks.
_UNSPACED_LETTERS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U000323af\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"
)
_UNSPACED_LETTER = re.compile(f"[{_UNSPACED_LETTERS}]")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED_LETTERS}][{_UNSPACED_LETTERS}{_MARKS}]*+")
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f".[{_MARKS}]*+", re.DOTALL)

_CONTRACTION = re.compile(r"'(?:s|ll|ve|re|d|m)$")
_PART = re.compile(r"[-']")
# Below it are the alphabets (Latin, Greek, Cyrillic, Hebrew, Arabic) where one letter is no word of substance.
_END_OF_ALPHABETS = "\u0700"
_MIN_DIGITS = 2


def words(text: str, language: Language) -> list[str]:
    """Return all words of `text` in order, folded (`Language.fold`), stop words kept, clitics apart.

    In unspaced languages these are pairs of letters, and a letter that stands alone.
    """
    found = [word for word in map(language.fold, _surface_words(text, language)) if word]
    if not language.elision:
        return found
    return [part for word in found for part in _split_clitic(word, language) if part]


def terms(text: str, language: Language) -> tuple[str, ...]:
    """Return the stems of the content words of `text`, in order, repeats kept.

    Stop words, single letters and single digits are left out, and the English endings 's, 'll, 've, 're, 'd and 'm
    cut off. A pair of letters of an unspaced language is left out when it is a stop word or both its letters are.
    Stems are remembered by word, up to `MAX_CACHED_WORDS` for each language.
    """
    known = _CACHES[language.code]
    return tuple(filter(None, map(known.__getitem__, _surface_words(text, language))))


def known_terms(language: Language) -> Mapping[str, str]:
    """Return word as written -> its stem, "" for one without content; any word has an entry."""
    return _CACHES[language.code]


def located_terms(text: str, language: Language, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Yield the content words of `text[start:end]` in order, each with its span in `text` and its stem.

    In unspaced languages the spans of neighbouring pairs overlap in a letter.
    """
    known = _CACHES[language.code]
    spans = _unspaced_spans(text, start, end) if language.unspaced else _word_spans(text, start, end)
    for first, last in spans:
        if term := known[text[first:last]]:
            yield Span(first, last), term


def count_words(text: str, language: Language) -> int:
    """Return the number of words as budgets and statistics count them.

    These are the stretches between white space, as `wc -w` counts them; in unspaced languages each of their letters
    is one and the rest is counted as usual, without what is only punctuation.
    """
    if not language.unspaced:
        return len(text.split())
    rest = _UNSPACED_LETTER.sub(" ", text)
    n_letters = sum(map(len, _UNSPACED_LETTER.findall(text)))
    return n_letters + sum(any(map(str.isalnum, stretch)) for stretch in rest.split())


def _surface_words(text: str, language: Language) -> list[str]:
    """Return the words of `text` as written; runs of unspaced letters in pairs."""
    if not language.unspaced:
        return (_ASCII_WORD if text.isascii() else _WORD).findall(text)
    found: list[str] = []
    start = 0
    for run in _UNSPACED_RUN.finditer(text):
        found += _WORD.findall(text, start, run.start())
        letters = _CLUSTER.findall(run.group()) if _MARK.search(run.group()) else run.group()
        found += map(add, letters, letters[1:]) if len(letters) > 1 else letters
        start = run.end()
    return found + _WORD.findall(text, start)


def _word_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return where the words in `text[start:end]` start and end."""
    return map(re.Match.span, _WORD.finditer(text, start, end))


def _unspaced_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words between runs of unspaced letters are, and each two neighbours within such a run."""
    for run in _UNSPACED_RUN.finditer(text, start, end):
        yield from _word_spans(text, start, run.start())
        letters = [match.span() for match in _CLUSTER.finditer(text, *run.span())]
        if len(letters) == 1:
            yield letters[0]
        for (first, _), (_, last) in pairwise(letters):
            yield first, last
        start = run.end()
    yield from _word_spans(text, start, end)


def _split_clitic(word: str, language: Language) -> tuple[str, str]:
    """Return the clitic with its apostrophe and the rest: ("l'", "homme"); ("", word) where there is none."""
    clitic, apostrophe, rest = word.partition("'")
    if rest and clitic in language.elision:
        return clitic + apostrophe, rest
    return "", word


def _term(surface: str, language: Language) -> str:
    """Return the stem of a content word, "" for any other."""
    _, word = _split_clitic(language.fold(surface), language)
    stop_words = language.stop_words
    if word in stop_words:
        return ""
    if word.isalpha() and len(word) > 1 and not language.unspaced:
        return language.stem(word)  # as most words: of letters alone
    if not _has_content(word, language):
        return ""
    if language.code == "en":
        word = _CONTRACTION.sub("", word)
    if word in stop_words or all(part in stop_words or _is_letter(part) for part in _PART.split(word)):
        return ""
    return language.stem(word)


def _has_content(word: str, language: Language) -> bool:
    """Tell whether a folded word is more than one letter or one digit."""
    if language.unspaced and _UNSPACED_LETTER.match(word):
        letters = _CLUSTER.findall(word)
        return not all(letter in language.stop_words for letter in letters)
    if any(map(str.isalpha, word)):
        return not _is_letter(word)
    return sum(map(str.isdecimal, word)) >= _MIN_DIGITS


def _is_letter(word: str) -> bool:
    """Tell whether `word` is nothing, or one letter of an alphabet (not a syllable or an ideograph)."""
    return not word or (len(word) == 1 and word < _END_OF_ALPHABETS and word.isalpha())


_CACHES = {code: WordCache(partial(_term, language=language), MAX_CACHED_WORDS) for code, language in LANGUAGES.items()}
