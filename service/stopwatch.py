"""The time one request has taken, by stage, and the time it has left."""

from __future__ import annotations

from time import perf_counter

from service.errors import DeadlineExceededError


class Stopwatch:
    """Measures stages and holds work to a deadline.

    Deadlines are cooperative: long work calls `check` between its blocks, a few milliseconds apart.
    """

    def __init__(self, deadline_seconds: float | None = None) -> None:
        """Start the time; without `deadline_seconds` there is no deadline."""
        self.stages: dict[str, float] = {}
        """Seconds spent, by stage, in the order in which the stages ended."""
        self._deadline_seconds = deadline_seconds
        self._started = self._lap_started = perf_counter()

    def check(self) -> None:
        """Raise `DeadlineExceededError` when the time is up."""
        limit = self._deadline_seconds
        if limit is not None and perf_counter() - self._started > limit:
            message = f"The work was stopped after {limit:g} seconds (NUTGRAF_DEADLINE_SECONDS). Send a shorter text."
            raise DeadlineExceededError(message)

    def lap(self, stage: str) -> None:
        """End a stage: what passed since the last one ended counts as `stage`. Checks the deadline too."""
        now = perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self._lap_started
        self._lap_started = now
        self.check()
