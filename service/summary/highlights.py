"""The bullets over a story: its best sentences, shortened, that together cover most of what it is about.

What a bullet is worth is how much it adds to the expected overlap (F1, as ROUGE-1 measures it) of all bullets with
those an editor would write. That is one measure for three choices: which sentence, which of its parts, and whether a
fourth and a fifth bullet say anything that the others have not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import compress as kept_of
from itertools import islice
from typing import NamedTuple

import numpy as np

from service.article.languages import Language, get_language
from service.article.lines import collapsed, ends_sentence
from service.article.models import Article, Sentence, Span
from service.article.words import count_words, known_terms, located_terms
from service.ranking.vectors import CountedTerms
from service.summary.captions import is_caption
from service.summary.clauses import Reading, has_main_verb
from service.summary.compression import MAX_CHARACTERS, MIN_WORDS, Shortenable, Shortened
from service.summary.models import Highlight
from service.summary.openers import points_back
from service.summary.options import HighlightOptions
from service.summary.selection import Said
from service.summary.statements import is_adrift, is_statement, label_end, names_speaker, standing
from service.summary.worth import FUNCTION_WORD, word_worth

FEWEST, MOST = 3, 5
"""What `auto` may give."""
_POOL, _WIDEST_POOL = 3, 9
"""So many sentences are looked at for each bullet; one more for each that hardly stands alone, up to the second."""
_HARDLY_STANDS = 0.2
"""Under this a bullet leans on the text before in a way that readers mind (`statements.standing`): it is no fourth or
fifth one."""
_MOST_READ = 1_000
"""So many of the best sentences are read at most; where none of them can be a bullet, none will be."""
_EDITORS_WORDS = 19
"""So many words of an editor's the overlap is measured against: less than their bullets have together (about forty), as
chances are of terms, and only the first few bullets are ours. Chosen by measure, as are the next numbers."""
_FEWEST_LEFT = 8
"""Words: a shorter rest of a sentence is a shell ("Guards shot at it")."""
_MOST_OVER = 20
"""Words over the limit that cuts may take away: hardly ever does a bullet come of a longer sentence."""
_LEFT_BY_CUTS = 0.75
"""Cuts seldom do better than to leave this share of a sentence's words with all that they are worth."""
LETTERS_A_WORD = 3
"""So many letters of a language without spaces, where each counts as a word elsewhere, are one of `max_words`: news in
Chinese, Japanese and Thai has sentences of 40 to 100 letters."""
_LEAST_SCORE = 0.01
_REPEATED = 0.7
"""The share of a bullet's terms that another may hold too: of the one that has fewer."""
_NO_TERM = -1
_IN_PAIR = 0.09
"""What a word is worth more behind one that it stands behind elsewhere: in a name, or what the story is about."""
_QUOTED = 0.08
"""What a bullet that opens with somebody's words is worth beside one that tells the story."""

_FULL_STOPS = {"zh": "。", "ja": "。", "hi": "।", "th": ""}
_VERB = re.compile("[VvAMHOBx]|(?<=[^DJ])E|(?<!^)E(?![NJP])")
"""A tag that may be a verb's, or stand in a quotation, where tags are not told; not as in "the lost boat"."""
_NO_VERB_INSIDE = re.compile(r"(?<!^)\(x+|(?<=[DJ])qx{1,3}(?!x)")
"""Brackets, and a quoted word or two that are a noun or before one: "a 'shark' that races"."""
_CLAUSE_ALONE = re.compile(
    r"(?:(?:And|But) |According to [^,]+, )?(?:Not |Only )?"
    r"(?:As|Because|Unless|If|When|Whenever|While|Although|Though|Until|Whereas|Why|How)\b[^,]+$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:Why|How|What)\b[^,]* and other [a-z]")
