"""Slots and queue: first come, first served, and whoever finds them full is told so."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.web.admission import Admission
from service.web.examples import ARTICLE
from service.web.problems import ClientLeftError, OverloadedError
from tests.web.problem_shape import assert_problem
from tests.web.servers import Answer, RunningServer, running_server, until

PATH = "/v1/summaries"
LONG = "\n\n".join(ARTICLE.replace("Lindholm", f"Town{i}") for i in range(1500)).encode()
"""Takes a third of a second or more."""


def stays() -> None:
    """The presence of a client that stays."""


def leaves() -> None:
    """The presence of a client that has left."""
    raise ClientLeftError


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads for those who wait."""
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_slots_go_to_those_who_came_first(pool: ThreadPoolExecutor) -> None:
    """Each works after the one before has left, in the order of coming."""
    admission = Admission(slots=1, queue=3, wait_seconds=10)
    order: list[int] = []

    def work(number: int) -> None:
        with admission.slot(stays):
            assert admission.busy == 1
            order.append(number)

    with admission.slot(stays) as waited_seconds:
        assert waited_seconds < 0.1
        for number in range(3):
            pool.submit(work, number)
            until(lambda expected=number + 1: admission.waiting == expected)  # type: ignore[misc]
    until(lambda: admission.busy == 0)

    assert (order, admission.waiting) == ([0, 1, 2], 0)


def test_a_full_queue_refuses_at_once() -> None:
    """With the time to come back; an empty one does not."""
    admission = Admission(slots=1, queue=0, wait_seconds=10)
    admission.refuse_when_full()

    with admission.slot(stays):
        with pytest.raises(OverloadedError):
            admission.refuse_when_full()
        with pytest.raises(OverloadedError), admission.slot(stays):
            pass

    admission.refuse_when_full()


@pytest.mark.parametrize(
    ("presence", "wait_seconds", "error"), [(leaves, 10, ClientLeftError), (stays, 0.1, OverloadedError)]
)
def test_who_leaves_the_queue_frees_the_place(
    pool: ThreadPoolExecutor, presence: Callable[[], None], wait_seconds: float, error: type[Exception]
) -> None:
    """Whether the client has left or the wait was too long: nothing of it stays behind."""
    admission = Admission(slots=1, queue=1, wait_seconds=wait_seconds)

    def wait() -> None:
        with admission.slot(presence):
            raise AssertionError("the slot was never free")

    with admission.slot(stays):
        with pytest.raises(error):
            pool.submit(wait).result(5)
        assert (admission.busy, admission.waiting) == (1, 0)

    assert admission.busy == 0


def test_room_is_waited_for_no_longer_than_there_is_none(pool: ThreadPoolExecutor) -> None:
    """Whoever waits goes on when a slot is free again, and after its time in any case."""
    admission = Admission(slots=1, queue=0, wait_seconds=10)
    pool.submit(admission.wait_for_room, 60).result(timeout=10)
    with admission.slot(stays):
        start = time.monotonic()
        admission.wait_for_room(0.05)
        assert time.monotonic() - start >= 0.05
        waiting = pool.submit(admission.wait_for_room, 60)
    waiting.result(timeout=10)


def test_a_slot_is_free_again_after_a_failure() -> None:
    """Whatever happened in it."""
    admission = Admission(slots=1, queue=0, wait_seconds=1)

    with pytest.raises(ZeroDivisionError), admission.slot(stays):
        raise ZeroDivisionError

    assert admission.busy == 0


def test_who_waited_and_left_passes_the_slot_on(pool: ThreadPoolExecutor) -> None:
    """A slot that is handed to a client that is gone goes to the next one."""
    admission = Admission(slots=1, queue=2, wait_seconds=10)

    def wait(presence: Callable[[], None]) -> str:
        with admission.slot(presence):
            return "worked"

    with admission.slot(stays):
        gone: Future[str] = pool.submit(wait, leaves)
        next_one: Future[str] = pool.submit(wait, stays)

    assert next_one.result(5) == "worked"
    assert isinstance(gone.exception(5), ClientLeftError | None)
    assert admission.busy == 0


