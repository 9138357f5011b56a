"""Processes that answer chunks, and give the answers back in order.

Each process has one chunk at a time and asks for the next with its answer, so no pipe is ever full on both sides. Only
a few chunks are under way, so a slow one holds the rest back instead of filling memory. A process that is killed, most
often for its memory, is replaced, and its chunk is done again record by record; a record with which a process dies
again is a problem.
"""

from __future__ import annotations

import gzip
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Literal

from service.bulk.chunks import Chunk
from service.bulk.records import Answer, Terms, prepare
from service.errors import BatchError
from service.problems import INTERNAL_ERROR, details_of

_CHUNKS_A_PROCESS = 16
"""Chunks under way or waiting for an earlier one, for each process: so that a slow record does not hold all up."""
_FAREWELL_SECONDS = 5

Encoding = Literal["plain", "gzip"]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers to a chunk."""

    results: bytes = b""
    """Lines of results, encoded for the file they go to. Likewise the next."""
    problems: bytes = b""
    n_results: int = 0
    n_problems: int = 0


@dataclass(frozen=True, slots=True)
class Encodings:
    """How results and problems are to be written."""

    results: Encoding = "plain"
    problems: Encoding = "plain"


PLAIN = Encodings()
_KINDS = ("results", "problems")


def answered(chunk: Chunk, terms: Terms, encodings: Encodings) -> Answered:
    """Return the answers to a chunk."""
    return _encoded(chunk.answers(terms), encodings)


def _encoded(answers: Iterator[Answer], encodings: Encodings) -> Answered:
    results: list[bytes] = []
    problems: list[bytes] = []
    for answer in answers:
        (problems if answer.result is None else results).append(answer.as_line())
    return Answered(
        encode(b"".join(results), encodings.results),
        encode(b"".join(problems), encodings.problems),
        len(results),
        len(problems),
    )


def encode(content: bytes, encoding: Encoding) -> bytes:
    """Return some lines as they are to be written; files of gzip may be joined, so each chunk is one."""
    return gzip.compress(content, 6, mtime=0) if encoding == "gzip" and content else content


def in_order(
    chunks: Iterator[Chunk], terms: Terms, *, n_processes: int, encodings: Encodings
) -> Generator[tuple[Chunk, Answered]]:
    """Yield each chunk with its answers, in order; close the iterator to end the processes.

    Raises `BatchError` when processes cannot begin, and what `chunks` raises.
    """
    with _crew(terms, n_processes, encodings) as crew:
        yield from crew.work(chunks)


@dataclass(slots=True)
class _Task:
    """A chunk, or a record of one that is done again."""

    place: int
    """Of its chunk."""
    part: int
    chunk: Chunk
    is_retry: bool = False


@dataclass(slots=True)
class _Open:
    """A chunk under way."""

    chunk: Chunk
    n_parts: int = 1
    is_split: bool = False
    """Whether its records are done one by one; then they are encoded once all are there."""
    parts: dict[int, Answered] = field(default_factory=dict)

    def is_done(self) -> bool:
        return len(self.parts) == self.n_parts

    def joined(self, encodings: Encodings) -> Answered:
        """Return the answers to the whole chunk, the same bytes whether it was split or not."""
        if not self.is_split:
            return self.parts[0]
        results, problems = ([getattr(self.parts[part], kind) for part in range(self.n_parts)] for kind in _KINDS)
        return Answered(
            encode(b"".join(results), encodings.results),
            encode(b"".join(problems), encodings.problems),
            sum(part.n_results for part in self.parts.values()),
            sum(part.n_problems for part in self.parts.values()),
        )


@dataclass(slots=True)
class _Worker:
    """A process, from outside."""

    process: SpawnProcess
    connection: Connection
    is_ready: bool = False
    task: _Task | None = None


@contextmanager
def _crew(terms: Terms, n_processes: int, encodings: Encodings) -> Iterator[_Crew]:
    crew = _Crew(terms, n_processes, encodings)
    try:
        yield crew
    finally:
        crew.end()


class _Crew:
    """Some processes, and what they have in hand."""

    def __init__(self, terms: Terms, n_processes: int, encodings: Encodings) -> None:
        self._terms = terms
        self._encodings = encodings
        self._n_processes = n_processes
        self._context = get_context("spawn")  # a fork would copy the threads' locks, and memory that nobody needs
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()
        self._open: dict[int, _Open] = {}
        self._next_place = 0
        self._next_out = 0

    def work(self, chunks: Iterator[Chunk]) -> Generator[tuple[Chunk, Answered]]:
        while self._take_in(chunks) or self._open:
            self._hand_out()
            self._listen()
            while (first := self._open.get(self._next_out)) and first.is_done():
                del self._open[self._next_out]
                self._next_out += 1
                yield first.chunk, first.joined(self._encodings)

    def _take_in(self, chunks: Iterator[Chunk]) -> bool:
        """Take chunks until enough are under way; whether any was taken."""
        before = self._next_place
        while len(self._open) < _CHUNKS_A_PROCESS * self._n_processes and (chunk := next(chunks, None)):
            self._open[self._next_place] = _Open(chunk)
            self._waiting.append(_Task(self._next_place, 0, chunk))
            self._next_place += 1
        return self._next_place > before

    def _hand_out(self) -> None:
        """Give each process that has none a task; start one more where there are tasks left."""
        for worker in self._workers:
            if worker.is_ready and worker.task is None and self._waiting:
                worker.task = self._waiting.popleft()
                encodings = PLAIN if worker.task.is_retry else self._encodings
                with suppress(OSError):  # it has died: `_listen` will see
                    worker.connection.send((worker.task.chunk, encodings))
        while len(self._workers) < min(self._n_processes, len(self._open)):
            self._workers.append(self._started())

    def _listen(self) -> None:
        """Wait for answers, and take them."""
        by_connection = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(by_connection)):
            worker = by_connection[connection]  # type: ignore[index] # `wait` takes and gives several types
            try:
                found = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if found is None:
                worker.is_ready = True
            elif worker.task is not None:
                self._finish(worker.task, found)
                worker.task = None

    def _finish(self, task: _Task, found: Answered) -> None:
        self._open[task.place].parts[task.part] = found

    def _replace(self, worker: _Worker) -> None:
        """Forget a process that has died; do again what it had in hand."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if not worker.is_ready:
            code = worker.process.exitcode
            raise BatchError(f"A process of the batch ended before it could begin, with exit code {code}.")
        task = worker.task
        if task is None:
            return
        if task.is_retry:
            self._finish(task, _encoded(iter([_killed_answer(task.chunk)]), PLAIN))
            return
        singles = task.chunk.singles()
        whole = self._open[task.place]
        whole.n_parts, whole.is_split = len(singles), True
        again = [_Task(task.place, part, single, is_retry=True) for part, single in enumerate(singles)]
        self._waiting.extendleft(reversed(again))

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._terms), daemon=True)
        with _interrupts_ignored():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def end(self) -> None:
        """End all processes; one in the middle of a record is not waited for."""
        for worker in self._workers:
            worker.connection.close()
            if worker.task is not None or not worker.is_ready:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_FAREWELL_SECONDS)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _killed_answer(chunk: Chunk) -> Answer:
    detail = "The process that worked on this record was killed, twice; it may need more memory than there is."
    details = details_of(INTERNAL_ERROR, detail, BatchError(detail), is_json=True)
    return Answer(None, chunk.first_line, INTERNAL_ERROR.status, problem=details)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start processes that ignore Ctrl-C from their first moment: it reaches a whole terminal, the parent decides."""
    if threading.current_thread() is not threading.main_thread():
        yield  # nothing can be set here, nor does Ctrl-C come here
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(connection: Connection, terms: Terms) -> None:
    """Answer chunks until there are no more, or until the parent is gone: the whole life of a process."""
    prepare(terms)
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            chunk, encodings = connection.recv()
            connection.send(answered(chunk, terms, encodings))
