"""What a summary is made of.

Frozen values; all offsets count code points into `Summary.text`. `rendering.as_dict` turns them into the reply.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.article.models import Block, Span


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A body sentence with all that was found out about it."""

    index: int
    """Place among the body's sentences, from 0."""
    text: str
    """The sentence, its runs of white space collapsed."""
    start: int
    end: int
    n_words: int
    score: float
    """From 0 to 1, 1 the best of this text, rounded to 6 digits."""
    rank: int
    """Place by score, from 1."""
    pick: int | None
    """Order of choice, from 1; None for a sentence that was not chosen."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A sentence that is like the one explained."""

    index: int
    similarity: float
    """LexRank's cosine of the two: over 0, up to 1, rounded to 6 digits."""
    words: tuple[str, ...]
    """The content words that both have, as the explained sentence writes them; those that say most first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a sentence has its score. The parts are None where the algorithm does not use them."""

    sentence: ScoredSentence
    """Its `pick` is the place it takes if the summary is as long as it can be; None if it repeats a better one."""
    textrank: float | None
    """TextRank score over the best one's."""
    lexrank: float | None
    """LexRank score over the best one's."""
    position: float | None
    """What its place in the text is worth, over the best one's."""
    neighbours: tuple[Neighbour, ...]
    """The sentences most like it, the nearest first; none where it shares no telling word."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One bullet."""

    text: str
    sentence: int
    """Index of the sentence it was made from."""
    spans: tuple[Span, ...]
    """What was kept of that sentence, in order."""
    compressed: bool
    """Whether anything was cut."""
    pick: int
    """Order of choice, from 1."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A ranked phrase."""

    text: str
    score: float
    """From 0 to 1, 1 the best of this text."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the caller may want to know about an answer that was given all the same."""

    code: str
    """One of `notices.NOTICES`: the `code` of an entry of `warnings` in the reply."""
    detail: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sizes of what came in and what goes out."""

    characters: int
    """Code points of the text."""
    words: int
    """Words of the body."""
    sentences: int
    """Sentences of the body."""
    summary_words: int
    reduction: float
    """1 - summary_words / words: the share that was left out; 0 for a text without words."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer to one request."""

    summary: str
    """The chosen sentences, joined in the order asked for."""
    sentences: tuple[ScoredSentence, ...]
    highlights: tuple[Highlight, ...]
    keywords: tuple[Keyword, ...] | None
    """None unless included; likewise the next two."""
    blocks: tuple[Block, ...] | None
    explanation: tuple[Explanation, ...] | None
    text: str
    """The text that offsets point into."""
    text_included: bool
    """Whether the reply carries it: when asked for, and always for HTML."""
    language: str
    algorithm: str
    statistics: Statistics
    warnings: tuple[Notice, ...]
