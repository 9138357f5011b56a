"""The table of languages: one row each, with its stemmer, its stop words and its habits of writing.

A row is cheap; its stop words and its stemmer are loaded when they are first used, and kept. English needs one file
of sumy's for its stop words (under a millisecond) and Snowball's library for its stems (a millisecond); Czech, Slovak
and Ukrainian need nltk, which sumy imports whole (half a second and 20 MB, at their first request). No data is ever
downloaded.

Stop words are sumy's where its list is sound, else those of stopwordsiso. sumy's Portuguese list is full of broken
escapes, its French one lacks "de" and its Spanish one "que"; its Japanese one lacks the particles, so there both
lists are read. Both are thin for Ukrainian, where some words of ours are added. Stems are Snowball's (Porter,
"Snowball: a language for stemming algorithms", 2001), as its own library has them, or one of sumy's own.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module, resources
from types import MappingProxyType
from typing import Literal

from service.errors import UnsupportedLanguageError, nearest

MAX_TERM_LETTERS = 64
"""A longer "word" is a token or an attack: its first letters stand for it, and no stemmer sees the rest."""

Script = Literal["Latin", "Cyrillic", "Greek", "Hebrew", "Arabic", "Devanagari", "Hangul", "Han", "Kana", "Thai"]
Stemmer = Literal["snowball", "sumy", "none"]
StopList = Literal["sumy", "iso", "own"]

IGNORABLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters that may stand inside a word and say nothing: soft hyphen, zero-width ones, direction marks."""

_FOLDS: dict[int, str | int | None] = {
    **dict.fromkeys(map(ord, IGNORABLE)),
    **dict.fromkeys(map(ord, "’‘ʼ"), "'"),
    **dict.fromkeys(map(ord, "‐‑"), "-"),
    ord("״"): '"',
    # Plain lower() would leave a combining dot behind.
    ord("İ"): "i",
}


@dataclass(frozen=True, eq=False)
class Language:
    """One language: what it is called, how it is written, and where its stems and stop words come from.

    Immutable and safe to share between threads.
    """

    code: str
    """ISO 639-1 code, the key in `LANGUAGES`."""
    name: str
    """English name; also what Snowball's algorithms and sumy's files are called by."""
    script: Script
    """The script most of its letters belong to; "Kana" for Japanese, since no other language has it."""
    stemmer: Stemmer
    """Which library stems it; "none" leaves words lower-cased."""
    stop_lists: tuple[StopList, ...]
    """Whose stop words it takes: sumy's, those of stopwordsiso, ours."""
    elision: frozenset[str] = frozenset()
    """Clitics that lean on the next word with an apostrophe ("l" in French l'homme); they are words of their own."""
    joiner: str = " "
    """What stands between two sentences of a summary."""
    unspaced: bool = False
    """Whether its words stand without spaces, so that letters are counted and pairs of letters compared."""
    respelled: Mapping[int, int] = field(default_factory=dict)
    """Letters to read as others, as for `str.translate`."""

    def fold(self, word: str) -> str:
        """Return `word` in the form that words are compared in: lower-case, NFKC, plain apostrophes and hyphens.

        Zero-width characters and soft hyphens go, as do joining marks at the ends; the result may be empty. Only the
        first `MAX_TERM_LETTERS` code points are read.
        """
        word = word[:MAX_TERM_LETTERS]
        if self.respelled or not word.isascii():
            word = unicodedata.normalize("NFKC", word.translate(_FOLDS)).translate(self.respelled)
        return word.lower().strip("_-.,'\"")

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """The words that carry no topic, folded."""
        listed = (word.strip() for source in self.stop_lists for word in _READERS[source](self))
        # Entries of several words cannot match one; the lists also hold punctuation and digits.
        folded = {self.fold(word) for word in listed if re.search(r"[^\W\d_]", word) and not re.search(r"\s", word)}
        # "don't" is often written "dont"; but he'll is not hell.
        return frozenset(folded | {word.replace("'", "") for word in folded if word.endswith("n't")})

    @cached_property
    def stem(self) -> Callable[[str], str]:
        """The function that maps a folded word to its stem; never to an empty string. Safe in any thread.

        Raises `UnicodeEncodeError` on half a surrogate pair, which no word of a text that was read holds.
        """
        if self.stemmer == "snowball":
            mine = _Snowball(self.name.lower())
            return lambda word: mine.stem_word(word) or word
        if self.stemmer == "sumy":
            stem = import_module(f"sumy.nlp.stemmers.{_SUMY_STEMMERS[self.code]}").stem_word
            # The Czech rules warn about a word that has no case, such as a number or one in another script.
            return lambda word: (word.islower() and stem(word)) or word
        return str


class _Snowball(threading.local):
    """Snowball's stemmer, one for each thread: no two may share one."""

    def __init__(self, name: str) -> None:
        from Stemmer import Stemmer

        self.stem_word: Callable[[str], str] = Stemmer(name, 0).stemWord


# sumy stems Slovak by its rules for Czech.
_SUMY_STEMMERS = {"cs": "czech", "sk": "czech", "uk": "ukrainian"}


def _sumy_stop_words(language: Language) -> Iterable[str]:
    """Read sumy's list as a file: `sumy.utils`, which would do it, imports requests and pycountry."""
    path = resources.files("sumy").joinpath("data", "stopwords", f"{language.name.lower()}.txt")
    return path.read_text(encoding="utf-8").splitlines()


def _iso_stop_words(language: Language) -> Iterable[str]:
    """Ask stopwordsiso, which at its first import reads its lists for 58 languages (30 ms, 8 MB)."""
    # Sets of str differ in order from run to run; nothing here may.
    words: set[str] = import_module("stopwordsiso").stopwords(language.code)
    return sorted(words)


