"""Requests a second: Nutgraf beside a no-op endpoint and sumy in a handler, under the same gunicorn, driven by wrk.

    make bench-http                       the table of docs/explanation/performance.md; needs wrk, five minutes
    python -m benchmarks.http --seconds 5 --only nutgraf

Bodies are articles of about 800 words, 4,000 of them, no sentence in two. Each service is started afresh with one and
with two workers, and driven by four connections a worker. Everything is on loopback and shares the machine's cores with
the load, so compare rows of one run.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.sampling import own_memory
from benchmarks.texts import article

HERE = Path(__file__).parent
N_BODIES, N_SENTENCES = 4000, 34
CONNECTIONS_A_WORKER = 4
SERVICES = {"no-op": "benchmarks.noop_service", "nutgraf": "service", "sumy, naive": "benchmarks.naive_service"}
_SCRIPT = """
local bodies, n = {}, 0
for line in io.lines("%s") do n = n + 1; bodies[n] = line end
local next = 0
request = function()
  next = next %% n + 1
  return wrk.format("POST", "/v1/summaries", {["Content-Type"] = "application/json"}, bodies[next])
end
"""
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


class Served(NamedTuple):
    """A service that answers."""

    master: int
    port: int
    ready_seconds: float

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        return [int(pid) for pid in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()]

    def cpu_seconds(self) -> float:
        """Return the CPU time that the workers have taken."""
        ticks = 0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return the proportional set size of a worker, in MiB."""
        return statistics.mean(map(own_memory, self.workers()))


class Load(NamedTuple):
    """What wrk saw."""

    requests_a_second: float
    p50: float
    p99: float
    errors: int


def serve(name: str, port: int, workers: int) -> None:
    """Serve one of `SERVICES` under Nutgraf's gunicorn settings, until a signal."""
    from importlib import import_module

    from service.settings import Settings
    from service.web import server, telemetry

    settings = Settings(port=port, workers=workers, log_level="error")
    telemetry.configure(settings.log_level)
    if name == "nutgraf":
        server.Server(settings).run()

    class Other(server.Server):
        def load(self) -> Any:  # noqa: ANN401 - another application
            return import_module(SERVICES[name]).app

    Other(settings).run()


@contextmanager
def started(name: str, workers: int) -> Iterator[Served]:
    """Start a service; stop it, by its process id, at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.http", "--serve", name, str(port), str(workers)]
    begun = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > begun + 60:
                raise SystemExit(f"{name} did not start.")
            time.sleep(0.02)
        yield Served(process.pid, port, time.monotonic() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        return _get(port, "/readyz") == http.HTTPStatus.OK
    except OSError:
        return False


def _get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        reply.read()
        return reply.status
    finally:
        connection.close()


def drive(port: int, script: Path, connections: int, seconds: int) -> Load:
    """Drive a service with wrk, as fast as it answers."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script)]
    shown = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"], capture_output=True, check=True, text=True, timeout=seconds + 60
    ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", shown)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", shown)
    if found is None:
        raise SystemExit(f"wrk said:\n{shown}")
    return Load(float(found[1]), _latency(shown, 50), _latency(shown, 99), int(errors[1]) if errors else 0)


def _latency(shown: str, percentile: int) -> float:
    found = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)\b", shown)
    return float(found[1]) * _UNITS[found[2]] if found else float("nan")


def paced(port: int, bodies: Sequence[str], rate: float, seconds: int) -> list[float]:
    """Send requests at a steady rate, whatever the answers take; return milliseconds from when each was due."""
    n_requests, n_threads = int(rate * seconds), 16
    begun = time.monotonic() + 0.2
    taken: list[float] = []

    def send(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(first, n_requests, n_threads):
            due = begun + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            body = bodies[number % len(bodies)].encode()
            connection.request("POST", "/v1/summaries", body, {"Content-Type": "application/json"})
            connection.getresponse().read()
            taken.append(1000 * (time.monotonic() - due))
        connection.close()

    threads = [threading.Thread(target=send, args=(first,)) for first in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def probed(port: int, path: str, seconds: float) -> list[float]:
    """Ask a probe twenty times a second; return milliseconds."""
    taken, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        asked = time.monotonic()
        _get(port, path)
        taken.append(1000 * (time.monotonic() - asked))
        time.sleep(0.05)
    return taken


def _percentile(values: Sequence[float], percentile: int) -> float:
    return statistics.quantiles(values, n=100)[percentile - 1]


def measure(name: str, workers: int, script: Path, bodies: Sequence[str], seconds: int) -> Load:
    """Measure a service and print its row; for Nutgraf with one worker also what happens at 70 % and to probes."""
    with started(name, workers) as served:
        connections = CONNECTIONS_A_WORKER * workers
        drive(served.port, script, connections, 2)  # warm
        before = served.cpu_seconds()
        load = drive(served.port, script, connections, seconds)
        per_cpu = load.requests_a_second * seconds / (served.cpu_seconds() - before)
        cells = [f"{load.requests_a_second:,.0f}", f"{per_cpu:,.0f}", f"{load.p50:.1f}", f"{load.p99:.1f}"]
        cells += [f"{served.memory():.0f}", f"{served.ready_seconds:.1f}", str(load.errors)]
        print(f"| {name} | {workers} | {' | '.join(cells)} |", flush=True)
        if name == "nutgraf" and workers == 1:
            taken = paced(served.port, bodies, 0.7 * load.requests_a_second, seconds)
            p50, p99 = _percentile(taken, 50), _percentile(taken, 99)
            driven = threading.Thread(target=drive, args=(served.port, script, connections, seconds))
            driven.start()
            probes = probed(served.port, "/livez", seconds - 1)
            driven.join()
            print(
                f"\nAt 70 % of that rate: p50 {p50:.1f} ms, p99 {p99:.1f} ms ({p99 / p50:.1f} ×). "
                f"/livez while saturated: p50 {_percentile(probes, 50):.1f} ms, p99 {_percentile(probes, 99):.1f} ms.\n"
            )
    return load


def main() -> None:
    """Print a row for each service and number of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=20, help="of each measurement (the default: 20)")
    parser.add_argument("--only", nargs="+", choices=list(SERVICES), default=list(SERVICES), metavar="NAME")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2], metavar="N")
    parser.add_argument("--serve", nargs=3, metavar=("NAME", "PORT", "WORKERS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        name, port, workers = given.serve
        serve(name, int(port), int(workers))
        return
    bodies = [json.dumps({"text": article(N_SENTENCES, seed)}) for seed in range(N_BODIES)]
    with tempfile.TemporaryDirectory() as folder:
        lines, script = Path(folder, "bodies"), Path(folder, "bodies.lua")
        lines.write_text("\n".join(bodies), "utf-8")
        script.write_text(_SCRIPT % lines, "utf-8")
        print("| service | workers | requests/s | a CPU s | p50 ms | p99 ms | PSS MiB | ready s | errors |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for workers in given.workers:
            for name in given.only:
                measure(name, workers, script, bodies, given.seconds)


if __name__ == "__main__":
    main()
