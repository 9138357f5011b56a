"""Generated articles for benchmarks: no sentence twice, in one text or in two, built as prose is.

Sentences have clauses and phrases as in "The storm of the harbour marked a school in the island, which …", about 22
words each, as in news. Word frequencies fall as Zipf's law says. The number of different words grows as Heaps' law
says, 12 n^0.55 for n words: 500 in an article of 880, 2,900 in a report of 22,000, 25,000 in a library of 1.1 million.
"""

from __future__ import annotations

import random
from itertools import accumulate, product

WORDS_A_SENTENCE = 22
_STEMS = ("ferr", "harb", "counc", "isl", "storm", "budg", "minist", "fish", "garden", "mark", "school", "boat")
_SYLLABLES = ("", *("".join(pair) for pair in product("bdklmnprt", "aeiou")))
_ENDINGS = {
    "noun": ("y", "our", "ers", "ness", "or", "ion", "age", "ity"),
    "verb": ("ated", "ed", "ured"),
    "adjective": ("ible", "ful", "ish", "al"),
}
_PREPOSITIONS = ("of", "in", "for", "with", "on", "at")
_DETERMINERS = ("the", "a", "the", "its")


class _Writer:
    """Writes sentences with the words of one text."""

    def __init__(self, n_words: int, rng: random.Random) -> None:
        """Make the vocabulary: seven nouns to two verbs to one adjective."""
        self._rng = rng
        self._words = {
            "noun": _vocabulary("noun", n_words * 7 // 10),
            "verb": _vocabulary("verb", n_words * 2 // 10),
            "adjective": _vocabulary("adjective", n_words // 10),
        }
        self._weights = {
            kind: list(accumulate(1 / (rank + 3) for rank in range(len(words)))) for kind, words in self._words.items()
        }

    def sentence(self) -> str:
        """Write one: a clause, and often another that hangs on it."""
        rng = self._rng
        tail = rng.choice(("", "", "which", "after", "and", "ing"))
        words = self._clause()
        if tail == "which":
            words[-1] += ","
            words += ["which", self._word("verb"), *self._noun_phrase(), *self._phrase()]
        elif tail == "after":
            words += ["after", *self._clause()]
        elif tail == "and":
            words[-1] += ","
            words += ["and", *self._clause()]
        elif tail == "ing":
            words[-1] += ","
            words += [f"{self._word('verb').removesuffix('ed')}ing", *self._noun_phrase(), *self._phrase()]
        return f"{' '.join(words).capitalize()}."

    def _clause(self) -> list[str]:
        return [
            *self._noun_phrase(),
            *self._phrase(),
            self._word("verb"),
            *self._noun_phrase(),
            *self._phrase(),
            *self._phrase(),
        ]

    def _phrase(self) -> list[str]:
        return [self._rng.choice(_PREPOSITIONS), *self._noun_phrase()]

    def _noun_phrase(self) -> list[str]:
        adjective = [self._word("adjective")] if self._rng.random() < 0.3 else []  # noqa: PLR2004 # as in prose
        return [self._rng.choice(_DETERMINERS), *adjective, self._word("noun")]

    def _word(self, kind: str) -> str:
        return self._rng.choices(self._words[kind], cum_weights=self._weights[kind])[0]


def article(n_sentences: int, seed: int) -> str:
    """Generate a text of distinct sentences in paragraphs of four."""
    writer = _Writer(round(12 * (WORDS_A_SENTENCE * n_sentences) ** 0.55), random.Random(seed))
    lines: dict[str, None] = {}
    while len(lines) < n_sentences:
        lines[writer.sentence()] = None
    sentences = list(lines)
    return "\n".join(" ".join(sentences[first : first + 4]) for first in range(0, n_sentences, 4))


def _vocabulary(kind: str, n_words: int) -> list[str]:
    """Make words that stem: "ferries", "baferries", … ."""
    words: list[str] = []
    for first, second, third in product(_SYLLABLES, _SYLLABLES, ("", "sta", "tri")):
        for stem, ending in product(_STEMS, _ENDINGS[kind]):
            words.append(f"{third}{first}{second}{stem}{ending}")
            if len(words) >= n_words:
                return words
    return words
