"""Summaries on Spark, with the answers of every other way in.

    from service.bulk.spark import summarize_dataframe

    stories = spark.read.parquet("stories.parquet")  # has a column `text`
    answered = summarize_dataframe(stories, {"length": {"words": 60}})
    answered.select("id", "result.highlights.text", "problem.detail")

Python workers take Arrow batches and give each record to `service.bulk.records`, so an answer is the same, byte for
byte, as over HTTP or from `nutgraf batch`, on whatever machine and however often a task is run. A record that cannot be
answered has a `problem`; no record ends a job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

import orjson
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from service.bulk.chunks import Position, RowChunk
from service.bulk.records import Answer, Terms, answer_line, prepare, terms_from_settings
from service.bulk.tables import COLUMNS
from service.errors import InvalidOptionsError, OptionProblem
from service.settings import settings_from_environ

_SLICE = 64
"""Answers that a worker holds before it hands them back."""
_NOWHERE = Position()
"""Where a chunk ends, which matters to files alone."""

_TEXT, _WHOLE, _NUMBER, _FLAG = StringType(), LongType(), DoubleType(), BooleanType()


def _struct(**fields: DataType) -> StructType:
    return StructType([StructField(name, kind) for name, kind in fields.items()])


_NEIGHBOUR = _struct(index=_WHOLE, similarity=_NUMBER, words=ArrayType(_TEXT))
_PLACE = _struct(start=_WHOLE, end=_WHOLE)
_SCORE = _struct(score=_NUMBER, rank=_WHOLE, pick=_WHOLE)
_SENTENCE = StructType([*_struct(index=_WHOLE, text=_TEXT), *_PLACE, *_SCORE])
_EXPLAINED = StructType(
    [
        *_struct(index=_WHOLE),
        *_PLACE,
        *_SCORE,
        *_struct(textrank=_NUMBER, lexrank=_NUMBER, position=_NUMBER, neighbours=ArrayType(_NEIGHBOUR)),
    ]
)
RESULT = _struct(
    summary=_TEXT,
    sentences=ArrayType(_SENTENCE),
    highlights=ArrayType(
        _struct(text=_TEXT, sentence=_WHOLE, spans=ArrayType(ArrayType(_WHOLE)), compressed=_FLAG, pick=_WHOLE)
    ),
    keywords=ArrayType(_struct(text=_TEXT, score=_NUMBER)),
    blocks=ArrayType(StructType([*_struct(role=_TEXT), *_PLACE])),
    explanation=_struct(sentences=ArrayType(_EXPLAINED)),
    text=_TEXT,
    language=_TEXT,
    algorithm=_TEXT,
    stats=_struct(characters=_WHOLE, words=_WHOLE, sentences=_WHOLE, summary_words=_WHOLE, reduction=_NUMBER),
    warnings=ArrayType(_struct(code=_TEXT, detail=_TEXT)),
    version=_TEXT,
)
"""The reply of `POST /v1/summaries`; what was not included is null."""
PROBLEM = _struct(
    type=_TEXT,
    title=_TEXT,
    status=_WHOLE,
    detail=_TEXT,
    errors=ArrayType(_struct(detail=_TEXT, pointer=_TEXT, parameter=_TEXT)),
    limit=_WHOLE,
    size=_WHOLE,
)
"""Problem details, as a line of a batch has them."""
ANSWER = _struct(status=_WHOLE, result=RESULT, problem=PROBLEM)
"""The columns that a table of records gains."""
LINE_ANSWER = StructType([*_struct(id=_TEXT, line=_WHOLE), *ANSWER])
"""The columns that answers to lines have; an id that is a number is written as text, since a column has one type."""
JSON_ANSWER = _struct(status=_WHOLE, value=_TEXT)
"""An answer as a line of JSON, and its status to count by."""

Answers = Callable[[pa.RecordBatch, Terms, Iterator[int]], list[Answer]]
Columns = Callable[[pa.RecordBatch, Sequence[Answer]], list[pa.Array]]


def summarize_dataframe(df: DataFrame, options: Mapping[str, Any] | None = None) -> DataFrame:
    """Return `df` with `status` and `result` or `problem` for each of its rows.

    A column counts by its name: `text`, which there has to be, `id`, `title`, `format`, and the options by their leaf
    names (`language`, `words`, …); all columns pass through. `options`, nested as in JSON, hold where a row gives none.
    The settings, such as limits and the deadline, are those of this process. Raises `InvalidOptionsError` for options
    that cannot be meant and for columns that will not do. The rows stay where they are: no shuffle.
    """
    _check_columns(df.columns)
    schema = StructType([*df.schema, *ANSWER])
    return _answered(df, options, _answers_to_rows, _as_more_columns, schema)


def summarize_lines(lines: DataFrame, options: Mapping[str, Any] | None = None) -> DataFrame:
    """Return `id`, `line`, `status`, `result` and `problem` for each row of `lines`.

    Its columns are `line`, a number, and `content`, a record as bytes of JSON without a line feed.
    """
    return _answered(lines, options, _answers_to_lines, _as_columns, LINE_ANSWER)


def json_from_lines(lines: DataFrame, options: Mapping[str, Any] | None = None) -> DataFrame:
    """Return the answers to `lines` (see `summarize_lines`) as lines of JSON, those of `nutgraf batch`."""
    return _answered(lines, options, _answers_to_lines, _as_json, JSON_ANSWER)


def json_from_rows(rows: DataFrame, options: Mapping[str, Any] | None = None) -> DataFrame:
    """Return the answers to `rows` (see `summarize_dataframe`) as lines of JSON; a column `line` numbers the rows."""
    return _answered(rows, options, _answers_to_rows, _as_json, JSON_ANSWER)


def _check_columns(names: Sequence[str]) -> None:
    if "text" not in names:
        _refuse(f"There is no column 'text' here, but {', '.join(names)}. Name it: df.withColumnRenamed(…, 'text').")
    if taken := [name for name in names if name in ANSWER.names]:
        _refuse(f"The columns {', '.join(taken)} have names that the answers need. Rename them.")


def _refuse(detail: str) -> None:
    raise InvalidOptionsError([OptionProblem(detail)])


def _answered(
    df: DataFrame, options: Mapping[str, Any] | None, answers: Answers, columns: Columns, schema: StructType
) -> DataFrame:
    terms = terms_from_settings(settings_from_environ(), options)
    return df.mapInArrow(partial(_answer_batches, terms, answers, columns, schema.names), schema)


def _answer_batches(
    terms: Terms, answers: Answers, columns: Columns, names: Sequence[str], batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Answer the records of a task; runs in Spark's Python workers. Memory: a batch, and the answers to a slice."""
    prepare(terms)
    numbers = count(1)
    for batch in batches:
        for start in range(0, batch.num_rows, _SLICE):
            part = batch.slice(start, _SLICE)
            yield pa.RecordBatch.from_arrays(columns(part, answers(part, terms, numbers)), names=names)