def test_a_full_service_is_a_problem_with_a_time_to_come_back(client: FlaskClient) -> None:
    """503, `overloaded`, in the one shape of all errors; probes do not wait."""
    admission: Admission = client.application.extensions["nutgraf"].admission
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(admission.slot(stays))
        admission._queue = 0  # noqa: SLF001 - as if eight were waiting
        stack.callback(setattr, admission, "_queue", 8)
        reply = client.post(PATH, json={"text": ARTICLE})

        assert_problem(reply, 503, "overloaded")
        assert reply.headers["Retry-After"] == "1"
        assert client.get("/livez").status_code == 200


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with one slot and one place in the queue."""
    folder = tmp_path_factory.mktemp("small")
    with running_server(folder, NUTGRAF_WORKERS="1", NUTGRAF_SLOTS="1", NUTGRAF_QUEUE="1") as one:
        yield one


def test_beyond_slot_and_queue_a_real_server_refuses_and_probes_answer(
    small: RunningServer, pool: ThreadPoolExecutor
) -> None:
    """Six at once: two are answered, four are told to come back, and a probe is quick all the while."""

    def ask() -> Answer:
        return small.request("POST", PATH, LONG, Content_Type="text/plain")

    asked = [pool.submit(ask) for _ in range(6)]
    probes = []
    while not all(one.done() for one in asked):
        start = time.perf_counter()
        assert small.request("GET", "/livez").status_code == 200
        probes.append(time.perf_counter() - start)
    answers = [one.result() for one in asked]

    assert sorted(one.status_code for one in answers) == [200] * 2 + [503] * 4
    assert {one.headers["Retry-After"] for one in answers if one.status_code == 503} == {"1"}
    assert max(probes) < 0.5


def test_a_client_that_left_stops_costing(small: RunningServer) -> None:
    """The work is ended at its next checkpoint and leaves a line in the log."""
    head = b"POST %s HTTP/1.1\r\nHost: a\r\nX-Request-ID: left\r\nContent-Type: text/plain\r\n" % PATH.encode()
    with socket.create_connection(("127.0.0.1", small.port)) as connection:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(LONG) + LONG)
        time.sleep(0.1)

    def line() -> list[dict[str, object]]:
        return [line for line in small.log() if line.get("request_id") == "left"]

    until(lambda: bool(line()))
    assert (line()[0]["status"], line()[0]["error"]) == (499, "client-left")


def test_more_slots_and_queue_than_threads_do_not_start(tmp_path: Path) -> None:
    """Nobody would be left to say that the service is full."""
    with pytest.raises(AssertionError, match="NUTGRAF_THREADS is '16'"), running_server(tmp_path, NUTGRAF_SLOTS="8"):
        pass


def test_lines_of_batches_leave_a_slot_for_requests(pool: ThreadPoolExecutor) -> None:
    """Where there is more than one; and the next line waits without end, not until it is refused."""
    admission = Admission(slots=2, queue=0, wait_seconds=0.1)
    worked: list[str] = []

    def work() -> None:
        with admission.slot_for_line(stays):
            worked.append("line")

    with admission.slot_for_line(stays) as waited_seconds:
        assert waited_seconds < 0.1
        waiting = pool.submit(work)
        with admission.slot(stays):
            time.sleep(0.4)
            assert (admission.busy, worked) == (2, [])
    waiting.result(5)

    assert (admission.busy, worked) == (0, ["line"])


def test_requests_go_before_lines_of_batches(pool: ThreadPoolExecutor) -> None:
    """Even those that came later."""
    admission = Admission(slots=1, queue=3, wait_seconds=10)
    order: list[str] = []

    def work(name: str) -> None:
        with admission.slot_for_line(stays) if name == "line" else admission.slot(stays):
            order.append(name)

    with admission.slot_for_line(stays):
        done = [pool.submit(work, "line")]
        until(lambda: len(admission._waiting_lines) == 1)  # noqa: SLF001 - nobody else need know
        done += [pool.submit(work, "request")]
        until(lambda: admission.waiting == 1)
    for one in done:
        one.result(5)

    assert order == ["request", "line"]
    assert admission.busy == 0


def test_a_line_whose_client_left_waits_no_longer(pool: ThreadPoolExecutor) -> None:
    """Nothing of it stays behind."""
    admission = Admission(slots=1, queue=1, wait_seconds=10)

    def wait() -> None:
        with admission.slot_for_line(leaves):
            raise AssertionError("the slot was never free")

    with admission.slot(stays), pytest.raises(ClientLeftError):
        pool.submit(wait).result(5)

    with admission.slot_for_line(stays):
        assert admission.busy == 1
