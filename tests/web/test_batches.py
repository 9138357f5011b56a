"""`POST /v1/batches`: each line as a single request, in order, in bounded memory, and never in the way of others."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from service.bulk import records
from service.bulk.records import Terms, answer_line
from service.summary import request
from service.web.examples import ARTICLE
from service.web.exchange import KEPT_BYTES
from tests.bulk.lines import BROKEN_LINES, MAX_LINE_BYTES, STORY
from tests.bulk.stories import broken, story
from tests.web.problem_shape import assert_problem
from tests.web.servers import RunningServer, running_server, until
from tests.web.talk import LINES, PATH, Talk

ARRAY = "application/json"
READ_SECONDS = 4
SINGLE = orjson.dumps({"text": STORY})
LARGE = orjson.dumps(
    {"text": f"{STORY}\n\n" * 50, "algorithm": "lead", "highlights": {"count": 0}, "include": ["text"]}
)
"""Little work, and an answer of twenty kilobytes."""


def with_broken(n_lines: int) -> list[bytes]:
    """Lines of which one in three cannot be answered, of every kind, and some are blank."""
    return [
        b" " if number % 20 == 19 else broken(number // 3) if number % 3 == 1 else orjson.dumps(story(number))
        for number in range(n_lines)
    ]


def answers_to(lines: Sequence[bytes]) -> list[bytes]:
    """What lines have to be answered."""
    terms = Terms(max_line_bytes=MAX_LINE_BYTES)
    return [answer_line(line, number, terms).as_line() for number, line in enumerate(lines, 1) if line.strip()]


def chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines as a body in chunks."""
    return (line + b"\n" for line in lines)


