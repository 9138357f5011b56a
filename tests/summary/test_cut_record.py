"""What sentences can do without stays as it is, unless a change means to change it."""

from __future__ import annotations

from tests.summary.cut_record import record, recorded


def test_sentences_are_read_and_cut_as_recorded() -> None:
    """The same tags and cuts. Where this fails on purpose: `python -m tests.summary.cut_record`."""
    entries = recorded()

    assert len(entries) > 300
    assert [sentence for sentence, lines in entries if record(sentence) != lines] == []
