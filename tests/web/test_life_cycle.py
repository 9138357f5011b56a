"""A server that is stopped, reloaded or robbed of a worker: what was asked is answered."""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from service.processors import usable_processors
from service.web.examples import ARTICLE
from tests.web.redis_servers import free_port
from tests.web.servers import STOP_SECONDS, RunningServer, environment, running_server, steady_load, until

PATH = "/v1/summaries"
LONG = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}") for i in range(1500)).encode()
"""Takes about a second."""


def workers(server: RunningServer) -> set[int]:
    """The process ids of the workers alive."""
    pid = server.process.pid
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()}


def sockets(server: RunningServer) -> dict[int, int]:
    """How many sockets each worker has."""
    return {pid: sum(map(is_socket, Path(f"/proc/{pid}/fd").iterdir())) for pid in workers(server)}


def is_socket(file: Path) -> bool:
    """Say whether a process's open file is one; it may just have been closed."""
    with suppress(FileNotFoundError):
        return str(file.readlink()).startswith("socket")
    return False


def processors(server: RunningServer) -> list[set[int]]:
    """The processors on which each worker's threads may run."""
    return [
        {number for thread in Path(f"/proc/{pid}/task").iterdir() for number in os.sched_getaffinity(int(thread.name))}
        for pid in workers(server)
    ]


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc makes a heap for each thread")
def test_threads_share_one_heap(tmp_path: Path) -> None:
    """A further heap of glibc's is 64 MiB of addresses at a multiple of them, most of which may not be read yet."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, ThreadPoolExecutor(8) as pool:
        body = json.dumps({"text": ARTICLE}).encode()
        answers = pool.map(lambda _: server.request("POST", PATH, body, Content_Type="application/json"), range(40))
        assert {200} <= {answer.status_code for answer in answers} <= {200, 503}
        [worker] = workers(server)
        maps = Path(f"/proc/{worker}/maps").read_text("ascii")

    reserved = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) ---p", maps, re.MULTILINE)
    ends = [int(end, 16) for start, end in reserved if int(end, 16) - int(start, 16) > 32 * 2**20]
    assert not [end for end in ends if end % (64 * 2**20) == 0]


def test_a_stop_answers_what_is_at_work(tmp_path: Path) -> None:
    """SIGTERM in the middle of a summary: it is finished and sent, then the server ends with 0."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.request, "POST", PATH, LONG, Content_Type="text/plain")
        time.sleep(0.3)
        assert not asked.done()

        assert server.stop() == 0
        assert asked.result().status_code == 200


def test_a_reload_loses_no_request(tmp_path: Path) -> None:
    """HUP under load: other workers, and every request answered."""
    with running_server(tmp_path, NUTGRAF_WORKERS="2") as server:
        until(lambda: len(workers(server)) == 2)
        before = workers(server)
        with steady_load(server) as ends:
            until(lambda: ends["200"] > 30)
            server.process.send_signal(signal.SIGHUP)
            until(lambda: len(workers(server)) == 2 and not workers(server) & before, seconds=60)
            enough = ends["200"] + 30
            until(lambda: ends["200"] > enough)

        assert set(ends) == {"200"}


def test_a_killed_worker_is_replaced_and_takes_only_its_own_requests_with_it(tmp_path: Path) -> None:
    """At most what the worker had in its hands is lost; the metrics go on."""
    with running_server(tmp_path, NUTGRAF_WORKERS="2") as server:
        until(lambda: len(workers(server)) == 2)
        victim = min(workers(server))
        with steady_load(server) as ends:
            until(lambda: ends["200"] > 30)
            os.kill(victim, signal.SIGKILL)
            until(lambda: victim not in workers(server) and len(workers(server)) == 2, seconds=60)
            enough = ends["200"] + 30
            until(lambda: ends["200"] > enough)
        answered = ends.pop("200")

        assert ends.total() <= 3  # one for each client
        until(lambda: b"\nnutgraf_workers 2\n" in server.request("GET", "/metrics").data)
        text = server.request("GET", "/metrics").data.decode()
        [line] = [line for line in text.splitlines() if line.startswith('nutgraf_summaries_total{algorithm="fusion"}')]
        assert float(line.split()[-1]) >= answered


