"""Real gunicorn, as `nutgraf serve` starts it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from gunicorn.http import errors as framing

from service.settings import inherits_sockets, settings_from_environ
from service.web.app import create_app
from service.web.examples import ARTICLE
from service.web.headers import security_headers
from service.web.measurements import Measurements
from service.web.refusals import refusal_for
from service.web.server import Server, gunicorn_settings, warm_up
from tests.web.problem_shape import assert_problem
from tests.web.servers import START_SECONDS, Answer, RunningServer, environment, running_server

PATH = "/v1/summaries"


def test_it_answers_and_its_log_is_json_without_the_text(server: RunningServer) -> None:
    """A request is answered with its id, and leaves one line of JSON that holds nothing of it."""
    reply = server.request(
        "POST", f"{PATH}?title=Quokka", ARTICLE.encode(), Content_Type="text/plain", X_Request_ID="from-outside"
    )

    assert (reply.status_code, reply.headers["X-Request-ID"]) == (200, "from-outside")
    [line] = [line for line in server.log() if line.get("request_id") == "from-outside"]
    assert (line["event"], line["status"], line["route"]) == ("request", 200, PATH)
    logged = server.log_file.read_text("utf-8")
    assert "Quokka" not in logged
    assert "Lindholm" not in logged


def test_no_version_of_the_server_is_told(server: RunningServer) -> None:
    """Who attacks need not know which one runs."""
    assert server.request("GET", "/livez").headers["Server"] == "gunicorn"


def test_all_workers_and_threads_give_the_same_bytes(server: RunningServer) -> None:
    """Forty requests at once, over two workers and their threads, have one answer."""
    body = json.dumps({"text": ARTICLE, "include": ["keywords", "blocks", "explanation", "text"]}).encode()

    def ask(_: int) -> bytes:
        return server.request("POST", PATH, body, Content_Type="application/json").data

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(40)))) == 1


def chunks(n_bytes: int) -> Iterator[bytes]:
    """Yield so many bytes of text in pieces, so that no Content-Length can be sent."""
    for _ in range(n_bytes // 1000):
        yield b"A ferry. " * 111 + b"\n"


def test_a_chunked_body_is_read_whole(server: RunningServer) -> None:
    """Without Content-Length every byte counts, just as with it."""
    chunked = server.request("POST", PATH, chunks(50_000), Content_Type="text/plain")
    whole = server.request("POST", PATH, b"".join(chunks(50_000)), Content_Type="text/plain")

    assert json.loads(chunked.data)["stats"]["characters"] == 50_000
    assert chunked.data == whole.data


def test_a_body_over_the_limit_is_refused_with_and_without_its_length(server: RunningServer) -> None:
    """413 says the limit, and the size where it is known; the connection is fit for use afterwards."""
    chunked = server.request("POST", PATH, chunks(300_000), Content_Type="text/plain")
    whole = server.request("POST", PATH, b" " * 300_000, Content_Type="text/plain")

    assert "size" not in assert_problem(chunked, 413, "body-too-large")
    assert assert_problem(whole, 413, "body-too-large")["size"] == 300_000
    assert assert_problem(chunked, 413, "body-too-large")["limit"] == 100_000


def test_a_body_of_just_the_limit_is_accepted_in_chunks(server: RunningServer) -> None:
    """The limit is not off by one."""
    assert server.request("POST", PATH, chunks(100_000), Content_Type="text/plain").status_code == 200


def exchanged(server: RunningServer, sent: bytes) -> Answer:
    """Send raw bytes and return the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        reply = http.client.HTTPResponse(connection)
        reply.begin()
        return Answer(reply.status, reply.headers, reply.read())


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST /v1/summaries HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nshort", 400),
        (
            b"POST /v1/summaries HTTP/1.1\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            400,
        ),
        (b"GET /?title=Quokka\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: rot13\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    ],
)
def test_broken_http_is_a_problem_too(server: RunningServer, sent: bytes, status: int) -> None:
    """What is refused before the application sees it has the same shape and headers, and its words are not logged."""
    reply = exchanged(server, sent)

    assert_problem(reply, status, json.loads(reply.data)["type"].removeprefix("urn:nutgraf:"))
    assert security_headers().items() <= dict(reply.headers).items()
    assert reply.headers["X-Request-ID"] in {line.get("request_id") for line in server.log()}
    assert "Quokka" not in server.log_file.read_text("utf-8")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (framing.LimitRequestLine(1, 1), 414),
        (framing.ExpectationFailed("x"), 417),
        (framing.InvalidHeader("x"), 400),
        (ValueError("x"), 500),
    ],
)
def test_refusals_have_a_status(error: Exception, status: int) -> None:
    """The errors of gunicorn and ours have their own."""
    assert refusal_for(error)[0] == status


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_exit_code_zero(tmp_path: Path, with_signal: int) -> None:
    """The server stops in order, and its last words are JSON as well."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_URL_PREFIX="/news") as server:
        assert server.request("GET", "/readyz").status_code == 200
        assert server.request("GET", "/news/v1/capabilities").status_code == 200

        assert server.stop(with_signal=with_signal) == 0

        assert server.log()[-1]["message"] == "Shutting down: Master"


def test_it_writes_no_file(tmp_path: Path) -> None:
    """Its working directory, home and temporary folder stay empty: it runs on a read-only file system."""
    folders = {name: tmp_path / name for name in ("home", "tmp", "run")}
    for folder in folders.values():
        folder.mkdir()
    settings = {"HOME": str(folders["home"]), "TMPDIR": str(folders["tmp"]), "XDG_RUNTIME_DIR": str(folders["run"])}

    with running_server(tmp_path, NUTGRAF_WORKERS="1", **settings) as server:
        server.request("POST", PATH, ARTICLE.encode(), Content_Type="text/plain")

        assert [list(folder.iterdir()) for folder in folders.values()] == [[], [], []]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'; wanted is a whole number."),
        ({"NUTGRAF_QUOKKA": "1"}, "There is no setting NUTGRAF_QUOKKA."),
        ({"NUTGRAF_THREADS": "10"}, "NUTGRAF_THREADS is '10'; wanted is more than"),
        ({"NUTGRAF_HOST": "nosuch.invalid", "PORT": "0"}, "NUTGRAF_HOST is 'nosuch.invalid' and PORT is '0', where"),
        ({"NUTGRAF_HOST": "::::", "PORT": "0"}, "NUTGRAF_HOST is '::::' and PORT is '0', where"),
        ({"NUTGRAF_HOST": "a..b", "PORT": "0"}, "NUTGRAF_HOST is 'a..b' and PORT is '0', where"),
        ({"NUTGRAF_HOST": "192.0.2.1", "PORT": "0"}, "NUTGRAF_HOST is '192.0.2.1' and PORT is '0', where"),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_sentence(settings: dict[str, str], words: str) -> None:
    """Exit code 2, one line, no traceback."""
    command = [sys.executable, "-m", "service.cli", "serve"]

    ended = subprocess.run(
        command, env=environment(**settings), capture_output=True, text=True, check=False, timeout=30
    )

    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_taken_port_stops_the_start_with_a_sentence() -> None:
    """At once, and not after all is loaded and tried again for five seconds."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "service.cli", "serve", "--port", port]
        ended = subprocess.run(
            command, env=environment(), capture_output=True, text=True, check=False, timeout=START_SECONDS
        )

    assert ended.returncode == 2
    assert f"PORT is '{port}', where the service cannot listen (Address already in use)" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""  # gunicorn did not begin


