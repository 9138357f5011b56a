"""Rate limits: a burst of the whole limit, then an even pace; the same in memory and in Redis."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from service.settings import RateLimit
from service.web import rates
from service.web.access import _network
from service.web.rates import Counter, MemoryCounter, RedisCounter
from tests.web.problem_shape import assert_problem
from tests.web.redis_servers import free_port, running_redis
from tests.web.servers import running_server, steady_load, until

MakeClient = Callable[..., FlaskClient]
CAPABILITIES = "/v1/capabilities"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """The address of a running Redis."""
    port = free_port()
    with running_redis(port):
        yield f"redis://127.0.0.1:{port}/0"


@given(
    st.integers(1, 50),
    st.sampled_from([1, 60, 3600]),
    st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=200),
)
def test_no_period_has_more_than_a_burst_and_its_pace(requests: int, seconds: int, pauses: list[float]) -> None:
    """In any stretch of time at most the limit and what the pace adds; and who keeps the pace is never refused."""
    limit, clock = RateLimit(requests, seconds, ""), Clock()
    counter, allowed_at = MemoryCounter(limit, clock=clock), []
    for pause in pauses:
        clock.now += pause
        left = counter.take("a")
        assert 0 <= left.remaining <= requests - left.allowed
        assert (left.retry_seconds == 0) == left.allowed
        if left.allowed:
            allowed_at.append(clock.now)
        else:
            clock.now += left.retry_seconds + 1e-6
            assert counter.take("a").allowed
            allowed_at.append(clock.now)

    for first, start in enumerate(allowed_at):
        for last, end in enumerate(allowed_at[first:], first):
            assert last - first + 1 <= requests + (end - start) * requests / seconds + 1e-3


@pytest.mark.parametrize("kind", ["memory", "redis"])
def test_burst_refusal_and_recovery(kind: str, request: pytest.FixtureRequest) -> None:
    """Five at once, the sixth not, another client not affected, and one more after a fifth of the period."""
    limit = RateLimit(5, 1, "5/second")
    counter: Counter = MemoryCounter(limit)
    if kind == "redis":
        counter = RedisCounter(limit, request.getfixturevalue("redis_url"), failed=lambda: pytest.fail("Redis failed"))

    found = [counter.take(f"{kind}-a") for _ in range(6)]

    assert [one.allowed for one in found] == [True] * 5 + [False]
    assert [one.remaining for one in found] == [4, 3, 2, 1, 0, 0]
    assert 0 < found[-1].retry_seconds <= 0.2
    assert 0.9 < found[-1].reset_seconds <= 1
    assert counter.take(f"{kind}-b").allowed
    time.sleep(0.25)
    assert [counter.take(f"{kind}-a").allowed for _ in range(2)] == [True, False]


def test_memory_is_bounded_however_many_clients_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those whose limit is whole again go first; those at their limit stay."""
    monkeypatch.setattr(rates, "_MOST_CLIENTS", 100)
    counter = MemoryCounter(RateLimit(2, 60, ""), clock=Clock())
    for _ in range(3):
        counter.take("busy")
    for number in range(1000):
        counter.take(f"client {number}")

    assert len(counter._due) <= 101  # noqa: SLF001 - nothing else shows it
    assert not counter.take("busy").allowed


def test_one_too_many_is_a_problem_with_a_time_to_come_back(make_client: MakeClient) -> None:
    """429, and the draft's headers on every counted reply."""
    client = make_client(NUTGRAF_RATE_LIMIT="2/hour")

    replies = [client.get(CAPABILITIES) for _ in range(3)]

    assert [one.status_code for one in replies] == [200, 200, 429]
    assert_problem(replies[2], 429, "rate-limited")
    assert 0 < int(replies[2].headers["Retry-After"]) <= 1800
    assert replies[0].headers["RateLimit"] == '"default";r=1;t=1800'
    assert replies[0].headers["RateLimit-Policy"] == '"default";q=2;w=3600'


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/", "/openapi.json", "/nothing-here"])
def test_what_is_open_is_not_limited(make_client: MakeClient, path: str) -> None:
    """Probes above all."""
    client = make_client(NUTGRAF_RATE_LIMIT="1/day")

    replies = [client.get(path) for _ in range(3)]

    assert 429 not in {one.status_code for one in replies}
    assert "RateLimit" not in replies[0].headers


