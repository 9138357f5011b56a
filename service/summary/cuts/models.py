"""What a cut is, and how one is made of a stretch of the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from service.summary.clauses import Reading
from service.summary.guards import may_drop


class Loss(IntEnum):
    """What goes with a cut."""

    NONE = 0
    """Nothing that a reader misses: a connective, a day, on which occasion something was said."""
    SOME = 1
    """A statement of its own beside the main one."""
    MUCH = 2
    """What is left is true but says less, or reads less well: only to get a sentence under its limit."""


class Cut(NamedTuple):
    """Tokens that may go: from `start` to before `end`."""

    start: int
    end: int
    loss: Loss = Loss.SOME


class Tail(NamedTuple):
    """A proposed cut from `start` to `end`, the tags before and inside it."""

    reading: Reading
    start: int
    end: int
    head: str
    tags: str
    first: str
    """Its first word, in lower case."""

    @property
    def before(self) -> str:
        """Return the last word before it, in lower case."""
        return self.reading.lower[self.start - 1]


def cut_of(reading: Reading, start: int, end: int, loss: Loss = Loss.NONE) -> Cut:
    """Return the cut of the tokens that start in `sentence[start:end]`."""
    return Cut(bisect_left(reading.starts, start), bisect_left(reading.starts, end), loss)


def guarded(reading: Reading, start: int, end: int, loss: Loss = Loss.NONE) -> Iterator[Cut]:
    """Yield that cut if the guards let it pass."""
    cut = cut_of(reading, start, end, loss)
    if may_drop(reading, cut.start, cut.end):
        yield cut
