"""What `nutgraf batch` writes: whole, or visibly partial, and never torn.

    OUT.partial  OUT.errors.jsonl.partial   what there is so far
    OUT.progress                            how much of it is certain, and of which input it was made

Every few seconds both files are made certain (fsync) and then `OUT.progress` is replaced, in one step. A run that was
killed is taken up there: what was written after it is cut off and made again. At the end the files get their names and
`OUT.progress` goes.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from pathlib import Path
from time import monotonic
from typing import IO, Any, Protocol

import orjson

from service.bulk.chunks import Position
from service.bulk.pool import Answered, Encoding, Encodings
from service.errors import BatchError

STANDARD = "-"
_CERTAIN_SECONDS = 2.0
"""At most so much work is done again after a kill."""
_EMPTY_GZIP = gzip.compress(b"", mtime=0)
_SUFFIXES: Mapping[str, Encoding] = {".jsonl": "plain", ".ndjson": "plain", ".gz": "gzip"}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    position: Position = field(default_factory=Position)
    """Of the input."""
    results_bytes: int = 0
    """What the files certainly hold. Likewise the next."""
    problems_bytes: int = 0
    n_results: int = 0
    n_problems: int = 0
    is_whole: bool = False
    """Whether nothing is missing but the files' names."""

    def after(self, answered: Answered, position: Position) -> Progress:
        """Return the progress once a chunk's answers are written."""
        return replace(
            self,
            position=position,
            results_bytes=self.results_bytes + len(answered.results),
            problems_bytes=self.problems_bytes + len(answered.problems),
            n_results=self.n_results + answered.n_results,
            n_problems=self.n_problems + answered.n_problems,
        )


class Output(Protocol):
    """Where answers go."""

    progress: Progress

    @property
    def encodings(self) -> Encodings:
        """How answers have to be encoded."""

    def write(self, answered: Answered, position: Position) -> None:
        """Add the answers to a chunk that ends at `position`."""

    def finish(self) -> None:
        """Nothing more comes."""


@contextmanager
def output_for(
    records: str, results: str, problems: str | None, fingerprint: Mapping[str, Any] | None, *, overwrite: bool
) -> Iterator[Output]:
    """Open the output: as an earlier run with the same `fingerprint` has left it, or anew.

    Without a fingerprint no run can be taken up. On the way out what there is is made certain. Raises
    `BatchError`, also where two of the three names are of one file.
    """
    problems = problems if problems or results == STANDARD else f"{results}.errors.jsonl"
    _check_names({"IN": records, "OUT": results, "the file for errors": problems or STANDARD})
    with ExitStack() as stack:
        if results == STANDARD:
            if problems and not overwrite and Path(problems).is_file():
                raise _is_there(problems)
            errors = stack.enter_context(Path(problems).open("wb")) if problems else sys.stderr.buffer
            yield _StandardOutput(errors)
            return
        encodings = Encodings(_encoding_of(results), _encoding_of(problems or ""))
        output = FileOutput(Path(results), Path(problems or ""), encodings)
        stack.callback(output.close)
        output.open(fingerprint, overwrite=overwrite)
        yield output


def _check_names(names: Mapping[str, str]) -> None:
    for written in list(names.values())[1:]:
        if Path(written).is_dir():
            raise BatchError(f"'{written}' is a folder. Name a file in it.")
    for (one, name), (other, same) in combinations(names.items(), 2):
        if STANDARD not in {name, same} and Path(name).resolve() == Path(same).resolve():
            raise BatchError(f"{one} and {other} are the same file, '{name}'. Name another for one of them.")


def _is_there(name: str | Path) -> BatchError:
    return BatchError(f"'{name}' is there already. Name another file, or give --overwrite.")


def _encoding_of(name: str) -> Encoding:
    suffix = Path(name or "-.jsonl").suffix.lower()
    if suffix not in _SUFFIXES:
        raise BatchError(f"'{name}' has a suffix that is not known here. Known: .jsonl and .jsonl.gz.")
    return _SUFFIXES[suffix]


class _StandardOutput:
    """Standard output, which is never partial: who reads it knows how far it got."""

    encodings = Encodings()

    def __init__(self, errors: IO[bytes]) -> None:
        if sys.stdout is None:
            raise BatchError("Standard output is closed.")
        self.progress = Progress()
        self._errors = errors

    def write(self, answered: Answered, position: Position) -> None:
        """Write at once: who reads may wait for it."""
        for file, content in ((sys.stdout.buffer, answered.results), (self._errors, answered.problems)):
            file.write(content)
            file.flush()
        self.progress = self.progress.after(answered, position)

    def finish(self) -> None:
        """Say that this was all."""
        self.progress = replace(self.progress, is_whole=True)


