"""Answers stay as they are, byte for byte, unless a change means to change them."""

from __future__ import annotations

import pytest

from tests.summary.golden import N_TEXTS, answer, cases, stored

pytestmark = pytest.mark.usefixtures("untraced")


def test_three_hundred_texts_are_answered_as_before() -> None:
    """The same reply bytes. Where this fails on purpose, write the file anew: `python -m tests.summary.golden`."""
    expected = stored()
    found = [answer(case) for case in cases()]

    assert len(expected) == len(found) == N_TEXTS
    assert [n for n, (new, old) in enumerate(zip(found, expected, strict=True)) if new.digest != old.digest] == []


def test_their_scores_are_the_same_to_nine_digits() -> None:
    """Whatever the machine and its numpy."""
    for found, expected in zip(map(answer, cases()), stored(), strict=True):
        assert abs(found.scores - expected.scores) <= 1e-9 * max(1.0, abs(expected.scores))
