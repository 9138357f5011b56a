"""Time spent and time left."""

from __future__ import annotations

import time

import pytest

from service.errors import DeadlineExceededError
from service.stopwatch import Stopwatch


def test_laps_add_up_by_stage() -> None:
    """A stage that comes twice is one stage."""
    stopwatch = Stopwatch()

    time.sleep(0.01)
    stopwatch.lap("read")
    time.sleep(0.02)
    stopwatch.lap("rank")
    time.sleep(0.01)
    stopwatch.lap("read")

    assert list(stopwatch.stages) == ["read", "rank"]
    assert all(seconds >= 0.02 for seconds in stopwatch.stages.values())


def test_the_deadline_is_checked_at_checks_and_laps() -> None:
    """Before it, nothing happens; after it, both raise."""
    stopwatch = Stopwatch(0.01)
    stopwatch.check()

    time.sleep(0.02)

    with pytest.raises(DeadlineExceededError, match=r"0\.01 seconds"):
        stopwatch.check()
    with pytest.raises(DeadlineExceededError):
        stopwatch.lap("read")


def test_without_a_deadline_time_is_never_up() -> None:
    """The command line and bulk jobs wait as long as it takes."""
    Stopwatch().check()


def test_an_interruption_is_called_now_and_then_and_ends_the_work() -> None:
    """Not at every check: it may cost a system call."""
    calls = []
    stopwatch = Stopwatch(interruption=lambda: calls.append(1))

    for _ in range(1000):
        stopwatch.check()
    assert len(calls) == 0
    time.sleep(0.11)
    stopwatch.check()
    stopwatch.check()

    assert len(calls) == 1
