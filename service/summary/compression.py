"""Sentence to shorter sentence, by deletion alone.

Rules (`cuts`) propose spans of the sentence that it can do without; `guards` refuse those that would change what is
said (law 3): a cut may hold no negation, no condition, no half of a quotation or bracket, and a number only when it
takes the whole aside that holds it. Nothing inside a quotation is ever cut: that would misquote. Of the cuts that are
left the best combination is taken, by what the words are worth, and judged: what is kept has a main verb and a proper
end.

What needs grammar is for English; brackets, dashes and bullet marks are for any language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress as kept_of
from typing import NamedTuple

from service.article.languages import Language, get_language
from service.article.models import Span
from service.article.words import count_words
from service.summary.clauses import Reading, has_main_verb, read_clauses
from service.summary.cuts import cuts, last_resorts
from service.summary.cuts.models import Cut, Loss
from service.summary.guards import ends_well
from service.summary.options import Compression

_TICKER_WORDS = 15
"""What `tight` aims at."""
MIN_WORDS = 4
"""A shorter one ("And breathe.") leans on its neighbours and says nothing alone."""
MAX_CHARACTERS = 1_000
"""A longer sentence stays whole: no bullet comes of it, and the patterns' cost stays bounded."""

Gain = Callable[[float, int], float]
"""What the worth of the words that are kept, and their number, gain together; more is better."""


class Shortened(NamedTuple):
    """What is kept of a sentence."""

    reading: Reading
    keep: Sequence[bool]
    """Whether each token is kept."""
    n_words: int
    gain: float

    def spans(self) -> list[Span]:
        """Return what is kept, in order, within the sentence, the white space around the cuts included."""
        return _spans(self.reading, self.keep)


def compress(sentence: str, language: str, compression: Compression, max_words: int | None = None) -> list[Span]:
    """Return the spans of `sentence` to keep in order to say it as briefly as `compression` allows.

    `none` keeps the whole. `safe` drops what cannot change the meaning and keeps who said a claim; `tight` drops that
    too, where the sentence stands without. What a reader would miss goes only where the sentence is longer than
    `max_words`, or than a ticker's line if `tight`. Cost: near-linear in the sentence.
    """
    shortenable = Shortenable(sentence, get_language(language), compression)
    return shortenable.best([0.0] * shortenable.reading.n, lambda _worth, n_words: -n_words, max_words).spans()


class _Form(NamedTuple):
    """What some cuts leave of a sentence."""

    keep: list[bool]
    worth: float
    n_words: int
    over: int
    """Words over the limit."""
    gain: float


