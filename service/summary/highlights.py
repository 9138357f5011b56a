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
_LOOSE_MARK = re.compile(r"\s+([.!?])$")
_SIDE = re.compile(
    r"\((?:(?:pictured|from|far|top|bottom|second|centre|center)\W?\s?)*(?:left|right|pictured|l-r|above|below)\b"
)
"""Where somebody stands in a picture: the sentence is its caption."""
_FURNITURE = re.compile(
    r"\d{1,2}:\d\d\s[A-Z]{2,4}\b|(?:VIDEO:?\s)?Scroll down\b|[©]|(?:•\s*)?VIDEO\b|(?:Click|Tap) here\b"
)
_SINGLE_OPENS = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
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
    if not _is_statement(article, sentence):
        return None
    source = article.text[sentence.start : sentence.end]
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


def _is_statement(article: Article, sentence: Sentence) -> bool:
    """Say whether the sentence can stand alone: no question, caption or furniture, no part of a longer quotation."""
    source = article.text[sentence.start : sentence.end]
    if source.rstrip("\"”’'»)").endswith(("?", "？", "؟", ":", "：", ";")):
        return False
    if _SIDE.search(source) or _FURNITURE.match(source):
        return False
    if source.count('"') % 2 or any(source.count(left) != source.count(right) for left, right in _BRACKETS):
        return False
    if len(_SINGLE_OPENS.findall(source)) > len(_SINGLE_CLOSES.findall(source)):
        return False
    return not _quotation_is_open(article.text[article.blocks[sentence.block].start : sentence.start])


def _quotation_is_open(before: str) -> bool:
    """Say whether the last quotation mark before a sentence opens a quotation: its speaker would be lost."""
    last = max(before.rfind('"'), before.rfind("“"), before.rfind("”"))
    if last < 0 or before[last] == "”":
        return False
    return before[last] == "“" or (before[last + 1 : last + 2].isalnum() and not before[last - 1 : last].isalnum())


def _polished(text: str, language: str) -> str:
    """Collapse white space, raise the first letter, end with a final mark."""
    text = _OPEN_MARKS.sub("", _LOOSE_MARK.sub(r"\1", collapsed(text)))
    raised = text[:1].upper()
    text = raised + text[1:] if len(raised) == 1 else text
    return text if ends_sentence(text) or not text else text + _FULL_STOPS.get(language, ".")
