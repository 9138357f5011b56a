"""Summaries measured against reference summaries, beside what one has to beat.

ROUGE (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004) as google-research's rouge-score computes
it, with its stemmer: F1 of the words (ROUGE-1), of the word pairs (ROUGE-2) and of the longest common subsequences by
sentence (ROUGE-Lsum) that a summary shares with a reference; of several references, the best one counts. rouge-score
reads the letters a to z and digits only, so figures for other languages compare systems but say little by themselves.

Each system's difference to Lead-3 comes with a bootstrap interval (Efron 1979) over stories: the same stories, drawn
again with replacement, paired. Lead-3 and sumy read the raw article by plain sentencex, never by our own reading.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from service.article.languages import Language, get_language
from service.summary.options import HighlightOptions, Length, SummaryOptions
from service.summary.summarize import Source, summarize

METRICS = ("rouge1", "rouge2", "rougeLsum")
N_SENTENCES = 3
_N_RESAMPLES = 1_000
_SEED = 2_004
_REFERENCE_FIELDS = ("references", "highlights", "summary")
_HEADER = re.compile(
    r"\s*By\s?\. .{0,200}?(?:(?:PUBLISHED|UPDATED):\s?\. [^.]{4,60}\.(?: \| ?\.)? ?)+",
    re.DOTALL,
)
"""What some newspapers' pages left in well-known collections of stories: "By . NAME . PUBLISHED: . … UPDATED: . …"."""

Floats = NDArray[np.float64]
Lines = Sequence[str]
"""A summary as ROUGE-Lsum wants it: by sentence, or by bullet."""


class InvalidStoryError(ValueError):
    """A line is no story that can be measured; `stories_from_lines` reports it."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article and what people made of it."""

    article: str
    references: Sequence[Lines]
    title: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    """The line's other fields, to choose stories by."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one system did."""

    name: str
    rouge: Mapping[str, float]
    """Metric -> mean F1 in points, 0 to 100."""
    difference: Mapping[str, float]
    """Metric -> points over Lead-3 on the same stories. Likewise the next two: the 95 % interval."""
    low: Mapping[str, float]
    high: Mapping[str, float]
    words: float
    """Mean words of an answer. Likewise the next: lines of an answer, bullets or sentences."""
    lines: float
    milliseconds: float
    """Mean CPU time for an article, in this thread."""


def story_from_json(line: str | bytes, language: str) -> Story:
    """Return the story of one line of JSON with `article` and `references`, `highlights` or `summary`.

    A reference is a list of lines, or a text, split at its line breaks or else into sentences. `references` holds one
    or more. Raises `InvalidStoryError` that names what is missing; never quotes the text.
    """
    try:
        fields = json.loads(line)
    except ValueError:
        raise InvalidStoryError("It is not JSON.") from None
    if not isinstance(fields, dict):
        raise InvalidStoryError("It is not a JSON object.")
    article = fields.pop("article", None)
    if not isinstance(article, str) or not article.strip():
        raise InvalidStoryError("It has no text in 'article'.")
    name = next((name for name in _REFERENCE_FIELDS if fields.get(name)), None)
    if name is None:
        raise InvalidStoryError("It has none of 'highlights', 'summary' and 'references'.")
    given = fields.pop(name)
    references = given if name == "references" and isinstance(given, list) else [given]
    lines = [_reference_lines(name, reference, language) for reference in references]
    title = fields.get("title")
    return Story(article, lines, title if isinstance(title, str) else None, fields)


def _reference_lines(name: str, reference: object, language: str) -> Lines:
    if isinstance(reference, str) and reference.strip():
        by_break = [line for line in reference.splitlines() if line.strip()]
        return by_break if len(by_break) > 1 else plain_sentences(reference, language)
    if isinstance(reference, list) and reference and all(isinstance(line, str) for line in reference):
        return reference
    raise InvalidStoryError(f"'{name}' is neither a text nor a list of texts.")


def plain_sentences(text: str, language: str) -> list[str]:
    """Return the sentences of a raw text as sentencex alone finds them."""
    import sentencex

    return [sentence.strip() for sentence in sentencex.segment(language, text) if sentence.strip()]


