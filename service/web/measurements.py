"""`/metrics`: what the service does, in Prometheus's text format, over all workers.

Every label has a fixed list of values, so there are as many series on the last day as on the first, and no caller can
put anything into one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from flask import Flask, Response, current_app, g, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.problems import PROBLEMS as LINE_PROBLEMS
from service.ranking.rankers import ALGORITHMS
from service.settings import Settings
from service.summary.models import Summary
from service.summary.notices import NOTICES
from service.web import telemetry
from service.web.problems import PROBLEMS
from service.web.refusals import EARLY_REFUSALS
from service.web.shared_counters import SharedCounters

bp = APIBlueprint("measurements", __name__, abp_tags=[Tag(name="service")])

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"
ROUTES = (
    "/v1/summaries", "/v1/batches", "/", "/v1/capabilities", "/livez", "/readyz", "/metrics", "/openapi.json", "/docs",
    "/docs/assets/<path:name>", "/static/<path:filename>", OTHER,
)  # fmt: skip
STAGES = ("queue", "read", "rank", "select", "shorten", "finish", "render")
_PROBLEM_KINDS = {*PROBLEMS.values()}
_STATUSES = sorted({200, 206, 304, 308} | {kind.status for kind in _PROBLEM_KINDS})
_LINE_STATUSES = sorted({200} | {kind.status for kind in {*LINE_PROBLEMS.values()}})
_REASONS = sorted({kind.slug for kind in _PROBLEM_KINDS} | {slug for _, slug, _ in EARLY_REFUSALS} | {"slow-reader"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SPARE_ROWS = 16
"""A reload has twice the workers for a while; these are for what else an operator does by signals."""

Labels = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Family:
    """A metric, with all values that its labels can have."""

    name: str
    kind: str
    help: str
    labels: Labels

    @property
    def series(self) -> list[tuple[str, ...]]:
        """The label values of each of its series."""
        return list(product(*self.labels.values()))


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family(
            "nutgraf_requests_total", "counter", "Requests answered, by route and status.",
            {"route": ROUTES, "status": [*map(str, _STATUSES), OTHER]},
        ),
        Family(
            "nutgraf_request_seconds", "histogram", "Seconds from the whole request to its reply, by route.",
            {"route": ROUTES},
        ),
        Family(
            "nutgraf_stage_seconds_total", "counter", "Seconds that summaries took, by stage; queue is the wait.",
            {"stage": STAGES},
        ),
        Family("nutgraf_summaries_total", "counter", "Summaries made, by algorithm.", {"algorithm": [*ALGORITHMS]}),
        Family("nutgraf_batch_lines_total", "counter", "Lines of batches answered, by status.",
               {"status": [*map(str, _LINE_STATUSES)]}),
        Family("nutgraf_sentences_total", "counter", "Sentences of the texts summarized.", {}),
        Family("nutgraf_words_total", "counter", "Words of the texts summarized.", {}),
        Family("nutgraf_warnings_total", "counter", "Warnings given with summaries, by code.", {"code": [*NOTICES]}),
        Family("nutgraf_refusals_total", "counter", "Requests not served, by the type of the problem.",
               {"reason": _REASONS}),
        Family("nutgraf_workers", "gauge", "Workers alive.", {}),
        Family("nutgraf_connections", "gauge", "Connections that workers hold, at work or kept.", {}),
        Family("nutgraf_slots", "gauge", "Slots for summaries, of all workers.", {}),
        Family("nutgraf_slots_busy", "gauge", "Slots at work.", {}),
        Family("nutgraf_queue_waiting", "gauge", "Requests that wait for a slot.", {}),
        Family("nutgraf_redis_failures_total", "counter",
               "Requests to Redis that failed, so that limits counted in memory.", {}),
        Family("nutgraf_keys_file_failures_total", "counter",
               "Changes of NUTGRAF_API_KEYS_FILE that could not be used.", {}),
    )
}  # fmt: skip
"""All metrics, by name."""

_N_BUCKET_CELLS = len(_BUCKETS) + 2
"""A histogram's cells: one a bucket, one beyond the last, then the sum."""


