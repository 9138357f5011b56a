"""Counters that all workers of one server add to, in memory that they share.

The master maps the memory before it forks, and gives each worker a row of it that no other living worker has. A worker
adds to its row alone, so no lock goes across processes and none can be left behind by one that was killed; whoever
reads sums the rows. The next worker with the row counts on, so a restart takes nothing from a sum.

prometheus_client's own way for several processes writes a file for each process that ever lived, which needs a
writable directory and somebody to tidy it; this needs neither.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Iterable


class SharedCounters:
    """A table of floats: a row for each worker, a cell for each counter."""

    def __init__(self, *, n_cells: int, n_rows: int) -> None:
        """Map the memory; a page of it costs nothing before it is written to."""
        self._n_cells = n_cells
        self._cells = memoryview(mmap.mmap(-1, 8 * n_cells * n_rows)).cast("d")
        self._start = 0
        self._lock = threading.Lock()

    def use_row(self, row: int) -> None:
        """Add to `row` from now on, in this process."""
        self._start = row * self._n_cells

    def add(self, amounts: Iterable[tuple[int, float]]) -> None:
        """Add each amount to its cell; a microsecond or so."""
        with self._lock:
            for cell, amount in amounts:
                self._cells[self._start + cell] += amount

    def set(self, cell: int, value: float, *, row: int | None = None) -> None:
        """Set a cell of this process's row, or of another one."""
        start = self._start if row is None else row * self._n_cells
        self._cells[start + cell] = value

    def column(self, cell: int) -> list[float]:
        """Return what each row has in a cell."""
        return list(self._cells[cell :: self._n_cells])

    def total(self, cell: int) -> float:
        """Return the sum of a cell over all rows."""
        return float(sum(self.column(cell)))
