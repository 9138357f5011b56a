"""One record to one answer: the path that HTTP's batches, files and clusters share.

    {"id": "a1", "text": "…", "length": {"sentences": 2}}
    {"id": "a1", "line": 1, "status": 200, "result": {"summary": "…", …}}
    {"id": "a1", "line": 1, "status": 422, "problem": {"type": "urn:nutgraf:invalid-options", …}}

A record has the fields of `POST /v1/summaries` and an `id`, which its answer repeats: a text of at most 256 characters,
a whole number of 64 bits, or none (null). Ids need not be unique: `line` tells records apart. `result` is, byte for
byte, what `POST /v1/summaries` answers, and so is `problem`, less its request id. No record raises: one that cannot be
answered is a problem, whatever is wrong with it, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import orjson
from pydantic import Field

from service.decoding import json_value
from service.errors import AbandonedError, BodyTooLargeError, InvalidOptionsError, OptionProblem
from service.failures import kinds_of, places_of
from service.problems import INTERNAL_ERROR, details_of, nearest_kind
from service.settings import Settings
from service.stopwatch import Stopwatch
from service.summary.models import Summary
from service.summary.options import SummaryOptions, validated
from service.summary.request import SummaryRequest, reply_for, summary_for
from service.summary.summarize import Limits

_MAX_ID_CHARACTERS = 256
_MIN_ID, _MAX_ID = -(2**63), 2**63 - 1
ANSWERED = 200

_log = logging.getLogger(__name__)

RecordId = str | int | None


class BatchRecord(SummaryRequest):
    """A summary's request in a batch; only for the documentation, since an id is looked at before all else."""

    id: Annotated[str, Field(max_length=_MAX_ID_CHARACTERS)] | Annotated[int, Field(ge=_MIN_ID, le=_MAX_ID)] | None = (
        None
    )
    """What the answer repeats; it need not be unique."""


class RecordOptions(SummaryOptions):
    """The options that all records of a batch may share."""

    format: Literal["text", "html"] = "text"
    """What `text` holds."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every record of a batch; may be pickled, for other processes and machines."""

    options: Mapping[str, Any] = field(default_factory=dict)
    """Options, nested as in JSON, for records that do not give their own."""
    max_line_bytes: int = 8 * 1024 * 1024
    """The most bytes a record may have as a line."""
    limits: Limits = field(default_factory=Limits)
    deadline_seconds: float | None = 10
    """The most seconds one record may take."""

    def __post_init__(self) -> None:
        """Raise `InvalidOptionsError` for options that cannot be meant."""
        validated(RecordOptions, self.options)


