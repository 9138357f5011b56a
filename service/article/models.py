"""What reading an article gives: blocks, sentences and their places in the caller's text.

All offsets count Unicode code points from 0, `start` inclusive and `end` exclusive, into `Article.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from service.article.lines import collapsed

Role = Literal["body", "heading", "caption", "promo", "highlight", "credit", "dateline", "chrome"]


class Span(NamedTuple):
    """A stretch of text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a line, or the dateline that opens one."""

    role: Role
    """What the block is; only `body` is ranked."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body."""

    index: int
    """Place among the body's sentences, from 0."""
    start: int
    end: int
    block: int
    """Index of its block in `Article.blocks`."""
    terms: tuple[str, ...]
    """Stems of its content words, in order, repeats kept."""
    n_words: int
    """Words as budgets and statistics count them."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text that has been read."""

    text: str
    """The text that all offsets point into: the caller's, or what was read from an HTML page."""
    title: str | None
    """The title given, else the first heading, else None."""
    language: str
    """Code of the language in `languages.LANGUAGES`."""
    blocks: tuple[Block, ...]
    """Every block in order; together they hold every character that is not white space."""
    sentences: tuple[Sentence, ...]
    """The body's sentences in order."""
    title_terms: tuple[str, ...]
    """Stems of the title's content words."""

    def text_of(self, sentence: Sentence) -> str:
        """Return the sentence as it reads, each run of white space one space. Cost: linear in the sentence."""
        return collapsed(self.text[sentence.start : sentence.end])
