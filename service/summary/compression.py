"""Sentence to shorter sentence, by deletion alone.

Rules propose cuts, spans of the sentence that it can do without; guards refuse those that would change what is said
(law 3): a cut may hold no negation, no condition, no half of a quotation or bracket, and a number only when it takes
the whole aside that holds it. Nothing inside a quotation is ever cut: that would misquote. Of the cuts that are left
the best combination is taken, by what the words are worth, and judged: what is kept has a main verb and a proper end.

What needs grammar (`cuts`) is for English; brackets, dashes and bullet marks are for any language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress as kept_of

from service.article.languages import Language, get_language
from service.article.models import Span
from service.article.words import count_words
from service.summary.clauses import Reading, has_main_verb, read_clauses
from service.summary.cuts import Cut, Loss, english_cuts
from service.summary.guards import ends_well, may_drop
from service.summary.options import Compression

_BULLET = re.compile(r"(?:--|[-–—•*‣▪◦·])\s+")
_BRACKETS = re.compile(r"\s+\((?!\s*(?:\d{1,3}|\w|[ivxIVX]{1,4})\s*\))[^()]{2,160}\)(?=[\s.,;:!?])")
_DASH = re.compile(r"\s+(?:--|[–—-])\s+|\s?—\s?")
_CONNECTIVE = re.compile(
    r"(?:(?:However|Meanwhile|Moreover|Furthermore|Nevertheless|Nonetheless|Additionally|In addition|Indeed|Besides|"
    r"At the same time|On the other hand|In the meantime|Of course|Also|As a result|For its part), "
    r"(?![^,]{1,40} (?:said|says|adds|\w+ed|told [^,]{1,20}),)"  # "In addition, he said, two boats were lost"
    r"|(?:And|But) (?!(?:so|yet|nor|neither|then|for|of|that|what|thus|therefore|even|only|after all)\b))",
)
_DAY = (
    r"(?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|this) week|(?:(?:earlier|later) )?today|"
    r"yesterday"
)
_SPOKEN = frozenset(
    "said says say saying told tells added adds wrote writes announced confirmed stated explained insisted argued "
    "claimed warned acknowledged recalled".split(),
)
_SPOKE = rf"(?:{'|'.join(sorted(_SPOKEN))})\b"
_CHANNEL = (
    r"(?:statement|interview|e-?mail|news conference|press conference|news release|press release|telephone interview|"
    r"phone interview|conference call|blog post|tweet|televised address|briefing)"
)
_EMPTY_ATTRIBUTION = re.compile(
    rf"(?<=\s)(?:{_SPOKE}|told (?:[A-Z][\w'’.]*|reporters|the [A-Z]\w+)(?: [A-Z][\w'’.]*){{0,3}})"
    rf"(?P<cut>\s(?:(?:{_DAY})\s)?(?:in|at|during|via|by) (?:an? |the )?(?:[a-z]+ ){{0,2}}{_CHANNEL}"
    rf"(?: (?:to|with) (?:reporters|[A-Z][\w'’]*(?: [A-Z][\w'’]*){{0,2}}))?(?: (?:{_DAY}))?)(?=[,.;]|$| that\b)",
)
_WHO = r"(?:(?:[Aa]n?|[Tt]he|[Oo]ne|some|two|several|[A-Z]|[a-z])[\w.'’-]*\s){1,9}?"
_TRAILING_ATTRIBUTION = re.compile(
    rf"(?P<cut>,\s(?:{_WHO}(?:said|says|say|told (?:CNN|reporters|the \w+|[A-Z]\w+)|announced|reported|confirmed)"
    rf"(?:\s(?:{_DAY}))?"
    rf"|according to (?:[\w.'’-]+\s?){{1,8}}))[.]$",
)
_ADDS = re.compile(r"[\s(–—-]*(?:and|or|but|though|although|yet|if|when|other than|apart from)\b", re.IGNORECASE)
"""An aside that adds to the claim or takes from it: "Men -- and women -- left"."""
_NEEDS_COMMA = re.compile(
    r"^(?:(?:Even|Just|Only) )?(?i:in|on|at|after|before|with|outside|inside|rather than|among|for|from|as|while|when|"
    r"since|despite|during|under|by|to|were|had|should|between)\b[^,]*$|,\s(?:which|who|whose|where)\b[^,]*$|"
    r",\s[A-Z][\w.]+$",
)
"""What stands before a pair of dashes that does a comma's work as well: a fronted phrase, an open relative clause,
a place with its state."""
_NEW_CLAUSE = re.compile(r"(?:he|she|it|they|we|you|I|there)\b|(?:\S+ ){1,4}(?:said|says|say|told)\b")
"""What stands after such a pair."""
_GRAVE = re.compile(
    r"accus|alleg|suspect|confess|kill|murder|assault|slap|rape|abus|fraud|stole|theft|drug|marijuana|cocaine|"
    r"terror|arrest|charged|guilty|corrupt|brib|conspir|threat|intimidat|deliberate|bomb|hostage|kidnap|weapon|shoot|shot|"
    r"stab|attack|crash|blame|illegal|unlawful|violat|cheat|scam|smuggl|traffick|militant|lawsuit|misconduct|negligen|"
    r"reckless|drunk|crime|criminal|lied\b|lying\b|torture|dead\b|died\b|death",
    re.IGNORECASE,
)
"""Claims that are libel without the one who made them."""
_SUBORDINATE = re.compile(r"(?:When|If|As|While|After|Because|Although|Before|Since)\b")

_TICKER_WORDS = 15
"""What `tight` aims at."""
MIN_WORDS = 4
"""A shorter one ("And breathe.") leans on its neighbours and says nothing alone."""
MAX_CHARACTERS = 1_000
"""A longer sentence stays whole: no bullet comes of it, and the patterns' cost stays bounded."""

