"""What `nutgraf batch` reads: lines of JSON, CSV, Parquet, a folder of files, standard input.

Every input is read in bounded memory, from any position at which a chunk may begin.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Protocol

from service.bulk.chunks import HTML_SUFFIXES, Chunk, FileChunk, LineChunk, Position, Row, RowChunk
from service.bulk.tables import COLUMNS, ignored_columns
from service.errors import BatchError

CHUNK_BYTES = 128 * 1024
"""So many bytes of records, or a few more, go to a process at once: a tenth of a second's work or so."""
CHUNK_ROWS = 32
STANDARD = "-"
_SKIPPED_BYTES = 1024 * 1024
_FILE_SUFFIXES = HTML_SUFFIXES | {".txt"}


_Bytes = IO[bytes] | gzip.GzipFile


class Input(Protocol):
    """Where records come from."""

    @property
    def total(self) -> int | None:
        """All there is: bytes, rows or files; None where that is not known."""

    @property
    def notice(self) -> str:
        """What the user should know before it is read, or nothing."""

    def fingerprint(self) -> Mapping[str, object] | None:
        """Return what changes when the input does; None where a run cannot go on after an interruption."""

    def chunks(self, start: Position) -> Iterator[Chunk]:
        """Yield all records after `start`, in order."""


def input_for(name: str, *, max_line_bytes: int) -> Input:
    """Return the input of that name, by its suffix; `-` is standard input. Raises `BatchError`."""
    if name == STANDARD:
        return Lines(name, max_line_bytes)
    path = Path(name)
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise BatchError(f"'{name}' cannot be read: no such file or directory.")
    lowered = path.name.lower()
    if lowered.endswith(".csv"):
        return CsvTable(path, max_line_bytes)
    if lowered.endswith(".parquet"):
        return ParquetTable(path)
    if lowered.endswith((".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")):
        return Lines(name, max_line_bytes)
    raise BatchError(
        f"'{name}' has a suffix that is not known here. "
        "Known: .jsonl, .jsonl.gz, .csv, .parquet, a folder of .txt and .html files, and - for standard input."
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of JSON, which may be compressed by gzip; or standard input."""

    name: str
    max_line_bytes: int
    notice: str = ""

    @property
    def total(self) -> int | None:
        """Bytes of the file, as it lies there."""
        return None if self.name == STANDARD else Path(self.name).stat().st_size

    def fingerprint(self) -> Mapping[str, object] | None:
        """Return size and time of the file."""
        return None if self.name == STANDARD else _file_fingerprint(Path(self.name))

    def chunks(self, start: Position) -> Iterator[Chunk]:
        """Yield whole lines. Of a line over the limit no more is kept than shows that it is."""
        if self.name == STANDARD:
            if sys.stdin is None:
                raise BatchError("Standard input is closed.")
            yield from self._chunks(sys.stdin.buffer, None, start)
            return
        with Path(self.name).open("rb") as raw:
            if not self.name.lower().endswith(".gz"):
                raw.seek(start.offset)
                yield from self._chunks(raw, None, start)
                return
            with gzip.GzipFile(fileobj=raw) as file:
                file.seek(start.offset)
                yield from self._chunks(file, raw, start)

    def _chunks(self, file: _Bytes, raw: IO[bytes] | None, start: Position) -> Iterator[Chunk]:
        line, offset = start.line, start.offset
        while True:
            try:
                content, n_skipped = self._block(file)
            except (EOFError, OSError, zlib.error):
                raise BatchError(f"'{self.name}' cannot be read on after line {line:,}: broken.{_MEND}") from None
            if not content:
                return
            offset += len(content) + n_skipped
            first_line = line + 1
            line += content.count(b"\n") + (not content.endswith(b"\n"))
            progress = raw.tell() if raw is not None else offset
            yield LineChunk(first_line, content, Position(line, offset, progress))

    def _block(self, file: _Bytes) -> tuple[bytes, int]:
        """Return some whole lines, and how many bytes of the last one were skipped."""
        block = file.read(CHUNK_BYTES)
        if not block or block.endswith(b"\n"):
            return block, 0
        rest = file.readline(self.max_line_bytes + 1)
        piece, n_skipped = rest, 0
        while piece and not piece.endswith(b"\n"):
            piece = file.readline(_SKIPPED_BYTES)
            n_skipped += len(piece)
        return block + rest, n_skipped


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file in UTF-8 with a header; a row's number is that of the line on which it begins."""

    path: Path
    max_field_bytes: int

    @property
    def total(self) -> int | None:
        """Bytes of the file."""
        return self.path.stat().st_size

    @property
    def notice(self) -> str:
        """Which columns are ignored."""
        with self._opened() as file:
            return _ignored_notice(self._header(csv.reader(file)))

    def fingerprint(self) -> Mapping[str, object] | None:
        """Return size and time of the file."""
        return _file_fingerprint(self.path)

    def chunks(self, start: Position) -> Iterator[Chunk]:
        """Yield rows. The file is parsed from its beginning, at some hundred megabytes a second."""
        csv.field_size_limit(self.max_field_bytes)  # the default of 131,072 is less than a long report
        with self._opened() as file:
            lines = _BoundedLines(file, 2 * self.max_field_bytes)
            reader = csv.reader(lines)
            header = self._header(reader)
            rows: list[tuple[int, Row]] = []
            size, line, progress = 0, start.line, start.progress
            for number, row in self._rows(reader, header, lines):
                if number <= start.line:
                    continue
                if size >= CHUNK_BYTES:
                    yield RowChunk(rows, Position(line, progress=progress))
                    rows, size = [], 0
                rows.append((number, row))
                row_size = _size(row)
                size += row_size
                progress += row_size
                line = number
            if rows:
                yield RowChunk(rows, Position(line, progress=progress))

    def _opened(self) -> IO[str]:
        # a byte that is no UTF-8 comes as half a surrogate pair, and its row alone is bad
        return self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _header(self, reader: Any) -> Sequence[str]:  # noqa: ANN401 - csv names no type for its reader
        try:
            header: Sequence[str] = next(reader, [])
        except csv.Error:
            header = []
        if "text" not in header:
            raise BatchError(f"'{self.path}' has no column 'text' in its first line, which is the header.")
        if len(set(header)) < len(header):
            twice = next(name for name, after in pairwise(sorted(header)) if name == after)
            raise BatchError(f"'{self.path}' has more than one column '{twice}'.")
        return header

    def _rows(self, reader: Any, header: Sequence[str], lines: _BoundedLines) -> Iterator[tuple[int, Row]]:  # noqa: ANN401
        """Yield each row with its number; what cannot be parsed is bad up to the end of its line."""
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                lines.pop_cut()
                yield number, f"The row is not CSV: {error}."
                continue
            if lines.pop_cut():
                yield number, f"The row has a line of more than {lines.limit:,} characters."
            elif len(cells) > len(header):
                yield number, f"The row has {len(cells)} cells; the header has {len(header)}."
            elif cells:
                yield number, dict(zip(header, cells, strict=False))


class _BoundedLines:
    """Lines of a text file; one that is too long is cut, and that is said of it."""

    def __init__(self, file: IO[str], limit: int) -> None:
        self._file = file
        self._cut = False
        self.limit = limit

    def __iter__(self) -> _BoundedLines:
        return self

    def __next__(self) -> str:
        line = piece = self._file.readline(self.limit)
        if not line:
            raise StopIteration
        while len(piece) == self.limit and not piece.endswith("\n"):
            piece = self._file.readline(self.limit)
            self._cut = True
        return line

    def pop_cut(self) -> bool:
        """Return whether a line was cut since this was last asked."""
        cut, self._cut = self._cut, False
        return cut


def _size(row: Row) -> int:
    return len(row) if isinstance(row, str) else sum(len(str(cell)) for cell in row.values())


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A Parquet file, read by pyarrow."""

    path: Path

    def __post_init__(self) -> None:
        """Raise `BatchError` without pyarrow, and for a file that is none."""
        if "text" not in self._names():
            raise BatchError(f"'{self.path}' has no column 'text'.")

    @property
    def total(self) -> int | None:
        """Rows of the file."""
        with self._opened() as file:
            return int(file.metadata.num_rows)

    @property
    def notice(self) -> str:
        """Which columns are ignored."""
        return _ignored_notice(self._names())

    def fingerprint(self) -> Mapping[str, object] | None:
        """Return size and time of the file."""
        return _file_fingerprint(self.path)

    def chunks(self, start: Position) -> Iterator[Chunk]:
        """Yield rows; one row group is held in memory at a time."""
        columns = [name for name in self._names() if name in COLUMNS]
        line = 0
        with self._opened() as file:
            batches = file.iter_batches(batch_size=CHUNK_ROWS, columns=columns, use_threads=False)
            while (batch := self._next(batches, line)) is not None:
                first = line + 1
                line += batch.num_rows
                if line > start.line:
                    yield RowChunk(list(enumerate(batch.to_pylist(), first)), Position(line, progress=line))

    def _next(self, batches: Iterator[Any], line: int) -> Any:  # noqa: ANN401 - pyarrow has no types
        try:
            return next(batches, None)
        except (OSError, ValueError):  # of which pyarrow's own are
            raise BatchError(f"'{self.path}' cannot be read on after row {line:,}: broken.{_MEND}") from None

    def _names(self) -> Sequence[str]:
        with self._opened() as file:
            names: Sequence[str] = file.schema_arrow.names
            return names

    def _opened(self) -> Any:  # noqa: ANN401 - pyarrow has no types
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise BatchError("Parquet needs pyarrow: in the checkout, pip install '.[parquet]'.") from None
        try:
            return parquet.ParquetFile(self.path)
        except (ArrowException, OSError):
            raise BatchError(f"'{self.path}' is no Parquet file.") from None


@dataclass(frozen=True, slots=True)
class Folder:
    """All .txt, .html and .htm files in a folder and those below it, by the order of their names."""

    path: Path

    @property
    def notice(self) -> str:
        """How many files are passed over for their names, if any are."""
        n_files = sum(len(files) for _, _, files in os.walk(self.path))
        passed_over = n_files - sum(1 for _ in self._names())
        return f"Files that end in none of {', '.join(sorted(_FILE_SUFFIXES))}: {passed_over:,}." if passed_over else ""

    @property
    def total(self) -> int | None:
        """How many files there are."""
        return sum(1 for _ in self._names())

    def fingerprint(self) -> Mapping[str, object] | None:
        """Return a digest of names, sizes and times."""
        digest = sha256()
        for name in self._names():
            status = (self.path / name).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
        return {"files": digest.hexdigest()}

    def chunks(self, start: Position) -> Iterator[Chunk]:
        """Yield files, unread."""
        names: list[tuple[int, str]] = []
        for number, name in enumerate(self._names(), 1):
            if number <= start.line:
                continue
            names.append((number, name))
            if len(names) == CHUNK_ROWS:
                yield FileChunk(self.path, names, Position(number, progress=number))
                names = []
        if names:
            last = names[-1][0]
            yield FileChunk(self.path, names, Position(last, progress=last))

    def _names(self, below: str = "") -> Iterator[str]:
        """Yield paths inside the folder; a link to a folder is not followed."""
        entries = sorted(os.scandir(self.path / below), key=lambda entry: entry.name)
        for entry in entries:
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from self._names(name)
            elif entry.is_file() and Path(name).suffix.lower() in _FILE_SUFFIXES:
                yield name


_MEND = " Mend it, and give --overwrite to start anew."


def _file_fingerprint(path: Path) -> Mapping[str, object]:
    status = path.stat()
    return {"size": status.st_size, "modified": status.st_mtime_ns}


def _ignored_notice(names: Sequence[str]) -> str:
    ignored = ignored_columns(names)
    return f"Columns that are no field of a record are ignored: {', '.join(ignored)}." if ignored else ""