def _cells() -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each series, as name and label values, with its first cell."""
    cell = 0
    for family in FAMILIES.values():
        for values in family.series:
            yield (family.name, *values), cell
            cell += _N_BUCKET_CELLS if family.kind == "histogram" else 1


_CELL = dict(_cells())
_N_CELLS = max(_CELL.values()) + _N_BUCKET_CELLS
_GAUGES = [family.name for family in FAMILIES.values() if family.kind == "gauge"]


class Measurements:
    """Counts what happens in this process, and tells what has happened in all."""

    def __init__(self, settings: Settings) -> None:
        """Make room for all workers; the process itself counts in the first row until it is given another."""
        self._n_rows = 2 * settings.workers + _SPARE_ROWS
        self._counters = SharedCounters(n_cells=_N_CELLS, n_rows=self._n_rows)
        self._slots = settings.slots

    def free_row(self, taken: set[int]) -> int:
        """Return a row that is not `taken`; the first is the master's."""
        return next((row for row in range(1, self._n_rows) if row not in taken), 0)

    def begin(self, row: int) -> None:
        """Count in `row`, as the worker that this process is."""
        self._counters.use_row(row)
        self.set_gauges(nutgraf_workers=1, nutgraf_slots=self._slots)

    def end(self, row: int) -> None:
        """Forget what the worker of `row` had in hand when it ended; what it has counted stays."""
        for name in _GAUGES:
            self._counters.set(_CELL[(name,)], 0, row=row)

    def set_gauges(self, **values: float) -> None:
        """Set gauges by name."""
        for name, value in values.items():
            self._counters.set(_CELL[(name,)], value)

    def fewest_connections(self) -> float:
        """Return how many connections the worker holds that holds the fewest."""
        columns = (self._counters.column(_CELL[(name,)]) for name in ("nutgraf_workers", "nutgraf_connections"))
        return min((held for alive, held in zip(*columns, strict=True) if alive), default=0)

    def admission(self, busy: int, waiting: int) -> None:
        """Note how many slots are busy and how many requests wait."""
        self.set_gauges(nutgraf_slots_busy=busy, nutgraf_queue_waiting=waiting)

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count a reply."""
        route = route if route in ROUTES else OTHER
        known = _CELL.get(("nutgraf_requests_total", route, str(status)))
        first = _CELL["nutgraf_request_seconds", route]
        self._counters.add(
            (
                (_CELL["nutgraf_requests_total", route, OTHER] if known is None else known, 1),
                (first + bisect_left(_BUCKETS, seconds), 1),
                (first + _N_BUCKET_CELLS - 1, seconds),
            )
        )

    def summary(self, made: Summary) -> None:
        """Count a summary, with the size of its text and its warnings."""
        codes = [("nutgraf_warnings_total", notice.code) for notice in made.warnings]
        self._counters.add(
            [
                (_CELL["nutgraf_summaries_total", made.algorithm], 1),
                (_CELL[("nutgraf_sentences_total",)], made.statistics.sentences),
                (_CELL[("nutgraf_words_total",)], made.statistics.words),
                *((_CELL[code], 1) for code in codes),
            ]
        )

    def line(self, status: int) -> None:
        """Count a line of a batch."""
        self._counters.add([(_CELL["nutgraf_batch_lines_total", str(status)], 1)])

    def stages(self, seconds: Mapping[str, float]) -> None:
        """Add the seconds of one summary, by stage."""
        self._counters.add([(_CELL["nutgraf_stage_seconds_total", stage], took) for stage, took in seconds.items()])

    def refusal(self, reason: str) -> None:
        """Count a request that was not served."""
        self._counters.add([(_CELL["nutgraf_refusals_total", reason], 1)])

    def redis_failure(self) -> None:
        """Count a request to Redis that failed."""
        self._counters.add([(_CELL[("nutgraf_redis_failures_total",)], 1)])

    def keys_file_failure(self) -> None:
        """Count a change of the file of keys that could not be used."""
        self._counters.add([(_CELL[("nutgraf_keys_file_failures_total",)], 1)])

    def exposition(self) -> str:
        """Return all metrics as text; a millisecond or so."""
        lines: list[str] = []
        for family in FAMILIES.values():
            lines += (f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}")
            for values in family.series:
                cell = _CELL[(family.name, *values)]
                labels = [f'{name}="{value}"' for name, value in zip(family.labels, values, strict=True)]
                if family.kind == "histogram":
                    lines += self._histogram(family.name, labels, cell)
                else:
                    lines.append(_line(family.name, labels, self._counters.total(cell)))
        return "\n".join(lines) + "\n"

    def _histogram(self, name: str, labels: list[str], first: int) -> Iterator[str]:
        count = 0.0
        for place, bound in enumerate((*_BUCKETS, "+Inf")):
            count += self._counters.total(first + place)
            yield _line(f"{name}_bucket", [*labels, f'le="{bound}"'], count)
        yield _line(f"{name}_sum", labels, self._counters.total(first + _N_BUCKET_CELLS - 1))
        yield _line(f"{name}_count", labels, count)


def _line(name: str, labels: list[str], value: float) -> str:
    return f"{name}{{{','.join(labels)}}} {value:.17g}" if labels else f"{name} {value:.17g}"


def init_app(app: Flask, measurements: Measurements) -> None:
    """Measure every request to `app`."""
    app.extensions[_KEY] = measurements
    app.after_request(_record)


_KEY = "nutgraf.measurements"


def measured() -> Measurements:
    """Return the measurements of the app that serves the request at hand."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Measurements)  # noqa: S101 - for the type checker
    return found


@bp.get("/metrics", summary="What the service has done", operation_id="metrics")
def metrics() -> Response:
    """Tell all metrics, over all workers, in Prometheus's text format."""
    return Response(measured().exposition(), content_type=CONTENT_TYPE)


def _record(response: Response) -> Response:
    if telemetry.is_silenced():
        return response
    if not telemetry.is_streamed():
        record_request(response.status_code)
    if "stopwatch" in g:
        measured().stages(g.stopwatch.stages)
    return response


def record_request(status: int) -> None:
    """Count the request at hand, now that it is answered."""
    route = request.url_rule.rule if request.url_rule else OTHER
    measured().request(route, status, telemetry.seconds())
    if error := g.get("facts", {}).get("error"):
        measured().refusal(error)
