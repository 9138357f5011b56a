"""`POST /v1/batches`: records in, answers out, one line each, in order, while the rest still comes.

What a line is answered is decided in `service.bulk.records`, as for files and clusters. The status of the reply is 200
before the first line is read, so what ends a batch early is its last line, a problem with the number of the first line
that was not answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Request, Response, request, stream_with_context
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from werkzeug.exceptions import UnsupportedMediaType

from service.bulk.records import ANSWERED, Answer, RecordOptions, Terms, answer_line, answer_record, terms_from_settings
from service.errors import BatchTooLargeError, InvalidOptionsError, OptionProblem, nearest
from service.problems import INTERNAL_ERROR
from service.settings import Settings
from service.summary.options import options_from_leaves, values_from_leaves
from service.web import problems, telemetry
from service.web.accepting import best_type
from service.web.bodies import check_encoding, check_utf8, json_from_body, read_body
from service.web.exchange import Exchange
from service.web.measurements import measured, record_request
from service.web.presence import presence_check
from service.web.problems import ClientLeftError, StoppingError
from service.web.state import admission, settings

bp = APIBlueprint("batches", __name__, abp_tags=[Tag(name="batches")])

LINES, LINES_TOO, ARRAY = "application/x-ndjson", "application/jsonl", "application/json"
BODY_TYPES = (LINES, LINES_TOO, ARRAY)
"""What a batch comes as, and what `Accept` may choose; without it a batch is answered as it came."""

Ask = Callable[..., Answer]
"""Answers one record; it takes what `answer_record` takes by name."""


@bp.post("/v1/batches", summary="Summarize many articles", operation_id="batch")
def create_batch() -> Response:
    """Answer each record in order, while the rest still comes.

    The body is lines of JSON, or an array for a small batch. A record has the fields of a summary's request and an
    `id`; options in the query string hold for records that do not give their own. One bad record is one problem.
    """
    body_type = _body_type(request)
    reply_type = best_type(request, (body_type, *BODY_TYPES))
    terms = terms_from_settings(settings(), _shared_options(request))
    exchange = _exchange(request, settings())
    batch = _Batch(
        exchange,
        _asks_of_array(request, terms) if body_type == ARRAY else _asks_of_lines(exchange, terms),
        stopping=request.environ.get("nutgraf.stopping", lambda: False),
        presence=presence_check(request),
    )
    telemetry.stream()
    reply = stream_with_context(batch.reply(as_array=reply_type == ARRAY))
    response = Response(reply, content_type=reply_type)
    response.headers["X-Accel-Buffering"] = "no"  # nginx would gather the answers, and then the client waits
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def _body_type(request: Request) -> str:
    if request.mimetype not in BODY_TYPES:
        known = ", ".join(BODY_TYPES)
        hint = nearest(request.mimetype, BODY_TYPES)
        raise UnsupportedMediaType(
            f"The batch's type '{request.mimetype[:64]}' is not known here.{hint} Known: {known}."
        )
    check_encoding(request)
    if request.mimetype != ARRAY:
        check_utf8(request.mimetype_params.get("charset"))
    return request.mimetype


def _shared_options(request: Request) -> dict[str, Any]:
    leaves = request.args.to_dict(flat=False)
    options_from_leaves(RecordOptions, leaves)
    return values_from_leaves(leaves)


def _exchange(request: Request, limits: Settings) -> Exchange:
    return Exchange(
        request.environ["wsgi.input"],
        request.environ.get("gunicorn.socket"),
        max_line_bytes=limits.max_body_bytes,
        max_bytes=limits.max_batch_bytes,
        patience_seconds=limits.read_seconds / 2,  # then the server still waits as long as for any reply
    )


def _asks_of_lines(exchange: Exchange, terms: Terms) -> Iterator[tuple[int, Ask | None]]:
    """Yield each line by its number; a blank one counts and asks for nothing."""
    for number, line in enumerate(exchange.lines(), 1):
        yield number, partial(answer_line, line, number, terms) if line.strip() else None


def _asks_of_array(request: Request, terms: Terms) -> Iterable[tuple[int, Ask | None]]:
    """Return the records of an array, which is read whole: what is wrong with it is told as with any request."""
    body = read_body(request, limit=terms.max_line_bytes)
    records = json_from_body(body, request.mimetype_params.get("charset"))
    if not isinstance(records, list):
        raise InvalidOptionsError([OptionProblem("The body must be an array of records.", pointer="")])
    return _numbered(records, terms)


def _numbered(records: Sequence[object], terms: Terms) -> Iterator[tuple[int, Ask | None]]:
    for number, record in enumerate(records, 1):
        yield number, partial(answer_record, record, number, terms)


@dataclass(slots=True)
class _Batch:
    """One batch on its way."""

    exchange: Exchange
    asks: Iterable[tuple[int, Ask | None]]
    stopping: Callable[[], bool]
    presence: Callable[[], None]
    n_lines: int = 0
    """The last line that is done with."""
    n_problems: int = 0

    def reply(self, *, as_array: bool) -> Iterator[bytes]:
        """Yield the reply in pieces; at its end, whatever that is, write the line of the log."""
        try:
            for line in _array(self._answers()) if as_array else (answer.as_line() for answer in self._answers()):
                yield from self.exchange.sent(line)
        except GeneratorExit:
            telemetry.note(error=problems.problem_for(ClientLeftError()).slug)
            raise
        finally:
            self._record()

    def _answers(self) -> Iterator[Answer]:
        """Yield the answers; where the batch ends before its last line, a problem says why."""
        try:
            for number, ask in self.asks:
                self._check(number)
                if ask is not None:
                    yield self._answer(ask)
                self.n_lines = number
        except Exception as error:  # noqa: BLE001 - the status is sent: whatever ends the batch is its last line
            yield self._last(error)

    def _check(self, number: int) -> None:
        if number > (limit := settings().max_batch_lines):
            raise BatchTooLargeError(limit=limit, unit="lines", setting="NUTGRAF_MAX_BATCH_LINES")
        self._go_on()

    def _go_on(self) -> None:
        """Raise `ClientLeftError` or `StoppingError` where a wait is in vain."""
        self.presence()
        if self.stopping():
            raise StoppingError

    def _answer(self, ask: Ask) -> Answer:
        """Answer one record, once there is a slot."""
        with admission().slot_for_line(self._go_on) as waited_seconds:
            answer = ask(interruption=self.presence, failed=lambda error, _: telemetry.log_failure(error))
        self.n_problems += answer.status != ANSWERED
        counts = measured()
        counts.line(answer.status)
        if answer.summary is not None:
            counts.summary(answer.summary)
            counts.stages({"queue": waited_seconds, **answer.stages})
        return answer

    def _last(self, error: Exception) -> Answer:
        """Return the line that says why this is all."""
        kind = problems.problem_for(error)
        telemetry.note(error=kind.slug)
        if kind is INTERNAL_ERROR:
            telemetry.log_failure(error)
        self.n_problems += 1
        return Answer(None, self.n_lines + 1, kind.status, problem=problems.as_dict(error))

    def _record(self) -> None:
        telemetry.note(lines=self.n_lines, problems=self.n_problems)
        record_request(ANSWERED)
        telemetry.log_request(ANSWERED, bytes_in=self.exchange.bytes_in or None, bytes_out=self.exchange.bytes_out)


def _array(answers: Iterator[Answer]) -> Iterator[bytes]:
    """Yield the answers as an array, one line each."""
    mark = b"["
    for answer in answers:
        yield mark + answer.as_line().rstrip()
        mark = b",\n"
    yield b"]\n" if mark != b"[" else b"[]\n"
