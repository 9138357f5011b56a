"""What sentences can do without stays as it is, unless a change means to change it."""

from __future__ import annotations

import pytest

from tests.summary.cut_record import record, recorded


@pytest.mark.parametrize(
    ("sentence", "lines"), recorded(), ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_a_sentence_is_read_and_cut_as_recorded(sentence: str, lines: list[str]) -> None:
    """The same tags and cuts. Where this fails on purpose: `python -m tests.summary.cut_record`."""
    assert record(sentence) == lines
