"""Which sentences are nearest to each, and the words they share, as the text has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from service.article.languages import get_language
from service.article.models import Article, Sentence
from service.article.words import located_terms
from service.ranking.neighbours import Near, nearest
from service.ranking.vectors import CountedTerms
from service.summary.models import Neighbour

MOST_NEIGHBOURS = 3
"""So many are told of each sentence."""


def neighbours(
    article: Article,
    counted: CountedTerms,
    checkpoint: Callable[[], None] = lambda: None,
) -> list[tuple[Neighbour, ...]]:
    """Return up to `MOST_NEIGHBOURS` of each sentence, the nearest first.

    `counted` is what `vectors.counted_terms` makes of the sentences' terms. Words are as this sentence first writes
    them, each once, those that say most first. Cost: that of `nearest`.
    """
    found = nearest(counted.counts, MOST_NEIGHBOURS, checkpoint=checkpoint)
    return [
        _worded(near, _written(article, sentence, counted.columns)) if near else ()
        for sentence, near in zip(article.sentences, found, strict=True)
    ]


def _worded(near: Sequence[Near], written: Mapping[int, str]) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(one.index, one.similarity, tuple(written[column] for column in one.columns)) for one in near)


def _written(article: Article, sentence: Sentence, columns: Mapping[str, int]) -> dict[int, str]:
    """Return column of a term -> the word as the sentence first writes it."""
    written: dict[int, str] = {}
    text = article.text_of(sentence)
    for (start, end), term in located_terms(text, get_language(article.language), 0, len(text)):
        written.setdefault(columns[term], text[start:end])
    return written