def test_a_key_counts_for_itself_and_a_guess_for_its_address(make_client: MakeClient) -> None:
    """Whoever guesses keys runs into the limit; those with a key behind the same address do not."""
    client = make_client(NUTGRAF_RATE_LIMIT="2/hour", NUTGRAF_API_KEYS="one,two")

    def statuses(key: str) -> list[int]:
        return [client.get(CAPABILITIES, headers={"Authorization": f"Bearer {key}"}).status_code for _ in range(3)]

    assert statuses("guess") == [401, 401, 429]
    assert statuses("another") == [429] * 3
    assert statuses("one") == [200, 200, 429]
    assert statuses("two") == [200, 200, 429]


def test_metrics_are_not_limited_but_guesses_at_their_key_are(make_client: MakeClient) -> None:
    """Whoever has the key reads them as often as he likes."""
    client = make_client(NUTGRAF_RATE_LIMIT="2/hour", NUTGRAF_API_KEYS="one")

    def statuses(key: str) -> list[int]:
        return [client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).status_code for _ in range(3)]

    assert statuses("guess") == [401, 401, 429]
    assert statuses("one") == [200] * 3
    assert [client.get("/metrics").status_code for _ in range(3)] == [401] * 3


def test_behind_proxies_the_client_counts_and_cannot_invent_itself(make_client: MakeClient) -> None:
    """What stands left of the trusted proxy's own entry is the client's word, and does not count."""
    client = make_client(NUTGRAF_RATE_LIMIT="1/hour", NUTGRAF_TRUSTED_PROXIES="1")

    def status(forwarded: str) -> int:
        return client.get(CAPABILITIES, headers={"X-Forwarded-For": forwarded}).status_code

    assert [status("10.0.0.1"), status("10.0.0.2"), status("10.0.0.1")] == [200, 200, 429]
    assert status("99.9.9.9, 10.0.0.1") == 429
    assert [status("Quokka"), status("another Quokka")] == [200, 429]  # both are the proxy's


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("not an address", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_counts_as_one_client(address: str | None, network: str) -> None:
    """An IPv6 household has more addresses than could be counted."""
    assert _network(address) == network


def test_redis_counts_for_all_workers_and_without_it_the_service_goes_on(tmp_path: Path) -> None:
    """Stopped in the middle: no 5xx and answers in time. Started again: the limit counts again."""
    port = free_port()
    settings = {"NUTGRAF_RATE_LIMIT": "4/day", "NUTGRAF_REDIS_URL": f"redis://127.0.0.1:{port}", "NUTGRAF_WORKERS": "2"}
    with running_redis(port), running_server(tmp_path, **settings) as server:

        def statuses(n_requests: int) -> list[int]:
            return [server.request("GET", CAPABILITIES).status_code for _ in range(n_requests)]

        assert statuses(12) == [200] * 4 + [429] * 8
        stop = [line for line in server.log() if line["event"] == "redis"]
        assert stop == []
    with running_server(tmp_path, **settings) as server:
        start = time.monotonic()
        without = statuses(12)
        assert time.monotonic() - start < 5
        assert set(without) <= {200, 429}
        assert without.count(200) >= 4  # at least one worker's own count
        assert any(line["event"] == "redis" for line in server.log())
        with running_redis(port):
            time.sleep(1.1)
            statuses(12)
            assert set(statuses(4)) == {429}


def test_redis_that_hangs_stops_and_starts_under_load_fails_no_request(tmp_path: Path) -> None:
    """Eight clients, for whom there is room, ask without a pause; afterwards the limit is that of all workers again."""
    port = free_port()
    settings = {"NUTGRAF_RATE_LIMIT": "4/day", "NUTGRAF_REDIS_URL": f"redis://127.0.0.1:{port}", "NUTGRAF_WORKERS": "2"}
    with (
        running_server(tmp_path, **settings) as server,
        running_redis(port) as redis,
        steady_load(server, clients=8) as ends,
    ):

        def go_on() -> None:
            enough = ends.total() + 100
            until(lambda: ends.total() > enough, seconds=30)

        go_on()
        redis.send_signal(signal.SIGSTOP)
        go_on()
        redis.send_signal(signal.SIGCONT)
        go_on()
        redis.kill()
        go_on()
        with running_redis(port):
            time.sleep(1.1)
            go_on()
            last = {server.request("GET", CAPABILITIES).status_code for _ in range(12)}

    assert set(ends) == {"200", "429"}
    assert last == {429}


def test_a_redis_that_hangs_costs_one_short_wait_a_second(redis_url: str) -> None:
    """Not one a request."""
    port = free_port()
    failures: list[int] = []
    with running_redis(port) as process:
        counter = RedisCounter(
            RateLimit(100, 60, ""),
            redis_url.replace(redis_url.rsplit(":", maxsplit=1)[-1], f"{port}/0"),
            failed=lambda: failures.append(1),
        )
        assert counter.take("a").allowed
        process.send_signal(signal.SIGSTOP)
        start = time.monotonic()
        assert all(counter.take("a").allowed for _ in range(50))
        waited = time.monotonic() - start
        process.send_signal(signal.SIGCONT)

    assert waited < 0.9
    assert len(failures) == 1


def test_whatever_the_client_of_redis_fails_by_the_request_is_counted_in_memory() -> None:
    """Also what is no error of Redis or of the network."""
    failures: list[int] = []
    counter = RedisCounter(RateLimit(1, 60, ""), "redis://127.0.0.1", failed=lambda: failures.append(1))
    counter._script = lambda **_: ["no", "numbers"]  # noqa: SLF001 - no Redis says so

    assert [counter.take("a").allowed for _ in range(2)] == [True, False]
    assert len(failures) == 1


def test_the_address_cannot_make_a_request_wait_longer() -> None:
    """Its options do not win over ours: something that listens and never answers costs one short wait."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0?socket_timeout=20"
        start = time.monotonic()
        assert RedisCounter(RateLimit(1, 60, ""), url, failed=lambda: None).take("a").allowed

    assert time.monotonic() - start < 2


def test_a_name_that_does_not_resolve_holds_few_threads_and_then_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """All others are counted in memory at once, and nobody is refused or fails for it."""
    asking: list[float] = []
    over = threading.Event()

    def slow(*_: object, **__: object) -> list[object]:
        asking.append(time.monotonic())
        over.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(rates, "_REST_SECONDS", 0.0)
    counter = RedisCounter(RateLimit(100, 60, ""), "redis://redis.invalid", failed=lambda: None)

    with ThreadPoolExecutor(32) as pool:
        try:
            for n_held in (4, 1):
                asking.clear()
                over.clear()
                taken = [pool.submit(counter.take, "a") for _ in range(16)]
                until(lambda: sum(one.done() for one in taken) >= 16 - n_held)  # noqa: B023 - waited for here
                time.sleep(0.1)
                assert (len(asking), sum(one.done() for one in taken)) == (n_held, 16 - n_held)
                over.set()
                assert all(one.result(10).allowed for one in taken)
        finally:
            over.set()


def test_a_redis_that_is_well_again_is_asked_by_several(redis_url: str) -> None:
    """One failure does not bind it for ever to one thread."""
    counter = RedisCounter(RateLimit(100, 60, ""), redis_url, failed=lambda: None)
    counter._is_well = False  # noqa: SLF001 - as after a failure
    with counter._trying_again:  # noqa: SLF001 - as if one were trying
        counter.take("well")
        assert not counter._is_well  # noqa: SLF001
    assert counter.take("well").remaining == 99  # the first was counted in memory
    assert counter._is_well  # noqa: SLF001


def test_redis_is_imported_only_where_it_is_used() -> None:
    """It costs memory in every worker."""
    script = "import sys, service.web.app; sys.exit('redis' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
