"""The bullets over a story: its best sentences, shortened, none that repeats another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from service.article.languages import get_language
from service.article.lines import collapsed, ends_sentence
from service.article.models import Article, Sentence, Span
from service.article.words import count_words, words
from service.summary.compression import compress
from service.summary.models import Highlight
from service.summary.options import Compression, HighlightOptions
from service.summary.selection import Said

FEWEST, MOST = 3, 5
"""What `auto` may give."""
_SENTENCES_A_BULLET = 15
"""A story of so many sentences has something for one bullet more than the fewest."""

_MIN_WORDS = 4
"""A shorter sentence ("And breathe.") leans on its neighbours and says nothing alone."""

_FULL_STOPS = {"zh": "。", "ja": "。", "hi": "।", "th": ""}
_OPEN_MARKS = re.compile(r"[\s,;:–—-]+$")
_BRACKETS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))


def wanted_highlights(article: Article, options: HighlightOptions) -> int:
    """Return how many bullets to make: the number asked for, or what the story needs."""
    if options.count != "auto":
        return options.count
    return min(MOST, FEWEST + len(article.sentences) // _SENTENCES_A_BULLET)


def highlights(
    article: Article,
    order: Iterable[int],
    options: HighlightOptions,
    checkpoint: Callable[[], None] = lambda: None,
) -> list[Highlight]:
    """Return bullets in the order of choice, from sentences in `order`, best first.

    A sentence is passed over when it repeats a bullet, is no statement of its own (it opens a list, asks, or holds
    half a quotation), has under four words, or more than `max_words` however it is shortened. Fewer than wanted come
    back when the text has no more.
    """
    made: list[Highlight] = []
    said = Said(article.text)
    wanted = wanted_highlights(article, options)
    for index in order:
        if len(made) == wanted:
            break
        checkpoint()
        sentence = article.sentences[index]
        if said.holds(sentence):
            continue
        highlight = _highlight(article, sentence, options.compression, options.max_words, pick=len(made) + 1)
        if highlight is not None:
            said.add(sentence)
            made.append(highlight)
    return made


def _highlight(
    article: Article,
    sentence: Sentence,
    compression: Compression,
    max_words: int,
    pick: int,
) -> Highlight | None:
    source = article.text[sentence.start : sentence.end]
    if not _is_statement(source):
        return None
    kept = compress(source, article.language, compression)
    text = _polished("".join(source[start:end] for start, end in kept), article.language)
    language = get_language(article.language)
    if count_words(text, language) > max_words or len(words(text, language)) < _MIN_WORDS:
        return None
    return Highlight(
        text=text,
        sentence=sentence.index,
        spans=tuple(Span(sentence.start + start, sentence.start + end) for start, end in kept),
        compressed=kept != [Span(0, len(source))],
        pick=pick,
    )


def _is_statement(source: str) -> bool:
    """Say whether the sentence can stand alone: no question, no opening of a list, no half of a quotation."""
    if source.rstrip("\"”’'»)").endswith(("?", "？", "؟", ":", "：", ";")):
        return False
    return source.count('"') % 2 == 0 and all(source.count(left) == source.count(right) for left, right in _BRACKETS)


def _polished(text: str, language: str) -> str:
    """Collapse white space, raise the first letter, end with a final mark."""
    text = _OPEN_MARKS.sub("", collapsed(text))
    raised = text[:1].upper()
    text = raised + text[1:] if len(raised) == 1 else text
    return text if ends_sentence(text) or not text else text + _FULL_STOPS.get(language, ".")