def _answers_to_lines(batch: pa.RecordBatch, terms: Terms, _: Iterator[int]) -> list[Answer]:
    """Answer lines; one that is blank has no answer."""
    numbered = zip(batch.column("content").to_pylist(), batch.column("line").to_pylist(), strict=True)
    return [answer_line(content, line, terms) for content, line in numbered if content.strip()]


def _answers_to_rows(batch: pa.RecordBatch, terms: Terms, numbers: Iterator[int]) -> list[Answer]:
    names = [name for name in batch.schema.names if name in COLUMNS]
    rows = zip(*(_cells(batch.column(name)) for name in names), strict=True)
    lines = batch.column("line").to_pylist() if "line" in batch.schema.names else numbers
    numbered = [(line, dict(zip(names, row, strict=True))) for row, line in zip(rows, lines, strict=False)]
    return list(RowChunk(numbered, _NOWHERE).answers(terms))


def _cells(column: pa.Array) -> list[object]:
    """Return a column's values; Spark never checks a text, and bytes that are no UTF-8 become what `RowChunk` tells."""
    try:
        cells: list[object] = column.to_pylist()
    except UnicodeDecodeError:
        found = column.cast(pa.binary()).to_pylist()
        cells = [None if cell is None else cell.decode("utf-8", "surrogateescape") for cell in found]
    return cells


def _as_more_columns(batch: pa.RecordBatch, answers: Sequence[Answer]) -> list[pa.Array]:
    return [*batch.columns, *_arrays(ANSWER, map(_columns_of, answers))]


def _as_columns(_: pa.RecordBatch, answers: Sequence[Answer]) -> list[pa.Array]:
    return _arrays(LINE_ANSWER, map(_columns_of, answers))


def _as_json(_: pa.RecordBatch, answers: Sequence[Answer]) -> list[pa.Array]:
    rows = ({"status": answer.status, "value": answer.as_line().decode().removesuffix("\n")} for answer in answers)
    return _arrays(JSON_ANSWER, rows)


def _columns_of(answer: Answer) -> dict[str, object]:
    return {
        "id": None if answer.id is None else str(answer.id),
        "line": answer.line,
        "status": answer.status,
        "result": None if answer.result is None else orjson.loads(answer.result),
        "problem": answer.problem,
    }


def _arrays(schema: StructType, rows: Iterable[Mapping[str, object]]) -> list[pa.Array]:
    """Return a column for each field of `schema`; a field that a row does not have is null."""
    rows = list(rows)
    return [pa.array([row[field.name] for row in rows], _arrow_type(field.dataType)) for field in schema]


def _arrow_type(kind: DataType) -> pa.DataType:
    if isinstance(kind, StructType):
        return pa.struct([(field.name, _arrow_type(field.dataType)) for field in kind])
    if isinstance(kind, ArrayType):
        return pa.list_(_arrow_type(kind.elementType))
    return {_TEXT: pa.string(), _WHOLE: pa.int64(), _NUMBER: pa.float64(), _FLAG: pa.bool_()}[kind]
