"""Streamed requests: answered while they come, in bounded memory, without taking anything from the others."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.web.servers import RunningServer, environment, running_program, until

BATCHES = 2
READ_SECONDS = 3
PROGRAM = Path(__file__).with_name("streaming_server.py")
HEAD = b"POST /stream HTTP/1.1\r\nHost: a\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@contextmanager
def streaming(folder: Path) -> Iterator[RunningServer]:
    """A server of one worker."""
    environ = environment(PYTHONPATH=os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]))
    with running_program(folder, [str(PROGRAM), str(BATCHES), str(READ_SECONDS)], environ) as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One for the tests that leave it as it was."""
    with streaming(tmp_path_factory.mktemp("streaming")) as one:
        yield one


def connected(server: RunningServer, stack: ExitStack, sent: bytes = b"") -> socket.socket:
    """A connection that has sent some bytes."""
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
    connection.sendall(sent)
    return connection


def received(connection: socket.socket, until_seen: bytes = b"\0") -> bytes:
    """What comes until something is seen, or the server closes."""
    got = b""
    while until_seen not in got and (piece := connection.recv(65536)):
        got += piece
    return got


def logged(server: RunningServer, event: str) -> list[dict[str, object]]:
    """The lines of an event."""
    return [line for line in server.log() if line["event"] == event]


@pytest.mark.parametrize(
    ("head", "lines", "end"),
    [
        (HEAD + b"Content-Length: 8\r\n\r\n", [b"one\n", b"two\n"], b""),
        (CHUNKED, [b"4\r\none\n\r\n", b"4\r\ntwo\n\r\n"], b"0\r\n\r\n"),
        (CHUNKED, [b"8\r\none\n", b"two\n\r\n"], b"0\r\n\r\n"),
        (CHUNKED.replace(b" /stream", b" /news/stream?a=b"), [b"4\r\none\n\r\n", b"4\r\ntwo\n\r\n"], b"0\r\n\r\n"),
    ],
    ids=["length", "chunks", "half a chunk", "prefix"],
)
def test_a_line_is_answered_before_the_next_is_sent(
    server: RunningServer, head: bytes, lines: list[bytes], end: bytes
) -> None:
    """With Content-Length and in chunks; the connection ends with the reply."""
    last = b""
    with ExitStack() as stack:
        connection = connected(server, stack, head)
        for line, answer in zip(lines, (b"ONE\n", b"TWO\n"), strict=True):
            connection.sendall(line)
            last = received(connection, answer)
            assert answer in last
        connection.sendall(end)
        last += received(connection)

    assert last.endswith(b"6\r\nwhole\n\r\n0\r\n\r\n")


def test_a_body_that_came_with_its_head_is_read_too(server: RunningServer) -> None:
    """And what follows it on the connection is not."""
    with ExitStack() as stack:
        reply = received(connected(server, stack, HEAD + b"Content-Length: 4\r\n\r\none\nGET /livez HTTP/1.1\r\n\r\n"))

    assert b"\r\nConnection: close\r\n" in reply
    assert (reply.count(b"HTTP/1.1 "), b"ONE\n" in reply, b"whole\n" in reply) == (1, True, True)


def test_a_body_larger_than_the_limit_passes_in_little_memory(server: RunningServer) -> None:
    """Thirty-two megabytes, four times what another request may have, sent and read at once."""
    piece = b"40000\r\n" + (b"a" * 65535 + b"\n") * 4 + b"\r\n"
    with ExitStack() as stack:  # answered: the worker is there, which the master forks after it has begun to listen
        received(connected(server, stack, HEAD + b"Content-Length: 4\r\n\r\none\n"))
    [worker] = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("ascii").split()

    def kilobytes() -> int:
        return int(re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{worker}/status").read_text("ascii"))[0])

    before = kilobytes()
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(1))
        connection = connected(server, stack, CHUNKED)
        sent = pool.submit(connection.sendall, piece * 128 + b"0\r\n\r\n")
        n_bytes, end = 0, b""
        while got := connection.recv(1_000_000):
            n_bytes, end = n_bytes + len(got), (end + got)[-100:]
        sent.result()

    assert n_bytes > 32 * 1024 * 1024
    assert end.endswith(b"whole\n\r\n0\r\n\r\n")
    assert kilobytes() - before < 8_000


def test_a_go_ahead_comes_when_the_body_is_read(server: RunningServer) -> None:
    """Who is refused is not invited."""
    expecting = HEAD + b"Expect: 100-continue\r\nContent-Length: 4\r\n\r\n"
    with ExitStack() as stack:
        connection = connected(server, stack, expecting)
        assert received(connection, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"one\n")
        assert received(connection).count(b"HTTP/1.1 ") == 1

        refused = received(connected(server, stack, expecting.replace(b"/stream", b"/stream?refuse")))

    assert refused.startswith(b"HTTP/1.1 401 ")


