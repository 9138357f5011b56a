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
import sys
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.settings import Settings
from service.web import telemetry
from service.web.arrivals import MOST_HEAD_BYTES, Arrival
from service.web.connections import Connection, PatientConnection
from service.web.measurements import Measurements
from service.web.refusals import ENDLESS, FULL, TIMED_OUT, Refusal, overloaded_reply, refusal_for, refused_reply
from service.web.streams import streamed_body
from service.web.unreader import GatheredUnreader

_FIRST_PIECE = 16 * 1024
"""So much of a request is taken at first: a head and most articles, but little of what may have to be refused."""
_PIECE = 256 * 1024
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
_PAUSE_SECONDS = 0.02
"""How long connections gather while the queue is full. Each look at them takes the processor from the threads at work;
and another worker, which has room, can take them meanwhile. `/livez` waits for it too."""
_MOST_ACCEPTED = 64
"""So many connections are taken in a turn of the loop while the queue is full."""
_YIELD_SECONDS = 0.005
"""How long a connection is left to a worker that holds fewer: to wake up takes an idle one a tenth of that."""
_MOST_ENDED = 64
"""So many idle connections are ended at once where there are too many."""
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Gathers requests in the event loop, answers them in threads; everything but `handle…` runs in the loop."""

    settings: Settings
    """Set by `worker_for`."""
    measurements: Measurements
    """Where refusals are counted; set by `worker_for`."""
    wsgi: Any
    """The application; set by gunicorn."""
    max_requests: int
    """Set by gunicorn."""
    alive: bool
    """Whether it goes on; set by gunicorn, and by its signals."""
    streamed: frozenset[bytes]
    """The paths whose `POST` is streamed; set by `worker_for`."""
    queued: Mapping[bytes, str]
    """The paths whose `POST` needs a slot, with their routes; set by `worker_for`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Take what gunicorn gives a worker."""
        super().__init__(*args, **kwargs)
        # gunicorn would stop in the middle of a batch
        self._requests_in_a_life, self.max_requests = self.max_requests, sys.maxsize
        self._addresses = {listener.fileno(): listener.getsockname() for listener in self.sockets}
        self._arrivals: dict[Any, Arrival] = {}
        self._deadlines: dict[Any, float] = {}  # of arrivals, oldest first
        self._lingering: dict[Any, float] = {}  # connection -> when it is closed, oldest first
        self._gathered_bytes = 0
        self._sending: dict[Any, float] = {}  # connection -> when the rest of its reply has to be sent, oldest first
        self._unsent_bytes = 0
        self._streams: set[Any] = set()
        self._in_hand = 0  # requests for a slot, from the moment a thread gets them to the end of their reply
        self._told_conns = 0  # what other workers know of nr_conns
        self._left_at: float | None = None  # since when a connection is left to another worker
        self._is_left = False  # whether one is in this turn of the loop
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

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Take a turn of the loop; while the queue is full, not before a pause."""
        if self._is_full():
            self.app.admission.wait_for_room(_PAUSE_SECONDS)
        self._is_left = False
        super().wait_for_and_dispatch_events(timeout)
        self._tell_connections()
        if not self._is_left:
            self._left_at = None

    def _tell_connections(self) -> None:
        if self.nr_conns != self._told_conns:
            self._told_conns = self.nr_conns
            self.measurements.set_gauges(nutgraf_connections=self.nr_conns)

    def _is_full(self) -> bool:
        """Whether a request that needs a slot would be refused: while none is free, all that threads have are queued.

        Otherwise they are not: they may all be about to fail for a key, or wait for Redis.
        """
        admission = self.app.admission if self.queued else None
        if admission is None:
            return False
        most = self.settings.slots + self.settings.queue
        return admission.room <= 0 or (admission.busy == self.settings.slots and self._in_hand >= most)

    # ------------------------------------------------------------------------------------------------ a request comes

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and all that wait while the queue is full; otherwise other workers shall have theirs."""
        if self._leaves_to_another():
            return
        for _ in range(max(1, min(_MOST_ACCEPTED, self.worker_connections - self.nr_conns))):
            try:
                connected, address = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):  # another worker was first, or the client has gone
                return
            self._begin(connected, address, listener)
            self._tell_connections()
            if not self._is_full():
                return

    def _leaves_to_another(self) -> bool:
        """Whether a worker that holds fewer connections may take the one that waits; it has a moment for it.

        Else the first that wakes takes all that come at once, and where they are kept, as by a proxy, the others have
        nothing to do.
        """
        if self.nr_conns <= self.measurements.fewest_connections():
            return False
        now = monotonic()
        if self._left_at is None:
            self._left_at = now
        self._is_left = now - self._left_at < _YIELD_SECONDS
        return self._is_left

    def _begin(self, connected: socket.socket, address: Any, listener: socket.socket) -> None:  # noqa: ANN401
        """Begin a connection with few system calls: in each the threads at work may take the loop's turn.

        gunicorn's own asks and sets the same things several times.
        """
        self.nr_conns += 1
        conn = TConn(self.cfg, connected, address, self._addresses[listener.fileno()])
        conn.sock = Connection(connected)
        conn.data_ready = True  # no thread is to wait for the first byte
        conn.is_watched = False
        self.enqueue_req(conn)

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401
        """Gather a request before a thread gets it: of a new connection, or the next one of a kept connection."""
        rest = conn.parser.unreader.take_buffered() if conn.initialized else b""
        self._arrivals[conn] = Arrival(max_body_bytes=self.settings.max_body_bytes, streamed=self.streamed)
        self._deadlines[conn] = monotonic() + self.settings.read_seconds
        if rest:
            self._take(conn, rest)
        else:
            self._gather(conn)  # most often the bytes are here already
        if conn in self._arrivals:
            self._watch(conn)

    def _watch(self, conn: Any) -> None:  # noqa: ANN401
        """Wait for the rest of a request."""
        try:
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._gather, conn))
        except (OSError, ValueError):  # closed already: an error here would end the worker
            self._forget(conn)
            self._close(conn)
        else:
            conn.is_watched = True

    def _gather(self, conn: Any, _socket: object = None) -> None:  # noqa: ANN401
        """Take what the socket has."""
        if conn not in self._arrivals:
            return  # refused in this turn of the loop, to the good of another: see `_take`
        try:
            data = conn.sock.recv(_PIECE if self._arrivals[conn].head else _FIRST_PIECE)
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
        had_head, expected = bool(arrival.head), arrival.expects_continue
        state = arrival.add(data)
        self._gathered_bytes += len(data)
        if self._gathered_bytes > _GATHERED_BODIES * self.settings.max_body_bytes:
            # whoever holds the most pays: otherwise a few could shut out all who come in two packets
            largest = max(self._arrivals, key=lambda one: len(self._arrivals[one].content))
            if len(self._arrivals[largest].content) > MOST_HEAD_BYTES:
                self._refuse(largest, FULL, "Retry-After: 1\r\n")
            if conn not in self._arrivals:
                return
        if (state == "whole" or (arrival.head and not had_head)) and self._is_refused_work(arrival):
            self._refuse_work(conn)
        elif state == "whole":
            self._hand_over(conn, reusable=True)
        elif state == "too-large":
            self._hand_over(conn, reusable=False, cut=True)
        elif state == "streamed":
            self._hand_over_stream(conn)
        elif state in ENDLESS:
            self._refuse(conn, ENDLESS[state])
        elif arrival.expects_continue and not expected:
            with contextlib.suppress(OSError):
                conn.sock.send(_CONTINUE)

    def _hand_over(self, conn: Any, *, reusable: bool, cut: bool = False) -> None:  # noqa: ANN401
        """Give the request to a thread, `cut` where its body was not waited for.

        Without `reusable` the connection ends with its reply.
        """
        self._hold(conn)
        conn.parser.unreader.cut = cut
        conn.reusable = reusable
        super().enqueue_req(conn)

    def _hand_over_stream(self, conn: Any) -> None:  # noqa: ANN401
        """Give a streamed request to one of the threads for those; it will read the rest of the body itself."""
        if len(self._streams) >= self.settings.batches:
            self._refuse(conn, FULL, "Retry-After: 1\r\n")
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
        conn.needs_slot = arrival.post_path in self.queued
        self._in_hand += conn.needs_slot
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = GatheredUnreader()
        conn.parser.unreader.hold(arrival.content)
        conn.held_bytes = len(arrival.content)  # counted until the reply: requests may wait for a thread
        self._gathered_bytes += conn.held_bytes

    def _forget(self, conn: Any) -> Arrival:  # noqa: ANN401
        """Watch a connection no longer, and return what it has sent."""
        if conn.is_watched:
            self.poller.unregister(conn.sock)
            conn.is_watched = False
        del self._deadlines[conn]
        arrival = self._arrivals.pop(conn)
        self._gathered_bytes -= len(arrival.content)
        return arrival

    def _refuse(self, conn: Any, refusal: Refusal, headers: str = "") -> None:  # noqa: ANN401
        """Answer without a thread, and end the connection."""
        self._forget(conn)
        with contextlib.suppress(OSError):
            conn.sock.send(refused_reply(refusal, headers))
        self.measurements.refusal(refusal[1])
        self._linger(conn)

    def _is_refused_work(self, arrival: Arrival) -> bool:
        """Whether a request would find the queue full: then neither its body nor a thread is needed to say so."""
        if arrival.post_path not in self.queued or not self._is_full():
            return False
        # other sites' pages have to be allowed to read the reply, which is the application's to do
        return not (self.settings.cors_origins and b"\r\norigin:" in arrival.head.lower())

    def _refuse_work(self, conn: Any) -> None:  # noqa: ANN401
        """Answer as the application does where the queue is full, and end the connection."""
        arrival = self._forget(conn)
        route = self.queued[arrival.post_path]
        reply = overloaded_reply(
            arrival.head, route=route, address=conn.client[0], trusted_proxies=self.settings.trusted_proxies
        )
        with contextlib.suppress(OSError):
            conn.sock.send(reply)
        self.measurements.request(route, FULL[0], 0.0)
        self.measurements.refusal(FULL[1])
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
        self.measurements.refusal("slow-reader")

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:  # noqa: ANN401, ARG002
        """Answer a request that breaks HTTP itself. gunicorn would log the request line, with the query string."""
        with contextlib.suppress(OSError):
            util.write(client, refused_reply(refusal_for(exc), kind=type(exc).__qualname__))
        self.measurements.refusal(refusal_for(exc)[1])

    # ------------------------------------------------------------------------------------- the client takes the reply

    def finish_request(self, conn: Any, fs: Future[bool]) -> None:  # noqa: ANN401
        """Send what the client has not taken yet, then go on."""
        self._in_hand -= conn.needs_slot
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
            n_bytes = conn.sock.discard()
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
        if self.alive and self.nr >= self._requests_in_a_life and not self._streams:
            self.log.info("Worker %s ends after %d requests", self.pid, self.nr)
            self.alive = False  # it answers what it has, then the master starts another
        for conn in self._expired(self._deadlines):
            if self._arrivals[conn].content:
                self._refuse(conn, TIMED_OUT)
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
        self.measurements.set_gauges(nutgraf_workers=0)  # it takes no connection any more
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


def worker_for(
    settings: Settings, measurements: Measurements, *, streamed: Collection[str] = (), queued: Collection[str] = ()
) -> type[Worker]:
    """Return the class of worker for these settings; gunicorn makes workers of a class and gives them its own.

    `streamed` are routes whose `POST` is streamed, `queued` those whose `POST` needs a slot: such a request is refused
    by its head where the application's `admission` has no room.
    """
    prefixes = {"", settings.url_prefix}
    attributes = {
        "settings": settings,
        "measurements": measurements,
        "streamed": frozenset((prefix + route).encode("ascii") for route in streamed for prefix in prefixes),
        "queued": {(prefix + route).encode("ascii"): route for route in queued for prefix in prefixes},
    }
    return type("Worker", (Worker,), attributes)
