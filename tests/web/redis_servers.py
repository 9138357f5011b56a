"""A real Redis on a free port, ended by its id; where there is none the test is skipped, but fails in CI."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import IN_CI


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running_redis(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start a Redis that keeps nothing on disk."""
    program = shutil.which("redis-server")
    if program is None:
        message = "needs redis-server, which is not installed (on Debian: apt-get install redis-server)"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await(port)
        yield process
    finally:
        process.kill()
        process.wait(10)


def _await(port: int) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, "Redis did not start"
            time.sleep(0.05)
        else:
            return
