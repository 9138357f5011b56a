"""The clients of docs/clients: both do the same, against the real service and against what goes wrong on the way."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from docs.clients import nutgraf_client
from docs.clients.nutgraf_client import Client, ProblemError
from service.summary.request import SummaryRequest
from service.web.schemas import SummaryReply
from tests.clients.conftest import KEY, Ask, run_in_node
from tests.clients.scripted import Reply, scripted_server
from tests.web.servers import running_server

OVERLOADED = json.dumps(
    {"type": "urn:nutgraf:overloaded", "title": "Too much work at once", "status": 503, "detail": "Try again."}
).encode()
PROBLEM = {"Content-Type": "application/problem+json"}


def test_a_summary_is_what_the_service_says(ask: Ask, url: str, story: str) -> None:
    """With options, nested as in the interface."""
    options = {"length": {"sentences": 2}, "highlights": {"count": 1}, "include": ["keywords"], "title": None}

    summary = ask(url, story, options, key=KEY)["summary"]

    SummaryReply.model_validate_json(json.dumps(summary))
    assert (len(summary["sentences"]), len(summary["highlights"])) == (2, 1)
    assert all(story[one["start"] : one["end"]] == one["text"] for one in summary["sentences"])
    assert summary["keywords"]


def test_texts_of_any_characters_arrive(ask: Ask, url: str) -> None:
    """Beyond the basic plane too."""
    text = "Die Fähre fährt wieder. 🛳 The mayor said “yes”."

    assert ask(url, text, {"include": ["text"]}, key=KEY)["summary"]["text"] == text


def test_what_is_refused_says_why(ask: Ask, url: str) -> None:
    """Type, status, detail and the place of the value that is wrong."""
    outcome = ask(url, "A text.", {"length": {"words": 0}}, key=KEY)

    problem = outcome["problem"]
    assert (problem["type"], problem["status"]) == ("urn:nutgraf:invalid-options", 422)
    assert problem["errors"][0]["pointer"] == "/length/words"
    assert problem["request_id"]
    assert problem["title"] in outcome["message"]
    assert problem["detail"] in outcome["message"]


@pytest.mark.parametrize("key", [None, "wrong"])
def test_a_wrong_key_is_a_problem(ask: Ask, url: str, key: str | None) -> None:
    """And is not tried again."""
    begun = time.monotonic()

    assert ask(url, "A text.", key=key)["problem"]["status"] == 401
    assert time.monotonic() - begun < 5


def test_a_rate_limit_is_waited_for(ask: Ask, tmp_path: Path) -> None:
    """The real service says how long: here a second between two requests."""
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_RATE_LIMIT="1/second") as server:
        address = f"http://127.0.0.1:{server.port}"
        for _ in range(2):
            assert ask(address, "One text. And another.")["summary"]["sentences"]
        refused = [line for line in server.log() if line.get("status") == 429]
    assert len(refused) <= 2


def test_overload_is_waited_for_as_long_as_the_service_says(ask: Ask) -> None:
    """Then the same request goes out again."""
    busy = Reply(503, OVERLOADED, {**PROBLEM, "Retry-After": "1"})
    with scripted_server([busy, Reply(200, b'{"summary": "yes"}')]) as server:
        begun = time.monotonic()

        assert ask(server.url, "A text.")["summary"] == {"summary": "yes"}
        assert 1 <= time.monotonic() - begun < 5
        first, second = server.requests
    assert first[2] == second[2]


def test_a_date_to_wait_for_is_understood(ask: Ask) -> None:
    """HTTP allows both forms of `Retry-After`."""
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    with scripted_server([Reply(429, OVERLOADED, PROBLEM | {"Retry-After": date}), Reply(200)]) as server:
        assert ask(server.url, "A text.")["summary"] == {}


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "3600"}, {"Retry-After": "soon"}])
def test_what_waiting_cannot_mend_is_not_waited_for(ask: Ask, headers: dict[str, str]) -> None:
    """No `Retry-After` (past the deadline), one over `max_wait_seconds`, one that says nothing."""
    with scripted_server([Reply(503, OVERLOADED, {**PROBLEM, **headers})]) as server:
        assert ask(server.url, "A text.")["problem"]["type"] == "urn:nutgraf:overloaded"
        assert len(server.requests) == 1


def test_retries_come_to_an_end(ask: Ask) -> None:
    """After as many as were asked for."""
    with scripted_server([Reply(503, OVERLOADED, {**PROBLEM, "Retry-After": "0"})]) as server:
        assert ask(server.url, "A text.", retries=2)["problem"]["status"] == 503
        assert len(server.requests) == 3


def test_a_reply_that_is_no_problem_document_is_one_all_the_same(ask: Ask) -> None:
    """A proxy's page, say."""
    with scripted_server([Reply(502, b"<h1>Bad Gateway</h1>", {"Content-Type": "text/html"})]) as server:
        problem = ask(server.url, "A text.")["problem"]

    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Bad Gateway", 502)