class Shortenable:
    """A sentence, read once, and the cuts it can take."""

    def __init__(
        self, sentence: str, language: Language, compression: Compression, fewest_left: int = MIN_WORDS
    ) -> None:
        """Read the sentence; its cuts are found when `best` first asks for them.

        A cut that costs something leaves `fewest_left` words or more, or is made to meet a limit.
        """
        self._code = language.code
        self.reading = read_clauses(sentence, is_english=self._code == "en")
        self._is_tight = compression == "tight"
        self._fewest_left = fewest_left
        self._has_main_verb = self.reading.has_main_verb
        self._sizes = _sizes(self.reading, language)
        self._is_cut = compression != "none" and len(sentence) <= MAX_CHARACTERS

    def best(self, worth: Sequence[float], gain: Gain, max_words: int | None = None) -> Shortened:
        """Return the form that gains most among those under `max_words`, or the shortest found.

        `worth` is by token, repeats of a word counted once by the caller. Greedy: first all that carries nothing, then
        one cut after the other, the one that gains most; while the sentence is over the limit, the one that brings it
        nearest, and of the last resorts one only where no other does.
        """
        if self._is_tight:
            max_words = min(_TICKER_WORDS, max_words or _TICKER_WORDS)
        total, n_words = sum(kept_of(worth, self._full)), sum(kept_of(self._sizes, self._full))
        over = max(0, n_words - max_words) if max_words is not None else 0
        form = _Form(self._full, total, n_words, over, gain(total, n_words))
        while left := self._shorter(form, worth, gain, max_words):
            form = left
        return Shortened(self.reading, form.keep, form.n_words, form.gain)

    @cached_property
    def _cuts(self) -> list[Cut]:
        """The cuts it can take but the last resorts."""
        if not self._is_cut:
            return []
        return self._distinct(cuts(self.reading, code=self._code, drops_attribution=self._is_tight))

    @cached_property
    def _last_resorts(self) -> list[Cut]:
        """The cuts for when no other brings the sentence under its limit; few sentences ever need them."""
        return self._distinct(last_resorts(self.reading)) if self._is_cut and self._code == "en" else []

    @cached_property
    def _full(self) -> list[bool]:
        """What is kept where nothing has to go."""
        return self._without_empty_words()

    def _distinct(self, found: Iterable[Cut]) -> list[Cut]:
        return [cut for cut in dict.fromkeys(found) if _parts_words(self.reading, cut)]

    def _without_empty_words(self) -> list[bool]:
        """Drop what carries nothing, where the rest reads well."""
        keep = [True] * self.reading.n
        for cut in self._cuts:
            if cut.loss is Loss.NONE and self._reads_well(keep, cut):
                left = sum(self._sizes) - sum(self._sizes[cut.start : cut.end])
                if left >= MIN_WORDS:
                    keep = _without(keep, cut)
        return keep

    def _shorter(self, form: _Form, worth: Sequence[float], gain: Gain, max_words: int | None) -> _Form | None:
        """Return what the best next cut leaves of a form; None where none is for the better."""
        left = self._step(self._cuts, form, worth, gain, max_words)
        if left is None and form.over:
            return self._step(self._last_resorts, form, worth, gain, max_words)
        return left

    def _step(
        self, proposed: Sequence[Cut], form: _Form, worth: Sequence[float], gain: Gain, max_words: int | None
    ) -> _Form | None:
        """Return what the best of the proposed cuts leaves of a form; None where none is for the better."""
        keep, total, n_words, over, current = form
        steps = []
        for cut in proposed:
            start, end = cut.start, cut.end
            fresh = keep[start:end]
            less = sum(kept_of(self._sizes[start:end], fresh))
            if n_words - less < (MIN_WORDS if over else self._fewest_left) or True not in fresh:
                continue
            left = total - sum(kept_of(worth[start:end], fresh))
            left_over = max(0, n_words - less - max_words) if max_words is not None else 0
            value = gain(left, n_words - less)
            if left_over < over if over else value > current:
                steps.append((left_over, -value, start, -end, cut, left, n_words - less))
        steps.sort()
        for left_over, value, _, _, cut, left, words_left in steps:
            if self._reads_well(keep, cut):
                return _Form(_without(keep, cut), left, words_left, left_over, -value)
        return None

    def _reads_well(self, keep: list[bool], cut: Cut) -> bool:
        """Judge what the cut would leave, in English: a main verb, a proper end."""
        if not self._has_main_verb:
            return True
        left = _without(keep, cut)
        last = next((number for number in range(self.reading.body_end - 1, -1, -1) if left[number]), None)
        if last is None or not ends_well(self.reading, last):
            return False
        return has_main_verb("".join(kept_of(self.reading.tags, left)))


def _without(keep: list[bool], cut: Cut) -> list[bool]:
    return [*keep[: cut.start], *[False] * (cut.end - cut.start), *keep[cut.end :]]


def _sizes(reading: Reading, language: Language) -> list[int]:
    """Return for each token how many words start with it, as `count_words` counts them."""
    if language.unspaced:
        return [count_words(word, language) for word in reading.words]
    ends = [-1, *reading.ends]
    return [int(start > end) for start, end in zip(reading.starts, ends, strict=False)]


def _parts_words(reading: Reading, cut: Cut) -> bool:
    """Say whether the words around the cut stay apart, so that none grow together."""
    if cut.start == 0 or cut.end >= reading.n:
        return True
    return reading.starts[cut.end] > reading.ends[cut.end - 1] or reading.tags[cut.end] in ",;:.)"


def _spans(reading: Reading, keep: Sequence[bool]) -> list[Span]:
    """Return what is kept; each cut takes the white space before it, one at the start what follows it."""
    spans, start, number = [], 0, 0
    while number < reading.n:
        if keep[number]:
            number += 1
            continue
        first = number
        while number < reading.n and not keep[number]:
            number += 1
        if first:
            spans.append(Span(start, reading.ends[first - 1]))
            start = reading.ends[number - 1]
        else:
            start = reading.starts[number] if number < reading.n else len(reading.source)
    spans.append(Span(start, len(reading.source)))
    return [span for span in spans if span.start < span.end]
