"""The time one request has taken, by stage, and the time it has left."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from service.errors import DeadlineExceededError

_INTERRUPTION_SECONDS = 0.1


class Stopwatch:
    """Measures stages, holds work to a deadline, and gives others a chance to end it.

    Deadlines are cooperative: long work calls `check` between its blocks, a few milliseconds apart.
    """

    def __init__(
        self, deadline_seconds: float | None = None, *, interruption: Callable[[], None] | None = None
    ) -> None:
        """Start the time; without `deadline_seconds` there is no deadline.

        `interruption` is called about ten times a second while work goes on, and raises to end it.
        """
        self.stages: dict[str, float] = {}
        """Seconds spent, by stage, in the order in which the stages ended."""
        self._deadline_seconds = deadline_seconds
        self._interruption = interruption
        self._started = self._lap_started = self._interruption_called = perf_counter()

    def check(self) -> None:
        """Raise `DeadlineExceededError` when the time is up, or what the interruption raises."""
        now = perf_counter()
        if self._interruption is not None and now - self._interruption_called > _INTERRUPTION_SECONDS:
            self._interruption_called = now
            self._interruption()
        limit = self._deadline_seconds
        if limit is not None and now - self._started > limit:
            message = f"The work was stopped after {limit:g} seconds (NUTGRAF_DEADLINE_SECONDS). Send a shorter text."
            raise DeadlineExceededError(message)

    def lap(self, stage: str) -> None:
        """End a stage: what passed since the last one ended counts as `stage`. Checks the deadline too."""
        now = perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self._lap_started
        self._lap_started = now
        self.check()
