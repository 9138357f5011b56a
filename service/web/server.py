"""gunicorn, set up in code: what an operator may change is in `Settings`, the rest is decided here.

Threads, so that a probe is answered beside a busy summary; what most requests need loaded before the fork, so that
workers share its memory; no control socket, no access log (ours is the canonical line), no file written but the
heartbeats of the workers, and those in memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import math
import os
import resource
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import is_ipv6

from service.errors import InvalidSettingError
from service.processors import processor_of_its_own
from service.settings import Settings, inherits_sockets
from service.web import telemetry
from service.web.admission import Admission
from service.web.measurements import Measurements
from service.web.worker import worker_for

if TYPE_CHECKING:
    from flask_openapi3.openapi import OpenAPI

STREAMED = ("/v1/batches",)
"""What is read and answered piece by piece: see `service.web.streams`."""
QUEUED = ("/v1/summaries",)
"""What is refused by its head where the queue is full."""
KEEP_ALIVE_SECONDS = 75
"""Longer than the 60 seconds after which common proxies drop an idle connection: they, not we, close it."""
_MOST_CONNECTIONS = 1000
GRACE_SECONDS = 5
"""What a request gets on top of its deadline when the service stops."""
_TURN_SECONDS = 0.002
"""How long a thread computes before one that waits gets its turn. Under full load the event loop waits for many turns:
with Python's own 5 ms `/livez` takes a third longer, and no more work is done."""
_M_ARENA_MAX = -8
"""`mallopt`'s name for the most arenas, in glibc's malloc.h."""
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - gunicorn makes its files there with mkstemp and unlinks them at once


def serve(settings: Settings) -> None:
    """Serve until a signal ends the process. Raises `InvalidSettingError` where the address cannot be listened on."""
    if not inherits_sockets():
        check_address(settings.host, settings.port)
    # read when numpy is loaded: the workers are the parallelism
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    telemetry.configure(settings.log_level)
    Server(settings).run()


def check_address(host: str, port: int) -> None:
    """Bind the address once, as gunicorn will: it would load everything first, and then try again and again.

    Raises `InvalidSettingError` with the system's reason.
    """
    family = socket.AF_INET6 if is_ipv6(host) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((host, port))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no host name"
        raise InvalidSettingError(
            f"NUTGRAF_HOST is '{host}' and PORT is '{port}', where the service cannot listen ({reason}); wanted is an "
            "address of this machine, such as 127.0.0.1 or 0.0.0.0, and a port that is free."
        ) from None


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn with the settings of Nutgraf, from nowhere else: no file, no GUNICORN_CMD_ARGS."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; the application is made in `load`."""
        self._settings = settings
        self._measurements = Measurements(settings)
        self._app: OpenAPI | None = None
        self.admission: Admission | None = None
        """The slots of this worker, once it has begun."""
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in gunicorn_settings(self._settings, self._measurements).items():
            self.cfg.set(name, value)

    def load(self) -> OpenAPI:
        """Make the application, load all it will need and answer once, in the master, before any worker is forked."""
        from service.web.app import create_app

        keep_one_arena()
        app = create_app(self._settings, self._measurements)
        self._app = app
        warm_up(app)
        gc.collect()
        sys.setswitchinterval(_TURN_SECONDS)
        gc.freeze()  # the collector would write to shared pages, and so copy them into every worker
        return app

    def begin_worker(self) -> None:
        """Do what a worker has to do before its first request; called in the worker."""
        from service.web.state import access, admission

        if self._app is not None:
            with self._app.app_context():
                access().keys.begin()
                self.admission = admission()


def gunicorn_settings(settings: Settings, measurements: Measurements) -> dict[str, Any]:
    """Return gunicorn's settings for ours; its hooks give each worker a row of the measurements, and a processor."""

    def before_fork(arbiter: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        others = sorted(arbiter.WORKERS.values(), key=lambda other: -other.age)
        worker.row = measurements.free_row({other.row for other in others})
        staying = others[: arbiter.num_workers - 1]  # after a HUP the older ones are about to end
        worker.processor = processor_of_its_own(arbiter.num_workers, [other.processor for other in staying])

    def in_worker(_arbiter: object, worker: Any) -> None:  # noqa: ANN401
        bind_to(worker.processor)  # first: threads inherit it
        measurements.begin(worker.row)
        worker.app.begin_worker()

    def after_worker(_arbiter: object, worker: Any) -> None:  # noqa: ANN401
        measurements.end(worker.row)

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "max_requests": settings.max_requests,
        "max_requests_jitter": settings.max_requests // 4,
        "worker_class": worker_for(settings, measurements, streamed=STREAMED, queued=QUEUED),
        "pre_fork": before_fork,
        "post_fork": in_worker,
        "child_exit": after_worker,
        "logger_class": ErrorLog,
        "loglevel": settings.log_level,
        "preload_app": True,
        "control_socket_disable": True,
        "worker_tmp_dir": str(_MEMORY_FOLDER) if os.access(_MEMORY_FOLDER, os.W_OK) else None,
        "keepalive": KEEP_ALIVE_SECONDS,
        "graceful_timeout": 2 * math.ceil(settings.deadline_seconds) + GRACE_SECONDS,  # in the queue, then at work
        "timeout": 60,  # of the worker's heartbeat: requests have their own deadline
        "worker_connections": _most_connections(settings.threads),
        "sendfile": False,  # it would wait for the client; see `service.web.connections`
        "limit_request_line": 8190,  # options and a title in the query string
        "forwarded_allow_ips": "",  # X-Forwarded-… is ProxyFix's, as far as NUTGRAF_TRUSTED_PROXIES says
        "proc_name": "nutgraf",
    }


def keep_one_arena() -> None:
    """Have all threads of this process and its children take memory from one heap, where the C library is glibc.

    Otherwise it makes a heap for each thread, so that they need not wait for each other. Under Python's lock they
    hardly ever do, and the heaps of a worker's threads cost it 1 MiB.
    """
    with contextlib.suppress(AttributeError):  # musl and macOS have no such heaps
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def bind_to(processor: int | None) -> None:
    """Keep this process on one CPU: its threads take turns, and a turn that changes CPUs leaves one of them idle."""
    if processor is not None:
        with contextlib.suppress(OSError):  # a sandbox may forbid it, or the CPU may just have gone
            os.sched_setaffinity(0, {processor})


def _most_connections(threads: int) -> int:
    """Return how many connections a worker takes: as many as it may open, less what its threads open themselves."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    spare = 2 * threads + 32
    return _MOST_CONNECTIONS if files == resource.RLIM_INFINITY else max(1, min(_MOST_CONNECTIONS, files - spare))


def warm_up(app: OpenAPI) -> None:
    """Load what is otherwise loaded at first use: the stemmer, templates, the document's example.

    But not what a worker takes when it is asked for it: trafilatura, for pages of HTML (a tenth of a second, 9 MiB);
    nltk and sumy, which only sumy's own methods and three languages need (half a second, 20 MB).
    """
    from service.summary.options import SummaryOptions
    from service.summary.summarize import Source, summarize
    from service.web.examples import ARTICLE

    everything = SummaryOptions(include=frozenset({"keywords", "blocks", "explanation"}))
    summarize([Source(ARTICLE)], everything)
    client = app.test_client()
    with telemetry.silenced():
        for path in ("/", "/openapi.json"):  # open addresses: nothing here asks for a key or counts for a limit
            client.get(path)


class ErrorLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """gunicorn's messages in our log, and no access log."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Keep the handler that `telemetry.configure` has set."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.loglevel = self.LOG_LEVELS[cfg.loglevel]
        self.error_log.setLevel(self.loglevel)