class Rouge:
    """ROUGE-1, 2 and Lsum F1, stemmed, of lines against references."""

    def __init__(self) -> None:
        """Import and set up rouge-score, whose stemmer remembers nothing: the words' stems are kept here."""
        from rouge_score import rouge_scorer, tokenizers

        class _Tokenizer(tokenizers.DefaultTokenizer):  # type: ignore[misc] # rouge-score has no types
            def __init__(self) -> None:
                super().__init__(use_stemmer=True)
                if self._stemmer is not None:
                    self._stemmer.stem = cache(self._stemmer.stem)

        self._scorer = rouge_scorer.RougeScorer(list(METRICS), tokenizer=_Tokenizer())

    def __call__(self, lines: Lines, references: Sequence[Lines]) -> Floats:
        """Return the best F1 over the references for each of `METRICS`, in points: shape (3,)."""
        answer = "\n".join(lines)
        scores = [self._scorer.score("\n".join(reference), answer) for reference in references]
        return np.array([100 * max(score[metric].fmeasure for score in scores) for metric in METRICS])


System = Callable[[Story, str], Lines]
"""Story and language code -> summary."""


def lead(story: Story, language: str) -> Lines:
    """Return the first three sentences of the raw article; a header of the Daily Mail's is stripped, datelines stay."""
    return plain_sentences(_HEADER.sub("", story.article, count=1), language)[:N_SENTENCES]


def _ours(algorithm: str) -> System:
    options = SummaryOptions(
        algorithm=algorithm, length=Length(sentences=N_SENTENCES), highlights=HighlightOptions(count=0)
    )

    def system(story: Story, language: str) -> Lines:
        summary = summarize([Source(story.article, story.title)], options.model_copy(update={"language": language}))
        return [sentence.text for sentence in summary.sentences]

    return system


def _highlights(story: Story, language: str) -> Lines:
    options = SummaryOptions(language=language)
    return [highlight.text for highlight in summarize([Source(story.article, story.title)], options).highlights]


class _Words:
    """What sumy asks of a tokenizer: words as its own finds them, which needs no trained data."""

    _WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

    def to_words(self, sentence: str) -> Sequence[str]:
        return self._WORD.findall(sentence)


def _sumy(name: str) -> System:
    def system(story: Story, language: str) -> Lines:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

        sentences = plain_sentences(story.article, language)
        document = ObjectDocumentModel([Paragraph([Sentence(sentence, _Words()) for sentence in sentences])])
        summarizer = _sumy_class(name)(sumy_stem(get_language(language)))
        summarizer.stop_words = get_language(language).stop_words
        with np.errstate(all="ignore"):  # LexRank divides by zero where sentences share no word
            return [str(sentence) for sentence in summarizer(document, N_SENTENCES)]

    return system


def sumy_stem(language: Language) -> Callable[[str], str]:
    """Return the stemmer that sumy's users have: nltk's, which is not ours, or one of sumy's own, or none."""
    from nltk.stem.snowball import SnowballStemmer

    name = language.name.lower()
    if name in SnowballStemmer.languages:
        return cast("Callable[[str], str]", SnowballStemmer(name).stem)
    return language.stem if language.stemmer == "sumy" else str


def _sumy_class(name: str) -> Any:  # noqa: ANN401 - sumy has no types
    if name == "textrank":
        from sumy.summarizers.text_rank import TextRankSummarizer

        return TextRankSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return LexRankSummarizer


SYSTEMS: Mapping[str, System] = {
    "Lead-3": lead,
    "sumy TextRank": _sumy("textrank"),
    "sumy LexRank": _sumy("lexrank"),
    "textrank": _ours("textrank"),
    "lexrank": _ours("lexrank"),
    "fusion": _ours("fusion"),
    "highlights": _highlights,
}
"""What is measured, in the order of the table; everything is compared to the first."""


@dataclass(slots=True)
class _Tally:
    rouge: list[Floats] = field(default_factory=list)
    n_words: int = 0
    n_lines: int = 0
    seconds: float = 0.0


