"""Whether a text is in the language it is said to be in."""

from __future__ import annotations

import time

import pytest

from service.article.language_check import likely_language, stop_word_share
from service.article.languages import LANGUAGES
from tests.article.samples import SAMPLES

EVERY_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)


@EVERY_LANGUAGE
def test_a_text_in_its_own_language_is_left_alone(code: str) -> None:
    """No sample is taken for another language than its own."""
    assert likely_language(SAMPLES[code], LANGUAGES[code]) is None


@EVERY_LANGUAGE
def test_another_language_is_named_rightly_or_not_at_all(code: str) -> None:
    """Whatever language a sample is said to be in, the answer is its own or none."""
    answers = {likely_language(SAMPLES[code], stated) for stated in LANGUAGES.values() if stated.code != code}

    assert answers <= {code, None}
    assert code in answers


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        ("en", "de"),
        ("de", "en"),
        ("fr", "en"),
        ("ru", "en"),
        ("en", "ru"),
        ("ja", "zh"),
        ("zh", "ja"),
        ("th", "en"),
        ("en", "zh"),
        ("ko", "ja"),
        ("el", "en"),
        ("ar", "he"),
        ("hi", "en"),
        ("tr", "en"),
        ("hu", "fi"),
        ("it", "es"),
    ],
)
def test_a_clearly_different_language_is_named(code: str, stated: str) -> None:
    """A text in one language that is said to be in a distant one is noticed."""
    assert likely_language(SAMPLES[code], LANGUAGES[stated]) == code


@pytest.mark.parametrize("pair", ["da no", "cs sk", "es pt", "uk ru"])
def test_close_languages_are_not_taken_for_each_other(pair: str) -> None:
    """Each of two close languages keeps its own name."""
    for code in pair.split():
        assert likely_language(SAMPLES[code], LANGUAGES[code]) is None


@pytest.mark.parametrize("text", ["", "Guten Tag", " ".join(SAMPLES["de"].split()[:15]), "... 12 34", "中" * 15])
def test_short_texts_say_nothing(text: str) -> None:
    """Fewer than twenty words are not judged."""
    assert likely_language(text, LANGUAGES["en"]) is None


def test_names_and_figures_say_nothing() -> None:
    """A table of results, in no language at all, is not taken for one."""
    text = " ".join(f"Barton {i} Halewick {i + 1}" for i in range(40))

    assert likely_language(text, LANGUAGES["en"]) is None


def test_two_scripts_in_equal_parts_say_nothing() -> None:
    """A text half in one script and half in another is in neither."""
    text = " ".join(a + " " + b for a, b in zip(["mooring"] * 60, ["пристань"] * 60, strict=True))

    assert likely_language(text, LANGUAGES["fi"]) is None


def test_the_share_of_stop_words() -> None:
    """The share is of words, each counted as often as it stands."""
    assert stop_word_share(["the", "bridge", "the", "river"], LANGUAGES["en"]) == 0.5
    assert stop_word_share([], LANGUAGES["en"]) == 0


def test_the_check_is_cheap() -> None:
    """For a long text in the stated language the check takes about a millisecond (ten allowed on a busy machine)."""
    text = SAMPLES["en"] * 100

    seconds = []
    for _ in range(10):
        started = time.process_time()
        likely_language(text, LANGUAGES["en"])
        seconds.append(time.process_time() - started)

    assert min(seconds) < 0.010
