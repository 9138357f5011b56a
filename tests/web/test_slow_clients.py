"""Slow clients cost a connection and some bytes, never a thread: against a server of one worker."""

from __future__ import annotations

import json
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from service.web.examples import ARTICLE
from tests.web.servers import RunningServer, running_server

READ_SECONDS = 3
PATH = "/v1/summaries"
TEXT = ARTICLE.encode()
HEAD = b"POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
HALVES = [
    b"POST /v1/summ",
    HEAD,
    HEAD + b"Content-Length: 99\r\n\r\nhalf",
    HEAD + b"Content-Length:                                 99\r\n\r\nhalf",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n\r\n\r\n0\r\n",
    HEAD + b"Expect: 100-continue\r\nContent-Length: 99\r\n\r\n",
    b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /livez HTTP/1.1\r\n",  # one whole request, then half a one
    b"",
]


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of one worker that waits three seconds."""
    folder = tmp_path_factory.mktemp("patient")
    with running_server(folder, NUTGRAF_WORKERS="1", NUTGRAF_READ_SECONDS=str(READ_SECONDS)) as one:
        yield one


def connected(server: RunningServer, stack: ExitStack, sent: bytes = b"") -> socket.socket:
    """A connection that has sent some bytes."""
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
    connection.sendall(sent)
    return connection


def received(connection: socket.socket) -> bytes:
    """Everything until the server closes."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_64_slow_clients_leave_the_service_as_it_was(patient: RunningServer) -> None:
    """Probes answer at once and requests are served, while each of them is waited for."""
    with ExitStack() as stack:
        slow = [connected(patient, stack, HALVES[i % len(HALVES)]) for i in range(64)]
        probes = []
        for _ in range(40):
            start = time.perf_counter()
            assert patient.request("GET", "/livez").status_code == 200
            probes.append(time.perf_counter() - start)
            assert patient.request("POST", PATH, TEXT, Content_Type="text/plain").status_code == 200

        assert statistics.quantiles(probes, n=20)[-1] < 0.1
        ends = [received(connection) for connection in slow]
    for i, end in enumerate(ends):
        assert end.count(b"HTTP/1.1 408 ") == (1 if HALVES[i % len(HALVES)] else 0)


def test_a_client_that_drips_is_cut_off_all_the_same(patient: RunningServer) -> None:
    """The time counts from the first byte to the last, not from one byte to the next."""
    with ExitStack() as stack:
        connection = connected(patient, stack, HEAD)
        start = time.monotonic()
        connection.settimeout(0.2)
        reply = b""
        while not reply and time.monotonic() < start + 10:
            connection.sendall(b"X")
            try:
                reply = connection.recv(4096)
            except TimeoutError:
                continue

    assert READ_SECONDS - 0.5 < time.monotonic() - start < READ_SECONDS + 2
    assert json.loads(reply.partition(b"\r\n\r\n")[2])["type"] == "urn:nutgraf:request-timeout"


