"""What is remembered of words."""

from __future__ import annotations

import pytest

from service.article.word_cache import MAX_LETTERS, WordCache


@pytest.fixture
def worked_out() -> list[str]:
    """The words that were worked out, in order."""
    return []


@pytest.fixture
def cache(worked_out: list[str]) -> WordCache[str]:
    """A cache of six words at most, which makes them large."""

    def work_out(word: str) -> str:
        worked_out.append(word)
        return word.upper()

    return WordCache(work_out, 6)


def test_a_word_is_worked_out_once(cache: WordCache[str], worked_out: list[str]) -> None:
    """And its answer remembered."""
    assert [cache["gull"], cache["gull"], cache["cod"]] == ["GULL", "GULL", "COD"]
    assert worked_out == ["gull", "cod"]


def test_a_word_that_comes_again_and_again_is_never_forgotten(cache: WordCache[str], worked_out: list[str]) -> None:
    """However many others come between; the others are."""
    for number in range(100):
        assert cache["gull"] == "GULL"
        assert cache[f"w{number}"] == f"W{number}"

    assert worked_out.count("gull") == 1
    assert cache["w0"] == "W0"
    assert worked_out.count("w0") == 2


def test_what_is_remembered_is_bounded(cache: WordCache[str], worked_out: list[str]) -> None:
    """With the seventh word in a row the first three are forgotten."""
    for number in range(7):
        _ = cache[f"w{number}"]
    assert len(cache) == 1

    for number in (6, 5, 2):
        _ = cache[f"w{number}"]

    assert worked_out == [f"w{number}" for number in (0, 1, 2, 3, 4, 5, 6, 2)]


def test_long_words_are_not_remembered(cache: WordCache[str], worked_out: list[str]) -> None:
    """They seldom come again, and there is no end to their length."""
    longest, longer = "a" * MAX_LETTERS, "a" * (MAX_LETTERS + 1)

    assert [cache[longer], cache[longer], cache[longest]] == [longer.upper(), longer.upper(), longest.upper()]
    assert worked_out == [longer, longer, longest]
    assert list(cache) == [longest]


def test_all_can_be_forgotten(cache: WordCache[str], worked_out: list[str]) -> None:
    """Both halves."""
    for word in ("a", "b", "c", "d"):
        _ = cache[word]

    cache.clear()

    assert not cache
    assert [cache["a"], cache["d"]] == ["A", "D"]
    assert worked_out == ["a", "b", "c", "d", "a", "d"]
