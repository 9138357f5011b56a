"""Clients that do not read what they asked for: their replies wait in bounded memory, and no thread does."""

from __future__ import annotations

import re
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import orjson
import pytest

from service.web.examples import ARTICLE
from tests.web.servers import RunningServer, running_server, until

READ_SECONDS = 4
LARGE = orjson.dumps({"text": ARTICLE + "\n\n" + "\N{PASSENGER SHIP}" * 1_200_000, "include": ["text"]})
"""Asks for a reply of 4.8 megabytes. The kernel takes three, for a client that does not read."""
ASKED = b"POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(
    LARGE
)


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of one worker that waits four seconds."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_READ_SECONDS=str(READ_SECONDS)) as one:
        yield one


def not_reading(server: RunningServer, stack: ExitStack, sent: bytes) -> socket.socket:
    """A connection with a small buffer that has sent some bytes and reads none."""
    connection = stack.enter_context(socket.socket())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", server.port))
    connection.settimeout(20)
    connection.sendall(sent)
    return connection


def received(connection: socket.socket) -> bytes:
    """Everything until the server closes, or cuts the connection."""
    pieces = []
    with suppress(ConnectionResetError):
        while piece := connection.recv(1_000_000):
            pieces.append(piece)
    return b"".join(pieces)


def path_of_script(server: RunningServer) -> str:
    """The address of the documentation's script, a megabyte and more."""
    page = server.request("GET", "/docs").data.decode()
    return next(found[1] for found in re.finditer(r'src="([^"]+\.js)"', page) if "bundle" in found[1])


def summaries(server: RunningServer) -> list[int]:
    """The statuses of the summaries answered so far."""
    return [line["status"] for line in server.log() if line.get("route") == "/v1/summaries"]


def count(server: RunningServer) -> int:
    """How many were cut off, by the metrics."""
    [line] = re.findall(
        rb'nutgraf_refusals_total\{reason="slow-reader"\} (\d+)', server.request("GET", "/metrics").data
    )
    return int(line)


def test_more_clients_than_threads_that_do_not_read_keep_nobody_waiting(patient: RunningServer) -> None:
    """Sixty-four of them, then probes and summaries; after their time each is cut off, counted, and its memory free."""
    get = b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % path_of_script(patient).encode()
    with ExitStack() as stack:
        slow = [not_reading(patient, stack, get * 3) for _ in range(64)]
        time.sleep(1)
        probes = []
        for _ in range(40):
            start = time.perf_counter()
            assert patient.request("GET", "/livez").status_code == 200
            probes.append(time.perf_counter() - start)
        reply = patient.request("POST", "/v1/summaries", ARTICLE.encode(), Content_Type="text/plain")
        assert reply.status_code == 200
        assert statistics.median(probes) < 0.1
        assert count(patient) < 64

        until(lambda: count(patient) == 64, seconds=READ_SECONDS + 5)
        assert all(received(one).count(b"HTTP/1.1 200 ") == 2 for one in slow[:3])


def test_who_reads_late_gets_everything_and_the_next_request_too(patient: RunningServer) -> None:
    """GET, HEAD and POST in one packet: each reply whole and in its turn, and the connection goes on."""
    path = path_of_script(patient).encode()
    script = patient.request("GET", path.decode()).data
    get, head = (b"%s %s HTTP/1.1\r\nHost: a\r\n\r\n" % (method, path) for method in (b"GET", b"HEAD"))
    last = b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with ExitStack() as stack:
        connection = not_reading(patient, stack, get + head + ASKED + LARGE + get)
        time.sleep(1)
        first = connection.recv(100_000)
        connection.sendall(last)
        reply = first + received(connection)

    assert reply.count(b"HTTP/1.1 200 OK\r\n") == 5
    assert reply.count(script) == 2
    assert reply.index(script) < reply.index(b'{"summary":') < reply.rindex(script)
    assert reply.endswith(b'{"status":"ok"}')


def test_a_client_that_leaves_its_reply_behind_costs_nothing_more(patient: RunningServer) -> None:
    """It is not waited for, and not counted as slow."""
    with ExitStack() as stack:
        for _ in range(8):
            not_reading(patient, stack, ASKED + LARGE)
        until(lambda: len(summaries(patient)) == 8, seconds=30)
    time.sleep(0.3)

    assert patient.stop() == 0
    assert "slow-reader" not in patient.log_file.read_text("utf-8")


def test_a_stop_sends_what_is_left_to_those_who_read(patient: RunningServer) -> None:
    """The reply was made before the signal; the client reads after it."""
    with ExitStack() as stack:
        connection = not_reading(patient, stack, ASKED + LARGE)
        until(lambda: bool(summaries(patient)))
        patient.process.terminate()
        time.sleep(0.5)
        head, _, body = received(connection).partition(b"\r\n\r\n")

    assert len(body) == int(re.findall(rb"Content-Length: (\d+)", head)[0])
    assert patient.process.wait(20) == 0


def test_replies_that_wait_hold_only_so_much_memory(tmp_path: Path) -> None:
    """Past four bodies' worth the largest is dropped, the others are sent."""
    settings = {"NUTGRAF_WORKERS": "1", "NUTGRAF_MAX_BODY_BYTES": "5000000"}
    with running_server(tmp_path, **settings) as server, ExitStack() as stack:
        asked, slow = ASKED.replace(b"Host: a", b"Host: a\r\nConnection: close"), []
        for n_answered in range(1, 17):
            slow.append(not_reading(server, stack, asked + LARGE))
            until(lambda n=n_answered: len(summaries(server)) == n)  # type: ignore[misc]
        until(lambda: count(server) >= 4)
        n_whole = sum(len(received(one)) > 4_800_000 for one in slow)

        assert 8 <= n_whole <= 12
        assert n_whole + count(server) == 16
