"""What a text costs that was made to cost much: no pattern may need more than linear time in it."""

from __future__ import annotations

import time

import pytest

from service.summary.options import SummaryOptions, validated
from service.summary.summarize import Source, summarize

STORY = "The ferry left the pier at dawn on Monday.\n"
HOSTILE = {
    "relative words": "which " * 60_000,
    "clauses": "It is, which, who, " * 20_000,
    "quotation marks": "' a " * 20_000,
    "capitals before an address": f"{STORY}{'A' * 1_000}@\n{STORY * 3}",
    "lines of capitals before addresses": f"{STORY}{('A' * 250 + '@' + chr(10)) * 1_000}{STORY * 3}",
    "names before a picture's agency": f"{STORY}({'Aa' * 450}/ \n{STORY * 3}",
    "lines of names before agencies": f"{STORY}{('(' + 'Aa ' * 40 + '/ ' + chr(10)) * 1_000}{STORY * 3}",
    "full stops alone": STORY + ". " * 100_000 + "\n" + STORY,
    "full stops after spaces": STORY + ("a" * 25 + " . ") * 3_000 + ".\n" + STORY,
    "capitals behind a verb": f"{STORY}Take {'A' * 900} to Norr, now!\n{STORY * 3}",
    "commas": STORY + "a, " * 60_000 + "\n" + STORY,
    "brackets": STORY + "(a " * 30_000 + "\n" + STORY,
    "dashes": STORY + "a - b " * 30_000 + "\n" + STORY,
}
OPTIONS = validated(SummaryOptions, {"language": "en"})


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_linear_time(text: str) -> None:
    """A quarter of a million characters of anything are summarized, in less than two CPU seconds."""
    summarize([Source(STORY * 5)], OPTIONS)

    started = time.process_time()
    summarize([Source(text)], OPTIONS)

    assert time.process_time() - started < 2


def test_quotation_marks_that_nobody_closes_take_linear_time() -> None:
    """Of each kind, half a million."""
    for mark in "“«‘'»":
        started = time.process_time()
        summarize([Source(mark * 500_000 + STORY)], OPTIONS)

        assert time.process_time() - started < 2
