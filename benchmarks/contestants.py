"""One contestant of `speed.py`, measured in the environment it is run in.

    python -m benchmarks.contestants NAME N_SENTENCES

says "ready", and for each number of a text on a line of its input prints, as JSON, its CPU seconds for that text and by
how many MiB the memory has peaked over the loaded process (on Linux; else null). Others have had the processor since
the last one, so another text comes first. Only the contestant's own packages are imported. sumy's and newspaper4k's
tokenizers want Punkt's trained data, which is a download: sumy gets Punkt untrained, newspaper4k the sentences for
nothing.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from benchmarks.texts import article

SLOW_SECONDS = 10
_WARM_SENTENCES, _MOST_WARM_SENTENCES = 60, 1000
"""Sentences of the texts that a peer, and that Nutgraf, has seen before; Nutgraf remembers words, so it needs more."""
_SENTENCE = re.compile(r"[^.]+\.")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-_]|['’](?=\w))*")

Summarizer = Callable[[str], object]


class Boundaries:
    """sumy's own boundaries without a download: nltk's tokenizers, but Punkt untrained."""

    language = "english"

    def __init__(self) -> None:
        """Make nltk's tokenizers."""
        from nltk.tokenize import NLTKWordTokenizer
        from nltk.tokenize.punkt import PunktSentenceTokenizer

        self._sentences, self._words = PunktSentenceTokenizer(), NLTKWordTokenizer()

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Split a paragraph into sentences."""
        return tuple(map(str.strip, self._sentences.tokenize(text)))

    def to_words(self, text: str) -> tuple[str, ...]:
        """Split a sentence into words, as sumy keeps them."""
        return tuple(word for word in self._words.tokenize(text) if _WORD.fullmatch(word))


def _ours(algorithm: str, highlights: int | str, *, cold: bool = False) -> Summarizer:
    from service.article.languages import get_language
    from service.article.words import known_terms
    from service.summary.lexicon import WORDS
    from service.summary.options import SummaryOptions, validated
    from service.summary.summarize import Limits, Source, summarize

    options = validated(SummaryOptions, {"algorithm": algorithm, "highlights": {"count": highlights}})
    limits = Limits(max_characters=10**9, max_sentences=10**6)

    def run(text: str) -> object:
        return summarize([Source(text)], options, limits=limits)

    def run_cold(text: str) -> object:
        for memory in (known_terms(get_language("en")), WORDS):
            cast("dict[str, object]", memory).clear()
        return run(text)

    return run_cold if cold else run


def _sumy(module: str, name: str) -> Summarizer:
    from importlib import import_module

    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.utils import get_stop_words

    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    boundaries = Boundaries()
    return lambda text: summarizer(PlaintextParser.from_string(text, boundaries).document, 3)


def _summa() -> Summarizer:
    from summa.summarizer import summarize

    return lambda text: summarize(text, words=60)


def _newspaper4k() -> Summarizer:
    from newspaper import nlp
    from newspaper.text import StopWords

    nlp.split_sentences = _SENTENCE.findall
    stop_words = StopWords("en")
    return lambda text: nlp.summarize("The ferry in the storm", text, stop_words, 3)


CONTESTANTS: dict[str, Callable[[], Summarizer]] = {
    "fusion + highlights": lambda: _ours("fusion", "auto"),
    "the same, cold": lambda: _ours("fusion", "auto", cold=True),
    "fusion": lambda: _ours("fusion", 0),
    "textrank": lambda: _ours("textrank", 0),
    "lexrank": lambda: _ours("lexrank", 0),
    "sumy LexRank": lambda: _sumy("lex_rank", "LexRankSummarizer"),
    "sumy TextRank": lambda: _sumy("text_rank", "TextRankSummarizer"),
    "summa": _summa,
    "newspaper4k": _newspaper4k,
}


PEERS = {"sumy LexRank": "sumy", "sumy TextRank": "sumy", "summa": "summa", "newspaper4k": "newspaper4k"}
"""Contestant to its list in `peers/`."""


def cpu_seconds(work: Summarizer, texts: Sequence[str]) -> list[float]:
    """CPU time of each call; a slow one is the last."""
    times: list[float] = []
    for text in texts:
        started = time.process_time()
        work(text)
        times.append(time.process_time() - started)
        if times[-1] > SLOW_SECONDS:
            break
    return times


def _memory(field: str) -> float | None:
    """Read a field of the process's status, in MiB."""
    status = Path("/proc/self/status")
    found = re.search(rf"{field}:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else None


def main() -> None:
    """Measure one contestant at one size, a text each time it is asked."""
    name, n_sentences = sys.argv[1], int(sys.argv[2])
    work = CONTESTANTS[name]()
    n_warm = min(n_sentences, _MOST_WARM_SENTENCES) if name not in PEERS else _WARM_SENTENCES
    for seed in range(3):
        work(article(n_warm, -1 - seed))
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5")  # the peak counts from here
    before = _memory("VmRSS")
    print("ready", flush=True)
    for line in sys.stdin:
        work(article(_WARM_SENTENCES, -4 - int(line)))
        (seconds,) = cpu_seconds(work, [article(n_sentences, int(line))])
        peak = _memory("VmHWM")
        over = None if before is None or peak is None else peak - before
        print(json.dumps({"seconds": seconds, "peak": over}), flush=True)


if __name__ == "__main__":
    main()
