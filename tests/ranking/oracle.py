"""sumy's own TextRank and LexRank, and generated texts to hold the twins and kernels to them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate, count

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

Floats = NDArray[np.float64]


class SpaceTokenizer:
    """A tokenizer as sumy takes it, without nltk's Punkt: the words stand between spaces."""

    language = "english"

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Take a line for a sentence."""
        return tuple(text.splitlines())

    def to_words(self, text: str) -> tuple[str, ...]:
        """Split at white space."""
        return tuple(text.split())


def zipf_text(
    rng: random.Random, n_sentences: int, *, shortest: int = 1, longest: int = 25, vocabulary: int | None = None
) -> list[list[str]]:
    """Generate sentences of terms that are as unevenly frequent as words are, no two sentences equal."""
    vocabulary = vocabulary or max(30, int(25 * n_sentences**0.6))
    terms = [f"t{rank}" for rank in range(vocabulary)]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(vocabulary)))
    sentences: dict[str, list[str]] = {}
    while len(sentences) < n_sentences:
        sentence = rng.choices(terms, cum_weights=weights, k=rng.randint(shortest, longest))
        sentences[" ".join(sentence)] = sentence
    return list(sentences.values())


def zipf_texts(seed: str) -> Iterator[list[list[str]]]:
    """Generate texts without end, short ones more often than long ones, the same for the same seed."""
    for number in count():
        rng = random.Random(f"{seed} {number}")
        yield zipf_text(rng, int(2 + 38 * rng.random() ** 2), longest=rng.choice([3, 12, 25]))


def sumy_textrank(sentences: Sequence[Sequence[str]]) -> Floats | None:
    """Score by sumy's TextRank, or None where it is not defined: equal sentences and empty ones."""
    if not _is_defined(sentences):
        return None
    document = _document(sentences)
    ratings = TextRankSummarizer().rate_sentences(document)
    return np.array([ratings[sentence] for sentence in document.sentences])


def sumy_lexrank(sentences: Sequence[Sequence[str]]) -> Floats | None:
    """Score by sumy's LexRank, or None where it is not defined: NaN, equal sentences and empty ones."""
    if not _is_defined(sentences):
        return None
    summarizer = LexRankSummarizer()
    words = [summarizer._to_words_set(sentence) for sentence in _document(sentences).sentences]  # noqa: SLF001
    tf, idf = summarizer._compute_tf(words), summarizer._compute_idf(words)  # noqa: SLF001
    matrix = summarizer._create_matrix(words, summarizer.threshold, tf, idf)  # noqa: SLF001
    if not matrix.any():  # sumy would divide by zero
        return None
    scores: Floats = summarizer.power_method(matrix, summarizer.epsilon)
    return scores


def _is_defined(sentences: Sequence[Sequence[str]]) -> bool:
    return all(sentences) and len({tuple(sentence) for sentence in sentences}) == len(sentences)


def _document(sentences: Sequence[Sequence[str]]) -> ObjectDocumentModel:
    tokenizer = SpaceTokenizer()
    return ObjectDocumentModel([Paragraph([Sentence(" ".join(sentence), tokenizer) for sentence in sentences])])