def test_a_client_that_does_not_close_holds_nothing_up(patient: RunningServer) -> None:
    """After a refusal the event loop does not wait for the other side; gthread's own does, two seconds for each."""
    with ExitStack() as stack:
        for _ in range(8):
            connection = connected(patient, stack, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert received(connection)  # and stays open on this side
        start = time.monotonic()
        assert patient.request("GET", "/livez").status_code == 200
        assert time.monotonic() - start < 1


def test_a_go_ahead_is_given_once(patient: RunningServer) -> None:
    """Who asks for it gets it from the event loop, and not from gunicorn again."""
    with ExitStack() as stack:
        connection = connected(patient, stack, HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(TEXT))
        assert connection.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(TEXT)

        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")


def test_requests_in_one_packet_are_answered_in_order(patient: RunningServer) -> None:
    """Pipelining: three requests and a half, then the other half."""
    with ExitStack() as stack:
        probe = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
        article = HEAD + b"Content-Length: %d\r\n\r\n" % len(TEXT) + TEXT
        connection = connected(patient, stack, probe + article + probe + probe[:9])
        connection.sendall(probe[9:-2] + b"Connection: close\r\n\r\n")
        reply = received(connection)

    assert reply.count(b"HTTP/1.1 200 OK") == 4
    assert reply.index(b'{"status":"ok"}') < reply.index(b'"summary"') < reply.rindex(b'{"status":"ok"}')


def test_half_sent_requests_hold_only_so_much_memory(tmp_path: Path) -> None:
    """Past four bodies' worth whoever holds the most is refused, with a time to come back; nobody else is."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_MAX_BODY_BYTES="100000") as server, ExitStack() as stack:
        half = HEAD + b"Content-Length: 100000\r\n\r\n"
        large = connected(server, stack, half + b" " * 95_000)
        time.sleep(0.2)
        others = [connected(server, stack, half + b" " * 80_000) for _ in range(4)]
        reply = large.recv(4096)

        assert reply.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nRetry-After: 1\r\n" in reply
        for other in others:
            other.sendall(b" " * 20_000)
            assert other.recv(4096).startswith(b"HTTP/1.1 422 ")  # blank, but whole


def test_many_half_sent_bodies_at_once_end_no_worker(tmp_path: Path) -> None:
    """Those that are refused while their own bytes are still to be read are refused once, and the worker lives on."""
    with (
        running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_MAX_BODY_BYTES="5000000") as server,
        ExitStack() as stack,
    ):
        before = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii")
        half = HEAD + b"Content-Length: 5000000\r\n\r\n" + b"a" * 4_999_999
        connections = [connected(server, stack) for _ in range(24)]

        def send(connection: socket.socket) -> None:
            with suppress(OSError):
                connection.sendall(half)

        with ThreadPoolExecutor(24) as pool:
            for connection in connections:
                pool.submit(send, connection)

        assert server.request("GET", "/livez").status_code == 200
        after = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii")
        assert after == before


def test_whole_bodies_that_wait_for_a_thread_count_too(tmp_path: Path) -> None:
    """Of forty sent at once those that do not fit in four bodies' worth are told to come back."""
    settings = {"NUTGRAF_WORKERS": "1", "NUTGRAF_MAX_BODY_BYTES": "2000000"}
    with running_server(tmp_path, **settings) as server, ExitStack() as stack:
        whole = b"POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + b"a" * 2_000_000
        connections = [connected(server, stack) for _ in range(40)]

        def exchange(connection: socket.socket) -> bytes:
            with suppress(OSError):
                connection.sendall(whole)
            with suppress(OSError):
                return connection.recv(64)[9:12]
            return b""

        with ThreadPoolExecutor(40) as pool:
            statuses = set(pool.map(exchange, connections))

        assert statuses <= {b"404", b"503", b""}
        assert server.request("GET", "/livez").status_code == 200


def test_a_body_that_is_announced_too_large_is_not_invited(patient: RunningServer) -> None:
    """The answer to `Expect: 100-continue` is then 413 at once."""
    with ExitStack() as stack:
        head = HEAD + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"

        assert received(connected(patient, stack, head)).startswith(b"HTTP/1.1 413 ")


def test_a_chunk_that_is_announced_too_large_is_refused_at_once(patient: RunningServer) -> None:
    """Before any of it was sent, with the limit."""
    with ExitStack() as stack:
        start = time.monotonic()
        reply = received(connected(patient, stack, HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nfffffff\r\n"))

    assert time.monotonic() - start < READ_SECONDS
    assert reply.startswith(b"HTTP/1.1 413 ")
    assert json.loads(reply.partition(b"\r\n\r\n")[2])["limit"] == 8 * 1024 * 1024


def test_a_client_that_goes_on_after_its_refusal_is_cut_off(tmp_path: Path) -> None:
    """Four bodies' worth are thrown away, so that it may see the refusal; then its connection is gone."""
    settings = {"NUTGRAF_WORKERS": "1", "NUTGRAF_MAX_BODY_BYTES": "100000"}
    with running_server(tmp_path, **settings) as server, ExitStack() as stack:
        connection = connected(server, stack, HEAD + b"Content-Length: 999999999\r\n\r\n")
        connection.settimeout(1)
        n_sent, start = 0, time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012 - it comes sooner or later
            while time.monotonic() < start + 4:
                n_sent += connection.send(b"a" * 100_000)

    assert n_sent < 20_000_000  # what the kernel's buffers hold comes on top


def test_who_stops_sending_gets_the_answer_but_no_summary(patient: RunningServer) -> None:
    """Half a close is taken as a whole one where there is work to save: see the reference."""
    get = b"GET /v1/capabilities HTTP/1.1\r\nHost: a\r\n\r\n"
    long = TEXT * 2_000  # some 14,000 sentences: work that is looked at more than once
    post = HEAD + b"Content-Length: %d\r\n\r\n" % len(long) + long
    replies = []
    with ExitStack() as stack:
        for sent in (get, post):
            connection = connected(patient, stack)
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            replies.append(received(connection))

    assert replies[0].startswith(b"HTTP/1.1 200 ")
    assert replies[1].startswith(b"HTTP/1.1 499 ")


def test_a_body_in_another_transfer_coding_is_refused(patient: RunningServer) -> None:
    """Its coded bytes are no text."""
    with ExitStack() as stack:
        sent = HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"

        assert connected(patient, stack, sent).recv(64).startswith(b"HTTP/1.1 415 ")


@pytest.mark.parametrize(("half", "seconds"), [(b"", 8), (HALVES[2], 14)], ids=["nothing", "half a body"])
def test_a_stop_does_not_wait_for_half_a_request(tmp_path: Path, half: bytes, seconds: int) -> None:
    """A connection that has sent nothing is closed soon, one that has sent half a body a little later; it ends well."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, ExitStack() as stack:
        for _ in range(3):
            connected(server, stack, half)
        time.sleep(0.3)
        start = time.monotonic()

        assert server.stop() == 0
        assert time.monotonic() - start < seconds
