"""A minute at a time: ten times what the service can do, and clients that dawdle. `make load` prints the figures."""

from __future__ import annotations

import json
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from service.web.examples import ARTICLE
from tests.web.servers import RunningServer, running_server

pytestmark = pytest.mark.load

SECONDS = 60
BODY = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}").replace("ferry", f"ferry{i}") for i in range(150)).encode()
"""Some thousand sentences: enough work that refusing is cheap beside it."""
GENERATOR = Path(__file__).with_name("generator.py")


def load(server: RunningServer, *, clients: int, pause: float, seconds: float) -> dict[str, Any]:
    """Run the generator and return what its clients got."""
    command = [sys.executable, str(GENERATOR), str(server.port), str(clients), str(pause), str(seconds)]
    ended = subprocess.run(command, input=BODY, capture_output=True, check=True, timeout=seconds + 120)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@contextmanager
def probing(server: RunningServer) -> Iterator[list[float]]:
    """Ask `/livez` twenty times a second, and collect how many seconds each answer took."""
    took: list[float] = []
    over = threading.Event()

    def probe() -> None:
        while not over.wait(0.05):
            start = time.perf_counter()
            assert server.request("GET", "/livez").status_code == 200
            took.append(time.perf_counter() - start)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        yield took
    finally:
        over.set()
        thread.join()


def p99(took: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(took, n=100)[-1]


def megabytes(server: RunningServer) -> float:
    """The proportional share (PSS) of master and workers together."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    rollups = [Path(f"/proc/{one}/smaps_rollup").read_text("ascii") for one in (pid, *children)]
    return sum(int(re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[0]) for rollup in rollups) / 1024


def test_ten_times_too_much_work(tmp_path: Path) -> None:
    """Only 200 and 503 with a time to come back; nearly as much work done as at saturation; probes in time."""
    with running_server(tmp_path, NUTGRAF_WORKERS="2") as server:
        load(server, clients=8, pause=0, seconds=5)
        saturated = load(server, clients=8, pause=0, seconds=15)
        capacity = saturated["got"]["200"] / saturated["seconds"]
        load(server, clients=60, pause=60 / (10 * capacity), seconds=5)
        time.sleep(1)
        before = megabytes(server)
        with probing(server) as probes:
            overload = load(server, clients=60, pause=60 / (10 * capacity), seconds=SECONDS)
        time.sleep(1)
        after = megabytes(server)
        work = overload["got"]["200"] / overload["seconds"]
        offered = sum(overload["got"].values()) / overload["seconds"]
        print(
            f"\nsaturated {capacity:.0f}/s; offered {offered:.0f}/s, done {work:.0f}/s, got {overload['got']}, "
            f"/livez p99 {p99(probes) * 1000:.0f} ms, PSS {before:.0f} -> {after:.0f} MB"
        )

        assert set(saturated["got"]) == {"200"}
        assert set(overload["got"]) <= {"200", "429", "503"}
        assert overload["without_retry"] == 0
        assert work > 0.9 * capacity
        assert p99(probes) < 0.1
        assert after < 1.05 * before


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
            served = load(server, clients=1, pause=0.2, seconds=SECONDS)
        print(f"\n/livez p99 {p99(probes) * 1000:.0f} ms, served {served['got']}")

        assert set(served["got"]) == {"200"}
        assert p99(probes) < 0.1
        assert all(connection.recv(4096).startswith(b"HTTP/1.1 408 ") for connection in slow)