class FileOutput:
    """Two files and what is known of them."""

    def __init__(self, results: Path, problems: Path, encodings: Encodings) -> None:
        """Name the files; nothing is touched before `open`."""
        self.encodings = encodings
        self.progress = Progress()
        self._names = (results, problems)
        self._partials = tuple(path.with_name(f"{path.name}.partial") for path in self._names)
        self._journal = results.with_name(f"{results.name}.progress")
        self._files: list[IO[bytes]] = []
        self._fingerprint: Mapping[str, Any] | None = None
        self._certain_at = monotonic()

    def open(self, fingerprint: Mapping[str, Any] | None, *, overwrite: bool) -> None:
        """Take up what an earlier run has left, or start anew."""
        self._fingerprint = fingerprint
        earlier = None if overwrite else self._earlier()
        if earlier is None and not overwrite and (found := next((one for one in self._names if one.exists()), None)):
            raise _is_there(found)
        self.progress = earlier or Progress()
        sizes = (self.progress.results_bytes, self.progress.problems_bytes)
        if self.progress.is_whole:
            return
        self._files = [_opened(path) for path in self._partials]
        for file, path, size in zip(self._files, self._partials, sizes, strict=True):
            if path.stat().st_size < size:
                raise BatchError(f"'{path}' has lost bytes since it was written. Give --overwrite.")
            file.truncate(size)
            file.seek(size)
        self._make_certain()

    def _earlier(self) -> Progress | None:
        """Return how far an earlier run has come; None where there was none."""
        try:
            found = orjson.loads(self._journal.read_bytes())
            made_of, progress = found["of"], found["progress"]
            earlier = Progress(**progress | {"position": Position(**progress["position"])})
        except FileNotFoundError:
            return None
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
            raise BatchError(f"'{self._journal}' cannot be read. Give --overwrite to start anew.") from None
        has_answers = earlier.results_bytes or earlier.problems_bytes or earlier.is_whole
        if not has_answers or (made_of is None and self._fingerprint is None):
            return None  # standard input cannot be gone back to: it begins anew
        if self._fingerprint is None or made_of != orjson.loads(orjson.dumps(self._fingerprint)):
            raise BatchError(
                f"'{self._partials[0]}' was made of another input, with other options or by another version. "
                "Name another file, or give --overwrite to start anew."
            )
        return earlier

    def write(self, answered: Answered, position: Position) -> None:
        """Add answers; make them certain from time to time."""
        for file, content in zip(self._files, (answered.results, answered.problems), strict=True):
            file.write(content)
        self.progress = self.progress.after(answered, position)
        if monotonic() - self._certain_at > _CERTAIN_SECONDS:
            self._make_certain()

    def finish(self) -> None:
        """Give the files their names."""
        if not self.progress.is_whole:
            for file, encoding, path in zip(
                self._files, (self.encodings.results, self.encodings.problems), self._partials, strict=True
            ):
                file.flush()
                if encoding == "gzip" and not path.stat().st_size:
                    file.write(_EMPTY_GZIP)  # a file of no bytes is no file of gzip
            self.progress = replace(self.progress, is_whole=True)
            self._make_certain()
        for partial, path in zip(reversed(self._partials), reversed(self._names), strict=True):
            if partial.exists():  # not where an earlier run was killed between the two
                partial.replace(path)
        self._journal.unlink()
        _make_names_certain(self._journal.parent)

    def close(self) -> None:
        """Make certain what there is, so that a run that was interrupted goes on from here."""
        if self._files and self._journal.exists():
            self._make_certain()
        for file in self._files:
            file.close()

    def _make_certain(self) -> None:
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())
        journal = {"of": self._fingerprint, "progress": asdict(self.progress)}
        new = self._journal.with_name(f"{self._journal.name}.new")
        with new.open("wb") as file:
            file.write(orjson.dumps(journal))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._journal)
        self._certain_at = monotonic()


def _opened(path: Path) -> IO[bytes]:
    """Open a file that only one run at a time may write."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise BatchError(f"'{path}' is being written by another run.") from None
    return file


def _make_names_certain(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
