"""Lines in while answers go out, over a pair of sockets: who reads slowly is waited for, who does not is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pytest

from service.errors import BatchTooLargeError
from service.web.exchange import KEPT_BYTES, Exchange
from service.web.problems import UnreadAnswersError

LINE = b"x" * 3999
N_LINES = 2 * KEPT_BYTES // len(LINE)
PATIENCE_SECONDS = 0.4


def exchange(content: bytes, *, max_line_bytes: int = 10, max_bytes: int = 10**9) -> Exchange:
    """An exchange whose body is here already, and that never waits."""
    return Exchange(BytesIO(content), None, max_line_bytes=max_line_bytes, max_bytes=max_bytes, patience_seconds=1)


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"a\nb\n", [b"a", b"b"]),
        (b"a\n\nb", [b"a", b"", b"b"]),
        (b"a\r\n\0\n", [b"a\r", b"\0"]),
        (b"0123456789\n0123456789X\n0123456789XYZ\nb", [b"0123456789", b"0123456789X", b"0123456789X", b"b"]),
        (b"y" * 1_000_000 + b"\nb", [b"y" * 11, b"b"]),
        (b"y" * 1_000_000, [b"y" * 11]),
    ],
)
def test_lines_are_cut_one_byte_over_the_limit(content: bytes, lines: list[bytes]) -> None:
    """As long as they need be for it to be seen."""
    assert [line[:11] for line in exchange(content).lines()] == lines
    assert max((len(line) for line in exchange(content).lines()), default=0) <= 11


def test_past_its_bytes_a_batch_ends() -> None:
    """With what is whole before."""
    heard = []

    with pytest.raises(BatchTooLargeError):
        heard += list(exchange(b"a\n" * 100_000, max_bytes=1000).lines())

    assert exchange(b"a\n" * 500, max_bytes=1000).bytes_in == 0
    assert len(list(exchange(b"a\n" * 500, max_bytes=1000).lines())) == 500


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Our side and the client's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def echo(ours: socket.socket, ends: list[object]) -> None:
    """Answer each line with itself; note how many there were, and what ended them."""
    n_lines = 0
    with ours.makefile("rb") as body:
        found = Exchange(body, ours, max_line_bytes=10_000, max_bytes=10**9, patience_seconds=PATIENCE_SECONDS)
        try:
            for line in found.lines():
                n_lines += 1
                for piece in found.sent(line + b"\n"):
                    ours.sendall(piece)
        except UnreadAnswersError as error:
            ends.append(type(error))
    ends.append(n_lines)
    ours.shutdown(socket.SHUT_WR)


def say(theirs: socket.socket) -> None:
    """Send all lines."""
    for _ in range(N_LINES):
        theirs.sendall(LINE + b"\n")
    theirs.shutdown(socket.SHUT_WR)


def hear(theirs: socket.socket) -> int:
    """Read to the end; return how many bytes came."""
    return sum(len(piece) for piece in iter(lambda: theirs.recv(65536), b""))


def test_who_reads_slowly_is_waited_for(pair: tuple[socket.socket, socket.socket]) -> None:
    """However many times its patience the whole takes: what counts is that it reads at all."""
    ours, theirs = pair
    ends: list[object] = []
    threads = [threading.Thread(target=echo, args=(ours, ends)), threading.Thread(target=say, args=(theirs,))]
    for thread in threads:
        thread.start()
    n_bytes = 0
    for _ in range(40):
        n_bytes += len(theirs.recv(4000))
        time.sleep(PATIENCE_SECONDS / 4)
    n_bytes += hear(theirs)
    for thread in threads:
        thread.join()

    assert ends == [N_LINES]
    assert n_bytes == N_LINES * len(LINE + b"\n")


def test_who_does_not_read_until_all_is_said_is_told(pair: tuple[socket.socket, socket.socket]) -> None:
    """And answered as far as it was kept."""
    ours, theirs = pair
    ends: list[object] = []
    thread = threading.Thread(target=echo, args=(ours, ends))
    thread.start()
    say(theirs)
    n_bytes = hear(theirs)
    thread.join()

    error, n_lines = ends
    assert error is UnreadAnswersError
    assert isinstance(n_lines, int)
    assert KEPT_BYTES // 4000 <= n_lines < N_LINES
    assert n_bytes == n_lines * 4000
