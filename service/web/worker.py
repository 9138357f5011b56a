"""gunicorn's threaded worker, in which a client that is slow costs no thread.

gthread reads a request in the thread that answers it and waits there as long as the client likes, so as many half-sent
requests as there are threads end all service. Here the event loop gathers each request, under a time limit, and gives
it to a thread once it is whole; and what a client does not take of a reply at once, the loop sends, under a time limit
too. And where gthread's loop stands still until a client has closed its side (up to two seconds for each), this one
watches such connections like all others.

Some paths are streamed both ways; see `service/web/streams.py`.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from time import monotonic
from typing import Any

import orjson
from gunicorn import util
from gunicorn.http import errors as framing
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import ThreadWorker

from service.problems import URN
from service.settings import Settings
from service.web import telemetry
from service.web.arrivals import MOST_HEAD_BYTES, Arrival, CutBodyError, State
from service.web.connections import Connection, PatientConnection
from service.web.problems import MEDIA_TYPE
from service.web.streams import streamed_body

_PIECE = 256 * 1024
_SMALL_PIECE = 8 * 1024  # of a head, or of chunks: gunicorn copies what it has not used yet
_LINGER_SECONDS = 5.0
"""How long a client may take to close its side of a connection that is over."""
_STOPPING_SECONDS = 2.0
"""How long a worker that stops waits for the first byte on connections that it has already accepted; twice that for the
last byte of a request."""
_GATHERED_BODIES = 4
"""Requests of one worker that are half sent, or not answered yet, may hold so many times NUTGRAF_MAX_BODY_BYTES of
memory together. Small ones are never refused for it."""
_UNSENT_BODIES = 4
"""Replies that wait for their clients may hold so many times NUTGRAF_MAX_BODY_BYTES of memory together; past it the
largest is dropped. A single one may be larger."""
_DRAINED_BODIES = 4
"""A client may go on sending so many times NUTGRAF_MAX_BODY_BYTES after it was refused, and then sees the refusal."""
_MOST_ENDED = 64
"""So many idle connections are ended at once where there are too many."""
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

Refusal = tuple[int, str, str]
"""Status, slug and title."""

_TIMED_OUT: Refusal = (408, "request-timeout", "The request took too long to arrive")
_FULL: Refusal = (503, "overloaded", "Too much work at once")
_ENDLESS: Mapping[State, Refusal] = {
    "endless-head": (431, "headers-too-large", "The headers are too large"),
    "endless-body": (413, "body-too-large", "The body is too large"),
}
REFUSALS: Mapping[type[Exception], Refusal] = {
    framing.LimitRequestLine: (414, "uri-too-long", "The address is too long"),
    framing.LimitRequestHeaders: _ENDLESS["endless-head"],
    framing.ExpectationFailed: (417, "expectation-failed", "The expectation cannot be met"),
    framing.UnsupportedTransferCoding: (501, "unsupported-transfer-coding", "The transfer coding is not supported"),
    framing.ParseException: (400, "bad-request", "The request cannot be understood"),
}
"""What gunicorn's parser raises -> what the client is told; the nearest class counts."""
_UNKNOWN: Refusal = (500, "internal-error", "Nutgraf has failed")

