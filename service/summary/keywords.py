"""The phrases a text is about: adjacent top words of its TextRank word graph.

Mihalcea and Tarau (2004), section 3: words are the nodes, words that stand next to each other are linked, the words
that a random walk visits most are the keywords, and those that are adjacent in the text form phrases. As there, only
nouns, names and adjectives take part (in German, words with a capital); where nothing tells them all content words do,
and a phrase must be a name or stand in the text twice. Where words stand without spaces a phrase is a run of letters
that the text repeats, and not only within a longer one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

import numpy as np

from service.article.dates import DAYS, MONTHS
from service.article.languages import get_language
from service.article.lines import collapsed
from service.article.models import Article, Sentence, Span
from service.article.words import located_terms
from service.ranking.centrality import power_iteration, random_walk
from service.ranking.vectors import Floats, sums
from service.summary.models import Keyword
from service.summary.tagging import TOKEN, tag

MAX_KEYWORDS = 10
MAX_PHRASE_WORDS = 3
_MAX_NAME_WORDS = 4
_TOP_SHARE = 1 / 3
"""The share of words that may become keywords, as in the paper."""
_NO_TOPICS = {
    "N": frozenset(
        "day days week weeks weekend month months year years hour hours minute minutes time times morning afternoon "
        "evening night cent percent".split(),
    ),
    "P": DAYS | MONTHS | {"mr", "mrs", "ms"},
    "J": frozenset[str](),
}
"""By tag, in lower case: what a text says much, and is not about."""
_DIGITS = 6
_WEIGHT_DIGITS = 12


MAX_RUN_LETTERS = {"ja": 8, "th": 24, "zh": 8}
"""The longest phrase in a language without spaces."""
_RUNS = {
    "ja": re.compile("[\u3400-\u9fff々\u30a1-\u30faー]+"),  # what is written in hiragana are endings and particles
    "th": re.compile("[\u0e01-\u0e4e]+"),
    "zh": re.compile(
        "(?:(?![的了在是和与及将已被把从也都就而但并或这那其他她它我你们说對將從與這們說])[\u3400-\u9fff])+"
    ),
}
_WHOLE_WORD = 4
"""So many letters between marks, function words or other scripts are a word, as a rule, though they come once."""
_THAI = re.compile("[\u0e01-\u0e4e]")
_SYLLABLES = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44].*[^\u0e31\u0e40-\u0e44]", re.DOTALL)
"""Opens with a consonant or a leading vowel, and does not end where a syllable has to go on."""
_FEWEST_THAI = 4


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    term: str
    tag: str
    """As in `tagging`: N, P or J; P for a word with a capital, N for any other, in a language without tags."""


def keywords(article: Article, checkpoint: Callable[[], None] = lambda: None) -> list[Keyword]:
    """Return up to ten phrases, best first, each as the text most often writes it, none inside another.

    A phrase scores the sum of its words' scores times the logarithm of how often it stands there; `Keyword.score` is
    that over the best one's. Cost: near-linear.
    """
    sentences = [_nominal_words(article, sentence) for sentence in article.sentences]
    scores = _word_scores(sentences, checkpoint)
    if get_language(article.language).unspaced:
        return _repeated_runs(article, scores)
    top = set(sorted(scores, key=lambda term: -scores[term])[: max(MAX_KEYWORDS, int(len(scores) * _TOP_SHARE))])
    wordings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    is_english = article.language == "en"
    for phrase in _phrases(article.text, sentences, top):
        terms = tuple(word.term for word in phrase)
        wordings[terms][collapsed(_wording(article.text, phrase))] += 1
    weights = {
        # rounded, so that phrases of the same words stand in the order of the text
        terms: round(log2(1 + found.total()) * sum(scores[term] for term in dict.fromkeys(terms)), _WEIGHT_DIGITS)
        for terms, found in wordings.items()
        if is_english or len(terms) == 1 or found.total() > 1 or found.most_common(1)[0][0].istitle()
    }
    best = _not_nested(sorted(weights, key=lambda terms: -weights[terms]))
    return [
        Keyword(wordings[terms].most_common(1)[0][0], round(weights[terms] / weights[best[0]], _DIGITS))
        for terms in best
    ]


def _repeated_runs(article: Article, scores: Mapping[str, float]) -> list[Keyword]:
    """Return the same of a language without spaces; words' scores are those of pairs of letters."""
    whole = [
        run.group()
        for sentence in article.sentences
        for run in _RUNS[article.language].finditer(article.text, sentence.start, sentence.end)
    ]
    counted = {run: 1 for run in whole if 1 < len(run) <= _WHOLE_WORD} if article.language != "th" else {}
    counted |= _repeated(whole, MAX_RUN_LETTERS[article.language])
    inner = {part for run, n in counted.items() for part in (run[1:], run[:-1]) if counted.get(part) == n}
    weights = {
        run: round(log2(1 + n) * sum(scores.get(run[at : at + 2], 0.0) for at in range(len(run) - 1)), _WEIGHT_DIGITS)
        for run, n in counted.items()
        if run not in inner and _stands_alone(run)
    }
    best: list[str] = []
    for run in sorted(weights, key=lambda run: -weights[run]):
        if len(best) == MAX_KEYWORDS:
            break
        if weights[run] and not any(run in other or other in run for other in best):
            best.append(run)
    return [Keyword(run, round(weights[run] / weights[best[0]], _DIGITS)) for run in best]


