"""The corpus against a real server of one worker: the right status, a bounded cost, and silence about the text."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.hostile.corpus import CANARY, CLOSED, Hostile, corpus
from tests.web.servers import RunningServer, uncovered_server, until

READ_SECONDS = 1
MOST_CPU_SECONDS = 1.0
MOST_MEGABYTES = 256
CASES = corpus()
WRONG_NAMES = {"JSON with two hundred thousand fields", "an option that is none"}
"""Cases whose canary is the name of an option; to a wrong one the error says that there is none of that name."""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One worker, which waits a second for a client."""
    folder = tmp_path_factory.mktemp("target")
    with uncovered_server(folder, NUTGRAF_WORKERS="1", NUTGRAF_READ_SECONDS=str(READ_SECONDS)) as one:
        yield one


def worker(server: RunningServer) -> int:
    """The process id of the one worker."""
    pid = server.process.pid
    [child] = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return int(child)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int, field: str) -> float:
    """`VmRSS`, or `VmHWM`: the most since `forget_peak`."""
    found = re.search(rf"^{field}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def forget_peak(pid: int) -> None:
    """Let `VmHWM` start from what is used now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def exchanged(server: RunningServer, hostile: Hostile) -> bytes:
    """Send a case and return everything that comes back, until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        sender = threading.Thread(target=_send, args=(connection, hostile))
        sender.start()
        replies = []
        with suppress(ConnectionError):
            while piece := connection.recv(1 << 20):
                replies.append(piece)
        sender.join()
        return b"".join(replies)


def _send(connection: socket.socket, hostile: Hostile) -> None:
    with suppress(OSError):  # a server need not read on once it has refused
        connection.sendall(hostile.sent)
        if hostile.ends:
            connection.shutdown(socket.SHUT_WR)


def timed(server: RunningServer, hostile: Hostile) -> tuple[float, bytes]:
    """Send a case; the processor seconds that the worker took, and the reply."""
    pid = worker(server)
    before = cpu_seconds(pid)
    reply = exchanged(server, hostile)
    return cpu_seconds(pid) - before, reply


def test_the_corpus_is_large_and_each_name_stands_once() -> None:
    """At least eighty."""
    assert len({one.name for one in CASES}) == len(CASES) >= 80


@pytest.mark.parametrize("hostile", CASES, ids=[one.name for one in CASES])
def test_a_hostile_input_is_refused_or_answered_at_bounded_cost(target: RunningServer, hostile: Hostile) -> None:
    """Its status is right, it costs little, its text is nowhere, and the worker is the same one and answers.

    What else a machine does only adds to the processor time: where it is over its bound, the least of three counts.
    """
    pid = worker(target)
    forget_peak(pid)
    memory, start = megabytes(pid, "VmRSS"), time.monotonic()
    taken, reply = timed(target, hostile)

    statuses = {int(found) for found in re.findall(rb"(?:^|})HTTP/1\.1 (\d{3}) ", reply)} or {CLOSED}
    assert statuses <= hostile.statuses
    assert megabytes(pid, "VmHWM") - memory < MOST_MEGABYTES
    assert time.monotonic() - start < READ_SECONDS + 8
    assert taken < MOST_CPU_SECONDS or min(timed(target, hostile)[0] for _ in range(2)) < MOST_CPU_SECONDS
    if not statuses & {200, 206} and hostile.name not in WRONG_NAMES:
        assert CANARY.encode() not in reply
    assert worker(target) == pid
    assert target.request("GET", "/livez").status_code == 200


def test_the_text_is_nowhere_afterwards(target: RunningServer) -> None:
    """Neither in the log nor in the metrics, whatever was refused before."""
    for hostile in CASES[::7]:
        exchanged(target, hostile)
    until(lambda: b"\nnutgraf_slots_busy 0\n" in target.request("GET", "/metrics").data)

    told = target.log_file.read_bytes() + target.request("GET", "/metrics").data
    assert CANARY.lower().encode() not in told.lower()
    assert b"Traceback" not in told
