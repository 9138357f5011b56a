"""The phrases a text is about: adjacent top words of its TextRank word graph.

Mihalcea and Tarau (2004), section 3: words are the nodes, words that stand next to each other are linked, the words
that a random walk visits most are the keywords, and those that are adjacent in the text form phrases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

import numpy as np
from scipy.sparse import coo_array

from service.article.languages import get_language
from service.article.lines import collapsed
from service.article.models import Article, Span
from service.article.words import located_terms
from service.ranking.centrality import power_iteration, random_walk
from service.summary.models import Keyword

MAX_KEYWORDS = 10
MAX_PHRASE_WORDS = 3
_TOP_SHARE = 1 / 3
"""The share of words that may become keywords, as in the paper."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    term: str


def keywords(article: Article, checkpoint: Callable[[], None] = lambda: None) -> list[Keyword]:
    """Return up to ten phrases, best first, each as the text most often writes it, none inside another.

    A phrase scores the sum of its words' scores times the logarithm of how often it stands there; `Keyword.score` is
    that over the best one's. Cost: near-linear.
    """
    language = get_language(article.language)
    sentences = [
        [_Word(*located) for located in located_terms(article.text, language, sentence.start, sentence.end)]
        for sentence in article.sentences
    ]
    scores = _word_scores(sentences, checkpoint)
    top = set(sorted(scores, key=lambda term: -scores[term])[: max(MAX_KEYWORDS, int(len(scores) * _TOP_SHARE))])
    wordings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for phrase in _phrases(article.text, sentences, top):
        wording = article.text[phrase[0].span.start : phrase[-1].span.end]
        wordings[tuple(word.term for word in phrase)][collapsed(wording)] += 1
    weights = {
        terms: log2(1 + found.total()) * sum(scores[term] for term in dict.fromkeys(terms))
        for terms, found in wordings.items()
    }
    best = _not_nested(sorted(weights, key=lambda terms: -weights[terms]))
    return [
        Keyword(wordings[terms].most_common(1)[0][0], round(weights[terms] / weights[best[0]], _DIGITS))
        for terms in best
    ]


def _word_scores(sentences: Sequence[Sequence[_Word]], checkpoint: Callable[[], None]) -> dict[str, float]:
    """Walk the graph of neighbouring words; return term -> score, in order of first appearance."""
    terms = list(dict.fromkeys(word.term for sentence in sentences for word in sentence))
    number = {term: n for n, term in enumerate(terms)}
    pairs = [
        (number[left.term], number[right.term])
        for sentence in sentences
        for left, right in pairwise(sentence)
        if left.term != right.term
    ]
    rows, columns = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    one_way = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(terms), len(terms))).tocsr()
    links = one_way + one_way.T
    walk = random_walk(lambda distribution: np.asarray(links @ distribution), len(terms))
    return dict(zip(terms, power_iteration(walk, len(terms), checkpoint=checkpoint).tolist(), strict=True))


def _phrases(text: str, sentences: Sequence[Sequence[_Word]], top: set[str]) -> Iterator[list[_Word]]:
    """Yield every run of one to `MAX_PHRASE_WORDS` adjacent top words."""
    for sentence in sentences:
        run: list[_Word] = []
        for word in sentence:
            if word.term not in top or (run and text[run[-1].span.end : word.span.start].strip()):
                run = []
            if word.term in top:
                run = [*run, word][-MAX_PHRASE_WORDS:]
                yield from (run[first:] for first in range(len(run)))


def _not_nested(ranked: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the first phrases of which none shares all its words with a better one, nor the other way round."""
    best: list[tuple[str, ...]] = []
    for terms in ranked:
        if len(best) == MAX_KEYWORDS:
            break
        if not any(set(terms) <= set(other) or set(other) <= set(terms) for other in best):
            best.append(terms)
    return best