Gain = Callable[[float, int], float]
"""What the worth of the words that are kept, and their number, gain together; more is better."""


@dataclass(frozen=True, slots=True)
class Shortened:
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


class Shortenable:
    """A sentence, read once, and the cuts it can take."""

    def __init__(self, sentence: str, language: Language, compression: Compression) -> None:
        """Read the sentence and find its cuts."""
        is_english = language.code == "en"
        self.reading = read_clauses(sentence, is_english=is_english)
        self._is_tight = compression == "tight"
        self._has_main_verb = self.reading.has_main_verb
        self._sizes = _sizes(self.reading, language)
        self._cuts: list[Cut] = []
        if compression != "none" and len(sentence) <= MAX_CHARACTERS:
            cuts = _cuts(self.reading, language.code, compression)
            self._cuts = [cut for cut in dict.fromkeys(cuts) if _parts_words(self.reading, cut)]
        self._full = self._without_empty_words()
        self._n_words = sum(kept_of(self._sizes, self._full))

    def best(self, worth: Sequence[float], gain: Gain, max_words: int | None = None) -> Shortened:
        """Return the form that gains most among those under `max_words`, or the shortest found.

        `worth` is by token, repeats of a word counted once by the caller. Greedy: first all that carries nothing, then
        one cut after the other, the one that gains most; while the sentence is over the limit, the one that brings it
        nearest.
        """
        if self._is_tight:
            max_words = min(_TICKER_WORDS, max_words or _TICKER_WORDS)
        keep, n_words = self._full, self._n_words
        total = sum(kept_of(worth, keep))
        over = max(0, n_words - max_words) if max_words is not None else 0
        current = gain(total, n_words)
        while step := self._step(keep, worth, gain, (total, n_words), (over, current), max_words):
            cut, total, n_words, over, current = step
            keep = _without(keep, cut)
        return Shortened(self.reading, keep, n_words, current)

    def _without_empty_words(self) -> list[bool]:
        """Drop what carries nothing, where the rest reads well."""
        keep = [True] * self.reading.n
        for cut in self._cuts:
            if cut.loss is Loss.NONE and self._reads_well(keep, cut):
                left = sum(self._sizes) - sum(self._sizes[cut.start : cut.end])
                if left >= MIN_WORDS:
                    keep = _without(keep, cut)
        return keep

    def _step(
        self,
        keep: list[bool],
        worth: Sequence[float],
        gain: Gain,
        size: tuple[float, int],
        reached: tuple[int, float],
        max_words: int | None,
    ) -> tuple[Cut, float, int, int, float] | None:
        """Return the best next cut with the worth, words, words over the limit and gain that are left after it."""
        total, n_words = size
        over, current = reached
        steps = []
        for cut in self._cuts:
            is_last_resort = cut.loss is Loss.MUCH
            if is_last_resort and not over:
                continue
            start, end = cut.start, cut.end
            fresh = keep[start:end]
            less = sum(kept_of(self._sizes[start:end], fresh))
            if n_words - less < MIN_WORDS or True not in fresh:
                continue
            left = total - sum(kept_of(worth[start:end], fresh))
            left_over = max(0, n_words - less - max_words) if max_words is not None else 0
            value = gain(left, n_words - less)
            if left_over < over if over else value > current:
                steps.append((is_last_resort, left_over, -value, start, -end, cut, left, n_words - less))
        steps.sort()
        for _, left_over, value, _, _, cut, left, words_left in steps:
            if self._reads_well(keep, cut):
                return cut, left, words_left, left_over, -value
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