EARLY_REFUSALS = frozenset({*REFUSALS.values(), *_ENDLESS.values(), _TIMED_OUT, _FULL, _UNKNOWN})
"""Everything that is answered before the application sees a request."""


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Gathers requests in the event loop, answers them in threads; everything but `handle…` runs in the loop."""

    settings: Settings
    """Set by `worker_for`."""
    refused: Callable[[str], None]
    """Counts a refusal by its slug; set by `worker_for`."""
    wsgi: Any
    """The application; set by gunicorn."""
    streamed: frozenset[bytes]
    """The paths whose `POST` is streamed; set by `worker_for`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Take what gunicorn gives a worker."""
        super().__init__(*args, **kwargs)
        self._arrivals: dict[Any, Arrival] = {}
        self._deadlines: dict[Any, float] = {}  # of arrivals, oldest first
        self._lingering: dict[Any, float] = {}  # connection -> when it is closed, oldest first
        self._gathered_bytes = 0
        self._sending: dict[Any, float] = {}  # connection -> when the rest of its reply has to be sent, oldest first
        self._unsent_bytes = 0
        self._streams: set[Any] = set()
        self._stream_threads = ThreadPoolExecutor(self.settings.batches, thread_name_prefix="stream")

    def load_wsgi(self) -> None:
        """Tell the application whether the worker stops."""
        super().load_wsgi()
        application = self.wsgi

        def told(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401 - as WSGI has it
            environ["nutgraf.stopping"] = lambda: not self.alive
            return application(environ, start_response)

        self.wsgi = told

    def run(self) -> None:
        """Serve until a signal comes and the time for a stop is over; what is still streamed then is cut off."""
        super().run()
        for conn in self._streams:
            with contextlib.suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RDWR)
        self._stream_threads.shutdown(wait=False)

    # ------------------------------------------------------------------------------------------------ a request comes

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401
        """Gather a request before a thread gets it: of a new connection, or the next one of a kept connection."""
        rest = b""
        if conn.initialized:
            rest = conn.parser.unreader.take_buffered()
        else:
            conn.init()
            conn.sock = Connection(conn.sock)
            conn.parser.unreader = _Unreader()
            conn.data_ready = True  # no thread is to wait for the first byte
        try:
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._gather, conn))
        except (OSError, ValueError):  # closed already: an error here would end the worker
            self._close(conn)
            return
        self._arrivals[conn] = Arrival(max_body_bytes=self.settings.max_body_bytes, streamed=self.streamed)
        self._deadlines[conn] = monotonic() + self.settings.read_seconds
        if rest:
            self._take(conn, rest)
        else:
            self._gather(conn)  # most often the bytes are here already

    def _gather(self, conn: Any, _socket: object = None) -> None:  # noqa: ANN401
        """Take what the socket has."""
        if conn not in self._arrivals:
            return  # refused in this turn of the loop, to the good of another: see `_take`
        try:
            data = conn.sock.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, data)
        elif self._arrivals[conn].content:
            self._hand_over(conn, reusable=False)  # gunicorn says what is missing
        else:
            self._forget(conn)
            self._close(conn)

    def _take(self, conn: Any, data: bytes) -> None:  # noqa: ANN401
        """Add bytes to a request, and go on by what it has become."""
        arrival = self._arrivals[conn]
        expected = arrival.expects_continue
        state = arrival.add(data)
        self._gathered_bytes += len(data)
        if self._gathered_bytes > _GATHERED_BODIES * self.settings.max_body_bytes:
            # whoever holds the most pays: otherwise a few could shut out all who come in two packets
            largest = max(self._arrivals, key=lambda one: len(self._arrivals[one].content))
            if len(self._arrivals[largest].content) > MOST_HEAD_BYTES:
                self._refuse(largest, _FULL, "Retry-After: 1\r\n")
            if conn not in self._arrivals:
                return
        if state == "whole":
            self._hand_over(conn, reusable=True)
        elif state == "too-large":
            conn.parser.unreader.cut = True
            self._hand_over(conn, reusable=False)
        elif state == "streamed":
            self._hand_over_stream(conn)
        elif state in _ENDLESS:
            self._refuse(conn, _ENDLESS[state])
        elif arrival.expects_continue and not expected:
            with contextlib.suppress(OSError):
                conn.sock.send(_CONTINUE)

    def _hand_over(self, conn: Any, *, reusable: bool) -> None:  # noqa: ANN401
        """Give the request to a thread; without `reusable` the connection ends with its reply."""
        self._hold(conn)
        conn.reusable = reusable
        super().enqueue_req(conn)

    def _hand_over_stream(self, conn: Any) -> None:  # noqa: ANN401
        """Give a streamed request to one of the threads for those; it will read the rest of the body itself."""
        if len(self._streams) >= self.settings.batches:
            self._refuse(conn, _FULL, "Retry-After: 1\r\n")
            return
        self._hold(conn)
        conn.reusable = False
        conn.sock = PatientConnection(conn.sock, seconds=self.settings.read_seconds, stopping=lambda: not self.alive)
        conn.parser.unreader.source = conn.sock
        self._streams.add(conn)
        answered = self._stream_threads.submit(self.handle, conn)
        answered.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def _hold(self, conn: Any) -> None:  # noqa: ANN401
        """Keep what has come for gunicorn's parser."""
        arrival = self._forget(conn)
        conn.parser.unreader.hold(arrival.content)
        conn.held_bytes = len(arrival.content)  # counted until the reply: requests may wait for a thread
        self._gathered_bytes += conn.held_bytes

    def _forget(self, conn: Any) -> Arrival:  # noqa: ANN401
        """Watch a connection no longer, and return what it has sent."""
        self.poller.unregister(conn.sock)
        del self._deadlines[conn]
        arrival = self._arrivals.pop(conn)
        self._gathered_bytes -= len(arrival.content)
        return arrival

    def _refuse(self, conn: Any, refusal: Refusal, headers: str = "") -> None:  # noqa: ANN401
        """Answer without a thread, and end the connection."""
        self._forget(conn)
        with contextlib.suppress(OSError):
            conn.sock.send(_refused(refusal, headers))
        self.refused(refusal[1])
        self._linger(conn)

    # ------------------------------------------------------------------------------------------- a thread answers it

    def handle_request(self, req: Any, conn: Any) -> bool:  # noqa: ANN401
        """Answer one request."""
        if not conn.reusable:
            req.force_close()
        invite, req._expected_100_continue = req._expected_100_continue, False  # noqa: SLF001 - the loop's, see `_take`
        if conn in self._streams:
            req.body = streamed_body(req.body.reader, conn.sock, invite=invite)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:  # of a streamed reply
            self._count_slow_reader()
            return False

    def _count_slow_reader(self) -> None:
        telemetry.log.warning("refused", error="slow-reader")
        self.refused("slow-reader")

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:  # noqa: ANN401, ARG002
        """Answer a request that breaks HTTP itself. gunicorn would log the request line, with the query string."""
        with contextlib.suppress(OSError):
            util.write(client, _refused(refusal_for(exc), kind=type(exc).__qualname__))
        self.refused(refusal_for(exc)[1])

    # ------------------------------------------------------------------------------------- the client takes the reply

    def finish_request(self, conn: Any, fs: Future[bool]) -> None:  # noqa: ANN401
        """Send what the client has not taken yet, then go on."""
        self._gathered_bytes -= conn.held_bytes
        self._streams.discard(conn)
        conn.answered = fs
        if not conn.sock.unsent_bytes:
            self._go_on(conn)
            return
        try:
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send, conn))
        except (OSError, ValueError):
            self._close(conn)
            return
        self._sending[conn] = monotonic() + self.settings.read_seconds
        conn.held_bytes = conn.sock.unsent_bytes  # counted to the end: a piece that is half sent is in memory whole
        self._unsent_bytes += conn.held_bytes
        if self._unsent_bytes > _UNSENT_BODIES * self.settings.max_body_bytes and len(self._sending) > 1:
            self._drop_reply(max(self._sending, key=lambda one: one.held_bytes))

    def _send(self, conn: Any, _socket: object = None) -> None:  # noqa: ANN401
        """Send what the kernel takes; most often the client has read on."""
        if conn not in self._sending:
            return  # dropped in this turn of the loop
        try:
            conn.sock.send_some()
        except OSError:
            self._forget_reply(conn)
            self._close(conn)
            return
        if not conn.sock.unsent_bytes:
            self._forget_reply(conn)
            self._go_on(conn)

    def _forget_reply(self, conn: Any) -> None:  # noqa: ANN401
        self.poller.unregister(conn.sock)
        del self._sending[conn]
        self._unsent_bytes -= conn.held_bytes

    def _drop_reply(self, conn: Any) -> None:  # noqa: ANN401
        """End the connection of a client that does not take its reply."""
        self._forget_reply(conn)
        self._close(conn)
        self._count_slow_reader()

    # -------------------------------------------------------------------------------------------- a connection ends

    def _go_on(self, conn: Any) -> None:  # noqa: ANN401
        """Keep the connection for the next request, or end it without waiting for the client."""
        answered = conn.answered
        failed = answered.cancelled() or answered.exception() is not None
        if failed or not answered.result() or conn.parser.unreader.exhausted:
            self._linger(conn)
        elif conn.parser.unreader.holds_bytes:
            self.enqueue_req(conn)
        else:
            super().finish_request(conn, answered)

    def _linger(self, conn: Any) -> None:  # noqa: ANN401
        """Close our side, and the connection once the client has closed its own: or it might not see the reply."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):
            self._close(conn)
        else:
            self._lingering[conn] = monotonic() + _LINGER_SECONDS
            conn.drained_bytes = 0

    def _drain(self, conn: Any, _socket: object = None) -> None:  # noqa: ANN401
        """Throw away what a client still sends on a connection that is over."""
        try:
            n_bytes = len(conn.sock.recv(_PIECE))
            conn.drained_bytes += n_bytes
            over = not n_bytes or conn.drained_bytes > _DRAINED_BODIES * self.settings.max_body_bytes
        except BlockingIOError:
            return
        except OSError:
            over = True
        if over:
            self._end_linger(conn)

    def _end_linger(self, conn: Any) -> None:  # noqa: ANN401
        del self._lingering[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: Any) -> None:  # noqa: ANN401
        self.nr_conns -= 1
        conn.close()

    # ------------------------------------------------------------------------------------------------ time runs out

    def murder_pending(self) -> None:
        """End what has taken too long; gunicorn calls this once a turn of its loop, and at least once a second."""
        super().murder_pending()
        for conn in self._expired(self._deadlines):
            if self._arrivals[conn].content:
                self._refuse(conn, _TIMED_OUT)
            else:
                self._forget(conn)
                self._close(conn)
        for conn in self._expired(self._sending):
            self._drop_reply(conn)
        for conn in self._expired(self._lingering):
            self._end_linger(conn)
        if self.nr_conns >= self.worker_connections:  # no more are accepted: those that sent nothing make room
            for conn in [one for one, arrival in self._arrivals.items() if not arrival.content][:_MOST_ENDED]:
                self._forget(conn)
                self._close(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Let connections that have sent nothing, or half a request, not hold up a worker that stops."""
        super()._cap_keepalive(deadline)
        end = monotonic() + _STOPPING_SECONDS
        for conn, arrival in self._arrivals.items():
            patience = _STOPPING_SECONDS if arrival.content else 0.0
            self._deadlines[conn] = min(self._deadlines[conn], end + patience)

    def _expired(self, deadlines: Mapping[Any, float]) -> list[Any]:
        """Return the connections whose time is up. They are in order, except while the worker stops."""
        now = monotonic()
        expired = []
        for conn, deadline in deadlines.items():
            if deadline <= now:
                expired.append(conn)
            elif self.alive:
                break
        return expired