def _repeated(runs: Sequence[str], most_letters: int) -> dict[str, int]:
    """Count the parts of runs of letters that come twice or more often: a longer one holds two such."""
    found: dict[str, int] = {}
    shorter: dict[str, int] | None = None
    for n_letters in range(2, most_letters + 1):
        parts = (run[at : at + n_letters] for run in runs for at in range(len(run) - n_letters + 1))
        counts = Counter(part for part in parts if shorter is None or (part[1:] in shorter and part[:-1] in shorter))
        shorter = {part: n for part, n in counts.items() if n > 1}
        if not shorter:
            break
        found |= shorter
    return found


def _stands_alone(run: str) -> bool:
    """Say whether a run is no piece of a Thai syllable."""
    return not _THAI.match(run) or (len(run) >= _FEWEST_THAI and _SYLLABLES.fullmatch(run) is not None)


def _nominal_words(article: Article, sentence: Sentence) -> list[_Word]:
    """Return the content words of a sentence; in English only nouns, names and adjectives, in German only nouns."""
    language = get_language(article.language)
    located = located_terms(article.text, language, sentence.start, sentence.end)
    if language.code != "en":
        cased = [_Word(span, term, "P" if article.text[span.start].isupper() else "N") for span, term in located]
        return [word for word in cased if word.tag == "P"] if language.code == "de" else cased  # which are the nouns
    tokens = list(TOKEN.finditer(article.text, sentence.start, sentence.end))
    tags = tag([token.group() for token in tokens])
    starts = [token.start() for token in tokens]
    words = []
    for span, term in located:
        token = bisect_right(starts, span.start) - 1
        if (letter := tags[token]) in _NO_TOPICS and tokens[token].group().lower() not in _NO_TOPICS[letter]:
            words.append(_Word(_without_s(article.text, span), term, letter))
    return words


def _without_s(text: str, span: Span) -> Span:
    """Leave out the possessive ending, and take the full stop of initials along."""
    if text[span.end - 2 : span.end] in {"'s", "’s"}:
        return Span(span.start, span.end - 2)
    is_initials = "." in text[span.start : span.end] and text[span.end : span.end + 1] == "."
    return Span(span.start, span.end + is_initials)


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
    left, right = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    n_terms = len(terms)

    def links(distribution: Floats) -> Floats:
        return sums(right, distribution[left], n_terms) + sums(left, distribution[right], n_terms)

    walk = random_walk(links, n_terms)
    return dict(zip(terms, power_iteration(walk, n_terms, checkpoint=checkpoint).tolist(), strict=True))


def _phrases(text: str, sentences: Sequence[Sequence[_Word]], top: set[str]) -> Iterator[Sequence[_Word]]:
    """Yield every run of adjacent words that may be a phrase: top words up to a noun, and whole names."""
    for sentence in sentences:
        run: list[_Word] = []
        for word in sentence:
            if run and not _joins(text, run[-1], word):
                yield from _of_run(run, top)
                run = []
            run.append(word)
        yield from _of_run(run, top)


def _joins(text: str, left: _Word, right: _Word) -> bool:
    """Say whether nothing stands between two words, or "of" between two names."""
    between = text[left.span.end : right.span.start]
    return not between.strip() or (between == " of " and left.tag == right.tag == "P")


def _of_run(run: Sequence[_Word], top: set[str]) -> Iterator[Sequence[_Word]]:
    """Yield the phrases in a run of adjacent words: each that ends at a noun, of top words; names only whole."""
    for end in range(1, len(run) + 1):
        if run[end - 1].tag == "J" or (run[end - 1].tag == "P" and end < len(run) and run[end].tag == "P"):
            continue
        start = end
        while start and run[start - 1].tag == "P" == run[end - 1].tag:
            start -= 1
        is_name = start < end
        if is_name and end - start <= _MAX_NAME_WORDS and any(word.term in top for word in run[start:end]):
            yield run[start:end]
            continue
        for first in range(end - 1, max(-1, end - 1 - MAX_PHRASE_WORDS), -1):
            if run[first].term not in top:
                break
            if not (first and run[first].tag == run[first - 1].tag == "P"):
                yield run[first:end]


def _wording(text: str, phrase: Sequence[_Word]) -> str:
    return text[phrase[0].span.start : phrase[-1].span.end]


def _not_nested(ranked: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the first phrases of which none shares all its words with a better one, nor the other way round."""
    best: list[tuple[str, ...]] = []
    for terms in ranked:
        if len(best) == MAX_KEYWORDS:
            break
        if not any(set(terms) <= set(other) or set(other) <= set(terms) for other in best):
            best.append(terms)
    return best
