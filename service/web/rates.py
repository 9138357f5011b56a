"""Rate limits: so many requests a period for each key or client, counted in this process or in Redis.

The generic cell rate algorithm (GCRA, of ATM networks): one number a client, the time at which all it has asked for
would have been due at an even pace. It allows a burst of the whole limit, then one request each period / limit, and
unlike a counter by the clock's minutes never twice the limit around the turn of one.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from service.settings import RateLimit
from service.web import telemetry

if TYPE_CHECKING:
    from redis import Redis

_MOST_CLIENTS = 100_000
"""About 20 MB. Past it those go first whose time ends first."""
_REDIS_SECONDS = 0.25
"""The most that a slow Redis may add to a request."""
_REST_SECONDS = 1.0
"""After a failure Redis is left alone for so long."""
_MOST_THREADS = 4
"""So many threads of a worker may ask Redis at once, and a single one after a failure. To find the address of its name
has no time limit of ours, and must not hold all of them."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client may still do."""

    allowed: bool
    remaining: int
    """Requests that may come at once."""
    reset_seconds: float
    """Until all of the limit is there again."""
    retry_seconds: float
    """Until the next request is allowed; 0 when it is now."""


class Counter(Protocol):
    """Where requests are counted."""

    def take(self, client: str) -> Allowance:
        """Count one request of `client`, unless it is over the limit."""


def allowance(limit: RateLimit, due: float, now: float) -> tuple[Allowance, float]:
    """Return whether one more request is within `limit`, and the new time at which all are due.

    `due` is the old one; both and `now` in seconds of the same clock.
    """
    interval = limit.seconds / limit.requests
    due = max(due, now)
    early = due + interval - now - limit.seconds
    allowed = early <= interval * 1e-6  # sums of intervals may miss the period in their last digits
    if allowed:
        due += interval
    remaining = int((limit.seconds - (due - now)) / interval + 1e-6)
    return Allowance(allowed, max(0, remaining), due - now, 0.0 if allowed else early), due


class MemoryCounter:
    """Counts in this process: with several workers, or replicas, each has the limit for itself."""

    def __init__(self, limit: RateLimit, *, clock: Callable[[], float] = monotonic) -> None:
        """Count for `limit`."""
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._due: dict[str, float] = {}

    def take(self, client: str) -> Allowance:
        """Count one request of `client`, unless it is over the limit."""
        with self._lock:
            now = self._clock()
            allowed, due = allowance(self._limit, self._due.get(client, 0.0), now)
            self._due[client] = due
            if len(self._due) > _MOST_CLIENTS:
                self._forget(now)
            return allowed

    def _forget(self, now: float) -> None:
        """Drop those who have their whole limit again; if that is not half of them, those nearest to it."""
        latest = sorted(self._due.items(), key=lambda item: item[1])[-_MOST_CLIENTS // 2 :]
        self._due = {client: due for client, due in latest if due > now}


_SCRIPT = """
local now = redis.call('TIME')
now = tonumber(now[1]) + tonumber(now[2]) / 1e6
local requests, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local interval = seconds / requests
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local early = due + interval - now - seconds
if early <= interval * 1e-6 + 1e-6 then
  due = due + interval
  redis.call('SET', KEYS[1], string.format('%.6f', due), 'PX', math.ceil((due - now) * 1000))
  early = 0
end
return {string.format('%.6f', due - now), string.format('%.6f', early)}
"""
"""`allowance` in Redis: one step, by the clock of Redis, so that all workers and replicas count as one."""


class RedisCounter:
    """Counts in Redis; while that is away, in this process, so the limit still holds for each worker."""

    def __init__(self, limit: RateLimit, url: str, *, failed: Callable[[], None]) -> None:
        """Connect to nothing yet; `failed` is called for each request to Redis that fails."""
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._redis: Redis = Redis.from_url(url)
        # not as arguments of `from_url`: the options of the address would win over them
        self._redis.connection_pool.connection_kwargs |= {
            "socket_timeout": _REDIS_SECONDS,
            "socket_connect_timeout": _REDIS_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        self._script: Any = self._redis.register_script(_SCRIPT)
        self._limit = limit
        self._failed = failed
        self._instead = MemoryCounter(limit)
        self._rest_until = 0.0
        self._is_well = True
        self._threads = threading.BoundedSemaphore(_MOST_THREADS)
        self._trying_again = threading.BoundedSemaphore(1)

    def take(self, client: str) -> Allowance:
        """Count one request of `client`, unless it is over the limit."""
        found = self._asked(client)
        if found is None:
            return self._instead.take(client)
        ahead, early = found
        remaining = int((self._limit.seconds - ahead) * self._limit.requests / self._limit.seconds + 1e-6)
        return Allowance(early == 0, max(0, remaining), ahead, early)

    def _asked(self, client: str) -> tuple[float, float] | None:
        """Return what Redis says; None where it is left alone, has enough to do, or fails."""
        threads, patience = (self._threads, _REDIS_SECONDS) if self._is_well else (self._trying_again, 0.0)
        if monotonic() < self._rest_until or not threads.acquire(timeout=patience):
            return None
        try:
            ahead, early = self._script(
                keys=[f"nutgraf:rate:{client}"], args=[self._limit.requests, self._limit.seconds]
            )
            self._is_well = True
            return float(ahead), float(early)
        except Exception as error:  # noqa: BLE001 - whatever its client fails by, the request is to be answered
            self._is_well = False
            self._rest_until = monotonic() + _REST_SECONDS
            self._failed()
            telemetry.log.warning("redis", message="Limits are counted in memory.", kinds=[type(error).__qualname__])
            return None
        finally:
            threads.release()


def counter_for(limit: RateLimit | None, redis_url: str, *, failed: Callable[[], None]) -> Counter | None:
    """Return the counter that the settings ask for; None without a limit."""
    if limit is None:
        return None
    return RedisCounter(limit, redis_url, failed=failed) if redis_url else MemoryCounter(limit)


def header_values(limit: RateLimit, left: Allowance) -> dict[str, str]:
    """Return the `RateLimit` fields of the IETF's draft (httpapi-ratelimit-headers): what holds, and what is left."""
    return {
        "RateLimit-Policy": f'"default";q={limit.requests};w={limit.seconds}',
        "RateLimit": f'"default";r={left.remaining};t={math.ceil(left.reset_seconds)}',
    }