def _cuts(reading: Reading, language: str, compression: Compression) -> Iterator[Cut]:
    """Yield the cuts that the guards let pass."""
    sentence = reading.source
    body = 0
    if bullet := _BULLET.match(sentence):
        body = bullet.end()
        yield _cut(reading, 0, body)
    if reading.has_pairs:
        for brackets in _BRACKETS.finditer(sentence):
            yield from _aside(reading, *brackets.span())
    if "-" in reading.tags:
        yield from _dashed(reading, body)
    if language != "en":
        return
    if connective := _CONNECTIVE.match(sentence, body):
        yield from _guarded(reading, *connective.span())
    if not _SPOKEN.isdisjoint(reading.lower):
        for occasion in _EMPTY_ATTRIBUTION.finditer(sentence):
            yield from _guarded(reading, *occasion.span("cut"))
    yield from english_cuts(reading)
    if compression == "tight":
        yield from _attribution(reading)


def _cut(reading: Reading, start: int, end: int, loss: Loss = Loss.NONE) -> Cut:
    """Return the cut of the tokens that start in `sentence[start:end]`."""
    return Cut(bisect_left(reading.starts, start), bisect_left(reading.starts, end), loss)


def _guarded(reading: Reading, start: int, end: int, loss: Loss = Loss.NONE) -> Iterator[Cut]:
    cut = _cut(reading, start, end, loss)
    if may_drop(reading, cut.start, cut.end):
        yield cut


def _aside(reading: Reading, start: int, end: int) -> Iterator[Cut]:
    if not _ADDS.match(reading.source, start, end):
        yield from _guarded(reading, start, end)


def _dashed(reading: Reading, body: int) -> Iterator[Cut]:
    """Yield the aside between the sentence's only two dashes; of more it is unclear which belong together."""
    sentence = reading.source
    dashes = list(_DASH.finditer(sentence, body))
    if len(dashes) != 2:  # noqa: PLR2004 # a pair
        return
    opening, closing = dashes
    before, after = sentence[body : opening.start()], sentence[closing.end() :]
    if opening.group().strip() != closing.group().strip() or not before:
        return
    if not (_NEEDS_COMMA.search(before) or _NEW_CLAUSE.match(after)):
        yield from _aside(reading, opening.start(), closing.end())


def _attribution(reading: Reading) -> Iterator[Cut]:
    """Yield a final attribution whose claim stands without it."""
    if not (attribution := _TRAILING_ATTRIBUTION.search(reading.source)):
        return
    start, end = attribution.span("cut")
    claim = reading.source[:start]
    if _GRAVE.search(claim) or (_SUBORDINATE.match(claim) and "," not in claim):
        return
    # "… at 8 a.m., police said." has one full stop too many
    yield from _guarded(reading, start, len(reading.source) if claim.endswith(".") else end, Loss.SOME)
