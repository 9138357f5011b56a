"""A client for Nutgraf in one file: copy it beside your program. Python 3.11 or later, the standard library alone.

    from nutgraf_client import Client

    with Client("http://127.0.0.1:8000") as nutgraf:
        summary = nutgraf.summarize(article, length={"words": 60})
        for bullet in summary["highlights"]:
            print(bullet["text"])

`nutgraf.batch(articles)` does the same for many. A client keeps its connection open, waits and asks again when the
service says `Retry-After` (429, 503), and raises what the service refuses as a `ProblemError`. To send a request again
is safe: a summary changes nothing. A client is for one thread; make one for each.
"""

from __future__ import annotations

import http.client
import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Literal, NotRequired, Self, TypedDict, Unpack
from urllib.parse import urlsplit

SLICE_LINES = 100
"""A batch is sent in requests of at most so many articles …"""
SLICE_BYTES = 2**20
"""… and of so many bytes, unless one article has more: so neither side holds much, and no proxy has to stream."""
ENDINGS = {f"urn:nutgraf:{kind}" for kind in ("stopping", "incomplete-body", "unread-answers", "batch-too-large")}
"""Problems of a batch, not of an article: their line is the first that was not answered."""


class Length(TypedDict, total=False):
    """How long the summary may be: exactly one of these."""

    sentences: int
    words: int
    characters: int
    ratio: float


class HighlightOptions(TypedDict, total=False):
    """How many bullets, how far they are shortened, and how long they may be."""

    count: int | Literal["auto"]
    compression: Literal["none", "safe", "tight"]
    max_words: int


class Options(TypedDict, total=False):
    """What may be asked for; what is left out has the service's default."""

    title: str | None
    format: Literal["text", "html"]
    language: str
    algorithm: str
    length: Length
    highlights: HighlightOptions
    order: Literal["document", "rank"]
    offsets: Literal["codepoint", "utf16", "utf8"]
    include: list[Literal["keywords", "blocks", "explanation", "text"]]


class Article(Options):
    """One article of a batch, with options of its own."""

    text: str
    id: NotRequired[str | int]


class Sentence(TypedDict):
    """A chosen sentence and its place in the text."""

    index: int
    text: str
    start: int
    end: int
    score: float
    rank: int
    pick: int


class Highlight(TypedDict):
    """A bullet, and the pieces of the text it was made of."""

    text: str
    sentence: int
    spans: list[tuple[int, int]]
    compressed: bool
    pick: int


class Keyword(TypedDict):
    """A ranked phrase."""

    text: str
    score: float


class Statistics(TypedDict):
    """Sizes of what came in and what went out."""

    characters: int
    words: int
    sentences: int
    summary_words: int
    reduction: float


class Notice(TypedDict):
    """Something worth knowing about an answer."""

    code: str
    detail: str


class Summary(TypedDict):
    """The answer about one article; it may hold more than is named here."""

    summary: str
    sentences: list[Sentence]
    highlights: list[Highlight]
    keywords: NotRequired[list[Keyword]]
    blocks: NotRequired[list[dict[str, Any]]]
    explanation: NotRequired[dict[str, Any]]
    text: NotRequired[str]
    language: str
    algorithm: str
    stats: Statistics
    warnings: list[Notice]
    version: str


class Place(TypedDict):
    """A value that is wrong: where it stands, and what would be right."""

    detail: str
    pointer: NotRequired[str]
    parameter: NotRequired[str]


class Problem(TypedDict):
    """Why there is no summary (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[Place]]
    request_id: NotRequired[str]


class Answer(TypedDict):
    """What a batch says about one article: its `result` or its `problem`."""

    id: str | int | None
    line: int
    status: int
    result: NotRequired[Summary]
    problem: NotRequired[Problem]


class NutgrafError(Exception):
    """No answer: `ProblemError` where the service says why, `UnreachableError` where there is no service."""


class ProblemError(NutgrafError):
    """The service refused, and says why."""

    def __init__(self, problem: Problem) -> None:
        """Take the problem's fields as attributes."""
        super().__init__(f"{problem['title']}: {problem['detail']}")
        self.problem = problem
        self.type = problem["type"]
        self.status = problem["status"]
        self.title = problem["title"]
        self.detail = problem["detail"]
        self.errors = problem.get("errors", [])
        self.request_id = problem.get("request_id")


class UnreachableError(NutgrafError):
    """No reply came: no connection, or it broke, or it took longer than `timeout_seconds`."""


