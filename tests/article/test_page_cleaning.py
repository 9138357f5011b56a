"""Pages made of real stories and the furniture of pages: how much of the story stays, how little else."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.page_cleaning import inserts, measure


def test_the_story_stays_and_the_furniture_goes(shared: Path) -> None:
    """Floors under what `benchmarks/page_cleaning.py` gives for the pieces that were held back."""
    lines = (shared / "data" / "news-writers.jsonl").read_text("utf-8").splitlines()

    figures = measure([json.loads(line)["article"] for line in lines], "held", seed=1)

    assert figures.recall >= 0.995
    assert figures.precision >= 0.97


def test_the_pieces_are_of_eight_kinds() -> None:
    """As many of each kind: 24 that the rules were mended by, 12 that were held back."""
    for which, of_a_kind in (("shown", 24), ("held", 12)):
        kinds = [piece.kind for piece in inserts(which)]
        assert len(kinds) == 8 * of_a_kind
        assert {kinds.count(kind) for kind in kinds} == {of_a_kind}