def terms_from_settings(settings: Settings, options: Mapping[str, Any] | None = None) -> Terms:
    """Return the terms that the service keeps, with `options` for records that do not give their own."""
    return Terms(
        options=options or {},
        max_line_bytes=settings.max_body_bytes,
        limits=Limits(max_characters=settings.max_characters, max_sentences=settings.max_sentences),
        deadline_seconds=settings.deadline_seconds,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one record: a result or a problem."""

    id: RecordId
    """The record's own; None where it has none, or none that can be."""
    line: int
    """Which record it was, from 1."""
    status: int
    """What HTTP would answer: 200, or the status of the problem."""
    result: bytes | None = None
    """JSON, as `POST /v1/summaries` answers it."""
    problem: Mapping[str, Any] | None = None
    """Problem details (RFC 9457)."""
    summary: Summary | None = None
    """What `result` was made of. Likewise the next: for who measures."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage."""

    def as_line(self) -> bytes:
        """Return the answer as a line of JSON, with its line feed."""
        kind, value = ("problem", self.problem) if self.result is None else ("result", orjson.Fragment(self.result))
        envelope = {"id": self.id, "line": self.line, "status": self.status, kind: value}
        return orjson.dumps(envelope, option=orjson.OPT_APPEND_NEWLINE)


def report(error: BaseException, line: int) -> None:
    """Log an unexpected error by its kind and place; its message may quote the text."""
    kinds, places = " from ".join(kinds_of(error)), ", ".join(places_of(error)[-3:])
    _log.error("line %d failed inside Nutgraf: %s at %s", line, kinds, places)


def answer_line(
    content: bytes,
    line: int,
    terms: Terms,
    *,
    interruption: Callable[[], None] | None = None,
    failed: Callable[[BaseException, int], None] = report,
) -> Answer:
    """Return the answer to a record as a line of JSON, without its line feed, of which there may be half.

    A reader need not read more of a line than one byte over `terms.max_line_bytes`. For the rest see `answer_record`.
    """
    try:
        record = _record_of(content, terms.max_line_bytes)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a record is its answer
        return problem_answer(error, line, failed=failed)
    return answer_record(record, line, terms, interruption=interruption, failed=failed)


def answer_record(
    record: object,
    line: int,
    terms: Terms,
    *,
    interruption: Callable[[], None] | None = None,
    failed: Callable[[BaseException, int], None] = report,
) -> Answer:
    """Return the answer to a record as plain values; `failed` is told of an unexpected error.

    `interruption` is called about ten times a second during the work; the `AbandonedError` that it raises is all that
    is ever raised here.
    """
    record_id: RecordId = None
    try:
        values = _merged(terms.options, record)
        record_id = _id_of(values)
        asked = validated(SummaryRequest, values)
        stopwatch = Stopwatch(terms.deadline_seconds, interruption=interruption)
        summary = summary_for(asked, limits=terms.limits, stopwatch=stopwatch)
        result = reply_for(asked, summary)
        stopwatch.lap("render")
    except AbandonedError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a record is its answer
        return problem_answer(error, line, record_id, failed=failed)
    return Answer(record_id, line, ANSWERED, result=result, summary=summary, stages=stopwatch.stages)


def problem_answer(
    error: Exception,
    line: int,
    record_id: RecordId = None,
    *,
    failed: Callable[[BaseException, int], None] = report,
) -> Answer:
    """Return the answer that says what is wrong; of an unexpected error it says nothing, and `failed` is told."""
    problem, detail = nearest_kind(error), str(error)
    if problem is INTERNAL_ERROR:
        detail = "The record failed inside Nutgraf; the log has the cause."
        failed(error, line)
    details = details_of(problem, detail, error, is_json=True)
    return Answer(record_id, line, problem.status, problem=details)


def prepare(terms: Terms) -> None:
    """Load what the first record would have to wait for, of what `terms` ask for; in a process before that comes."""
    text = "Nobody reads this. It is only here so that a record need not wait for libraries."
    answer_record({"text": text}, 0, terms)


def _record_of(content: bytes, max_bytes: int) -> object:
    if len(content) > max_bytes:
        raise BodyTooLargeError(limit=max_bytes, size=None)  # the size is not known where the rest was not read
    return json_value(content)


def _merged(options: Mapping[str, Any], record: object) -> object:
    """Return the record with `options` where it gives none; of highlights one by one."""
    if not isinstance(record, dict):
        return record
    merged = {**options, **record}
    shared, own = options.get("highlights"), record.get("highlights")
    if shared is not None and isinstance(own, dict):
        merged["highlights"] = {**shared, **own}
    return merged


def _id_of(values: object) -> RecordId:
    """Take the id out of a record's values. Raises `InvalidOptionsError` for one that cannot be."""
    if not isinstance(values, dict):
        return None
    found: object = values.pop("id", None)
    if found is None:
        return None
    if isinstance(found, int) and not isinstance(found, bool) and _MIN_ID <= found <= _MAX_ID:
        return found
    if isinstance(found, str) and len(found) <= _MAX_ID_CHARACTERS and _is_unicode(found):
        return found
    wanted = f"a text of at most {_MAX_ID_CHARACTERS} characters, a whole number of 64 bits, or null"
    raise InvalidOptionsError([OptionProblem(f"'id' must be {wanted}.", pointer="/id")])


def _is_unicode(text: str) -> bool:
    """Whether a text can be sent: Python has texts with half a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