"""As in "Why ferries have names and other stories of the sea"."""
_QUOTATION = re.compile('["“„«「『][^"“”„«»「」『』]*["“”»」』][.!?。…]?')
"""Somebody's words and no more: who says them stands elsewhere. In English `statements.standing` weighs that."""
_NO_CLAUSE = re.compile(r"[RJDNPCIG]+,R?S[^,]*$")
"""As in "Not in the harbour, as the crew found out"."""
_SHOWN_DOING = re.compile("P+N")
"""As in a caption: "Ana Lund hugs the crew"."""
_LEANS = re.compile(
    "Which,|(?:Or|Which|Hence|Not that|Then there(?:’s|'s| is| are)|Well,|"
    "To be sure,|Soon after,|Fast forward|So (?:did|do|does|goes|is|was|has|have)) |[a-z]{2}|"
    r"Here(?:’s|'s| is| are) |(?:Think of|Discuss|Imagine|Picture) (?=[a-z])|"
    r"Take [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?:, [^,]+)?\.$"
)
"""Belongs to the sentence before, or announces what comes after it: "Take Ana Lund, for example."."""
_NOUN_WITH_CLAUSE = re.compile("[DCJNPpIKR,-]+[,-][QW][^,VvAMHOEBbe]*[VvAMHOEBbe]{0,3}[^,VvAMHOE]*$")
"""As in "The old museum, where ferries go to rest": what is said of it never comes."""
_NOUN_THAT = re.compile("o?[DCJNPI]*N[QW]R?[VvAMHOE](?:(?!N[DC])[^,VvAMHOEx])*$")
"""The same without a comma: "Two ferries that could sail to Norr"."""
_SPOKE = frozenset("said says wrote added tweeted replied posted explained".split())
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_OPEN_MARKS = " ,;:–—-"


def highlights(
    article: Article,
    order: Sequence[int],
    scores: Sequence[float],
    counted: CountedTerms,
    options: HighlightOptions,
    checkpoint: Callable[[], None] = lambda: None,
) -> list[Highlight]:
    """Return bullets in the order of choice.

    `order` has the sentences, best first; `scores` is by index of sentence, from 0 to 1; `counted` is what
    `vectors.counted_terms` makes of the sentences' terms. Greedy: each time the sentence, in the form, that adds most,
    weighted by its score. A sentence is passed over when it repeats a bullet, is no statement of its own (it opens a
    list, asks, or holds half a quotation), has under four words, or more than `max_words` however it is shortened
    (without spaces, `LETTERS_A_WORD` letters are a word). Fewer than wanted come back when the text has no more; `auto`
    stops after three when another bullet adds nothing. A smaller count gives a prefix of a larger one.
    """
    fewest, most = (FEWEST, MOST) if options.count == "auto" else (options.count, options.count)
    chooser = _Chooser(article, order, scores, counted, options, checkpoint)
    made: list[Highlight] = []
    while len(made) < most and (found := chooser.best(must_gain=len(made) >= fewest)):
        bullet, text = found
        made.append(chooser.take(bullet, text, pick=len(made) + 1))
    return made


class _Candidate(NamedTuple):
    """A sentence that may become a bullet, read."""

    sentence: Sentence
    start: int
    """Where in the text it is read from: behind a caption's label."""
    shortenable: Shortenable
    terms: Sequence[int]
    """Columns of the terms, by token: -1 for one without content, and for a repeat of one before."""
    worth: Sequence[float]
    """By token: the chance that an editor's bullets hold it."""
    weight: float
    """By the sentence's score, from 0 to 1."""
    tells_nothing: bool


class _Bullet(NamedTuple):
    """A candidate in its best form."""

    candidate: _Candidate
    form: Shortened
    gain: float
    """What it adds to the expected overlap, weighted."""
    standing: float
    """How well it stands alone, 0 to 1; 1 where nobody looked."""

    def terms(self) -> set[int]:
        """Return the columns of the terms that its form keeps."""
        return set(kept_of(self.candidate.terms, self.form.keep)) - {_NO_TERM}


