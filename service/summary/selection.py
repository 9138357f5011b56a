"""Which sentences make the summary: the best that fit, none that repeats another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import floor, hypot
from typing import NamedTuple

import numpy as np

from service.article.models import Article, Sentence
from service.ranking.vectors import (
    Checkpoint,
    Floats,
    Indices,
    Rows,
    cells,
    no_check,
    similarity_blocks,
    squared_lengths,
)
from service.summary.options import Length

REPEAT_COSINE = 0.5
"""Two sentences whose term counts have a larger cosine say the same thing (law 5)."""
_ROUNDING = 1e-9
_FEW = 100
"""So many are compared one by one; with more that is dearer than to compare sentences in blocks."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be chosen, and what each sentence takes of it."""

    unit: str
    amount: int
    sizes: Sequence[int]
    """By index of sentence."""
    joiner_size: int = 0
    """What each size, and the amount, holds for the joiner between two sentences."""


class Said:
    """What has been said so far: tells whether one more sentence repeats it.

    An inverted index from terms to the sentences taken in. Sentences without terms are compared by their words.
    """

    def __init__(self, text: str) -> None:
        """Start with nothing said; sentences are sentences of `text`."""
        self._text = text
        self._lengths: list[float] = []
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._wordings: set[str] = set()
        self._last: tuple[int, Counter[str], float] = -1, Counter(), 0.0
        """Index, terms and length of the sentence last asked for, which is then often taken in."""

    def holds(self, sentence: Sentence) -> bool:
        """Say whether the sentence repeats one taken in. Cost: the postings of its terms."""
        if not sentence.terms:
            return self._wording(sentence) in self._wordings
        counts, length = self._vector(sentence)
        dots: dict[int, int] = defaultdict(int)
        for term, count in counts.items():
            for number, other_count in self._postings.get(term, ()):
                dots[number] += count * other_count
        limit = REPEAT_COSINE * length + _ROUNDING
        return any(dot > limit * self._lengths[number] for number, dot in dots.items())

    def add(self, sentence: Sentence) -> None:
        """Take the sentence in."""
        if not sentence.terms:
            self._wordings.add(self._wording(sentence))
            return
        counts, length = self._vector(sentence)
        for term, count in counts.items():
            self._postings[term].append((len(self._lengths), count))
        self._lengths.append(length)

    def _vector(self, sentence: Sentence) -> tuple[Counter[str], float]:
        if sentence.index != self._last[0]:
            counts = Counter(sentence.terms)
            self._last = sentence.index, counts, hypot(*counts.values())
        return self._last[1:]

    def _wording(self, sentence: Sentence) -> str:
        return "".join(filter(str.isalnum, self._text[sentence.start : sentence.end].lower()))


class _SaidInBlocks(Said):
    """The same where a hundred or more are said: sentences are compared with all others, a block of them at a time."""

    def __init__(self, article: Article, order: Sequence[int], counts: Rows, checkpoint: Checkpoint) -> None:
        """Start with nothing said; sentences will be asked for in their `order`, `counts` is by index of sentence."""
        super().__init__(article.text)
        ranked = counts.take(np.asarray(order))
        self._place = {index: place for place, index in enumerate(order)}
        self._lengths_in_order = np.sqrt(squared_lengths(ranked))
        self._taken = np.zeros(len(order), dtype=bool)
        self._blocks = similarity_blocks(ranked, checkpoint=checkpoint)
        self._block = _Alike(0, [0], np.zeros(0, dtype=np.intp))

    def holds(self, sentence: Sentence) -> bool:
        """Say whether the sentence repeats one taken in. Cost: a look at every other."""
        if not sentence.terms:
            return super().holds(sentence)
        place = self._place[sentence.index]
        while place >= self._block.first + len(self._block.ends) - 1:
            self._block = self._alike(*next(self._blocks))
        row = place - self._block.first
        others = self._block.others[self._block.ends[row] : self._block.ends[row + 1]]
        return bool(self._taken[others].any())

    def add(self, sentence: Sentence) -> None:
        """Take the sentence in."""
        if not sentence.terms:
            super().add(sentence)
        self._taken[self._place[sentence.index]] = True

    def _alike(self, first: int, dots: Floats) -> _Alike:
        """Keep of the dot products from place `first` on those that make a cosine over `REPEAT_COSINE`."""
        lengths = self._lengths_in_order
        limits = REPEAT_COSINE * lengths[first : first + len(dots)] + _ROUNDING
        row, others = cells(dots > limits[:, None] * lengths)
        return _Alike(first, np.searchsorted(row, np.arange(len(dots) + 1)).tolist(), others)


class _Alike(NamedTuple):
    """Which places in the order have sentences alike, for some places in a row."""

    first: int
    ends: Sequence[int]
    """Where in `others` those of each place end; before them a 0."""
    others: Indices


def budget_for(length: Length, article: Article, joiner: str) -> Budget:
    """Return the budget that `length` sets for the article.

    A ratio becomes words, rounded down. Characters count the joiner that each sentence but the first needs.
    """
    words = [sentence.n_words for sentence in article.sentences]
    if length.sentences is not None:
        return Budget("sentences", length.sentences, [1] * len(words))
    if length.words is not None:
        return Budget("words", length.words, words)
    if length.ratio is not None:
        return Budget("words", _share(length.ratio, sum(words)), words)
    # `n` sentences have n - 1 joiners, so the budget gets one more
    sizes = [len(article.text_of(sentence)) + len(joiner) for sentence in article.sentences]
    return Budget("characters", (length.characters or 0) + len(joiner), sizes, len(joiner))


def _share(ratio: float, n_words: int) -> int:
    """Return the most words whose share of all is not over the ratio, as floating point has it."""
    most = floor(ratio * n_words) + 1
    return most if n_words and most / n_words <= ratio else most - 1


def choose(
    article: Article,
    order: Sequence[int],
    budget: Budget,
    counts: Rows,
    checkpoint: Checkpoint = no_check,
    is_put_off: Callable[[Sentence], bool] = lambda _: False,
) -> list[int]:
    """Return the indices of the chosen sentences, in the order of choice; `counts` is (n_sentences, n_terms).

    Greedy: take the sentences in `order`, best first, skipping what repeats a chosen one and what no longer fits.
    While under a hundred are chosen or put off, one that `is_put_off` comes behind all others. Under a budget in
    sentences a smaller choice is a prefix of a larger one.
    """
    said, left = Said(article.text), budget.amount
    chosen: list[int] = []
    put_off: list[int] = []
    smallest = min(budget.sizes, default=0)
    for place, index in enumerate(chain(order, put_off)):  # which grows while the order lasts
        if left < smallest:
            break
        checkpoint()
        sentence, size = article.sentences[index], budget.sizes[index]
        if size > left or said.holds(sentence):
            continue
        if place < len(order) and max(len(chosen), len(put_off)) < _FEW and is_put_off(sentence):
            put_off.append(index)
            continue
        said.add(sentence)
        chosen.append(index)
        left -= size
        if len(chosen) == _FEW:
            late = set(put_off)
            said = _SaidInBlocks(article, [*(one for one in order if one not in late), *put_off], counts, checkpoint)
            for one in chosen:
                said.add(article.sentences[one])
    return chosen
