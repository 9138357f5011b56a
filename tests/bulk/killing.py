"""A chunk whose process dies: importable by the processes that tests start."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.bulk.chunks import Chunk, Position
from service.bulk.records import Answer, Terms, answer_record
from tests.bulk.stories import story


@dataclass(frozen=True, slots=True)
class KillingChunk:
    """Stories, at one of which the process is killed: each time, or once."""

    first_line: int
    n_records: int
    killing: int
    survives_after: Path | None = None
    """A file that is made when it kills; where it is there, it does not."""
    end: Position = field(default_factory=Position)

    def answers(self, _terms: Terms) -> Iterator[Answer]:
        """Yield the answers, if it comes to that."""
        for number in range(self.first_line, self.first_line + self.n_records):
            if number == self.killing and not (self.survives_after and self.survives_after.exists()):
                if self.survives_after:
                    self.survives_after.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield answer_record(story(number), number, Terms())

    def singles(self) -> Sequence[Chunk]:
        """Each record by itself."""
        numbers = range(self.first_line, self.first_line + self.n_records)
        return [KillingChunk(number, 1, self.killing, self.survives_after) for number in numbers]