SETTINGS = {
    "NUTGRAF_WORKERS": "1",
    "NUTGRAF_MAX_BODY_BYTES": str(MAX_LINE_BYTES),
    "NUTGRAF_READ_SECONDS": str(READ_SECONDS),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One worker with short patience."""
    with running_server(tmp_path_factory.mktemp("batches"), **SETTINGS) as one:
        yield one


@pytest.fixture(scope="module")
def untraced_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Such a one at full speed, for batches of thousands of lines; see `untraced` in tests/conftest.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        with running_server(tmp_path_factory.mktemp("batches"), **SETTINGS) as one:
            yield one


def batches_logged(server: RunningServer) -> list[dict[str, Any]]:
    """The lines of the log about batches."""
    return [line for line in server.log() if line["event"] == "request" and line["route"] == PATH]


@pytest.mark.parametrize("target", ["/v1/%62atches", "//v1/batches", "http://a/v1/batches", "/v1/batches#x"])
def test_a_batch_is_streamed_however_its_path_is_spelled(server: RunningServer, target: str) -> None:
    """Or it would be gathered, and answered by a thread that all requests need."""
    head = f"POST {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {LINES}\r\n"
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=20)) as client:
        client.sendall(f"{head}Content-Length: {2 * len(SINGLE) + 2}\r\n\r\n".encode() + SINGLE + b"\n")
        reply = client.recv(65536)  # before the second line is sent
        while b'"status":200' not in reply:
            reply += client.recv(65536)
        client.sendall(SINGLE + b"\n")

    assert reply.startswith(b"HTTP/1.1 200")


def test_every_line_is_answered_as_a_single_request_or_a_file_is(server: RunningServer) -> None:
    """Byte for byte, in order; broken lines of every kind are problems in their places."""
    lines = with_broken(90)

    reply = server.request("POST", PATH, chunks(lines), Content_Type=LINES)

    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == LINES
    assert reply.headers["X-Accel-Buffering"] == "no"
    assert reply.data.splitlines(keepends=True) == answers_to(lines)
    types = {orjson.loads(line).get("problem", {}).get("type", "") for line in reply.data.splitlines()}
    assert types >= {f"urn:nutgraf:{one.slug}" for one in BROKEN_LINES}


def test_an_answer_comes_before_the_next_line_is_sent(server: RunningServer) -> None:
    """Streamed both ways."""
    with closing(Talk(server)) as talk:
        for number in range(1, 6):
            talk.say(orjson.dumps(story(number)))
            assert (talk.hear()["line"], talk.reply.status) == (number, 200)
        talk.end()
        assert talk.hear() == {}


@pytest.mark.parametrize(
    ("body_type", "accept", "reply_type"),
    [
        (LINES, None, LINES),
        (LINES, "*/*", LINES),
        (LINES, ARRAY, ARRAY),
        ("application/jsonl; charset=UTF-8", None, "application/jsonl"),
        (ARRAY, None, ARRAY),
        (ARRAY, LINES, LINES),
    ],
)
def test_lines_and_arrays_have_the_same_answers(
    client: FlaskClient, body_type: str, accept: str | None, reply_type: str
) -> None:
    """A batch is answered as it came, or as `Accept` says."""
    asked = [story(1), {"id": 7}, {**story(2), "length": {"sentences": 1}}]
    lines = [orjson.dumps(one) for one in asked]
    body = orjson.dumps(asked) if body_type == ARRAY else b"\n".join(lines)

    reply = client.post(PATH, data=body, content_type=body_type, headers={"Accept": accept} if accept else {})

    assert (reply.status_code, reply.mimetype) == (200, reply_type)
    found = orjson.loads(reply.data) if reply_type == ARRAY else [orjson.loads(one) for one in reply.data.splitlines()]
    assert found == [orjson.loads(line) for line in answers_to(lines)]


@pytest.mark.parametrize(
    ("body_type", "body", "reply"), [(LINES, b"", b""), (LINES, b"\n\n", b""), (ARRAY, b"[]", b"[]\n")]
)
def test_an_empty_batch_has_an_empty_answer(client: FlaskClient, body_type: str, body: bytes, reply: bytes) -> None:
    """Not a line of it."""
    assert client.post(PATH, data=body, content_type=body_type).data == reply


def test_options_in_the_query_string_hold_for_records_without_their_own(client: FlaskClient) -> None:
    """And are checked before anything is read."""
    asked = [story(1), {**story(1), "length": {"sentences": 2}}]

    first, second = client.post(f"{PATH}?sentences=1&highlights=0", json=asked).get_json()

    assert (len(first["result"]["sentences"]), len(second["result"]["sentences"])) == (1, 2)
    assert second["result"]["highlights"] == []
    problem = assert_problem(client.post(f"{PATH}?words=none&title=x", json=asked), 422, "invalid-options")
    assert {place["parameter"] for place in problem["errors"]} == {"words", "title"}


@pytest.mark.parametrize(
    ("body", "headers", "status", "slug"),
    [
        (b"[", {"Content-Type": ARRAY}, 400, "malformed-json"),
        (b"{}", {"Content-Type": ARRAY}, 422, "invalid-options"),
        (b"[" + b" " * MAX_LINE_BYTES + b"]", {"Content-Type": ARRAY}, 413, "body-too-large"),
        (b"", {"Content-Type": "text/plain"}, 415, "unsupported-media-type"),
        (b"", {"Content-Type": LINES, "Content-Encoding": "gzip"}, 415, "unsupported-encoding"),
        (b"", {"Content-Type": f"{LINES}; charset=latin-1"}, 415, "unsupported-charset"),
        (b"", {"Content-Type": LINES, "Accept": "text/html"}, 406, "not-acceptable"),
    ],
)
def test_what_is_wrong_with_the_whole_batch_is_a_problem_of_the_request(
    make_client: Callable[..., FlaskClient], body: bytes, headers: dict[str, str], status: int, slug: str
) -> None:
    """With its status, since nothing was answered yet."""
    client = make_client(NUTGRAF_MAX_BODY_BYTES=str(MAX_LINE_BYTES))

    assert_problem(client.post(PATH, data=body, headers=headers), status, slug)


@pytest.mark.parametrize(
    ("setting", "limit", "n_answered"),
    [("NUTGRAF_MAX_BATCH_LINES", 3, 3), ("NUTGRAF_MAX_BATCH_BYTES", 200_000, 0)],
)
@pytest.mark.parametrize("body_type", [LINES, ARRAY])
def test_past_a_limit_one_last_line_says_so(
    make_client: Callable[..., FlaskClient], setting: str, limit: int, n_answered: int, body_type: str
) -> None:
    """With the limit, and the number of the first line that was not answered."""
    if (setting, body_type) == ("NUTGRAF_MAX_BATCH_BYTES", ARRAY):
        return  # an array has the limit of a body
    asked = [story(number) for number in range(1000)]
    body = orjson.dumps(asked) if body_type == ARRAY else b"\n".join(map(orjson.dumps, asked))
    client = make_client(**{setting: str(limit)})

    reply = client.post(PATH, data=body, content_type=body_type, headers={"Accept": LINES})

    *before, last = [orjson.loads(line) for line in reply.data.splitlines()]
    assert all(one["status"] == 200 for one in before)
    assert len(before) >= n_answered
    assert (last["id"], last["line"], last["status"]) == (None, len(before) + 1, 413)
    assert (last["problem"]["type"], last["problem"]["limit"]) == ("urn:nutgraf:batch-too-large", limit)
    assert setting in last["problem"]["detail"]


def test_a_line_of_any_length_costs_no_more_than_the_limit(server: RunningServer) -> None:
    """It is a problem; those around it are answered."""
    lines = [orjson.dumps(story(1)), b"x" * 30_000_000, orjson.dumps(story(2))]
    before = peak_bytes(server)

    reply = server.request("POST", PATH, b"\n".join(lines), Content_Type=LINES)

    found = [orjson.loads(line) for line in reply.data.splitlines()]
    assert [(one["line"], one["status"]) for one in found] == [(1, 200), (2, 413), (3, 200)]
    assert peak_bytes(server) - before < 10e6


def peak_bytes(server: RunningServer) -> int:
    """The most memory that the worker has had."""
    [worker] = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    status = Path(f"/proc/{worker}/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def say_and_end(talk: Talk, n_lines: int) -> None:
    """Say large lines, while another thread hears the answers."""
    for _ in range(n_lines):
        talk.say(LARGE)
    talk.end()


def test_memory_stays_flat_however_long_the_batch(untraced_server: RunningServer) -> None:
    """Sixty megabytes pass through."""
    with closing(Talk(untraced_server)) as talk:
        talk.say(*[LARGE] * 20)
        for _ in range(20):
            talk.hear()
        before = peak_bytes(untraced_server)
        sender = threading.Thread(target=say_and_end, args=(talk, 1500))
        sender.start()
        n_heard = sum(1 for _ in iter(talk.hear, {}))
        sender.join()

    assert n_heard == 1500
    assert peak_bytes(untraced_server) - before < KEPT_BYTES + 10e6


def test_who_writes_everything_before_reading_is_answered(untraced_server: RunningServer) -> None:
    """As far as buffers go, which is far beyond those of the kernel alone."""
    with closing(Talk(untraced_server)) as talk:
        n_lines = KEPT_BYTES // len(LARGE)
        for _ in range(n_lines):
            talk.say(LARGE)
        talk.end()
        time.sleep(1)
        answers = talk.hear_all()

    assert [one["line"] for one in answers] == list(range(1, n_lines + 1))
    assert {one["status"] for one in answers} == {200}


def test_who_writes_more_than_that_before_reading_is_told(untraced_server: RunningServer) -> None:
    """Nobody waits for ever: what was kept is answered, and a last line says where to go on."""
    with closing(Talk(untraced_server)) as talk:
        for _ in range(3000):
            talk.say(LARGE)
        talk.end()
        *answers, last = talk.hear_all()

    assert [one["line"] for one in answers] == list(range(1, len(answers) + 1))
    assert KEPT_BYTES // len(LARGE) < len(answers) < 3000
    assert {one["status"] for one in answers} == {200}
    assert (last["line"], last["problem"]["type"]) == (len(answers) + 1, "urn:nutgraf:unread-answers")


def test_for_a_client_that_stops_reading_work_stops(server: RunningServer) -> None:
    """It is cut off, and the log has how far it came."""
    n_lines = 3 * KEPT_BYTES // len(LARGE)  # whose answers are more than all buffers hold
    n_before = len(batches_logged(server))
    with closing(Talk(server)) as talk:
        talk.say(*[LARGE] * n_lines)
        until(lambda: len(batches_logged(server)) > n_before, seconds=5 * READ_SECONDS)

    logged = batches_logged(server)[-1]
    assert logged["error"] == "client-left"
    assert logged["lines"] < n_lines
    assert server.log()[-1]["error"] in {"slow-reader", "client-left"}
    assert server.request("GET", "/livez").status_code == 200


def test_for_a_client_that_leaves_work_stops(server: RunningServer) -> None:
    """Within a line or so."""
    n_before = len(batches_logged(server))
    with closing(Talk(server)) as talk:
        talk.say(*[orjson.dumps(story(number)) for number in range(3000)])
        talk.hear()
    until(lambda: len(batches_logged(server)) > n_before)

    logged = batches_logged(server)[-1]
    assert logged["error"] in {"client-left", "incomplete-body"}
    assert logged["lines"] < 2500


def test_half_a_close_counts_as_leaving(server: RunningServer) -> None:
    """As with single requests, and the last line says so."""
    with closing(Talk(server)) as talk:
        talk.say(*[orjson.dumps(story(number)) for number in range(1000)])
        talk.end()
        talk.socket.shutdown(socket.SHUT_WR)
        answers = talk.hear_all()

    assert answers[-1]["problem"]["type"] == "urn:nutgraf:client-left"
    assert answers[-1]["line"] == len(answers) < 1000


@pytest.mark.parametrize("rest", [b"zz\r\n", b"5\r\nab", b""])
def test_a_body_that_breaks_off_has_a_last_line(server: RunningServer, rest: bytes) -> None:
    """After the answers to what came whole; so has one that does not go on."""
    with closing(Talk(server)) as talk:
        talk.say(orjson.dumps(story(1)))
        talk.hear()
        talk.socket.sendall(rest)
        last = talk.hear()

        assert (last["line"], last["problem"]["type"]) == (2, "urn:nutgraf:incomplete-body")
        assert talk.hear() == {}


def test_a_batch_is_one_line_of_the_log(server: RunningServer) -> None:
    """With its lines, problems and bytes, written at its end; the metrics count lines by status."""
    lines = with_broken(30)
    body = b"".join(line + b"\n" for line in lines)

    reply = server.request("POST", PATH, body, Content_Type=LINES, X_Request_ID="my-batch")

    until(lambda: any(one["request_id"] == "my-batch" for one in batches_logged(server)))
    [logged] = [one for one in batches_logged(server) if one["request_id"] == "my-batch"]
    n_problems = sum(b'"problem":' in line for line in reply.data.splitlines())
    assert (logged["status"], logged["lines"], logged["problems"]) == (200, 30, n_problems)
    assert (logged["bytes_in"], logged["bytes_out"]) == (len(body), len(reply.data))
    assert "error" not in logged
    assert STORY[:30] not in server.log_file.read_text()
    metrics = server.request("GET", "/metrics").data.decode()
    [counted] = [line for line in metrics.splitlines() if line.startswith('nutgraf_batch_lines_total{status="422"}')]
    assert float(counted.split()[1]) >= 1
    assert 'nutgraf_requests_total{route="/v1/batches",status="200"}' in metrics


def test_an_unexpected_error_is_one_problem(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest goes on; the log has the place and no text."""
    right = request.summary_for

    def fail(asked: Any, **more: Any) -> Any:  # noqa: ANN401 - as `summary_for`
        if asked.title == "fail":
            raise ValueError(STORY)
        return right(asked, **more)

    monkeypatch.setattr(records, "summary_for", fail)
    replies = client.post(PATH, json=[story(1), {"text": STORY, "title": "fail"}, story(2)]).get_json()

    assert [one["status"] for one in replies] == [200, 500, 200]
    logged = capsys.readouterr().out
    assert "failure" in logged
    assert STORY[:20] not in logged + str(replies[1])


def test_single_requests_go_beside_batches(server: RunningServer) -> None:
    """None is refused, and none waits for more than the lines at work; the batches lose no line."""
    lines = [orjson.dumps({"text": f"{ARTICLE}\n\n" * 3, "id": number}) for number in range(150)]
    heard: list[int] = []

    def run() -> None:
        reply = server.request("POST", PATH, chunks(lines), Content_Type=LINES)
        heard.append(len(reply.data.splitlines()))

    batches = [threading.Thread(target=run) for _ in range(3)]
    for one in batches:
        one.start()
    took = []
    while any(one.is_alive() for one in batches):
        start = time.perf_counter()
        assert server.request("POST", "/v1/summaries", SINGLE, Content_Type=ARRAY).status_code == 200
        took.append(time.perf_counter() - start)
        time.sleep(0.02)

    assert heard == [150] * 3
    assert len(took) >= 5
    assert sorted(took)[len(took) // 2] < 1


def test_a_stop_ends_a_batch_with_a_last_line(tmp_path: Path) -> None:
    """Which says where to go on; the service ends as always."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1") as server, closing(Talk(server)) as talk:
        talk.say(orjson.dumps(story(1)))
        talk.hear()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        talk.say(orjson.dumps(story(2)))
        last = talk.hear_all()[-1]

        assert last["problem"]["type"] in {"urn:nutgraf:stopping", "urn:nutgraf:incomplete-body"}
        assert last["line"] in {2, 3}
        assert server.process.wait(30) == 0


def test_keys_and_rates_hold_for_batches(make_client: Callable[..., FlaskClient]) -> None:
    """A batch counts as one request."""
    client = make_client(NUTGRAF_API_KEYS="secret", NUTGRAF_RATE_LIMIT="2/hour")
    asked = [story(1), story(2), story(3)]
    key = {"Authorization": "Bearer secret"}

    assert_problem(client.post(PATH, json=asked), 401, "unauthorized")
    assert [client.post(PATH, json=asked, headers=key).status_code for _ in range(3)] == [200, 200, 429]


def test_pages_of_other_sites_may_send_batches(make_client: Callable[..., FlaskClient]) -> None:
    """As they may ask for a summary."""
    client = make_client(NUTGRAF_CORS_ORIGINS="https://news.example")

    reply = client.post(PATH, json=[], headers={"Origin": "https://news.example"})

    assert reply.headers["Access-Control-Allow-Origin"] == "https://news.example"
