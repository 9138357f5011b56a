"""The log: one JSON line a request, and nothing of the caller's in it."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog
from flask.testing import FlaskClient

from service.web import telemetry
from service.web.examples import ARTICLE


@pytest.fixture
def logged() -> Iterator[None]:
    """Set up the log as the server does, and put back what was there."""
    shown, root = warnings.showwarning, logging.getLogger().handlers[:]
    telemetry.configure("info", pretty=False)
    yield
    structlog.reset_defaults()
    warnings.showwarning, logging.getLogger().handlers[:] = shown, root
    logging.getLogger("gunicorn.error").handlers.clear()


@pytest.mark.usefixtures("logged")
def test_a_request_is_one_line(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    """The line has what an operator asks for."""
    client.post("/v1/summaries?title=Secret", json={"text": ARTICLE}, headers={"X-Request-ID": "r-1"})

    [line] = capsys.readouterr().out.splitlines()
    entry = json.loads(line)
    expected = {
        "event": "request", "method": "POST", "route": "/v1/summaries", "status": 200, "request_id": "r-1",
        "client": "127.0.0.1", "algorithm": "fusion", "sentences": 7, "level": "info",
    }  # fmt: skip
    assert expected.items() <= entry.items()
    assert entry["bytes_in"] > len(ARTICLE)
    assert entry["bytes_out"] > 0
    assert entry["milliseconds"] > 0
    assert entry["timestamp"].endswith("Z")


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/v1/summaries?title=Quokka", ARTICLE),
        ("/v1/summaries?algorithm=Quokka", ARTICLE),
        ("/v1/summaries?Quokka=1", ARTICLE),
        ("/Quokka?Quokka", ARTICLE),
        ("/v1/summaries", "Quokka"),
        ("/v1/summaries", ""),
        ("/", "Quokka"),
    ],
)
def test_nothing_of_the_caller_is_logged(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], path: str, text: str
) -> None:
    """No text, title, option or raw path stands in the log, whether the request is answered or refused."""
    client.post(path, json={"text": text, "title": "Quokka"}, headers={"X-Request-ID": "Quokka!", "Referer": "Quokka"})
    client.open(path, method="QUOKKA")

    logged = capsys.readouterr().out
    assert len(logged.splitlines()) == 2
    assert "quokka" not in logged.lower()
    assert "Lindholm" not in logged


@pytest.mark.usefixtures("logged")
def test_a_refusal_names_its_kind(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    """The slug of the problem is in the line."""
    client.post("/v1/summaries", json={"text": ""})

    assert json.loads(capsys.readouterr().out)["error"] == "invalid-text"


@pytest.mark.usefixtures("logged")
def test_probes_are_not_logged(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    """They come every few seconds and say nothing."""
    client.get("/livez")
    client.get("/readyz")
    client.get("/metrics")

    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(
    ("given", "trace_id"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", None),
        ("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", None),
        ("quokka", None),
        ("", None),
    ],
)
def test_the_trace_of_a_request_is_in_its_line(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], given: str, trace_id: str | None
) -> None:
    """Where the caller says it as the W3C wants it; anything else is left out, not logged."""
    client.get("/v1/capabilities", headers={"traceparent": given})

    logged = capsys.readouterr().out
    assert json.loads(logged).get("trace_id") == trace_id
    assert "quokka" not in logged


@pytest.mark.usefixtures("logged")
def test_the_lines_have_the_documented_fields_and_no_other(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them can be met."""
    trace = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    client.post("/v1/summaries", json={"text": ARTICLE}, headers=trace)
    client.post("/v1/summaries", json={"text": ""})
    client.post("/v1/batches", json=[{"text": ARTICLE}]).get_data()

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {field for line in lines for field in line} == set(telemetry.LOG_FIELDS)


@pytest.mark.usefixtures("logged")
def test_the_servers_own_messages_come_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    """The log of gunicorn is JSON; of an exception it has kind and place, not the words."""
    try:
        int("Quokka")
    except ValueError:
        logging.getLogger("gunicorn.error").exception("Worker %s failed", 7)

    entry = json.loads(capsys.readouterr().out)
    assert (entry["event"], entry["message"], entry["level"]) == ("server", "Worker 7 failed", "error")
    assert entry["kinds"] == ["builtins.ValueError"]
    assert "Quokka" not in str(entry)


@pytest.mark.usefixtures("logged")
def test_other_libraries_are_silent_and_warnings_have_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Both might quote the text."""
    logging.getLogger("trafilatura").error("cannot parse Quokka")
    warnings.showwarning("Quokka", UserWarning, "some.py", 3)

    captured = capsys.readouterr()
    entry = json.loads(captured.out)
    assert (entry["event"], entry["kind"], entry["place"]) == ("python-warning", "UserWarning", "some.py:3")
    assert "Quokka" not in captured.out + captured.err


def test_the_level_is_the_least_that_is_logged(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], logged: None
) -> None:
    """At `error` ordinary requests are not logged."""
    telemetry.configure("error", pretty=False)

    client.get("/v1/capabilities")

    assert (capsys.readouterr().out, logged) == ("", None)


def test_a_terminal_gets_lines_for_people(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], logged: None
) -> None:
    """There the same facts are laid out, not JSON."""
    telemetry.configure("info", pretty=True)

    client.get("/v1/capabilities")

    line = capsys.readouterr().out
    assert "request" in line
    assert not line.startswith("{")
    assert logged is None