class _Chooser:
    """Picks one bullet after the other."""

    def __init__(
        self,
        article: Article,
        order: Sequence[int],
        scores: Sequence[float],
        counted: CountedTerms,
        options: HighlightOptions,
        checkpoint: Callable[[], None],
    ) -> None:
        """Weigh the words of the article; nothing is chosen yet."""
        self._article = article
        self._language = get_language(article.language)
        self._options = options
        self._max_words = options.max_words * (LETTERS_A_WORD if self._language.unspaced else 1)
        self._checkpoint = checkpoint
        self._scores = scores
        self._terms = known_terms(self._language)
        self._columns = counted.columns
        self._repeated = _repeated_pairs(counted)
        self._worth_of = word_worth(counted.counts, scores)
        starts = counted.counts.starts
        self._by_sentence: list[int] = counted.counts.column.tolist()
        """The columns of each sentence's terms, one sentence after the other."""
        self._starts: list[int] = starts.tolist()
        # columns are numbered by first appearance: what a sentence adds has the highest numbers so far
        n_seen = np.concatenate([[0], np.maximum.accumulate(counted.counts.column) + 1])
        self._n_before: list[int] = n_seen[starts].tolist()
        self._standings: dict[tuple[int, bytes], float] = {}
        """How well a form stands alone, by index of its sentence and what it keeps."""
        self._order = list(order[:_MOST_READ])
        self._leaning: list[int] = []
        """Those found to open with a pronoun, to be far too long, or to tell nothing."""
        self._read: dict[int, _Candidate] = {}
        self._most: dict[int, float] = {}
        """By index of a sentence that was looked at: what it can still add, weighted."""
        self._said = Said(article.text)
        self._told: list[set[int]] = []
        """The terms of each bullet."""
        self._covered: set[int] = set()
        self._worth, self._n_words = 0.0, 0

    def best(self, *, must_gain: bool) -> tuple[_Bullet, str] | None:
        """Return the bullet that adds most among the best `_POOL` sentences that can be one, and its text.

        None when there is none, or if it `must_gain`, none that adds anything. Sentences that open with a pronoun, are
        far too long or tell nothing come last, and then not at all: who "he" is stands in a sentence before.
        """
        for order in (self._order,) if must_gain else (self._order, self._leaning):
            while bullet := self._best_of(order, must_gain=must_gain):
                sentence = bullet.candidate.sentence
                source = bullet.form.reading.source
                text = _polished("".join([source[start:end] for start, end in bullet.form.spans()]), self._language)
                if not self._said.holds(sentence) and not self._is_told(bullet) and self._fits(text):
                    return bullet, text
                order.remove(sentence.index)  # and never will be one
        return None

    def _is_told(self, bullet: _Bullet) -> bool:
        """Say whether a form repeats a bullet: of two sentences that differ, what cuts leave may be the same."""
        terms = bullet.terms()
        return any(len(terms & told) > _REPEATED * min(len(terms), len(told)) for told in self._told)

    def _fits(self, text: str) -> bool:
        n_words = count_words(text, self._language)
        if self._language.unspaced:
            return MIN_WORDS <= n_words <= self._max_words
        # a mark that stands by itself counts as a word, but says nothing
        return n_words <= self._max_words and len(list(islice(_WORD.finditer(text), MIN_WORDS))) == MIN_WORDS

    def _best_of(self, order: list[int], *, must_gain: bool) -> _Bullet | None:
        """Look at the pool in its order; a sentence is only read if it may beat the best so far.

        Where the first of the pool adds nothing the ranking decides: it is taken, unless it `must_gain`, or is adrift
        and another can be had. What is adrift, or hardly stands alone, never is what `must_gain`.
        """
        best: _Bullet | None = None
        adrift: _Bullet | None = None
        position, pool = 0, _POOL
        while position < len(order) and (position < pool or not (best or adrift or must_gain)):
            index = order[position]
            if index not in self._read and order is self._order and self._opens_with_pronoun(index):
                self._leaning.append(order.pop(position))
                continue
            least = best.gain if best else 0.0
            if (best or must_gain) and not self._may_beat(index, least):
                position += 1
                continue
            self._checkpoint()
            if self._is_far_too_long(index) and self._put_off(order, position):
                continue
            candidate = self._candidate(index)
            if candidate and candidate.tells_nothing and self._put_off(order, position):
                continue
            bullet = self._bullet(candidate, least) if candidate else None
            if bullet is None or (must_gain and (bullet.standing < _HARDLY_STANDS or self._is_adrift(bullet))):
                del order[position]  # and never will be one
                pool -= bullet is not None  # it was looked at
                continue
            position += 1
            pool = min(_WIDEST_POOL, pool + (bullet.standing < _HARDLY_STANDS))
            if bullet.gain > least:
                best = bullet
            elif not (best or must_gain):
                if not self._is_adrift(bullet):
                    return bullet
                adrift = adrift or bullet
        return best or adrift

    def _put_off(self, order: list[int], position: int) -> bool:
        """Let a sentence come last, and not at all where something is told already; False if it has to stay."""
        if order is self._order:
            self._leaning.append(order.pop(position))
        elif self._told:
            del order[position]
        else:
            return False
        return True

    def _is_adrift(self, bullet: _Bullet) -> bool:
        return self._language.code == "en" and is_adrift(bullet.form.reading, bullet.form.keep)

    def _may_beat(self, index: int, least: float) -> bool:
        """Say whether a sentence is worth reading: whether it may well add more than `least`, weighted.

        What one that was looked at could add has only become less since, as every word and thought that is told takes
        from it: the lazy greedy choice of Minoux ("Accelerated greedy algorithms", 1978). For another it is what the
        sentence would add after the best of cuts.
        """
        if index in self._most:
            return self._most[index] > least
        n_words, covered = self._article.sentences[index].n_words, self._covered
        worth_of = self._worth_of.small
        fresh = [worth_of[term] for term in self._columns_of(index) if term not in covered]
        gain = self._gain(sum(fresh) + FUNCTION_WORD * (n_words - len(fresh)), n_words * _LEFT_BY_CUTS)
        return gain * max(_LEAST_SCORE, self._scores[index]) > least

    def _columns_of(self, index: int) -> list[int]:
        """Return the columns of a sentence's terms."""
        return self._by_sentence[self._starts[index] : self._starts[index + 1]]

    def take(self, bullet: _Bullet, text: str, pick: int) -> Highlight:
        """Make the bullet a highlight; what it says is said."""
        candidate, sentence, form = bullet.candidate, bullet.candidate.sentence, bullet.form
        self._said.add(sentence)
        (self._order if sentence.index in self._order else self._leaning).remove(sentence.index)
        before = self._overlap(self._worth, self._n_words)
        self._worth += sum(kept_of(self._fresh_worth(candidate), form.keep))
        self._n_words += form.n_words
        self._told.append(bullet.terms())
        self._covered |= self._told[-1]
        if self._overlap(self._worth, self._n_words) < before:
            self._most.clear()  # after a bullet that takes away, others may gain more than they did
        spans = [Span(candidate.start + start, candidate.start + end) for start, end in form.spans()]
        is_whole = spans == [Span(sentence.start, sentence.end)]
        return Highlight(text=text, sentence=sentence.index, spans=tuple(spans), compressed=not is_whole, pick=pick)

    def _opens_with_pronoun(self, index: int) -> bool:
        sentence = self._article.sentences[index]
        # the first sentence has nothing to point back to: "It was the worst storm in years …"
        return index > 0 and points_back(self._article.text[sentence.start : sentence.start + 40], self._language.code)

    def _is_far_too_long(self, index: int) -> bool:
        return self._article.sentences[index].n_words > self._max_words + _MOST_OVER

    def _tells_nothing(self, sentence: Sentence, reading: Reading) -> bool:
        """Say whether a sentence breaks off or, in English, is none: "Ana Lund, the captain.", "Lund said of it."."""
        breaks_off = reading.source.endswith(("...", "…"))
        if breaks_off or self._language.code != "en":
            return breaks_off or _QUOTATION.fullmatch(reading.source) is not None
        if _LEANS.match(reading.source) or _TITLE.match(reading.source) or names_speaker(reading.source):
            return True
        if is_caption(self._article, sentence, reading):
            return True
        verbs = list(_VERB.finditer(_NO_VERB_INSIDE.sub(_blanked, reading.tags)))
        if not verbs or _NO_CLAUSE.match(reading.tags) or _NOUN_THAT.match(reading.tags):
            return True
        is_whole = reading.has_main_verb and ("-" not in reading.tags or has_main_verb(reading.tags.partition("-")[0]))
        if not is_whole and (_CLAUSE_ALONE.match(reading.source) or _NOUN_WITH_CLAUSE.match(reading.tags)):
            return True  # "Because it rained all day -- as it had before"
        said = verbs[0].start()
        return len(verbs) == 1 and reading.lower[said] in _SPOKE and reading.tags[said + 1 : said + 2] in "I."

    def _candidate(self, index: int) -> _Candidate | None:
        """Read a sentence, once; None for one that can stand for nothing alone."""
        if index in self._read:
            return self._read[index]
        sentence = self._article.sentences[index]
        if sentence.end - sentence.start > MAX_CHARACTERS or not is_statement(self._article, sentence):
            return None
        start = sentence.start + (label_end(self._article, sentence) if self._language.code == "en" else 0)
        source = self._article.text[start : sentence.end]
        shortenable = Shortenable(source, self._language, self._options.compression, _FEWEST_LEFT)
        if start > sentence.start and not _is_clause(shortenable.reading):
            return None  # "The harbour: Boats that sail where nobody sees them"
        terms, worth = self._weighed(shortenable.reading)
        weight = max(_LEAST_SCORE, self._scores[index]) * (_QUOTED if source[0] in "\"“‘'«" else 1)
        tells_nothing = self._tells_nothing(sentence, shortenable.reading)
        self._read[index] = _Candidate(sentence, start, shortenable, terms, worth, weight, tells_nothing)
        return self._read[index]

    def _weighed(self, reading: Reading) -> tuple[list[int], list[float]]:
        """Return the terms and the worth of a reading's tokens; what is said twice is worth nothing the second time."""
        if self._language.unspaced:
            return [_NO_TERM] * reading.n, self._unspaced_worth(reading)
        terms = [self._columns.get(stem, _NO_TERM) for stem in map(self._terms.__getitem__, reading.words)]
        worth = [FUNCTION_WORD if letter.isalpha() else 0.0 for letter in reading.tags]
        small, capital = self._worth_of
        seen: set[int] = set()
        before = _NO_TERM
        for number, column in enumerate(terms):
            if column == _NO_TERM:
                continue
            if column in seen:
                terms[number], worth[number] = _NO_TERM, 0.0
            else:
                seen.add(column)
                by_itself = (capital if reading.words[number][0].isupper() else small)[column]
                worth[number] = by_itself + (_IN_PAIR if (before, column) in self._repeated else 0.0)
            before = column
        return terms, worth

    def _unspaced_worth(self, reading: Reading) -> list[float]:
        """Return the worth of tokens that are runs of letters: of the pairs of letters in each together."""
        worth = [0.0] * reading.n
        for span, stem in located_terms(reading.source, self._language, 0, len(reading.source)):
            if stem in self._columns:
                worth[bisect_right(reading.starts, span.start) - 1] += self._worth_of.small[self._columns[stem]]
        return worth

    def _bullet(self, candidate: _Candidate, least: float) -> _Bullet | None:
        """Return the candidate in its best form, None if it is too long or too short in every form.

        How well it stands alone is only looked at where it may gain more than `least`.
        """
        form = candidate.shortenable.best(self._fresh_worth(candidate), self._gain, self._max_words)
        if not MIN_WORDS <= form.n_words <= self._max_words:
            return None
        self._most[candidate.sentence.index] = most = form.gain * candidate.weight
        stands = self._standing(candidate, form) if most > least else 1.0
        weight = candidate.weight * stands
        return _Bullet(candidate, form, form.gain * weight if form.gain > 0 else form.gain / weight, stands)

    def _standing(self, candidate: _Candidate, form: Shortened) -> float:
        """Return how well a form stands alone, 0 to 1; nothing stands before the first sentence."""
        index = candidate.sentence.index
        if index == 0 or self._language.code != "en":
            return 1.0
        key = index, bytes(form.keep)
        if key not in self._standings:
            n_before, columns, known = self._n_before[index], self._columns, self._terms
            stands = standing(form.reading, form.keep, lambda word: columns.get(known[word], n_before) < n_before)
            self._standings[key] = stands
        return self._standings[key]

    def _fresh_worth(self, candidate: _Candidate) -> Sequence[float]:
        """Return the worth of each token in view of what is said: nothing for a word that a bullet holds already."""
        covered = self._covered
        if covered.isdisjoint(candidate.terms):
            return candidate.worth
        return [0.0 if word in covered else worth for word, worth in zip(candidate.terms, candidate.worth, strict=True)]

    def _gain(self, worth: float, n_words: float) -> float:
        """Return what a bullet adds to the expected overlap."""
        return self._overlap(self._worth + worth, self._n_words + n_words) - self._overlap(self._worth, self._n_words)

    @staticmethod
    def _overlap(worth: float, n_words: float) -> float:
        """Return the expected F1 of bullets: twice the words in common over the words of both sides."""
        return 2 * worth / (n_words + _EDITORS_WORDS)


