"""Every algorithm by its name, all with one signature: a `Corpus` in, `Scores` out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from service.ranking.classics import CLASSICS, classic_scores
from service.ranking.fusion import fusion, position_weights, scaled_to_best
from service.ranking.lexrank import lexrank
from service.ranking.textrank import textrank
from service.ranking.vectors import Checkpoint, CountedTerms, Floats, counted_terms, no_check

TIE = 1e-9
"""Scores this close, as a share of the best one, are equal: they differ by rounding and not by the text."""


@dataclass(frozen=True)
class Corpus:
    """The sentences to rank, as the algorithms want them."""

    terms: Sequence[Sequence[str]]
    """Stems of each sentence's content words, repeats kept."""
    positions: NDArray[np.intp]
    """Place of each sentence in its document, from 0: shape (n_sentences,)."""
    words: Callable[[], Sequence[Sequence[str]]]
    """Gives all words of each sentence, lower-cased, stop words included; only the classics ask for them."""
    language: str
    """Code of the language, for the classics' stop words and stems."""
    checkpoint: Checkpoint = no_check
    """Raises when the time is up; called in every iteration."""
    lead_trust: float = 1.0
    """How far the first sentences can be trusted to tell the story, from 0 to 1; only `fusion` asks."""
    title_terms: Sequence[str] = ()
    """Stems of the title's content words; only `fusion` asks."""

    @cached_property
    def counted(self) -> CountedTerms:
        """The terms, numbered and counted; worked out when first asked for."""
        return counted_terms(self.terms)


@dataclass(frozen=True, slots=True)
class Scores:
    """What an algorithm says: arrays of shape (n_sentences,), finite, not negative, higher is better."""

    combined: Floats
    """What to rank by."""
    textrank: Floats | None = None
    """The part that TextRank has in it; None where it has none. Likewise the next two."""
    lexrank: Floats | None = None
    position: Floats | None = None


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One way to rank sentences."""

    name: str
    """As on the wire."""
    summary: str
    """One line for the documentation."""
    rank: Callable[[Corpus], Scores] = field(repr=False)
    """Raises `RankingDidNotConvergeError`, `TextTooLongError` over the two limits, and what the checkpoint raises."""
    max_sentences: int | None = None
    """The most it takes; None where its cost grows linearly and the service's own limit is enough. Likewise words."""
    max_words: int | None = None


def relative_scores(scores: Floats) -> Floats:
    """Scale scores to 0..1, the best being 1; scores that are all equal are all 1. Shape (n_sentences,) both."""
    return scaled_to_best(scores) if scores.any() else np.ones(len(scores))


def order_by_score(scores: Floats) -> NDArray[np.intp]:
    """Return the indices (n_sentences,), best first; scores within `TIE` of the next one stand in order of position.

    Ties are told from the gaps between neighbours in the sorted scores, and not by rounding, which would part two
    scores that lie a hair to either side of a rounding edge.
    """
    relative = scaled_to_best(scores)
    order = np.argsort(-relative, kind="stable")
    ranked = relative[order]
    falls = ranked[:-1] - ranked[1:] > TIE
    if falls.all():
        return order
    tied_group = np.concatenate([[0], falls.cumsum()])
    return order[np.lexsort((order, tied_group))]


def _textrank(corpus: Corpus) -> Scores:
    scores = textrank(corpus.counted.counts, checkpoint=corpus.checkpoint)
    return Scores(scores, textrank=scores)


def _lexrank(corpus: Corpus) -> Scores:
    scores = lexrank(corpus.counted.counts, checkpoint=corpus.checkpoint)
    return Scores(scores, lexrank=scores)


def _fusion(corpus: Corpus) -> Scores:
    counts = corpus.counted.counts
    by_textrank = textrank(counts, checkpoint=corpus.checkpoint)
    by_lexrank = lexrank(counts, checkpoint=corpus.checkpoint)
    combined = fusion(
        by_textrank,
        by_lexrank,
        corpus.positions,
        lead_trust=corpus.lead_trust,
        title_shares=_title_shares(corpus),
    )
    return Scores(
        combined,
        textrank=by_textrank,
        lexrank=by_lexrank,
        position=position_weights(corpus.positions),
    )


def _title_shares(corpus: Corpus) -> Floats | None:
    """Return the share of the title's terms in each sentence, (n_sentences,); None without a title."""
    title = frozenset(corpus.title_terms)
    if not title:
        return None
    return np.array([len(title.intersection(terms)) / len(title) for terms in corpus.terms])


def _lead(corpus: Corpus) -> Scores:
    scores = 1 / (1.0 + corpus.positions)
    return Scores(scores, position=scores)


def _classic(name: str) -> Algorithm:
    def rank(corpus: Corpus) -> Scores:
        return Scores(classic_scores(name, corpus.words(), corpus.language, corpus.checkpoint))

    classic = CLASSICS[name]
    return Algorithm(name, classic.summary, rank, classic.max_sentences, classic.max_words)


_OURS = (
    Algorithm("fusion", "TextRank and LexRank together, with what news order tells. The default.", _fusion),
    Algorithm("textrank", "Shared words over sentence lengths (Mihalcea and Tarau 2004).", _textrank),
    Algorithm("lexrank", "Cosine of TF-IDF vectors, continuous (Erkan and Radev 2004).", _lexrank),
    Algorithm("lead", "The first sentences: the baseline that is hard to beat on news.", _lead),
)

ALGORITHMS: Mapping[str, Algorithm] = MappingProxyType(
    {algorithm.name: algorithm for algorithm in (*_OURS, *map(_classic, CLASSICS))}
)
"""Name to algorithm, in the order of the documentation."""