_OWN_STOP_WORDS = {
    "uk": """
        буде будуть близько вже всього всі дуже її їй їм є ж за зі йому кого кому крім лише мають має мене мені між мій
        може можна моя над нас наш не неї немає ним ними них ніж об один одна одне ось перед після по поки понад при
        проти раз сам саме свій свої своє своїх своя себе серед собі там тим тільки то той тому тут хто цим цих ці цього
        цьому цю ця чому через ще щоб щодо яка яке які яких якою яку якщо
    """,
}

_READERS: dict[StopList, Callable[[Language], Iterable[str]]] = {
    "sumy": _sumy_stop_words,
    "iso": _iso_stop_words,
    "own": lambda language: _OWN_STOP_WORDS[language.code].split(),
}


_FRENCH_CLITICS = frozenset(
    ("l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"),
)
_ITALIAN_CLITICS = frozenset(
    (
        "l",
        "un",
        "d",
        "dell",
        "nell",
        "all",
        "dall",
        "sull",
        "coll",
        "gl",
        "c",
        "s",
        "m",
        "t",
        "v",
        "n",
        "quest",
        "quell",
    )
) | {"bell", "sant", "tutt", "mezz", "com", "cos", "dov", "quand"}

_TURKISH_LETTERS = str.maketrans("I", "ı")
# Some texts write the comma and some the cedilla, which Snowball reads alike; newspapers leave out the dots of ё.
_ROMANIAN_LETTERS = str.maketrans("șțȘȚ", "şţŞŢ")
_RUSSIAN_LETTERS = str.maketrans("ёЁ", "еЕ")

_ROWS = (
    Language("ar", "Arabic", "Arabic", "snowball", ("sumy",)),
    Language("cs", "Czech", "Latin", "sumy", ("sumy",)),
    Language("da", "Danish", "Latin", "snowball", ("iso",)),
    Language("de", "German", "Latin", "snowball", ("sumy",)),
    Language("el", "Greek", "Greek", "snowball", ("sumy",)),
    Language("en", "English", "Latin", "snowball", ("sumy",)),
    Language("es", "Spanish", "Latin", "snowball", ("iso",)),
    Language("fi", "Finnish", "Latin", "snowball", ("iso",)),
    Language("fr", "French", "Latin", "snowball", ("iso",), elision=_FRENCH_CLITICS),
    Language("he", "Hebrew", "Hebrew", "none", ("sumy",)),
    Language("hi", "Hindi", "Devanagari", "snowball", ("iso",)),
    Language("hu", "Hungarian", "Latin", "snowball", ("iso",)),
    Language("it", "Italian", "Latin", "snowball", ("sumy",), elision=_ITALIAN_CLITICS),
    Language("ja", "Japanese", "Kana", "none", ("sumy", "iso"), joiner="", unspaced=True),
    Language("ko", "Korean", "Hangul", "none", ("sumy",)),
    Language("nl", "Dutch", "Latin", "snowball", ("iso",)),
    Language("no", "Norwegian", "Latin", "snowball", ("iso",)),
    Language("pl", "Polish", "Latin", "snowball", ("sumy",)),
    Language("pt", "Portuguese", "Latin", "snowball", ("iso",)),
    Language("ro", "Romanian", "Latin", "snowball", ("iso",), respelled=_ROMANIAN_LETTERS),
    Language("ru", "Russian", "Cyrillic", "snowball", ("iso",), respelled=_RUSSIAN_LETTERS),
    Language("sk", "Slovak", "Latin", "sumy", ("sumy",)),
    Language("sv", "Swedish", "Latin", "snowball", ("sumy",)),
    Language("th", "Thai", "Thai", "none", ("sumy",), unspaced=True),
    Language("tr", "Turkish", "Latin", "snowball", ("iso",), respelled=_TURKISH_LETTERS),
    Language("uk", "Ukrainian", "Cyrillic", "sumy", ("sumy", "own")),
    Language("zh", "Chinese", "Han", "none", ("sumy",), joiner="", unspaced=True),
)

LANGUAGES: Mapping[str, Language] = MappingProxyType({row.code: row for row in _ROWS})
"""Code -> language, in the order of the codes."""

# Both written forms of Norwegian share one stemmer and one list; "iw" is what old systems still call Hebrew.
_ALIASES = {"nb": "no", "nn": "no", "iw": "he"}
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


def get_language(code: str) -> Language:
    """Return the language of a code; case and what follows a hyphen do not count: `EN` and `en-GB` are `en`.

    `nb` and `nn` are `no`, and `iw` is `he`.

    Raises:
        UnsupportedLanguageError: naming the value, the nearest code, and where the codes are listed.

    """
    match = _CODE.fullmatch(code.strip())
    base = match[1].lower() if match else ""
    language = LANGUAGES.get(_ALIASES.get(base, base))
    if language is None:
        shown = f"{code[:32]}…" if len(code) > len(code[:32]) else code
        listed = f"Known: {', '.join(LANGUAGES)}."
        message = f"There is no language {shown!r}.{_nearest_code(code)} {listed}"
        raise UnsupportedLanguageError(message)
    return language


def _nearest_code(value: str) -> str:
    """Return " Did you mean 'de'?" for the code closest to `value`, which may be nearly a code or nearly a name."""
    codes = {language.name.lower(): language.code for language in _ROWS}
    hint = nearest(value, [*codes.values(), *codes])
    for name, code in codes.items():
        hint = hint.replace(f"'{name}'", f"'{code}'")
    return hint