def test_a_broken_connection_is_tried_again(ask: Ask) -> None:
    """To ask twice changes nothing."""
    with scripted_server([Reply(0), Reply(200)]) as server:
        assert ask(server.url, "A text.")["summary"] == {}


def test_no_service_is_an_error_of_its_own(ask: Ask) -> None:
    """After the retries."""
    with scripted_server([Reply(200)]) as server:
        gone = server.url

    assert "127.0.0.1" in ask(gone, "A text.", retries=1)["unreachable"]


def test_a_service_that_does_not_reply_is_not_waited_for_without_end(ask: Ask) -> None:
    """`timeout_seconds` bounds a try."""
    with scripted_server([Reply(200, wait_seconds=3)]) as server:
        begun = time.monotonic()

        assert "unreachable" in ask(server.url, "A text.", retries=0, timeout_seconds=0.3)
        assert time.monotonic() - begun < 2.5


def test_a_prefix_and_a_final_slash_of_the_address_are_kept(ask: Ask) -> None:
    """As NUTGRAF_URL_PREFIX makes them."""
    with scripted_server([Reply(200)]) as server:
        ask(f"{server.url}/nutgraf/", "A text.")

        [(path, _, _)] = server.requests
    assert path == "/nutgraf/v1/summaries"


def test_a_batch_is_answered_article_by_article(ask: Ask, url: str, story: str) -> None:
    """In order, over several slices, with the numbers and ids of all; a bad article has its problem."""
    articles = [{"id": n, "text": f"{story}\n\nNumber {n}."} for n in range(230)]
    articles[120] = {"id": "bad", "text": " "}
    articles[121]["length"] = {"sentences": 2}

    answers = ask(url, articles, {"length": {"sentences": 1}}, key=KEY)["answers"]

    assert [one["line"] for one in answers] == list(range(1, 231))
    assert [one["id"] for one in answers] == [one["id"] for one in articles]
    assert (answers[120]["status"], answers[120]["problem"]["type"]) == (422, "urn:nutgraf:invalid-text")
    assert len(answers[0]["result"]["sentences"]) == 1
    assert len(answers[121]["result"]["sentences"]) == 2
    single = ask(url, articles[229]["text"], {"length": {"sentences": 1}}, key=KEY)["summary"]
    assert answers[229]["result"] == single


def test_an_empty_batch_asks_nothing(ask: Ask) -> None:
    """There is nothing to send."""
    with scripted_server([Reply(200)]) as server:
        assert ask(server.url, [])["answers"] == []
        assert server.requests == []


def test_a_large_article_goes_alone(ask: Ask) -> None:
    """A slice has at most a hundred articles, and about a MiB."""
    lines = b"".join(json.dumps({"id": None, "line": n, "status": 200, "result": {}}).encode() + b"\n" for n in (1,))
    large = {"text": "x" * 1_100_000}
    with scripted_server([Reply(200, lines)]) as server:
        answers = ask(server.url, [{"text": "A."}, large, {"text": "B."}])["answers"]

        assert [len(body.splitlines()) for _, _, body in server.requests] == [1, 1, 1]
    assert [one["line"] for one in answers] == [1, 2, 3]


