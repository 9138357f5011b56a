"""Ten times what the service can do, clients that dawdle, and a soak. `make load` and `make soak` print the figures.

DURATION in the environment is how many seconds each lasts; a minute unless it says otherwise, of the soak ten.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.sampling import family_memory, repeated
from service.web.examples import ARTICLE
from tests.web.servers import RunningServer, running_server

pytestmark = pytest.mark.load

SECONDS = float(os.environ.get("DURATION", "60"))
SOAK_SECONDS = float(os.environ.get("DURATION", "600"))
BODY = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}").replace("ferry", f"ferry{i}") for i in range(150)).encode()
"""Some thousand sentences: enough work that refusing is cheap beside it."""
STORY = "\n\n".join(ARTICLE.replace("Lindholm", f"@@@@@@@@{'abcdef'[i]}") for i in range(6)).encode()
"""As long as a news story, and of other names each time: what memory keeps of words has to have an end."""
OVERLOAD_TURNS, TURN_SECONDS = 10, SECONDS / 6
LATENCY_TURNS, LATENCY_SECONDS = 3, 5.0
GENERATOR = Path(__file__).with_name("generator.py")


def load(
    server: RunningServer, *, clients: int, seconds: float, requests_per_second: float = 0, body: bytes = BODY
) -> dict[str, Any]:
    """Run the generator and return what its clients got; without a rate they ask as often as they can."""
    command = [sys.executable, str(GENERATOR), str(server.port), str(clients), str(requests_per_second), str(seconds)]
    ended = subprocess.run(command, input=body, capture_output=True, check=True, timeout=seconds + 120)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def work_per_second(found: dict[str, Any]) -> float:
    """The summaries made while clients asked; those that they waited for afterwards were made without the others."""
    asked_seconds = float(found["asked_seconds"])
    return sum(1 for began, took in found["served"] if began + took <= asked_seconds) / asked_seconds


@contextmanager
def probing(server: RunningServer) -> Iterator[list[float]]:
    """Ask `/livez` twenty times a second, and collect how many seconds each answer took."""
    took: list[float] = []

    def probe() -> None:
        start = time.perf_counter()
        assert server.request("GET", "/livez").status_code == 200
        took.append(time.perf_counter() - start)

    with repeated(probe, pause_seconds=0.05):
        yield took


def p99(took: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(took, n=100)[-1]


def latency(server: RunningServer, requests_per_second: float) -> float:
    """The median time of a summary, in seconds, of some seconds of light load."""
    light = load(server, clients=2, seconds=LATENCY_SECONDS, requests_per_second=requests_per_second, body=STORY)
    return statistics.median([float(took) for _, took in light["served"]])


@contextmanager
def weighing(server: RunningServer) -> Iterator[list[tuple[float, float]]]:
    """Note once a second how many seconds have gone and how many megabytes are held."""
    weights: list[tuple[float, float]] = []
    start = time.monotonic()

    def weigh() -> None:
        weights.append((time.monotonic() - start, family_memory(server.process.pid)))

    with repeated(weigh, pause_seconds=1):
        yield weights


def between(values: list[tuple[float, float]], start: float, end: float) -> list[float]:
    """Those of a stretch of time."""
    return [value for moment, value in values if start <= moment < end]


def test_ten_times_too_much_work(tmp_path: Path) -> None:
    """Only 200 and 503 with a time to come back; nearly as much work done as at saturation; probes in time.

    A minute of it, and then the work against that at saturation in turns of a few seconds: the machine's own speed
    changes by a third from one minute to the next.
    """
    with running_server(tmp_path, NUTGRAF_WORKERS="2") as server:

        def saturated() -> float:
            found = load(server, clients=8, seconds=TURN_SECONDS)
            assert set(found["got"]) == {"200"}
            return work_per_second(found)

        def overloaded(seconds: float, rate: float) -> float:
            found = load(server, clients=120, seconds=seconds, requests_per_second=rate)
            offered = sum(found["got"].values()) / seconds
            print(f"\noffered {offered:.0f}/s for {seconds:.0f} s, got {found['got']}")
            assert set(found["got"]) <= {"200", "429", "503"}
            assert found["without_retry"] == 0
            assert offered > 0.9 * rate
            return work_per_second(found)

        load(server, clients=8, seconds=5)
        capacities, shares = [saturated()], []
        overloaded(TURN_SECONDS, 10 * capacities[0])  # memory fills up to its bound
        time.sleep(1)
        before = family_memory(server.process.pid)
        with probing(server) as probes:
            overloaded(SECONDS, 10 * capacities[0])
        time.sleep(1)
        after = family_memory(server.process.pid)
        print(f"/livez p99 {p99(probes) * 1000:.0f} ms, PSS {before:.0f} -> {after:.0f} MB")

        capacities.append(saturated())
        for _ in range(OVERLOAD_TURNS):
            work = overloaded(TURN_SECONDS, 10 * capacities[-1])
            capacities.append(saturated())
            shares.append(work / statistics.mean(capacities[-2:]))
        print(f"saturated {[round(one, 1) for one in capacities]}/s, shares {[round(share, 2) for share in shares]}")

        assert statistics.median(shares) > 0.9
        assert p99(probes) < 0.1
        assert after < 1.05 * before


@pytest.mark.timeout(SOAK_SECONDS + 300)
def test_a_soak_leaves_memory_and_latency_as_they_were(tmp_path_factory: pytest.TempPathFactory) -> None:
    """At 70 % of capacity; memory in the last fifth of the time against the first after a tenth for warming up.

    Latency is that of a new server in the same minutes, in turns: machines change their speed within ten minutes.
    """
    with ExitStack() as stack:
        server, new = (
            stack.enter_context(running_server(tmp_path_factory.mktemp(name), NUTGRAF_WORKERS="2"))
            for name in ("soaked", "new")
        )
        load(server, clients=8, seconds=5, body=STORY)
        capacity = work_per_second(load(server, clients=8, seconds=10, body=STORY))
        rate = 0.7 * capacity
        with weighing(server) as weights:
            soak = load(server, clients=8, seconds=SOAK_SECONDS, requests_per_second=rate, body=STORY)
        first, last = (0.1 * SOAK_SECONDS, 0.3 * SOAK_SECONDS), (0.8 * SOAK_SECONDS, SOAK_SECONDS)
        held = [statistics.mean(between(weights, *stretch)) for stretch in (first, last)]
        load(new, clients=8, seconds=5, body=STORY)
        latencies = [(latency(new, rate / 4), latency(server, rate / 4)) for _ in range(LATENCY_TURNS)]
        of_new, of_soaked = map(statistics.median, zip(*latencies, strict=True))
        print(
            f"\ncapacity {capacity:.0f}/s, asked {rate:.0f}/s for {SOAK_SECONDS:.0f} s, got {soak['got']}; "
            f"PSS {held[0]:.1f} -> {held[1]:.1f} MB ({held[1] / held[0] - 1:+.1%}); "
            f"median {of_soaked * 1000:.1f} ms, of a new server {of_new * 1000:.1f} ms"
        )

        assert set(soak["got"]) == {"200"}
        assert held[1] < 1.05 * held[0]
        assert of_soaked < 1.25 * of_new


def test_a_minute_of_slow_clients(tmp_path: Path) -> None:
    """Sixty-four, each with half a head or half a body, all of them waited for until the end."""
    head = b"POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
    halves = [head, head + b"Content-Length: 99\r\n\r\nhalf"]
    settings = {"NUTGRAF_WORKERS": "2", "NUTGRAF_READ_SECONDS": str(SECONDS + 5)}
    with running_server(tmp_path, **settings) as server, ExitStack() as stack:
        slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(64)]
        for place, connection in enumerate(slow):
            stack.enter_context(connection)
            connection.sendall(halves[place % 2])
        with probing(server) as probes:
            served = load(server, clients=1, requests_per_second=4, seconds=SECONDS)
        print(f"\n/livez p99 {p99(probes) * 1000:.0f} ms, served {served['got']}")

        assert set(served["got"]) == {"200"}
        assert p99(probes) < 0.1
        assert all(connection.recv(4096).startswith(b"HTTP/1.1 408 ") for connection in slow)
