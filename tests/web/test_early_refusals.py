"""Refused by the head alone where the queue is full: the same answer as the application's, before a body is there."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.web.admission import Admission
from service.web.examples import ARTICLE
from tests.web.problem_shape import assert_problem
from tests.web.servers import Answer, RunningServer, running_server, steady_load, until

PATH = "/news/v1/summaries"
LONG = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}") for i in range(4000)).encode()
"""Takes some seconds."""
TRACE = "0af7651916cd43dd8448eb211c80319c"
STORY = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}") for i in range(6)).encode()
"""As long as a news story."""
LONG_STORY = b"\n\n".join([STORY] * 4)
"""Work for ten milliseconds on a fast machine too, where a story is over while the next one gets its thread."""
HEAD = (
    f"POST {PATH}?words=9 HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n"
    f"X-Request-ID: early\r\nx-forwarded-for: 6.6.6.6, 10.1.2.3\r\ntraceparent: 00-{TRACE}-b7ad6b7169203331-01\r\n"
)


@contextmanager
def full(folder: Path, **settings: str) -> Iterator[RunningServer]:
    """A server whose one slot is taken, and no queue."""
    places = {"NUTGRAF_WORKERS": "1", "NUTGRAF_SLOTS": "1", "NUTGRAF_QUEUE": "0", "NUTGRAF_URL_PREFIX": "/news"}
    limits = {"NUTGRAF_MAX_CHARACTERS": "9000000", "NUTGRAF_MAX_SENTENCES": "90000", "NUTGRAF_DEADLINE_SECONDS": "60"}
    with running_server(folder, **places, **limits, **settings) as server, ThreadPoolExecutor(1) as pool:
        busy = pool.submit(server.request, "POST", PATH, LONG, Content_Type="text/plain")
        until(lambda: b"\nnutgraf_slots_busy 1\n" in server.request("GET", "/metrics").data)
        yield server
        assert not busy.done()


def answered(server: RunningServer, sent: str) -> Answer:
    """Send bytes and return what is answered to them, while the connection stays open."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent.encode("ascii"))
        got = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = got.partition(b"\r\n\r\n")
    return Answer(int(head[9:12]), http.client.parse_headers(BytesIO(head.partition(b"\r\n")[2] + b"\r\n\r\n")), body)


def refused_by_the_application(client: FlaskClient) -> Answer:
    """What the application says where the queue is full."""
    admission: Admission = client.application.extensions["nutgraf"].admission
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(admission.slot(lambda: None))
        admission._queue = 0  # noqa: SLF001 - as if eight were waiting
        stack.callback(setattr, admission, "_queue", 8)
        reply = client.post("/v1/summaries", json={"text": ARTICLE}, headers={"X-Request-ID": "early"})
    head = "".join(f"{name}: {value}\r\n" for name, value in reply.headers)
    return Answer(reply.status_code, http.client.parse_headers(BytesIO(head.encode() + b"\r\n")), reply.data)


def test_a_head_is_enough_to_be_refused(tmp_path: Path, client: FlaskClient) -> None:
    """No byte of the body is waited for; status, headers, body, log and metrics are those of the application."""
    expected = refused_by_the_application(client)
    with full(tmp_path, NUTGRAF_TRUSTED_PROXIES="1") as server:
        reply = answered(server, HEAD + "\r\n")
        metrics = server.request("GET", "/metrics").data
        [line] = [line for line in server.log() if line.get("request_id") == "early"]

        assert_problem(reply, 503, "overloaded")
        assert json.loads(reply.data) == json.loads(expected.data)
        assert dict(reply.headers) == {**expected.headers, "Connection": "close"}
        assert line.pop("timestamp")
        assert line == {
            "event": "request", "method": "POST", "route": "/v1/summaries", "status": 503, "milliseconds": 0.0,
            "request_id": "early", "client": "10.1.2.3", "bytes_in": 0, "bytes_out": len(reply.data),
            "trace_id": TRACE, "error": "overloaded", "level": "info",
        }  # fmt: skip
        assert b'nutgraf_requests_total{route="/v1/summaries",status="503"} 1\n' in metrics
        assert b'nutgraf_refusals_total{reason="overloaded"} 1\n' in metrics


def test_whole_requests_are_refused_too_and_other_addresses_are_not(tmp_path: Path) -> None:
    """With an id of our own where the client's is none; a kept connection is told that it ends."""
    with full(tmp_path) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/news/v1/capabilities")
        assert connection.getresponse().read()
        connection.request("POST", PATH, ARTICLE, {"Content-Type": "text/plain", "X-Request-ID": "no id"})
        reply = connection.getresponse()
        connection.close()

        assert (reply.status, reply.getheader("Connection")) == (503, "close")
        assert len(reply.getheader("X-Request-ID") or "") == 32
        assert server.request("POST", "/news/v1/summaries/no", b"a").status_code == 404


@pytest.mark.parametrize("origin", ["https://desk.example", None])
def test_pages_of_other_sites_may_read_the_refusal(tmp_path: Path, origin: str | None) -> None:
    """Where the settings allow it."""
    headers = f"Origin: {origin}\r\n" if origin else ""
    with full(tmp_path, NUTGRAF_CORS_ORIGINS="https://desk.example") as server:
        reply = answered(server, HEAD.replace("9999", "4") + headers + "Connection: close\r\n\r\ntext")

    assert reply.status_code == 503
    assert reply.headers["Access-Control-Allow-Origin"] == origin


def test_those_that_threads_have_not_begun_count(tmp_path: Path) -> None:
    """Of many at once hardly more than slots and queue hold get a thread; the application seldom has to refuse one."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, ThreadPoolExecutor(60) as pool:

        def ask(_: int) -> int:
            return server.request("POST", "/v1/summaries", LONG_STORY, Content_Type="text/plain").status_code

        statuses = list(pool.map(ask, range(600)))
        refused = [line for line in server.log() if line.get("error") == "overloaded"]

    assert len(refused) == statuses.count(503) > 0
    by_application = [line for line in refused if line["bytes_in"]]  # the loop does not look for the length
    assert len(by_application) < 0.05 * len(refused)


def test_those_that_need_no_slot_take_none_from_others(tmp_path: Path) -> None:
    """While twenty clients ask again and again without a key, one that has a key always finds room."""
    with (
        running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_API_KEYS="right") as server,
        steady_load(server, clients=20) as ends,
    ):
        until(lambda: ends.total() > 100)
        headers = {"Content_Type": "text/plain", "Authorization": "Bearer right"}
        statuses = {server.request("POST", "/v1/summaries", ARTICLE.encode(), **headers).status_code for _ in range(60)}

    assert statuses == {200}
    assert set(ends) == {"401"}
