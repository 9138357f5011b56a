"""Three hundred texts and what is made of them: the numbers that work on speed must not change.

    python -m tests.summary.golden

writes `golden.txt` anew, after a change that is meant to change answers; say so in the changelog.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

from benchmarks.texts import article
from service.article.languages import get_language
from service.article.reading import read
from service.article.sentences import sentences
from service.ranking.rankers import ALGORITHMS, Corpus
from service.summary.options import SummaryOptions, validated
from service.summary.rendering import as_dict
from service.summary.summarize import Source, summarize
from tests.article.samples import SAMPLES

STORED = Path(__file__).with_name("golden.txt")
N_TEXTS = 300
_ALGORITHMS = ("fusion", "fusion", "textrank", "lexrank")
_COMPRESSIONS = ("safe", "tight", "none")
_OPENINGS = (
    "",
    "Ferry line reopens\n\nLINDHOLM, Zealand (AP) -- ",
    "By Ana Lund\n\nPhoto: The old ferry at the quay.\n\n",
    "Story highlights\n• The ferry sailed.\n• The pier did not.\n\n",
)


class Case(NamedTuple):
    """A text and how it is to be summarized."""

    text: str
    options: dict[str, object]


class Answer(NamedTuple):
    """What is made of it."""

    digest: str
    """Of the bytes of the reply, with all that can be included."""
    scores: float
    """Sum of each sentence's raw score times its place, from 1."""


def cases() -> Iterator[Case]:
    """Yield the texts: two in three English and of 1 to 60 sentences, the others of a language's sample sentences."""
    codes = sorted(SAMPLES)
    for seed in range(N_TEXTS):
        rng = random.Random(seed)
        options: dict[str, object] = {
            "algorithm": rng.choice(_ALGORITHMS),
            "highlights": {"compression": rng.choice(_COMPRESSIONS), "max_words": rng.choice((12, 25, 40))},
            "include": ["keywords", "blocks", "explanation"],
        }
        if seed % 3:
            yield Case(rng.choice(_OPENINGS) + article(rng.randint(1, 60), seed), options)
            continue
        code = codes[seed // 3 % len(codes)]
        sample = SAMPLES[code]
        found = [sample[start:end] for start, end in sentences(sample, 0, len(sample), code)]
        joiner = get_language(code).joiner
        yield Case(joiner.join(rng.sample(found, k=rng.randint(1, len(found)))), {**options, "language": code})


def answer(case: Case) -> Answer:
    """Summarize a case."""
    summary = summarize([Source(case.text)], validated(SummaryOptions, case.options))
    reply = as_dict(summary)
    del reply["version"]
    return Answer(hashlib.sha256(orjson.dumps(reply)).hexdigest()[:16], _scores(case))


def _scores(case: Case) -> float:
    read_again = read(case.text, str(case.options.get("language", "en")))
    places = np.arange(len(read_again.sentences))
    terms = [sentence.terms for sentence in read_again.sentences]
    corpus = Corpus(terms, places, words=lambda: terms, language=read_again.language)
    return float(ALGORITHMS[str(case.options["algorithm"])].rank(corpus).combined @ (places + 1))


def stored() -> list[Answer]:
    """Read what was written."""
    rows = (line.split() for line in STORED.read_text("utf-8").splitlines())
    return [Answer(digest, float(scores)) for digest, scores in rows]


if __name__ == "__main__":
    STORED.write_text("".join(f"{found.digest} {found.scores!r}\n" for found in map(answer, cases())), "utf-8")
