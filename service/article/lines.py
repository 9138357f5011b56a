"""Text to lines, and hard-wrapped lines back to paragraphs.

A line is the stretch between two line breaks without the white space around it. In most texts it is a paragraph. In
text that was wrapped to a width (mail, plain-text books), or copied from a page's columns (PDF), it is a piece of one;
such lines are joined again, so that the span of the paragraph holds the breaks and no offset moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil
from statistics import median
from typing import NamedTuple

_CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
_SPACES = "\u0020\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ZERO_WIDTH = "\u200b\u2060\ufeff"
BLANK = _CONTROLS + _SPACES + _ZERO_WIDTH
"""What counts as white space at the edges of blocks and sentences: also control characters and zero-width spaces."""

_BLANKS = frozenset(BLANK)
_CONTROL = re.compile(f"[{re.escape(_CONTROLS)}]")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
"""What a line or a sentence must have; "***" and "…" say nothing."""
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{LINE_BREAKS}]+")
_ITEM = re.compile(r"(?:[-*•‣◦▪·–—]{1,2}|\d{1,3}[.)])\s")
_TERMINAL = tuple(".!?…。！？؟।॥።۔:;")
_CLOSING = "\"'”’»)]}›」』）"

_MIN_LINES = 4
_WIDTHS = range(30, 141)
_LONG_LINE = 60
"""Characters: a line of a chat, a list or a poem is shorter, as a rule."""
_LONGEST_WORD = 20


class Line(NamedTuple):
    """A line, or the lines of one paragraph joined."""

    start: int
    end: int
    text: str
    after_blank: bool
    """Whether a blank line, or the text's start, stands before it."""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its edges; `start == end` when there is nothing else."""
    if start < end and text[start] not in _BLANKS and text[end - 1] not in _BLANKS:
        return start, end
    stretch = text[start:end]
    kept = stretch.lstrip(BLANK)
    start += len(stretch) - len(kept)
    return start, start + len(kept.rstrip(BLANK))


def ends_sentence(text: str) -> bool:
    """Say whether the text ends as a sentence or the opening of a list does, closing marks aside."""
    return text.rstrip(_CLOSING).endswith(_TERMINAL)


def is_item(text: str) -> bool:
    """Say whether the text opens with a bullet or a number as list items do."""
    return _ITEM.match(text) is not None


def paragraphs(text: str, checkpoint: Callable[[], None] = lambda: None) -> list[Line]:
    """Return the text's lines, hard-wrapped ones joined; `checkpoint` is called for each line. Cost: linear."""
    lines = []
    for line in _lines(text):
        checkpoint()
        lines.append(line)
    if width := _wrap_width(lines):
        return _joined(text, lines, lambda group, line: _is_full(group[-1], line, width))
    if _is_ragged(lines):
        return _joined(text, lines, lambda group, _: not ends_sentence(group[-1].text))
    goes_on_small = any(not line.after_blank and line.text[0].islower() for line in lines[1:])
    return _joined(text, lines, _is_torn) if goes_on_small else lines


def _lines(text: str) -> Iterator[Line]:
    previous_end = 0
    for match in _LINE.finditer(text):
        start, end = trimmed(text, *match.span())
        if start == end:
            continue
        gap = text[previous_end:start]
        after_blank = previous_end == 0 or max(gap.count("\n"), gap.count("\r"), gap.count("\u2028")) > 1
        yield Line(start, end, text[start:end], after_blank or "\u2029" in gap)
        previous_end = end


def _wrap_width(lines: list[Line]) -> int:
    """Return the width that the text was wrapped to, 0 when it was not.

    Wrapped: six in ten lines are full, and half of the full ones end in mid-sentence. The width is the 95th
    percentile of lengths, so that an unbreakable address does not set it.
    """
    if len(lines) < _MIN_LINES:
        return 0
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[ceil(0.95 * len(lengths)) - 1]
    if width not in _WIDTHS:
        return 0
    breaks = [pair for pair in pairwise(lines) if not pair[1].after_blank]
    full = [line for line, following in breaks if _is_full(line, following, width)]
    in_mid_sentence = sum(not ends_sentence(line.text) for line in full)
    return width if len(full) >= max(2, 0.6 * len(breaks)) and 2 * in_mid_sentence >= len(full) else 0


def _is_ragged(lines: list[Line]) -> bool:
    """Say whether the text was cut into lines of no width: more than half of them go on in mid-sentence.

    So are columns copied from a page. Short lines are no prose: a poem, or a chat that knows no capitals.
    """
    breaks = [(line, following) for line, following in pairwise(lines) if not following.after_blank]
    if len(breaks) < _MIN_LINES - 1 or median(len(line.text) for line in lines) < _WIDTHS.start:
        return False
    return 2 * sum(not ends_sentence(line.text) and after.text[0].islower() for line, after in breaks) > len(breaks)


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Say whether the next line's first word had no room left on this line."""
    word = following.text[: _LONGEST_WORD + 1].split(None, 1)[0]
    room_needed = min(len(word), _LONGEST_WORD) + 1 if len(word) <= _LONGEST_WORD else 0
    return len(line.text) + room_needed >= 0.95 * width


def _is_torn(group: list[Line], following: Line) -> bool:
    """Say whether a break parts a sentence: behind a long line without a final mark, before a small letter."""
    is_prose = group[0].text[0].isupper() and len(group[-1].text) >= _LONG_LINE
    return is_prose and following.text[0].islower() and not ends_sentence(group[-1].text)


def _joined(text: str, lines: list[Line], goes_on: Callable[[list[Line], Line], bool]) -> list[Line]:
    """Return the lines with each joined to the group before it that `goes_on` in it."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.after_blank and goes_on(groups[-1], line) and not is_item(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [first if (first := group[0]) is (last := group[-1]) else _line(text, first, last) for group in groups]


def _line(text: str, first: Line, last: Line) -> Line:
    return Line(first.start, last.end, text[first.start : last.end], first.after_blank)


def collapsed(text: str) -> str:
    """Return the text with each run of white space and control characters as one space, none at the edges."""
    if text.isprintable():
        if "  " not in text and text.strip(" ") == text:  # the only white space that is printable
            return text
    else:
        text = _CONTROL.sub(" ", text)
    return " ".join(text.split())


def has_control_characters(text: str) -> bool:
    """Say whether the text holds control characters other than tabs and line breaks."""
    return not text.isprintable() and any(not mark.isspace() for mark in _CONTROL.findall(text))