def test_what_a_service_that_stops_has_left_is_sent_again(ask: Ask) -> None:
    """To the next one, from the first line that was not answered; nothing is answered twice."""

    def reply(*numbers: int, ending: int | None = None) -> Reply:
        lines: list[dict[str, object]] = [{"id": None, "line": n, "status": 200, "result": {}} for n in numbers]
        if ending:
            problem = {
                "type": "urn:nutgraf:stopping",
                "title": "It stops",
                "status": 503,
                "detail": "Send the rest again.",
            }
            lines.append({"id": None, "line": ending, "status": 503, "problem": problem})
        return Reply(200, b"".join(json.dumps(one).encode() + b"\n" for one in lines))

    articles = [{"id": n, "text": "A text."} for n in range(5)]
    with scripted_server([reply(1, 2, ending=3), reply(1, 2, 3)]) as server:
        answers = ask(server.url, articles)["answers"]
        sent = [[json.loads(line)["id"] for line in body.splitlines()] for _, _, body in server.requests]

    assert [one["line"] for one in answers] == [1, 2, 3, 4, 5]
    assert sent == [[0, 1, 2, 3, 4], [2, 3, 4]]
    with scripted_server([reply(ending=1)]) as server:
        assert ask(server.url, articles, retries=1)["problem"]["type"] == "urn:nutgraf:stopping"


def test_the_endings_of_a_batch_are_those_of_the_service(root: Path) -> None:
    """All problems that are a batch's and not an article's, in both clients; a client that left reads none."""
    javascript = (root / "docs/clients/nutgraf-client.mjs").read_text("utf-8")
    sentence = (root / "docs/reference/http.md").read_text("utf-8").split("is its last line: a problem of type", 1)[1]
    endings = set(re.findall(r"`([a-z-]+)`", sentence.split("whose `line`", 1)[0])) - {"client-left"}

    assert {f"urn:nutgraf:{one}" for one in endings} == nutgraf_client.ENDINGS
    assert all(f'"{one}"' in javascript for one in endings)


def test_one_connection_serves_many_requests(url: str, story: str) -> None:
    """The Python client keeps it open; fetch does so by itself."""
    with scripted_server([Reply(200)]) as server, Client(server.url) as client:
        for _ in range(3):
            client.summarize(story)

        assert len(server.connections) == 1
    with Client(url, key=KEY) as client:
        assert client.summarize(story) == client.summarize(story)


def test_a_connection_that_the_service_closed_is_opened_anew_at_once() -> None:
    """An idle one is closed after a while, and that is no failure: not even a client without retries sees it."""
    with scripted_server([Reply(200), Reply(0), Reply(200)]) as server, Client(server.url, retries=0) as client:
        client.summarize("A text.")

        assert not client.summarize("A text.")


def test_an_error_holds_the_problem() -> None:
    """As attributes, for a program."""
    with (
        scripted_server([Reply(503, OVERLOADED, PROBLEM)]) as server,
        Client(server.url) as client,
        pytest.raises(ProblemError) as caught,
    ):
        client.summarize("A text.")

    error = caught.value
    assert (error.type, error.status, error.errors) == ("urn:nutgraf:overloaded", 503, [])


def test_an_address_without_a_scheme_is_refused() -> None:
    """With what would be right."""
    with pytest.raises(ValueError, match=r"'localhost:8000' is no address of a service, such as https://"):
        Client("localhost:8000")


def test_a_signal_ends_a_request_and_a_wait() -> None:
    """JavaScript alone has signals."""
    script = """
    import { Client } from %(module)s;
    const begun = performance.now();
    for (const path of ["", "/busy"]) {
      try {
        await new Client(ADDRESS + path).summarize("A text.", { signal: AbortSignal.timeout(200) });
      } catch (error) { console.log(error.name); }
    }
    console.log(performance.now() - begun < 2500);
    """
    busy = Reply(503, OVERLOADED, {**PROBLEM, "Retry-After": "5"})
    with scripted_server([Reply(200, wait_seconds=3), busy]) as server:
        printed = run_in_node(script.replace("ADDRESS", json.dumps(server.url)))

    assert printed.split() == ["TimeoutError", "TimeoutError", "true"]


def test_the_types_are_those_of_the_service(root: Path) -> None:
    """Every option and every field of a reply, in Python and in JavaScript's comments."""
    javascript = (root / "docs/clients/nutgraf-client.mjs").read_text("utf-8")

    assert nutgraf_client.Article.__annotations__.keys() == SummaryRequest.model_fields.keys() | {"id"}
    assert nutgraf_client.Summary.__annotations__.keys() == SummaryReply.model_fields.keys()
    for name in SummaryReply.model_fields.keys() | nutgraf_client.Options.__annotations__.keys():
        assert f" {name}\n" in javascript or f"[{name}]" in javascript
