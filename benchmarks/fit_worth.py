"""Fit what a word is worth in a bullet (`service.summary.worth`) on stories with editors' bullets.

    python -m benchmarks.fit_worth STORIES.jsonl

A logistic regression over all terms of all stories: whether the bullets hold the term, by the logarithms of the scores
of the sentences that hold it, added up, of how often it stands in the story, and of the number of sentences, and by
whether it is written with a capital. Newton's method, no penalty; a minute or so.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.article.languages import get_language
from service.article.reading import read
from service.article.words import located_terms, terms
from service.summary.options import SummaryOptions, validated
from service.summary.summarize import Source, summarize
from service.summary.worth import LEAST_WEIGHT

_OPTIONS = validated(SummaryOptions, {"highlights": {"count": 0}, "include": ["explanation"]})
_STEPS = 25


def samples(article: str, bullets: list[str]) -> Iterator[tuple[float, float, float, bool, bool]]:
    """Yield (log weight, log count, log sentences, has a capital, stands in the bullets) for each term."""
    english = get_language("en")
    text, explanation = read(article, "en"), summarize([Source(article)], _OPTIONS).explanation or ()
    weights: dict[str, float] = defaultdict(lambda: LEAST_WEIGHT)
    counts: dict[str, int] = defaultdict(int)
    names: set[str] = set()
    for sentence, entry in zip(text.sentences, explanation, strict=True):
        for term in sentence.terms:
            counts[term] += 1
        for term in set(sentence.terms):
            weights[term] += entry.sentence.score
        located = located_terms(text.text, english, sentence.start, sentence.end)
        names.update(term for span, term in located if text.text[span.start].isupper())
    wanted = {term for bullet in bullets for term in terms(bullet, english)}
    for term, weight in weights.items():
        yield log(weight), log(counts[term]), log(len(text.sentences)), term in names, term in wanted


def logistic(features: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the coefficients of a logistic regression of `wanted` (n,) on `features` (n, k)."""
    coefficients = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-features @ coefficients))
        curvature = (features * (chance * (1 - chance))[:, None]).T @ features
        coefficients += np.linalg.solve(curvature, features.T @ (wanted - chance))
    return coefficients


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    lines = parser.parse_args().stories.read_text("utf-8").splitlines()
    found = np.array(
        [sample for line in lines for sample in samples(json.loads(line)["article"], json.loads(line)["highlights"])],
        dtype=np.float64,
    )
    features = np.column_stack([np.ones(len(found)), found[:, :4]])
    bias, by_score, by_count, by_length, name = logistic(features, found[:, 4])
    print(
        f"{len(found):,} terms of {len(lines):,} stories: bias {bias:.2f}, by score {by_score:.2f}, by count "
        f"{by_count:.2f}, by length {by_length:.2f}, name {name:.2f}"
    )


if __name__ == "__main__":
    main()
