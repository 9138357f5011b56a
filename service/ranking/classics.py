"""sumy's other methods, as scores by position.

The only importer of `sumy.summarizers`, and only when a method is first used or `preload` is called: the import takes
a tenth of a second, for requests and pycountry, and half a second more for nltk where that is not loaded yet.

sumy answers with chosen sentences and keys its ratings by their text. `_ratings` is the one adapter: it gives sumy
sentences that are equal only to themselves, and takes the ratings where sumy would choose by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from service.article.languages import get_language
from service.errors import TextTooLongError
from service.ranking.vectors import Checkpoint, Floats


@dataclass(frozen=True, slots=True)
class Classic:
    """What to know about one of sumy's methods."""

    summary: str
    """One line for the documentation."""
    max_sentences: int
    """Round limits that keep the method well under the deadline of 10 seconds: at both limits, words chosen to be
    slow, each takes under 3."""
    max_words: int
    """Words of all sentences together, stop words included."""
    greedy: bool = False
    """Whether sumy rates by order of choice: 0 for the first sentence chosen, then -1, -2 and so on."""


CLASSICS: Mapping[str, Classic] = {
    "lsa": Classic("Latent semantic analysis (Steinberger and Ježek 2004), by sumy.", 500, 8_000),
    "luhn": Classic("Clusters of frequent words (Luhn 1958), by sumy.", 5_000, 100_000),
    "kl": Classic(
        "Smallest Kullback-Leibler divergence (Haghighi and Vanderwende 2009), by sumy.", 100, 2_500, greedy=True
    ),
    "sum-basic": Classic("Frequent words first (Nenkova and Vanderwende 2005), by sumy.", 1_000, 20_000, greedy=True),
    "reduction": Classic("Sum of similarities to all other sentences, by sumy.", 400, 8_000),
}


def classic_scores(
    name: str,
    words: Sequence[Sequence[str]],
    language: str,
    checkpoint: Checkpoint,
) -> Floats:
    """Score sentences by the method `name` of `CLASSICS`: shape (n_sentences,), finite, not negative, higher is better.

    `words` has all words of each sentence, lower-cased, stop words included: Luhn measures the gaps between frequent
    words in them. `language` gives the stop words and the stemmer. The greedy methods score 1 for their first choice
    and 1 / n_sentences for the last. Equal sentences do not collapse into one.

    Raises `TextTooLongError` over the method's limits, and what `checkpoint` raises, which is called whenever sumy
    looks at a sentence (but LSA's decomposition is one call that nothing interrupts).
    """
    classic = CLASSICS[name]
    _check_size(f"algorithm {name}", "sentences", len(words), classic.max_sentences)
    _check_size(f"algorithm {name}", "words", sum(map(len, words)), classic.max_words)
    ratings = _ratings(_summarizer(name, language), words, checkpoint)
    return 1 + ratings / max(1, len(words)) if classic.greedy else ratings


def preload() -> None:
    """Import sumy now, so that the first that uses it does not wait."""
    _summarizers()


def _check_size(setting: str, unit: str, size: int, limit: int) -> None:
    if size > limit:
        raise TextTooLongError(size=size, limit=limit, unit=unit, setting=setting)


@cache
def _summarizers() -> Mapping[str, Callable[..., Any]]:
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    return {
        "lsa": LsaSummarizer,
        "luhn": LuhnSummarizer,
        "kl": KLSummarizer,
        "sum-basic": SumBasicSummarizer,
        "reduction": ReductionSummarizer,
    }


def _summarizer(name: str, language_code: str) -> Any:  # noqa: ANN401 - sumy has no types
    language = get_language(language_code)
    stem = cache(language.stem)  # sumy stems every word it meets; these stems are forgotten with the summarizer
    summarizer = _summarizers()[name](stem)
    summarizer.stop_words = language.stop_words
    if name == "lsa":
        _tame_lsa(summarizer)
    if name == "luhn":
        _hasten_luhn(summarizer)
    return summarizer


def _hasten_luhn(luhn: Any) -> None:  # noqa: ANN401 - sumy has no types
    """Give sumy's Luhn its significant words as a set: it asks for every word of the text whether it is among them."""
    significant_words = luhn._get_significant_words  # noqa: SLF001 - sumy offers no other way to the step
    luhn._get_significant_words = lambda words: frozenset(significant_words(words))  # noqa: SLF001


def _tame_lsa(lsa: Any) -> None:  # noqa: ANN401 - sumy has no types
    """Replace the two steps of sumy's LSA that depend on the hash seed, and warn about short texts.

    sumy numbers the terms in the order of a set, which changes from run to run and with it the last digits of the
    decomposition. It warns when there are fewer terms than sentences; ignoring a warning is not safe across threads.
    """

    def create_dictionary(document: _Document) -> dict[str, int]:
        words = (word for word in map(lsa.normalize_word, document.words) if word not in lsa.stop_words)
        return {term: row for row, term in enumerate(dict.fromkeys(map(lsa.stem_word, words)))}

    def create_matrix(document: _Document, dictionary: Mapping[str, int]) -> Floats:
        matrix = np.zeros((len(dictionary), len(document.sentences)))
        for column, sentence in enumerate(document.sentences):
            for row in map(dictionary.get, map(lsa.stem_word, sentence.words)):
                if row is not None:
                    matrix[row, column] += 1
        return matrix

    lsa._create_dictionary = create_dictionary  # noqa: SLF001 - the steps sumy offers no other way to
    lsa._create_matrix = create_matrix  # noqa: SLF001


def _ratings(summarizer: Any, words: Sequence[Sequence[str]], checkpoint: Checkpoint) -> Floats:  # noqa: ANN401
    """Run a summarizer and return its rating of each sentence, zeros if it gave up without any."""
    document = _Document(words, checkpoint)

    def by_position(sentences: Sequence[_Sentence], _count: int, rating: Any, *args: object) -> list[float]:  # noqa: ANN401
        rate = rating.__getitem__ if isinstance(rating, dict) else rating
        return [float(rate(sentence, *args)) for sentence in sentences]

    summarizer._get_best_sentences = by_position  # noqa: SLF001 - the step all of sumy's methods end in
    ratings = summarizer(document, len(words))
    return np.array(ratings or [0.0] * len(words), dtype=np.float64)


class _Sentence:
    """A sentence as sumy takes it, equal only to itself, that looks at the clock whenever sumy looks at it."""

    def __init__(self, words: Sequence[str], checkpoint: Checkpoint) -> None:
        """Keep the words and the clock."""
        self._words = words
        self._checkpoint = checkpoint

    @property
    def words(self) -> Sequence[str]:
        """All words, stop words included."""
        self._checkpoint()
        return self._words

    __eq__ = object.__eq__

    def __hash__(self) -> int:
        """Hash by identity; sumy looks ratings up by sentence once a step, so the clock is looked at here too."""
        self._checkpoint()
        return object.__hash__(self)


class _Document:
    """A document as sumy takes it."""

    def __init__(self, words: Sequence[Sequence[str]], checkpoint: Checkpoint) -> None:
        """Make a sentence of each list of words."""
        self.sentences = tuple(_Sentence(sentence, checkpoint) for sentence in words)
        self.words = tuple(chain.from_iterable(words))