class _Unreader(Unreader):  # type: ignore[misc] # gunicorn has no types
    """Gives gunicorn's parser the bytes that the loop has gathered, in pieces as a socket would, and nothing else.

    Only the thread of a streamed request reads on from the socket: elsewhere a client could make it wait.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held = memoryview(b"")
        self.exhausted = False
        """Whether the parser wanted more than there is: where the next request starts is then unknown."""
        self.source: PatientConnection | None = None
        """Where a streamed request goes on."""
        self.cut = False
        """Whether the rest of the body was not waited for; whoever wants it gets a `CutBodyError`."""

    def hold(self, content: bytearray) -> None:
        self._held = memoryview(content)

    @property
    def holds_bytes(self) -> bool:
        return bool(self._held or self.buf.getbuffer().nbytes)

    def chunk(self, size_hint: int | None = None) -> bytes:
        size = max(_SMALL_PIECE, min(size_hint or 0, _PIECE))
        piece, self._held = bytes(self._held[:size]), self._held[size:]
        if not piece and self.source is not None:
            piece = self.source.receive(size)
        if not piece and self.cut:
            raise CutBodyError
        self.exhausted = self.exhausted or not piece
        return piece

    def take_buffered(self) -> bytes:
        rest, self._held = bytes(self._held), memoryview(b"")
        return bytes(super().take_buffered()) + rest


def worker_for(settings: Settings, refused: Callable[[str], None], *, streamed: Collection[str] = ()) -> type[Worker]:
    """Return the class of worker for these settings; gunicorn makes workers of a class and gives them its own.

    `refused` counts a refusal by its slug. `streamed` are paths whose `POST` is streamed, under the prefix too.
    """
    paths = {prefix + path for path in streamed for prefix in ("", settings.url_prefix)}
    attributes = {
        "settings": settings,
        "refused": staticmethod(refused),
        "streamed": frozenset(path.encode("ascii") for path in paths),
    }
    return type("Worker", (Worker,), attributes)


def refusal_for(error: BaseException) -> Refusal:
    """Return status, slug and title for a request that gunicorn could not parse."""
    for kind in type(error).__mro__:
        if refusal := REFUSALS.get(kind):
            return refusal
    return _UNKNOWN


def _refused(refusal: Refusal, headers: str = "", *, kind: str | None = None) -> bytes:
    """Return the reply to a request that never reaches the application, and log it."""
    status, slug, title = refusal
    telemetry.log.warning("refused", error=slug, status=status, **({"kinds": [kind]} if kind else {}))
    body = orjson.dumps({"type": URN + slug, "title": title, "status": status, "detail": f"{title}."})
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {MEDIA_TYPE}\r\n{headers}"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + body