@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="there is one processor for all")
@pytest.mark.skipif(usable_processors() < len(os.sched_getaffinity(0)), reason="a quota leaves part of a processor")
def test_as_many_workers_as_processors_have_one_each(tmp_path: Path) -> None:
    """With all their threads; and so have one in the place of another, and those after a reload, of fewer too."""
    one_each = [{number} for number in sorted(os.sched_getaffinity(0))]
    with running_server(tmp_path, NUTGRAF_WORKERS=str(len(one_each))) as server:

        def are_bound() -> bool:
            server.request("POST", PATH, ARTICLE.encode(), Content_Type="text/plain")  # in a thread
            with suppress(OSError):  # a thread that just ended
                return sorted(processors(server), key=min) == one_each
            return False

        until(are_bound)
        first = workers(server)
        os.kill(min(first), signal.SIGKILL)
        until(lambda: min(first) not in workers(server) and are_bound(), seconds=60)
        second = workers(server)
        server.process.send_signal(signal.SIGHUP)
        until(lambda: not workers(server) & second and are_bound(), seconds=60)
        third = workers(server)
        server.process.send_signal(signal.SIGTTOU)
        until(lambda: len(workers(server)) == len(third) - 1, seconds=60)
        server.process.send_signal(signal.SIGHUP)
        until(lambda: not workers(server) & third and are_bound(), seconds=60)


def test_connections_that_come_at_once_are_shared(tmp_path: Path) -> None:
    """Kept, as a proxy keeps them, they would otherwise all stay with the worker that woke first."""
    with running_server(tmp_path, NUTGRAF_WORKERS="2") as server:

        def fewest_of_twelve() -> int:
            before = sockets(server)
            with ExitStack() as stack:
                connections = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(12)]
                for connection in connections:
                    stack.callback(connection.close)
                    connection.connect()
                for connection in connections:
                    connection.request("GET", "/livez")
                assert [connection.getresponse().read() != b"" for connection in connections] == [True] * 12
                fewest = min(count - before.get(pid, 0) for pid, count in sockets(server).items())
            until(lambda: all(count <= before.get(pid, count) for pid, count in sockets(server).items()))
            return fewest

        until(lambda: len(workers(server)) == 2 and fewest_of_twelve() > 0)  # both have begun
        # other tests may keep a worker from its processor for longer than it is waited for
        assert sorted(fewest_of_twelve() for _ in range(9))[3] >= 4


@pytest.mark.parametrize("n_workers", [1, 2])
def test_workers_that_end_after_so_many_requests_lose_none(tmp_path: Path, n_workers: int) -> None:
    """Several hundred over connections that are kept: all are answered, by one worker after the other."""
    settings = {"NUTGRAF_WORKERS": str(n_workers), "NUTGRAF_MAX_REQUESTS": "60"}
    with running_server(tmp_path, **settings) as server:

        def ask(_: int) -> Counter[int]:
            statuses: Counter[int] = Counter()
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            for _ in range(100):
                connection.request("POST", PATH, ARTICLE.encode(), {"Content-Type": "text/plain"})
                reply = connection.getresponse()
                reply.read()
                statuses[reply.status] += 1
            connection.close()
            return statuses

        with ThreadPoolExecutor(4) as pool:
            statuses = sum(pool.map(ask, range(4)), Counter())
        ends = [line for line in server.log() if "ends after" in line.get("message", "")]

        assert statuses == {200: 400}
        assert len(ends) >= 2
        assert server.stop() == 0


def test_without_a_reader_of_its_log_it_goes_on(tmp_path: Path) -> None:
    """Lines are lost, requests are not: neither good ones nor those that break HTTP."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve"],
        env=environment(PORT=str(port), NUTGRAF_WORKERS="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        server = RunningServer(port, process, tmp_path / "none")
        try:
            while b"Listening at" not in process.stdout.readline():
                assert process.poll() is None
            assert server.request("GET", "/readyz").status_code == 200
            process.stdout.close()
            statuses = [
                server.request("POST", PATH, ARTICLE.encode(), Content_Type=kind).status_code
                for kind in ("text/plain", "text/quokka") * 3
            ]
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)

    assert statuses == [200, 415] * 3
