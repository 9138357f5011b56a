"""The pipeline: read, rank, choose, shorten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from service.article.detection import AUTO, Detected, detect_language
from service.article.html import check_tags, page_from_html
from service.article.language_check import likely_language
from service.article.languages import LANGUAGES, get_language
from service.article.lines import has_control_characters
from service.article.models import Article
from service.article.reading import SentenceLimit, check_text, read
from service.article.style import lead_trust
from service.article.words import words
from service.ranking.rankers import ALGORITHMS, Corpus, Scores, order_by_score, relative_scores
from service.stopwatch import Stopwatch
from service.summary.captions import is_caption
from service.summary.highlights import FEWEST, LETTERS_A_WORD, highlights
from service.summary.keywords import keywords
from service.summary.models import Explanation, Highlight, Notice, ScoredSentence, Statistics, Summary
from service.summary.neighbours import neighbours
from service.summary.options import SummaryOptions
from service.summary.selection import Budget, budget_for, choose

_DIGITS = 6
"""Scores are rounded to so many digits."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document as the caller sends it."""

    text: str
    """Plain text, or a page where `format` says so."""
    title: str | None = None
    format: Literal["text", "html"] = "text"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused for its size."""

    max_characters: int = 2_000_000
    max_sentences: int = 20_000


def summarize(
    sources: Sequence[Source],
    options: SummaryOptions,
    *,
    limits: Limits = Limits(),
    stopwatch: Stopwatch | None = None,
) -> Summary:
    """Return the summary and highlights of one document; later versions will take several.

    Raises `InvalidTextError` for a blank or broken text, `TextTooLongError` over a limit and `DeadlineExceededError`
    past the stopwatch's deadline. The same arguments give an equal summary, in any process. Cost: near-linear in the
    text, but for sumy's algorithms, which have limits of their own.
    """
    [source] = sources
    stopwatch = stopwatch or Stopwatch()
    article, detected = _read(source, options, limits, stopwatch)
    stopwatch.lap("read")
    ranking = _Ranking.of(article, options, stopwatch)
    stopwatch.lap("rank")
    budget = budget_for(options.length, article, get_language(article.language).joiner)
    chosen = ranking.choice(article, budget, stopwatch)
    stopwatch.lap("select")
    mismatch = _language_notices(article, detected)
    # rules of grammar would tear sentences of another language
    shortening = options.highlights.model_copy(update={"compression": "none"}) if mismatch else options.highlights
    bullets = highlights(article, ranking.order, ranking.relative, ranking.corpus.counted, shortening, stopwatch.check)
    stopwatch.lap("shorten")
    notices = [*_notices(article, budget, chosen, bullets, options), *mismatch]
    summary = _summary(article, ranking, chosen, bullets, notices, options, source, stopwatch)
    stopwatch.lap("finish")
    return summary


def _read(
    source: Source,
    options: SummaryOptions,
    limits: Limits,
    stopwatch: Stopwatch,
) -> tuple[Article, Detected | None]:
    """Return the article, and which language it was found to be in if that was asked."""
    check_text(source.text, max_characters=limits.max_characters)
    text, title = source.text, source.title
    if source.format == "html":
        check_tags(text)
        page = page_from_html(text)
        # may be blank: no schema could say which pages hold something to read, so all are answered, with a warning
        text, title = page.text, title or page.title
    detected = detect_language(text) if options.language == AUTO else None
    article = read(
        text,
        detected.code if detected else options.language,
        title=title,
        max_sentences=limits.max_sentences,
        lower_limit=_lower_limit(options.algorithm, limits),
        checkpoint=stopwatch.check,
    )
    return article, detected


def _lower_limit(algorithm: str, limits: Limits) -> SentenceLimit | None:
    most = ALGORITHMS[algorithm].max_sentences
    return SentenceLimit(most, f"algorithm {algorithm}") if most and most < limits.max_sentences else None


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The body's sentences, ranked."""

    algorithm: str
    scores: Scores
    corpus: Corpus
    relative: Sequence[float]
    """By index, from 0 to 1, rounded."""
    order: Sequence[int]
    """Indices, best first."""
    ranks: dict[int, int]
    """Index -> place by score, from 1."""

    @classmethod
    def of(cls, article: Article, options: SummaryOptions, stopwatch: Stopwatch) -> _Ranking:
        sentences = article.sentences
        language = get_language(article.language)
        corpus = Corpus(
            terms=[sentence.terms for sentence in sentences],
            positions=np.arange(len(sentences)),
            words=lambda: [words(article.text[sentence.start : sentence.end], language) for sentence in sentences],
            language=article.language,
            lead_trust=lead_trust(article),
            title_terms=article.title_terms,
            checkpoint=stopwatch.check,
        )
        scores = ALGORITHMS[options.algorithm].rank(corpus)
        order = order_by_score(scores.combined).tolist()
        return cls(
            algorithm=options.algorithm,
            scores=scores,
            corpus=corpus,
            relative=relative_scores(scores.combined).round(_DIGITS).tolist(),
            order=order,
            ranks={index: rank for rank, index in enumerate(order, 1)},
        )

    def choice(self, article: Article, budget: Budget, stopwatch: Stopwatch) -> list[int]:
        """Choose sentences; `fusion`, which knows news, takes pictures' captions last."""
        has_captions = self.algorithm == "fusion" and article.language == "en"
        is_put_off = partial(is_caption, article) if has_captions else lambda _: False
        return choose(article, self.order, budget, self.corpus.counted.counts, stopwatch.check, is_put_off)

    def sentence(self, article: Article, index: int, pick: int | None) -> ScoredSentence:
        source = article.sentences[index]
        return ScoredSentence(
            index=index,
            text=article.text_of(source),
            start=source.start,
            end=source.end,
            n_words=source.n_words,
            score=self.relative[index],
            rank=self.ranks[index],
            pick=pick,
        )


