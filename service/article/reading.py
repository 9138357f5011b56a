"""Text or page to an `Article`: blocks, sentences, words, in this order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.article.blocks import blocks
from service.article.datelines import MAX_DATELINE, dateline_end
from service.article.languages import Language, get_language
from service.article.lines import BLANK, LETTER_OR_DIGIT, LINE_BREAKS, collapsed, trimmed
from service.article.models import Article, Block, Sentence
from service.article.sentences import endings_in, sentences
from service.article.words import count_words, terms
from service.errors import InvalidTextError, TextTooLongError

_LINES_A_SENTENCE = 4
"""A text may have so many lines for each sentence it may have; a sentence wrapped at 70 columns takes two."""
_LONGEST_NOTE = 6
"""So many sentences of a block are looked at for a dateline."""
_MARK = re.compile(r"(?:[-–—*•‣◦▪·]|--|>(?: ?>)*)\s+(?=\S)")
"""An item's, a quoted mail's or a speaker's: of the block, but of no sentence."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class SentenceLimit(NamedTuple):
    """How many sentences are read, and what says so."""

    most: int
    setting: str
    """A setting's name, or the algorithm's."""

    def exceeded(self) -> TextTooLongError:
        """Return the error for a text that has more."""
        return TextTooLongError(limit=self.most, unit="sentences", setting=self.setting)


def check_text(text: str, *, max_characters: int) -> None:
    """Raise `InvalidTextError` for a blank or broken text, `TextTooLongError` for one over the limit."""
    if len(text) > max_characters:
        raise TextTooLongError(
            size=len(text),
            limit=max_characters,
            unit="characters",
            setting="NUTGRAF_MAX_CHARACTERS",
        )
    if not text.strip(BLANK):
        message = "The text is blank. Send the article's text, at least one sentence."
        raise InvalidTextError(message)
    if not text.isascii() and (broken := _SURROGATE.search(text)):
        message = f"The text has half a surrogate pair at offset {broken.start()}. Send whole pairs, or UTF-8."
        raise InvalidTextError(message)


def read(
    text: str,
    language: str,
    *,
    title: str | None = None,
    max_sentences: int = 20_000,
    lower_limit: SentenceLimit | None = None,
    checkpoint: Callable[[], None] = lambda: None,
) -> Article:
    """Return the article that `text`, in `language` (a code), holds.

    `title` stands in for the first heading. `checkpoint` is called for each line and each sentence and may raise to
    stop the work. Raises `UnsupportedLanguageError`, and `TextTooLongError` past `max_sentences`, or past the lower
    limit of who will rank them: no more are read than can be. Cost: linear.
    """
    table = get_language(language)
    limit = lower_limit or SentenceLimit(max_sentences, "NUTGRAF_MAX_SENTENCES")
    _check_lines(text, _LINES_A_SENTENCE * max_sentences)
    found = blocks(text, checkpoint)
    heading = next((block for block in found if block.role == "heading"), None)
    if title is None and heading is not None:
        title = " ".join(text[heading.start : heading.end].split())
    return Article(
        text=text,
        title=title,
        language=table.code,
        blocks=tuple(found),
        sentences=_sentences(text, found, table, limit, checkpoint),
        title_terms=terms(title, table) if title else (),
    )


def _check_lines(text: str, max_lines: int) -> None:
    """Refuse a text of very many lines, before each is looked at."""
    if sum(map(text.count, LINE_BREAKS)) - text.count("\r\n") > max_lines:
        raise TextTooLongError(limit=max_lines, unit="lines", setting="NUTGRAF_MAX_SENTENCES × 4")


def _has_sentence(text: str, block: Block) -> bool:
    return block.role == "body" and LETTER_OR_DIGIT.search(text, block.start, block.end) is not None


def _sentences(
    text: str,
    found: Sequence[Block],
    language: Language,
    limit: SentenceLimit,
    checkpoint: Callable[[], None],
) -> tuple[Sentence, ...]:
    if len(found) > limit.most and sum(_has_sentence(text, block) for block in found) > limit.most:
        raise limit.exceeded()
    read_so_far: list[Sentence] = []
    endings = endings_in(text)
    for number, block in enumerate(found):
        if block.role != "body":
            continue
        found_here = sentences(text, block.start, block.end, language.code, checkpoint, endings)
        for place, (start, end) in enumerate(found_here):
            checkpoint()
            if not LETTER_OR_DIGIT.search(text, start, end):
                continue
            if len(read_so_far) == limit.most:
                raise limit.exceeded()
            if place == 0 and (mark := _MARK.match(text, start, end)):
                start = mark.end()  # noqa: PLW2901
            # a story that starts in mid-block, below an editor's note, still has its dateline
            if place < _LONGEST_NOTE and (skipped := dateline_end(text[start : min(end, start + MAX_DATELINE)])):
                start = trimmed(text, start + skipped, end)[0]  # noqa: PLW2901
            words = collapsed(text[start:end])
            read_so_far.append(
                Sentence(
                    index=len(read_so_far),
                    start=start,
                    end=end,
                    block=number,
                    terms=terms(words, language),
                    n_words=count_words(words, language) if language.unspaced else words.count(" ") + 1,
                ),
            )
    return tuple(read_so_far)