def test_sockets_that_are_bound_already_are_not_tried() -> None:
    """They would be found taken: by systemd, or by the server that this one is to follow."""
    assert inherits_sockets({"LISTEN_FDS": "1"})
    assert inherits_sockets({"GUNICORN_FD": "3"})
    assert not inherits_sockets({"PORT": "1"})


def test_settings_become_gunicorns() -> None:
    """Every name is one of gunicorn's, and no control socket or access log is on."""
    settings = settings_from_environ(
        {"NUTGRAF_HOST": "::1", "PORT": "81", "NUTGRAF_WORKERS": "3", "NUTGRAF_THREADS": "15"}
    )

    cfg = Server(settings).cfg

    assert (cfg.address, cfg.workers, cfg.threads) == ([("::1", 81)], 3, 15)
    assert (cfg.control_socket_disable, cfg.accesslog, cfg.preload_app) == (True, None, True)
    assert cfg.graceful_timeout > settings.deadline_seconds
    assert cfg.worker_class_str == "Worker"
    assert set(gunicorn_settings(settings, Measurements(settings))) <= set(cfg.settings)
    assert os.environ.get("GUNICORN_CMD_ARGS") is None


def test_warming_up_logs_and_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """The metrics start at 0."""
    app = create_app(settings_from_environ({}))
    before = app.test_client().get("/metrics").text
    app = create_app(settings_from_environ({}))
    warm_up(app)

    assert app.test_client().get("/metrics").text == before
    assert capsys.readouterr().out == ""


def test_what_most_requests_need_is_loaded_before_the_fork_and_no_more() -> None:
    """Nothing that a text with default options would wait for; trafilatura takes 9 MiB, nltk and sumy 20 MB."""
    script = (
        "import sys; from service.settings import settings_from_environ; from service.web.app import create_app\n"
        "from service.web.server import warm_up; warm_up(create_app(settings_from_environ({})))\n"
        "print([name for name in ('trafilatura', 'Stemmer', 'nltk', 'sumy.summarizers') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert shown.strip() == "['Stemmer']"


def test_the_first_requests_for_sumy_may_come_at_once(tmp_path: Path) -> None:
    """Each thread waits for the one import, in a worker that has not loaded it."""
    body = json.dumps({"text": ARTICLE, "algorithm": "lsa"}).encode()
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_SLOTS="4", NUTGRAF_QUEUE="8") as server:

        def ask(_: int) -> Answer:
            return server.request("POST", PATH, body, Content_Type="application/json")

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(16)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
