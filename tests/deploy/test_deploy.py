"""What `deploy/` holds works: nginx before two replicas, and manifests that a cluster would take."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import orjson
import pytest

from service.web.examples import ARTICLE
from tests.conftest import IN_CI
from tests.web.redis_servers import free_port
from tests.web.servers import RunningServer, running_server, until
from tests.web.talk import Talk


@contextmanager
def running_nginx(root: Path, folder: Path, ports: tuple[int, int]) -> Iterator[int]:
    """Start nginx with `deploy/nginx.conf` before two ports of this machine, and give its own."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        message = "needs nginx, which is not installed (on Debian: apt-get install nginx-light)"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)
    port = free_port()
    conf = (root / "deploy" / "nginx.conf").read_text("utf-8")
    for number, replica in enumerate(ports, 1):
        conf = conf.replace(f"nutgraf-{number}:8000", f"127.0.0.1:{replica}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    conf = conf.replace("http {", f"http {{ {paths}").replace("listen 8080", f"listen 127.0.0.1:{port}")
    file = folder / "nginx.conf"
    file.write_text(f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n{conf}", "utf-8")
    process = subprocess.Popen([program, "-c", str(file), "-e", str(folder / "nginx.log")])
    try:
        until((folder / "nginx.pid").exists)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def asked(port: int) -> str:
    """Send one article through a proxy; return the status, or what went wrong."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/v1/summaries", ARTICLE.encode(), {"Content-Type": "text/plain"})
        reply = connection.getresponse()
        reply.read()
        return str(reply.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


@pytest.mark.parametrize(
    "n_requests", [pytest.param(300, id="300"), pytest.param(10_000, id="10000", marks=pytest.mark.load)]
)
def test_a_rolling_restart_behind_nginx_loses_no_request(root: Path, tmp_path: Path, n_requests: int) -> None:
    """Each replica is stopped and started again under load."""
    ports = (free_port(), free_port())
    settings = {"NUTGRAF_WORKERS": "1", "NUTGRAF_TRUSTED_PROXIES": "1"}
    folders = [tmp_path / f"{number}" for number in range(4)]
    for folder in folders:
        folder.mkdir()
    ends: Counter[str] = Counter()
    restarted = threading.Event()

    with ExitStack() as stack:
        first, second = (
            stack.enter_context(running_server(folder, PORT=str(port), **settings))
            for folder, port in zip(folders, ports, strict=False)
        )
        port = stack.enter_context(running_nginx(root, tmp_path, ports))

        def load() -> None:
            while ends.total() < n_requests or not restarted.is_set():
                ends[asked(port)] += 1

        with ThreadPoolExecutor(4) as pool:
            for _ in range(4):
                pool.submit(load)
            try:
                until(lambda: ends.total() > 50, seconds=30)
                assert first.stop() == 0
                stack.enter_context(running_server(folders[2], PORT=str(ports[0]), **settings))
                assert second.stop() == 0
                stack.enter_context(running_server(folders[3], PORT=str(ports[1]), **settings))
            finally:
                restarted.set()

    print(f"\n{dict(ends)}")
    assert set(ends) == {"200"}
    assert ends.total() >= n_requests


def test_the_client_is_seen_through_nginx(root: Path, tmp_path: Path) -> None:
    """By its address, whatever it claims itself; and /metrics is not for everyone."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_TRUSTED_PROXIES="1") as server:
        proxy_folder = tmp_path / "nginx"
        proxy_folder.mkdir()
        with running_nginx(root, proxy_folder, (server.port, server.port)) as port:
            through = RunningServer(port, server.process, server.log_file)
            reply = through.request("GET", "/v1/capabilities", X_Forwarded_For="6.6.6.6", X_Request_ID="seen")
            assert reply.status_code == 200
            assert through.request("GET", "/metrics").status_code == 404
        [line] = [line for line in server.log() if line.get("request_id") == "seen"]

    assert line["client"] == "127.0.0.1"


def test_a_batch_streams_through_nginx(root: Path, tmp_path: Path) -> None:
    """A line is answered before the next is sent."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, ExitStack() as stack:
        proxy_folder = tmp_path / "nginx"
        proxy_folder.mkdir()
        port = stack.enter_context(running_nginx(root, proxy_folder, (server.port, server.port)))
        talk = stack.enter_context(closing(Talk(RunningServer(port, server.process, server.log_file))))
        for number in range(1, 4):
            talk.say(orjson.dumps({"id": number, "text": ARTICLE}))
            assert talk.hear()["id"] == number
        talk.end()
        assert talk.hear() == {}


def test_the_manifests_are_what_kubernetes_takes(root: Path) -> None:
    """Every field is known and has its type."""
    command = [str(Path(sys.executable).with_name("kubernetes-validate")), "--strict"]
    manifests = sorted(map(str, (root / "deploy" / "kubernetes").glob("*.yaml")))

    ended = subprocess.run([*command, *manifests], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
