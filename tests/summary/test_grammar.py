"""Sentences from a grammar of ours, whose parts are known: what goes goes whole, and no clause loses its verb.

News has clauses inside clauses in every combination; no list of examples has them all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from service.summary.compression import compress
from service.summary.options import Compression

N_SENTENCES = 600
MOST_BROKEN = 0.02
"""The share of shortened sentences; a third of a percent of those that people wrote have as many clauses as these."""

PEOPLE = "the mayor,the captain,the judge,a witness,the pilot,Ana Lund,Bo Holm,the council".split(",")
THINGS = "the ferry,the bridge,a school,the plane,the letter,the old harbour,a house,the road".split(",")
PLACES = "in the harbour,near the town,on the island,at the school,in Lindholm".split(",")
TIMES = "on Monday,in May,last week,after the storm".split(",")
DID = "sold,bought,repaired,found,destroyed,visited,left,praised,opened".split(",")
HAPPENED = (
    "sank,burned,stood,arrived,fell,returned,was sold,had been repaired,will be opened,is owned by the town".split(",")
)
SAID = "said,believes,told reporters,thinks,says".split(",")


@dataclass(frozen=True)
class Part:
    """A part of a sentence; its own words stand or fall together."""

    pieces: tuple[str | Part, ...]
    is_needed: bool = False
    """Whether what it is a part of makes no sense without it."""

    def words(self) -> Iterator[tuple[str, tuple[Part, ...]]]:
        """Yield each word and mark with the parts it is in, the outermost first."""
        for piece in self.pieces:
            if isinstance(piece, Part):
                for word, parts in piece.words():
                    yield word, (self, *parts)
            else:
                for word in piece.split():
                    yield word, (self,)


class Grammar:
    """Makes sentences at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def sentence(self) -> Part:
        """A clause, or one that somebody says."""
        if self._random.random() < 0.35:
            that = Part((self._one(["that", ""]),))
            said = Part((self._one(SAID), that, self._clause(2, is_needed=True)), is_needed=True)
            return Part((self._noun(PEOPLE, 2), said))
        return self._clause(2)

    def _one(self, of: list[str]) -> str:
        return self._random.choice(of)

    def _clause(self, depth: int, *, is_needed: bool = False) -> Part:
        pieces = [self._noun(PEOPLE + THINGS, depth)]
        if self._random.random() < 0.12:
            pieces.append(Part((",", self._one(["Ana Lund said", "the council says", "he said"]), ",")))
        pieces.append(self._verb(depth))
        kind = self._random.random()
        if depth and kind < 0.15:
            pieces.append(Part((",", self._one(["carrying", "leaving", "following"]), self._noun(THINGS, depth - 1))))
        elif depth and kind < 0.3:
            pieces.append(
                Part((",", self._one(["after", "because", "although"]), self._clause(depth - 1, is_needed=True)))
            )
        elif depth and kind < 0.4:
            pieces.append(Part((",", self._one(["but", "and"]), self._clause(depth - 1, is_needed=True))))
        elif depth and kind < 0.5:
            pieces.append(Part(("and", self._verb(depth - 1))))
        elif depth and kind < 0.56:
            pieces.append(
                Part((",", self._one(["a day after", "hours before"]), self._clause(depth - 1, is_needed=True)))
            )
        return Part(tuple(pieces), is_needed=is_needed)

    def _noun(self, of: list[str], depth: int) -> Part:
        name = self._one(of)
        kind = self._random.random() if depth else 1.0
        if kind < 0.18:
            return Part((name, Part((",", self._one(["an old one", "the first of its kind"]), ","))), is_needed=True)
        if kind < 0.42:
            who = "which" if name in THINGS else "who"
            return Part((name, Part((",", who, self._verb(depth - 1), ","))), is_needed=True)
        return Part((name, Part((self._one(PLACES),))) if kind < 0.5 else (name,), is_needed=True)

    def _verb(self, depth: int) -> Part:
        pieces: list[str | Part] = [self._one(DID), self._noun(PEOPLE + THINGS, max(0, depth - 1))]
        if self._random.random() < 0.5:
            pieces = [self._one(HAPPENED)]
        pieces += [Part((self._one(of),)) for of in (PLACES, TIMES) if self._random.random() < 0.35]
        return Part(tuple(pieces), is_needed=True)


def written(sentence: Part) -> tuple[str, list[tuple[int, tuple[Part, ...]]]]:
    """The sentence as text, and for each word where it starts and the parts it is in."""
    words = list(sentence.words())
    text, places = "", []
    for (word, parts), following in pairwise([*words, (",", ())]):
        if word == ",":
            text += "" if text.endswith(",") or following[0] == "," else ","
            continue
        text += " " if text else ""
        places.append((len(text), parts))
        text += word if text else f"{word[0].upper()}{word[1:]}"
    return f"{text}.", places


def is_broken(places: list[tuple[int, tuple[Part, ...]]], kept: list[tuple[int, int]]) -> bool:
    """Say whether a part was torn, or lost a part that it needs."""
    counts: dict[int, list[int]] = {}
    for start, parts in places:
        stands = any(first <= start < end for first, end in kept)
        for part in parts:
            counts.setdefault(id(part), [0, 0])[stands] += 1
        own = counts.setdefault(-id(parts[-1]), [0, 0])
        own[stands] += 1
    for _, parts in places:
        if min(counts[-id(parts[-1])]):
            return True  # some of its own words went
        for outer, inner in pairwise(parts):
            if inner.is_needed and counts[id(outer)][True] and not counts[id(inner)][True]:
                return True
    return False


@pytest.mark.parametrize("compression", ["safe", "tight"])
def test_clauses_inside_clauses_keep_their_verbs(compression: Compression) -> None:
    """Hardly ever is a part torn: where a verb looks like a participle, and no comma tells whose it is."""
    grammar, broken, n_shortened = Grammar(1), [], 0
    for _ in range(N_SENTENCES):
        text, places = written(grammar.sentence())
        kept = [(span.start, span.end) for span in compress(text, "en", compression, 25)]
        n_shortened += kept != [(0, len(text))]
        if is_broken(places, kept):
            broken.append((text, "".join(text[start:end] for start, end in kept)))

    assert n_shortened > N_SENTENCES / 4
    assert len(broken) <= MOST_BROKEN * n_shortened, broken
