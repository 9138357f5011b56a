"""Real servers: `nutgraf serve` as a process on a free port, ended by its id."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.web.examples import ARTICLE

START_SECONDS = 60
STOP_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    """A reply, in the words of Flask's test client."""

    status_code: int
    headers: http.client.HTTPMessage
    data: bytes


@dataclass(frozen=True)
class RunningServer:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]
    log_file: Path

    def request(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        **headers: str,
    ) -> Answer:
        """Send one request on a connection of its own; an iterable body goes in chunks, without Content-Length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            reply = connection.getresponse()
            return Answer(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def log(self) -> list[dict[str, Any]]:
        """Return the lines logged so far; every one is JSON."""
        return [json.loads(line) for line in self.log_file.read_text("utf-8").splitlines()]

    def stop(self, *, with_signal: int = signal.SIGTERM) -> int:
        """End the server and return its exit code."""
        self.process.send_signal(with_signal)
        return self.process.wait(STOP_SECONDS)


def running_server(folder: Path, **settings: str) -> AbstractContextManager[RunningServer]:
    """Start a server with `settings` in its environment; its log goes to a file in `folder`."""
    return _started(folder, environment(**{"PORT": "0", **settings}))


def uncovered_server(folder: Path, **settings: str) -> AbstractContextManager[RunningServer]:
    """Start a server at whose work coverage does not look on, which would double what everything costs."""
    environ = environment(**{"PORT": "0", **settings})
    kept = {name: value for name, value in environ.items() if not name.startswith("COVERAGE_PROCESS_")}
    return _started(folder, kept)


@contextmanager
def _started(folder: Path, environ: Mapping[str, str]) -> Iterator[RunningServer]:
    with running_program(folder, ["-m", "service.cli", "serve"], environ) as server:
        assert server.request("GET", "/readyz").status_code == 200
        yield server


@contextmanager
def running_program(folder: Path, arguments: list[str], environ: Mapping[str, str]) -> Iterator[RunningServer]:
    """Start Python with `arguments`, which starts a server; its log goes to a file in `folder`."""
    log_file = folder / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=environ,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield RunningServer(_port(process, log_file), process, log_file)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(STOP_SECONDS)


@contextmanager
def steady_load(
    server: RunningServer, *, clients: int = 3, body: bytes = ARTICLE.encode(), **headers: str
) -> Iterator[Counter[str]]:
    """Clients that ask for summaries one after another, each on a connection of its own; counts what they got."""
    ends: Counter[str] = Counter()
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                reply = server.request("POST", "/v1/summaries", body, Content_Type="text/plain", **headers)
                ends[str(reply.status_code)] += 1
            except OSError as error:
                ends[type(error).__name__] += 1

    with ThreadPoolExecutor(clients) as pool:
        for _ in range(clients):
            pool.submit(ask)
        try:
            yield ends
        finally:
            over.set()


def until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.005)


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment with `settings`, and no other setting of Nutgraf's."""
    kept = {name: value for name, value in os.environ.items() if name != "PORT" and not name.startswith("NUTGRAF_")}
    return kept | settings


def _port(process: subprocess.Popen[bytes], log_file: Path) -> int:
    """Wait until the server says where it listens."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"Listening at: http://[^ ]*:(\d+)", log_file.read_text("utf-8"))
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log_file.read_text('utf-8')}")