def evaluate(
    stories: Iterable[Story],
    *,
    language: str,
    systems: Mapping[str, System] = SYSTEMS,
    done: Callable[[], object] = lambda: None,
) -> tuple[int, list[Result]]:
    """Return the number of stories and every system's result on them; `done` is called after each story.

    The same stories give the same figures, times apart. Cost: sumy is quadratic in the sentences, the rest a few
    milliseconds a story, most of them ROUGE's.
    """
    rouge = Rouge()
    tallies = {name: _Tally() for name in systems}
    n_stories = 0
    for story in stories:
        for name, system in systems.items():
            _measure(tallies[name], system, story, language, rouge)
        n_stories += 1
        done()
    if not n_stories:
        return 0, []
    baseline = np.array(tallies[next(iter(systems))].rouge)
    return n_stories, [_result(name, tally, baseline) for name, tally in tallies.items()]


def _measure(tally: _Tally, system: System, story: Story, language: str, rouge: Rouge) -> None:
    started = time.thread_time()
    lines = system(story, language)
    tally.seconds += time.thread_time() - started
    tally.n_words += sum(len(line.split()) for line in lines)
    tally.n_lines += len(lines)
    tally.rouge.append(rouge(lines, story.references))


def _result(name: str, tally: _Tally, baseline: Floats) -> Result:
    rouge = np.array(tally.rouge)
    differences = rouge - baseline
    low, high = _interval(differences)
    n_stories = len(rouge)
    return Result(
        name=name,
        rouge=_by_metric(rouge.mean(axis=0)),
        difference=_by_metric(differences.mean(axis=0)),
        low=_by_metric(low),
        high=_by_metric(high),
        words=round(tally.n_words / n_stories, 4),
        lines=round(tally.n_lines / n_stories, 4),
        milliseconds=round(1000 * tally.seconds / n_stories, 4),
    )


def _interval(differences: Floats) -> tuple[Floats, Floats]:
    """Return the 2.5th and 97.5th percentile of the mean over resampled stories, shape (3,) each."""
    random = np.random.default_rng(_SEED)
    n_stories = len(differences)
    means = np.array(
        [differences[random.integers(n_stories, size=n_stories)].mean(axis=0) for _ in range(_N_RESAMPLES)]
    )
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return low, high


def _by_metric(values: Floats) -> dict[str, float]:
    return dict(zip(METRICS, values.round(4).tolist(), strict=True))


def as_table(n_stories: int, results: Iterable[Result]) -> str:
    """Return the results as a table for people, in Markdown: points, and points over the first with their interval."""
    rows = [
        ["", "R-1", "R-2", "R-Lsum", "Δ R-1", "Δ R-2", "Δ R-Lsum", "words", "lines", "ms"],
        *([_cells(result, is_first=number == 0) for number, result in enumerate(results)]),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if not i else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width if not i else "-" * (width - 1) + ":" for i, width in enumerate(widths)) + " |"
    caption = f"{n_stories:,} stories; ROUGE F1 in points, stemmed; Δ: to Lead-3, with its 95 % bootstrap interval"
    return "\n".join([caption, "", lines[0], rule, *lines[1:]])


def _cells(result: Result, *, is_first: bool) -> list[str]:
    points = [f"{result.rouge[metric]:.1f}" for metric in METRICS]
    differences = [
        ""
        if is_first
        else f"{result.difference[metric]:+.1f} ({result.low[metric]:+.1f} to {result.high[metric]:+.1f})"
        for metric in METRICS
    ]
    return [
        result.name,
        *points,
        *differences,
        f"{result.words:.1f}",
        f"{result.lines:.1f}",
        f"{result.milliseconds:.1f}",
    ]


def stories_from_lines(
    lines: Iterable[str | bytes],
    language: str,
    *,
    where: Mapping[str, str],
    bad_line: Callable[[int, str], object],
) -> Iterator[Story]:
    """Yield the stories whose fields have the values of `where`; report each bad line by its number and skip it."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            story = story_from_json(line, language)
        except InvalidStoryError as error:
            bad_line(number, str(error))
            continue
        if all(str(story.fields.get(name)) == value for name, value in where.items()):
            yield story
