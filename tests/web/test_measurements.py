"""`/metrics`: read by Prometheus's own parser, right over all workers, and nothing of the caller's in it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from service.settings import settings_from_environ
from service.web.app import create_app
from service.web.examples import ARTICLE
from service.web.measurements import FAMILIES, OTHER, ROUTES, Measurements
from service.web.shared_counters import SharedCounters
from tests.web.servers import RunningServer, until

PATH = "/v1/summaries"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(text: str) -> Samples:
    """Every sample of an exposition, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float:
    """One sample."""
    return found[name, frozenset(labels.items())]


@pytest.fixture
def fresh(make_client: Callable[..., FlaskClient]) -> FlaskClient:
    """A client whose application has counted nothing yet."""
    return make_client(NUTGRAF_RATE_LIMIT="100/second")


def test_what_was_done_is_counted(fresh: FlaskClient) -> None:
    """By route and status, by stage, algorithm, warning and reason."""
    fresh.post(PATH, json={"text": ARTICLE, "length": {"sentences": 50}})
    fresh.post(PATH, json={"text": ARTICLE, "algorithm": "lead"})
    fresh.post(PATH, json={"text": ""})
    fresh.get("/nothing-here")

    found = samples(fresh.get("/metrics").text)

    assert value(found, "nutgraf_requests_total", route=PATH, status="200") == 2
    assert value(found, "nutgraf_requests_total", route=PATH, status="422") == 1
    assert value(found, "nutgraf_requests_total", route=OTHER, status="404") == 1
    assert value(found, "nutgraf_request_seconds_count", route=PATH) == 3
    assert value(found, "nutgraf_request_seconds_bucket", route=PATH, le="+Inf") == 3
    assert 0 < value(found, "nutgraf_request_seconds_sum", route=PATH) < 30
    assert value(found, "nutgraf_stage_seconds_total", stage="rank") > 0
    assert value(found, "nutgraf_summaries_total", algorithm="lead") == 1
    assert value(found, "nutgraf_sentences_total") == 14
    assert value(found, "nutgraf_words_total") == 332
    assert value(found, "nutgraf_warnings_total", code="short-text") == 1
    assert value(found, "nutgraf_refusals_total", reason="invalid-text") == 1
    assert value(found, "nutgraf_refusals_total", reason="not-found") == 1
    assert (value(found, "nutgraf_slots_busy"), value(found, "nutgraf_queue_waiting")) == (0, 0)


def test_all_series_are_there_from_the_start_and_no_other_comes(fresh: FlaskClient) -> None:
    """Whatever a caller sends: methods, paths, options, ids and languages never seen before."""
    before = samples(fresh.get("/metrics").text).keys()

    fresh.open("/Quokka?Quokka", method="QUOKKA", headers={"X-Request-ID": "Quokka"})
    fresh.post(f"{PATH}?algorithm=Quokka", data="Quokka", content_type="text/Quokka")
    fresh.post(PATH, json={"text": "Quokka.", "title": "Quokka", "language": "quokka"})
    after = fresh.get("/metrics").text

    assert samples(after).keys() == before
    assert len(before) < 1000
    assert "quokka" not in after.lower()


def test_every_route_has_its_series() -> None:
    """A new address takes its place in the list, or it would count as another."""
    rules = {rule.rule for rule in create_app(settings_from_environ({})).url_map.iter_rules()}

    assert rules == set(ROUTES) - {OTHER}


def test_the_text_has_its_type_and_help(fresh: FlaskClient) -> None:
    """As Prometheus asks for it."""
    reply = fresh.get("/metrics")

    assert reply.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = {family.name: family for family in text_string_to_metric_families(reply.text)}
    for one in FAMILIES.values():
        family = families[one.name.removesuffix("_total") if one.kind == "counter" else one.name]
        assert (family.type, family.documentation) == (one.kind, one.help)


def test_rows_add_up_and_a_dead_worker_leaves_its_sums_and_not_its_gauges() -> None:
    """The next worker with the row counts on."""
    measurements = Measurements(settings_from_environ({"NUTGRAF_WORKERS": "2"}))
    for row in (1, 2):
        measurements.begin(row)
        measurements.admission(busy=2, waiting=3)
        measurements.request(PATH, 200, 0.02)
    found = samples(measurements.exposition())
    assert value(found, "nutgraf_requests_total", route=PATH, status="200") == 2
    assert [value(found, f"nutgraf_{name}") for name in ("workers", "slots", "slots_busy", "queue_waiting")] == [
        2,
        4,
        4,
        6,
    ]

    measurements.end(2)
    found = samples(measurements.exposition())
    assert value(found, "nutgraf_requests_total", route=PATH, status="200") == 2
    assert [value(found, f"nutgraf_{name}") for name in ("workers", "slots", "slots_busy", "queue_waiting")] == [
        1,
        2,
        2,
        3,
    ]


def test_no_two_workers_share_a_row() -> None:
    """Two that added to the same cell could lose what the other has added."""
    measurements = Measurements(settings_from_environ({"NUTGRAF_WORKERS": "2"}))
    taken: set[int] = set()
    for _ in range(4):
        row = measurements.free_row(taken)
        assert row > 0
        assert row not in taken
        taken.add(row)
    assert measurements.free_row({1, 3}) == 2


def test_a_status_that_is_not_foreseen_counts_as_another() -> None:
    """No series for it is made."""
    measurements = Measurements(settings_from_environ({}))
    measurements.request("/never", 299, 99)

    found = samples(measurements.exposition())
    assert value(found, "nutgraf_requests_total", route=OTHER, status=OTHER) == 1
    assert value(found, "nutgraf_request_seconds_bucket", route=OTHER, le="10.0") == 0
    assert value(found, "nutgraf_request_seconds_bucket", route=OTHER, le="+Inf") == 1


def test_counters_of_one_process_lose_nothing_between_threads() -> None:
    """Adding is reading and writing; a lock keeps the two together."""
    counters = SharedCounters(n_cells=3, n_rows=2)

    def count() -> None:
        for _ in range(5000):
            counters.add([(1, 1.0)])

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(count)

    assert [counters.total(cell) for cell in range(3)] == [0, 40_000, 0]


def test_a_real_server_sums_over_its_workers(server: RunningServer) -> None:
    """Whichever worker is asked, the sum is the same, and refusals before the application count too."""

    def asked() -> float:
        found = samples(server.request("GET", "/metrics").data.decode())
        return value(found, "nutgraf_requests_total", route="/v1/capabilities", status="200")

    def both_alive() -> bool:
        found = samples(server.request("GET", "/metrics").data.decode())
        return (value(found, "nutgraf_workers"), value(found, "nutgraf_slots")) == (2, 4)

    until(both_alive)
    before = asked()
    for _ in range(30):
        assert server.request("GET", "/v1/capabilities").status_code == 200

    assert {asked() for _ in range(10)} == {before + 30}
