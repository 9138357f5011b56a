"""How much work at once: a few slots a worker, a short queue before them, and no more.

Python's threads share one processor, so more summaries at once only make all of them slower. Whoever finds the queue
full is told at once to come back, which costs next to nothing.

The lines of batches take slots too, one by one, but only such that no request waits for, and never all of them: so a
request finds a free slot beside any number of batches, where there is more than one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from service.web.problems import OverloadedError

_LOOK_SECONDS = 0.25


class Admission:
    """Slots for work, and a queue in which they are given out first come, first served."""

    def __init__(
        self,
        *,
        slots: int,
        queue: int,
        wait_seconds: float,
        changed: Callable[[int, int], None] = lambda _busy, _waiting: None,
    ) -> None:
        """Allow `slots` at work and `queue` waiting, each for at most `wait_seconds`; tell every change."""
        self._changed = changed
        self._lock = threading.Lock()
        self._free = slots
        self._free_for_batches = max(1, slots - 1)
        self._slots = slots
        self._queue = queue
        self._wait_seconds = wait_seconds
        self._waiting: deque[threading.Event] = deque()
        self._waiting_lines: deque[threading.Event] = deque()
        self._has_room = threading.Event()
        self._has_room.set()

    @property
    def busy(self) -> int:
        """Slots that are taken."""
        return self._slots - self._free

    @property
    def waiting(self) -> int:
        """Requests in the queue."""
        return len(self._waiting)

    @property
    def room(self) -> int:
        """How many requests would not be refused now."""
        return self._free + self._queue - len(self._waiting)

    def refuse_when_full(self) -> None:
        """Raise `OverloadedError` if there is no room now: a look before the cost of reading a request."""
        if self.room <= 0:
            raise OverloadedError

    def wait_for_room(self, seconds: float) -> None:
        """Wait until a request would not be refused, but no longer than so many seconds."""
        self._has_room.wait(seconds)

    @contextmanager
    def slot(self, checkpoint: Callable[[], None]) -> Iterator[float]:
        """Hold a slot, and say how many seconds it was waited for.

        Raises `OverloadedError` when the queue is full or the wait too long, and whatever `checkpoint` raises, which
        is called from time to time during the wait.
        """
        start = monotonic()
        ticket = self._ticket()
        try:
            if ticket is not None:
                self._wait(ticket, checkpoint)
            yield monotonic() - start
        finally:
            self._leave(ticket)

    @contextmanager
    def slot_for_line(self, checkpoint: Callable[[], None]) -> Iterator[float]:
        """Hold a slot for a line of a batch, and say how many seconds it was waited for: as long as it takes.

        Raises whatever `checkpoint` raises, which is called from time to time during the wait.
        """
        start = monotonic()
        ticket = self._line_ticket()
        try:
            while not ticket.wait(_LOOK_SECONDS):
                checkpoint()
            yield monotonic() - start
        finally:
            self._leave_line(ticket)

    def _ticket(self) -> threading.Event | None:
        """Take a free slot, or a place in the queue: its event is set when a slot is handed over."""
        with self._lock:
            if self._free:
                self._free -= 1
                self._tell()
                return None
            self.refuse_when_full()
            ticket = threading.Event()
            self._waiting.append(ticket)
            self._tell()
            return ticket

    def _line_ticket(self) -> threading.Event:
        with self._lock:
            ticket = threading.Event()
            self._waiting_lines.append(ticket)
            self._hand_over()
            return ticket

    def _wait(self, ticket: threading.Event, checkpoint: Callable[[], None]) -> None:
        end = monotonic() + self._wait_seconds
        while not ticket.wait(_LOOK_SECONDS):
            checkpoint()
            if monotonic() > end:
                raise OverloadedError
        checkpoint()

    def _leave(self, ticket: threading.Event | None) -> None:
        """Give the slot back; or leave the queue, if no slot came."""
        with self._lock:
            if ticket is not None and not ticket.is_set():
                self._waiting.remove(ticket)
            else:
                self._free += 1
            self._hand_over()

    def _leave_line(self, ticket: threading.Event) -> None:
        with self._lock:
            if not ticket.is_set():
                self._waiting_lines.remove(ticket)
            else:
                self._free += 1
                self._free_for_batches += 1
            self._hand_over()

    def _hand_over(self) -> None:
        """Give free slots to those who wait: requests first, in the order in which they came."""
        while self._free and self._waiting:
            self._free -= 1
            self._waiting.popleft().set()
        while self._free and self._free_for_batches and self._waiting_lines:
            self._free -= 1
            self._free_for_batches -= 1
            self._waiting_lines.popleft().set()
        self._tell()

    def _tell(self) -> None:
        if self.room > 0:
            self._has_room.set()
        else:
            self._has_room.clear()
        self._changed(self.busy, self.waiting)
