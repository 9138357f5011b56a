"""Some records in a row, as they go to a process: as raw as they were read, so that the parsing is the process's work.

A chunk begins where the one before it ended, and ends where that alone decides: so a run that goes on at the end of
any chunk cuts the same chunks as one that was never interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from service.bulk.records import Answer, RecordId, Terms, answer_line, answer_record, problem_answer
from service.bulk.tables import record_from_row
from service.charsets import codec_in_html
from service.decoding import decoded
from service.errors import BodyTooLargeError, InvalidOptionsError, InvalidTextError, OptionProblem

HTML_SUFFIXES = frozenset({".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the input."""

    line: int = 0
    """The last line, row or file before it; they count from 1."""
    offset: int = 0
    """Bytes before it, of what is read by lines."""
    progress: int = 0
    """How far that is, in what the input's total counts: bytes, rows or files."""


class Chunk(Protocol):
    """Records that are answered together."""

    @property
    def end(self) -> Position:
        """Where the next chunk begins."""

    @property
    def first_line(self) -> int:
        """The number of its first record."""

    def answers(self, terms: Terms) -> Iterator[Answer]:
        """Yield the answer to each record, in order."""

    def singles(self) -> Sequence[Chunk]:
        """Return each record as a chunk of its own."""


@dataclass(frozen=True, slots=True)
class LineChunk:
    """Whole lines of JSON."""

    first_line: int
    content: bytes
    end: Position

    def answers(self, terms: Terms) -> Iterator[Answer]:
        """Yield the answers; a blank line counts as a line and has none."""
        for number, line in self._lines():
            yield answer_line(line, number, terms)

    def singles(self) -> Sequence[Chunk]:
        """Return each line as a chunk."""
        return [LineChunk(number, line, self.end) for number, line in self._lines()]

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        numbered = zip(count(self.first_line), self.content.split(b"\n"), strict=False)
        return ((number, line) for number, line in numbered if line.strip())


Row = Mapping[str, object] | str
"""A row by column names; or what is wrong with one that has no such form."""


@dataclass(frozen=True, slots=True)
class RowChunk:
    """Rows of a table."""

    rows: Sequence[tuple[int, Row]]
    """By number."""
    end: Position

    @property
    def first_line(self) -> int:
        """The number of its first row."""
        return self.rows[0][0]

    def answers(self, terms: Terms) -> Iterator[Answer]:
        """Yield the answers."""
        for number, row in self.rows:
            try:
                record = record_from_row(_readable(row))
            except Exception as error:  # noqa: BLE001 - whatever is wrong with a row is its answer
                yield problem_answer(error, number)
            else:
                yield answer_record(record, number, terms)

    def singles(self) -> Sequence[Chunk]:
        """Return each row as a chunk."""
        return [RowChunk([row], self.end) for row in self.rows]


def _readable(row: Row) -> Mapping[str, object]:
    """Raise `InvalidOptionsError` for a row without form, `UndecodableBodyError` for one with bytes that do not fit."""
    if isinstance(row, str):
        raise InvalidOptionsError([OptionProblem(row, pointer="")])
    for value in row.values():
        if isinstance(value, str) and not value.isascii():
            decoded(value.encode("utf-8", "surrogateescape"), "utf_8")
    return row


@dataclass(frozen=True, slots=True)
class FileChunk:
    """Files, each of which is a text or a page."""

    folder: Path
    names: Sequence[tuple[int, str]]
    """Paths inside the folder, by number."""
    end: Position

    @property
    def first_line(self) -> int:
        """The number of its first file."""
        return self.names[0][0]

    def answers(self, terms: Terms) -> Iterator[Answer]:
        """Yield the answers; the id of each is its path inside the folder."""
        for number, name in self.names:
            record_id: RecordId = name
            try:
                record = {"id": name, **_content(self.folder / name, terms.max_line_bytes)}
            except Exception as error:  # noqa: BLE001 - whatever is wrong with a file is its answer
                yield problem_answer(error, number, record_id)
            else:
                yield answer_record(record, number, terms)

    def singles(self) -> Sequence[Chunk]:
        """Return each file as a chunk."""
        return [FileChunk(self.folder, [name], self.end) for name in self.names]


def _content(path: Path, max_bytes: int) -> dict[str, str]:
    """Return text and format of a file."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise InvalidTextError(f"The file cannot be read: {reason}.") from None
    if len(content) > max_bytes:
        raise BodyTooLargeError(limit=max_bytes, size=None)
    is_html = path.suffix.lower() in HTML_SUFFIXES
    text = decoded(content, codec_in_html(content) if is_html else "utf_8")
    return {"text": text, "format": "html" if is_html else "text"}