def test_more_streams_than_allowed_are_told_to_come_back_and_take_nobodys_thread(server: RunningServer) -> None:
    """Two stay open, six more get 503, and the others are answered all the while."""
    with ExitStack() as stack:
        streams = [connected(server, stack, CHUNKED) for _ in range(BATCHES)]
        time.sleep(0.2)
        for _ in range(6):
            reply = received(connected(server, stack, CHUNKED))
            assert reply.startswith(b"HTTP/1.1 503 ")
            assert b"\r\nRetry-After: 1\r\n" in reply
        for _ in range(20):
            assert server.request("GET", "/livez").status_code == 200
        for stream in streams:
            stream.sendall(b"0\r\n\r\n")
            assert b"whole" in received(stream)
        reply = received(connected(server, stack, CHUNKED + b"0\r\n\r\n"))

    assert reply.startswith(b"HTTP/1.1 200 ")


def test_a_client_that_sends_nothing_more_is_waited_for_so_long(server: RunningServer) -> None:
    """The application is told, and can still say so."""
    with ExitStack() as stack:
        start = time.monotonic()
        reply = received(connected(server, stack, HEAD + b"Content-Length: 8\r\n\r\none\n"))

    assert READ_SECONDS - 0.5 < time.monotonic() - start < READ_SECONDS + 2
    assert b"TimeoutError\n" in reply


@pytest.mark.parametrize("head", [CHUNKED + b"8\r\none\n", HEAD + b"Content-Length: 8\r\n\r\none\n"])
def test_a_client_that_leaves_is_noticed(server: RunningServer, head: bytes) -> None:
    """Before the body's end: the reader gets an error, not an end."""
    before = len(logged(server, "body"))
    with ExitStack() as stack:
        assert b"ONE\n" in received(connected(server, stack, head), b"ONE\n")

    until(lambda: len(logged(server, "body")) > before)
    assert logged(server, "body")[-1]["end"] == "NoMoreData"


def test_broken_chunks_are_an_error_too(server: RunningServer) -> None:
    """Not the end of the body."""
    with ExitStack() as stack:
        reply = received(connected(server, stack, CHUNKED + b"4\r\none\n\r\nzz\r\n"))

    assert b"InvalidChunkSize\n" in reply


def test_a_client_that_does_not_read_stops_the_writer_and_is_cut_off(server: RunningServer) -> None:
    """A hundred megabytes are not made for it: as much as the kernel's buffers take."""
    before = len(logged(server, "flood"))
    with ExitStack() as stack:
        connected(server, stack, CHUNKED.replace(b"/stream", b"/stream?flood"))
        until(lambda: len(logged(server, "flood")) > before, seconds=READ_SECONDS + 5)

    pieces = logged(server, "flood")[-1]["pieces"]
    assert isinstance(pieces, int)
    assert pieces < 200
    assert logged(server, "refused")[-1]["error"] == "slow-reader"


def test_a_client_that_reads_slowly_gets_everything(server: RunningServer) -> None:
    """Back-pressure, not an end."""
    n_bytes = 0
    with ExitStack() as stack:
        connection = connected(server, stack, CHUNKED.replace(b"/stream", b"/stream?flood"))
        while piece := connection.recv(1_000_000):
            n_bytes += len(piece)
            if n_bytes < 30_000_000:
                time.sleep(0.01)

    assert n_bytes > 100_000_000


def test_a_stop_is_told_to_the_application_and_waits_for_no_silent_client(tmp_path: Path) -> None:
    """One stream at work ends in order, one that waits for its client within two seconds; the exit code is 0."""
    with streaming(tmp_path) as server, ExitStack() as stack:
        silent = connected(server, stack, CHUNKED)  # first: once the other is answered, this one was accepted
        working = connected(server, stack, CHUNKED + b"6\r\nsleep\n\r\n" * 100)
        assert b"SLEEP" in received(working, b"SLEEP")
        start = time.monotonic()
        assert server.stop() == 0

        assert time.monotonic() - start < 12
        assert b"stopping\n" in received(working)
        assert b"TimeoutError\n" in received(silent)


def test_a_head_that_is_refused_early_ends_the_connection_and_reads_no_more(server: RunningServer) -> None:
    """The rest of its body is not another request."""
    with ExitStack() as stack:
        connection = connected(server, stack, CHUNKED.replace(b"/stream", b"/stream?refuse"))
        reply = received(connection)
        with suppress(OSError):
            connection.sendall(b"1a\r\nGET /livez HTTP/1.1\r\n\r\n\r\n\r\n0\r\n\r\n")

    assert reply.startswith(b"HTTP/1.1 401 ")
    assert b"\r\nConnection: close\r\n" in reply
