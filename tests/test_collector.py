"""The garbage collector."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import orjson
import pytest

from benchmarks.texts import article
from service.bulk.records import Terms, answer_line


@pytest.fixture
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_uncollected")
@pytest.mark.parametrize("options", [{}, {"include": ["keywords", "blocks", "explanation"]}, {"length": {"words": 0}}])
def test_an_answer_leaves_no_garbage(options: dict[str, object]) -> None:
    """Neither a summary nor a problem makes a cycle: so it costs no memory that the collector looks less often."""
    line = orjson.dumps({"text": article(60, seed=3), **options})
    answer_line(line, 1, Terms())  # imports leave cycles, once
    gc.collect()

    for number in range(5):
        answer_line(line, number, Terms())

    assert gc.collect() == 0


def test_what_is_loaded_is_set_aside() -> None:
    """And the collector waits for more than an article."""
    script = "import gc, service.collector as c; c.settle(); print(gc.get_freeze_count() > 1000, gc.get_threshold()[0])"

    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout

    assert found.split() == ["True", "20000"]