def _summary(
    article: Article,
    ranking: _Ranking,
    chosen: Sequence[int],
    bullets: Sequence[Highlight],
    notices: Sequence[Notice],
    options: SummaryOptions,
    source: Source,
    stopwatch: Stopwatch,
) -> Summary:
    picks = [(index, pick) for pick, index in enumerate(chosen, 1)]
    if options.order == "document":
        picks.sort()
        bullets = sorted(bullets, key=lambda bullet: bullet.spans[0])
    sentences = tuple(ranking.sentence(article, index, pick) for index, pick in picks)
    include = options.include
    return Summary(
        summary=get_language(article.language).joiner.join(sentence.text for sentence in sentences),
        sentences=sentences,
        highlights=tuple(bullets),
        keywords=tuple(keywords(article, stopwatch.check)) if "keywords" in include else None,
        blocks=article.blocks if "blocks" in include else None,
        explanation=tuple(_explanation(article, ranking, stopwatch)) if "explanation" in include else None,
        text=article.text,
        text_included=source.format == "html" or "text" in include,
        language=article.language,
        algorithm=options.algorithm,
        statistics=_statistics(article, sentences),
        warnings=tuple(notices),
    )


def _explanation(article: Article, ranking: _Ranking, stopwatch: Stopwatch) -> list[Explanation]:
    """Explain every sentence; its pick is its place in the longest summary there is. Cost: near-linear."""
    n_sentences = len(article.sentences)
    everything = Budget("sentences", n_sentences, [1] * n_sentences)
    counted = ranking.corpus.counted
    chosen = ranking.choice(article, everything, stopwatch)
    picks = {index: pick for pick, index in enumerate(chosen, 1)}
    parts = [ranking.scores.textrank, ranking.scores.lexrank, ranking.scores.position]
    columns = [
        [None] * n_sentences if part is None else relative_scores(part).round(_DIGITS).tolist() for part in parts
    ]
    near = neighbours(article, counted, stopwatch.check)
    return [
        Explanation(ranking.sentence(article, index, picks.get(index)), *of_one)
        for index, of_one in enumerate(zip(*columns, near, strict=True))
    ]


def _statistics(article: Article, sentences: Sequence[ScoredSentence]) -> Statistics:
    n_words = sum(sentence.n_words for sentence in article.sentences)
    summary_words = sum(sentence.n_words for sentence in sentences)
    return Statistics(
        characters=len(article.text),
        words=n_words,
        sentences=len(article.sentences),
        summary_words=summary_words,
        reduction=round(1 - summary_words / n_words, _DIGITS) if n_words else 0.0,
    )


def _notices(
    article: Article,
    budget: Budget,
    chosen: Sequence[int],
    bullets: Sequence[Highlight],
    options: SummaryOptions,
) -> list[Notice]:
    n_sentences = len(article.sentences)
    notices = []
    if not n_sentences:
        notices.append(Notice("short-text", "The text has no sentence: nothing in it has a letter or a digit."))
    elif budget.unit == "sentences" and len(chosen) < budget.amount:
        unlike = "" if len(chosen) == n_sentences else f", {len(chosen)} not much alike"
        detail = f"{budget.amount} sentences were asked for; the text has {n_sentences}{unlike}."
        notices.append(Notice("short-text", detail))
    elif not chosen:
        smallest, unit = _smallest_budget(budget, options)
        detail = f"No sentence fits the length asked for; the smallest that would do is {smallest} {unit}."
        notices.append(Notice("budget-too-small", detail))
    wanted = FEWEST if options.highlights.count == "auto" else options.highlights.count
    if len(bullets) < wanted:
        most = options.highlights.max_words
        unspaced = get_language(article.language).unspaced
        limit = f"{most * LETTERS_A_WORD} letters ({LETTERS_A_WORD} to a word)" if unspaced else f"{most} words"
        asked = (
            "Three to five highlights are usual" if options.highlights.count == "auto" else f"{wanted} were asked for"
        )
        detail = (
            f"{asked}; {len(bullets)} could be made that are whole, differ from each other and have at most {limit}."
        )
        notices.append(Notice("few-highlights", detail))
    if has_control_characters(article.text):
        notices.append(Notice("control-characters", "Control characters in the text were read as white space."))
    return notices


def _language_notices(article: Article, detected: Detected | None) -> list[Notice]:
    other = detected.unsupported if detected else likely_language(article.text, get_language(article.language))
    if other is None:
        return []
    found = f"{LANGUAGES[other].name} ('{other}')" if other in LANGUAGES else f"'{other}', which is not supported"
    read_as = f"{LANGUAGES[article.language].name} ('{article.language}')"
    detail = f"The text was read as {read_as} but looks like {found}; highlights are not shortened."
    return [Notice("language-mismatch", detail)]


def _smallest_budget(budget: Budget, options: SummaryOptions) -> tuple[str, str]:
    """Return the least that one sentence takes, in the unit that was asked for."""
    smallest = min(budget.sizes)
    if options.length.ratio is not None:
        n_words = sum(budget.sizes)
        return f"{-(-smallest * 10_000 // n_words) / 10_000:g}", "of the words (ratio)"
    if options.length.characters is not None:
        return f"{smallest - budget.joiner_size:,}", "characters"
    return f"{smallest:,}", "words"
