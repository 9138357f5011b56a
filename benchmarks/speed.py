"""Text to summary: Nutgraf beside sumy, in one run on one machine.

    make bench                                    ratios at 40, 200 and 1,000 sentences
    python benchmarks/speed.py --sizes 40 200     other sizes

Both read the same generated text and make three sentences of it; sumy gets Nutgraf's sentence and word boundaries for
nothing, since its own need a download. CPU time, one thread, median of some runs; a size where one run of sumy takes
over ten seconds is run once. Nutgraf's caches are warm: it has seen other texts, never this one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import accumulate

from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from service.article.languages import get_language
from service.article.sentences import sentences
from service.article.words import words
from service.summary.options import SummaryOptions, validated
from service.summary.summarize import Source, summarize

VOCABULARY = [
    stem + ending
    for stem in ("ferr", "harb", "counc", "isl", "storm", "budg", "minist", "fish", "garden", "mark", "school", "boat")
    for ending in (
        "y",
        "our",
        "ated",
        "ing",
        "ers",
        "ible",
        "ful",
        "ness",
        "ish",
        "al",
        "or",
        "ion",
        "age",
        "ed",
        "ity",
    )
]
COMMON = ["the", "of", "and", "to", "in", "a", "that", "for", "was", "with"]
COMMON_SHARE = 0.7
"""How many content words have a common one before them."""
SLOW_SECONDS = 10


class Boundaries:
    """Nutgraf's boundaries in the form that sumy takes a tokenizer in."""

    language = "english"

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Split a paragraph into sentences."""
        return tuple(text[start:end] for start, end in sentences(text, 0, len(text), "en"))

    def to_words(self, text: str) -> tuple[str, ...]:
        """Split a sentence into words."""
        return tuple(words(text, get_language("en")))


def article(n_sentences: int, seed: int) -> str:
    """Generate a text of distinct sentences, in paragraphs of four, with word frequencies as uneven as in prose."""
    rng = random.Random(seed)
    known = [f"{word}{number or ''}" for number in range(1 + n_sentences // 20) for word in VOCABULARY]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(known))))
    lines = []
    for number in range(n_sentences):
        chosen = rng.choices(known, cum_weights=weights, k=rng.randint(7, 16))
        mixed = [
            word
            for content in chosen
            for word in ([rng.choice(COMMON), content] if rng.random() < COMMON_SHARE else [content])
        ]
        lines.append(f"Item{number} {' '.join(mixed)}.")
    return "\n".join(" ".join(lines[first : first + 4]) for first in range(0, n_sentences, 4))


def cpu_seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Median CPU time of one call, over texts of one size; a slow one is called once."""
    times: list[float] = []
    for text in texts:
        started = time.process_time()
        work(text)
        times.append(time.process_time() - started)
        if times[0] > SLOW_SECONDS:
            break
    return statistics.median(times)


def ours(algorithm: str, highlights: int | str) -> Callable[[str], object]:
    """Return Nutgraf's summary by an algorithm."""
    options = validated(SummaryOptions, {"algorithm": algorithm, "highlights": {"count": highlights}})
    return lambda text: summarize([Source(text)], options)


def theirs(summarizer: type[LexRankSummarizer | TextRankSummarizer]) -> Callable[[str], object]:
    """Return sumy's summary."""
    made = summarizer(Stemmer("english"))
    made.stop_words = get_language("en").stop_words
    return lambda text: made(PlaintextParser.from_string(text, Boundaries()).document, 3)


def main() -> None:
    """Print a row for each size and a column for each contestant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[40, 200, 1000], metavar="N")
    parser.add_argument("--runs", type=int, default=7, metavar="N")
    given = parser.parse_args()
    contestants = {
        "fusion + highlights": ours("fusion", "auto"),
        "textrank": ours("textrank", 0),
        "lexrank": ours("lexrank", 0),
        "sumy TextRank": theirs(TextRankSummarizer),
        "sumy LexRank": theirs(LexRankSummarizer),
    }
    for work in contestants.values():
        for seed in range(3):
            work(article(60, -1 - seed))
    print("CPU milliseconds, and how many times as long as fusion + highlights\n")
    print(f"{'sentences':>9}" + "".join(f"{name:>24}" for name in contestants))
    for n_sentences in given.sizes:
        texts = [article(n_sentences, seed) for seed in range(given.runs)]
        seconds = {name: cpu_seconds(work, texts) for name, work in contestants.items()}
        first = next(iter(seconds.values()))
        cells = (f"{1000 * taken:>14,.1f} {taken / first:>7.1f} ×" for taken in seconds.values())
        print(f"{n_sentences:>9,}" + "".join(cells), flush=True)


if __name__ == "__main__":
    main()