class Client:
    """A connection to one Nutgraf service.

    `timeout_seconds` bounds each wait for the network; the service itself stops after its deadline, 10 seconds by
    default. `retries` is how often a request is sent again, each time after the wait that the service asks for and up
    to a second of chance, so that waiting clients do not come back all at once. A wait over `max_wait_seconds` is not
    waited for.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        *,
        key: str | None = None,
        timeout_seconds: float = 30,
        retries: int = 4,
        max_wait_seconds: float = 60,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"'{url}' is no address of a service, such as https://nutgraf.example.")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=timeout_seconds)
        self._prefix = parts.path.rstrip("/")
        self._authorization = {"Authorization": f"Bearer {key}"} if key else {}
        self._retries = retries
        self._max_wait_seconds = max_wait_seconds

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens a new one."""
        self._connection.close()

    def summarize(self, text: str, **options: Unpack[Options]) -> Summary:
        """Return the summary of one article, text or (with `format="html"`) a page.

        Raises `ProblemError` for what the service refuses and `UnreachableError` where no reply comes.
        """
        reply = self._post("/v1/summaries", "application/json", _json({"text": text, **options}))
        summary: Summary = json.loads(reply)
        return summary

    def batch(self, articles: Iterable[Article], **options: Unpack[Options]) -> Iterator[Answer]:
        """Yield the answer to each article, in order; one that cannot be answered has a `problem`, and that is all.

        `options` hold for articles that do not give their own. Articles are taken as answers are: a slice is sent,
        read, and given before the next is taken. Raises what `summarize` does, but for what is wrong with one article.
        """
        n_answered = 0
        for part in _slices(_json({**options, **article}) + b"\n" for article in articles):
            for answer in self._answers(part):
                answer["line"] += n_answered
                yield answer
            n_answered += len(part)

    def _answers(self, lines: list[bytes]) -> Iterator[Answer]:
        """Send some lines, and what a service that stops has left of them once more; yield the answers."""
        n_answered = 0
        for retries_left in range(self._retries, -1, -1):
            reply = self._post("/v1/batches", "application/x-ndjson", b"".join(lines[n_answered:]))
            answers: list[Answer] = [json.loads(line) for line in reply.splitlines()]
            ending = answers.pop() if answers and answers[-1].get("problem", {}).get("type") in ENDINGS else None
            for answer in answers:
                answer["line"] += n_answered
            yield from answers
            if ending is None:
                return
            n_answered += len(answers)
            if not retries_left:
                raise ProblemError(ending["problem"])

    def _post(self, path: str, content_type: str, body: bytes) -> bytes:
        """Send one request, again if need be, and return the body of its reply."""
        headers = {"Content-Type": content_type, **self._authorization}
        for retries_left in range(self._retries, -1, -1):
            try:
                status, reply_headers, reply = self._once(path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                if not retries_left:
                    raise UnreachableError(f"No reply from {self._connection.host}: {error}") from error
                wait_seconds = 0.0
            else:
                if status == http.HTTPStatus.OK:
                    return reply
                wait_seconds = _wait_seconds(status, reply_headers)
                if not retries_left or not wait_seconds <= self._max_wait_seconds:
                    raise ProblemError(_problem(status, reply_headers, reply))
            time.sleep(wait_seconds + random.random())  # noqa: S311 - no secret: it only spreads the clients
        raise AssertionError("the last try returns or raises")

    def _once(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, Message, bytes]:
        """Send one request and read the whole reply, over a new connection where the old one was closed meanwhile."""
        is_reused = self._connection.sock is not None
        try:
            self._connection.request("POST", self._prefix + path, body, headers)
            reply = self._connection.getresponse()
        except ConnectionError:
            self.close()
            if not is_reused:
                raise
            return self._once(path, body, headers)
        return reply.status, reply.headers, reply.read()


def _slices(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    n_bytes = 0
    for line in lines:
        if part and (len(part) == SLICE_LINES or n_bytes + len(line) > SLICE_BYTES):
            yield part
            part, n_bytes = [], 0
        part.append(line)
        n_bytes += len(line)
    if part:
        yield part


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _wait_seconds(status: int, headers: Message) -> float:
    """Return how long to wait before the same request again; infinity where that would not help.

    A 503 without `Retry-After` is one of these: the text takes longer than the deadline, and always will.
    """
    after = headers.get("Retry-After")
    if status not in {http.HTTPStatus.TOO_MANY_REQUESTS, http.HTTPStatus.SERVICE_UNAVAILABLE} or after is None:
        return float("inf")
    try:
        return max(0.0, float(after))
    except ValueError:
        return _seconds_until(after)


def _seconds_until(date: str) -> float:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time.time())
    except ValueError:
        return float("inf")


def _problem(status: int, headers: Message, reply: bytes) -> Problem:
    """Return the problem in a reply; one that a proxy sent has none, so its status has to do."""
    if headers.get("Content-Type", "").startswith("application/problem+json"):
        problem: Problem = json.loads(reply)
        return problem
    title = http.client.responses.get(status, "Unknown status")
    return {"type": "about:blank", "title": title, "status": status, "detail": f"Something replied with {status}."}