def _blanked(match: re.Match[str]) -> str:
    return "(" * len(match.group())


def _is_clause(reading: Reading) -> bool:
    """Say whether what stands behind a label is a sentence."""
    if reading.tags.startswith("GT"):
        return False  # "Also ahead: Trying to find out why the ferry sank, Lund said"
    shown = _SHOWN_DOING.match(reading.tags)
    return reading.has_main_verb or (shown is not None and reading.lower[shown.end() - 1].endswith("s"))


def _repeated_pairs(counted: CountedTerms) -> set[tuple[int, int]]:
    """Return the pairs of terms, by column, that follow each other in a sentence twice or more in the text."""
    sequence = counted.sequence
    n_terms = len(counted.columns)
    pairs = sequence[:-1] * n_terms + sequence[1:]
    ends = counted.ends[(counted.ends > 0) & (counted.ends < len(sequence))]
    pairs[ends - 1] = -1  # they stand in two sentences
    pairs.sort()
    repeated = pairs[1:][(pairs[1:] == pairs[:-1]) & (pairs[1:] >= 0)]
    return {divmod(pair, n_terms) for pair in repeated.tolist()}


def _polished(text: str, language: Language) -> str:
    """Collapse white space, raise the first letter, end with a final mark."""
    text = collapsed(text)
    if text.endswith((" .", " !", " ?")):
        text = text[:-2] + text[-1]
    text = text.rstrip(_OPEN_MARKS)
    raised = "İ" if language.code == "tr" and text.startswith("i") else text[:1].upper()
    text = raised + text[1:] if len(raised) == 1 else text
    text = text[:-1] if text.endswith("..") and not text.endswith("...") else text  # "at 5 p.m.."
    return text if ends_sentence(text) or not text else text + _FULL_STOPS.get(language.code, ".")
