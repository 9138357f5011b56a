"""One record, one answer: what HTTP would say, in an envelope."""

from __future__ import annotations

import logging
import pickle
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from service.bulk import records
from service.bulk.records import Terms, answer_line, answer_record, terms_from_settings
from service.bulk.tables import ignored_columns, record_from_row
from service.errors import AbandonedError, InvalidOptionsError
from service.settings import settings_from_environ
from service.summary.summarize import Limits
from service.web.app import create_app
from tests.bulk.lines import BROKEN_LINES, MAX_LINE_BYTES, STORY, BrokenLine

TERMS = Terms(max_line_bytes=MAX_LINE_BYTES)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """The service, for what single requests are answered."""
    return create_app(settings_from_environ({})).test_client()


def line_of(record: object) -> bytes:
    """A record as a line."""
    return orjson.dumps(record)


def problem_of(content: bytes, terms: Terms = TERMS) -> dict[str, Any]:
    """The problem that a line is answered with, from the line that goes out."""
    answer = orjson.loads(answer_line(content, 7, terms).as_line())
    assert answer.keys() == {"id", "line", "status", "problem"}
    assert answer["status"] == answer["problem"]["status"]
    problem: dict[str, Any] = answer["problem"]
    return problem


@pytest.mark.parametrize(
    "asked",
    [
        {"text": STORY},
        {"text": STORY, "length": {"words": 30}, "include": ["keywords", "blocks", "explanation", "text"]},
        {"text": f"<html><body><p>{STORY}</p></body></html>", "format": "html", "offsets": "utf16"},
    ],
)
def test_a_result_is_the_reply_of_a_single_request(client: FlaskClient, asked: dict[str, Any]) -> None:
    """Byte for byte, also inside the line."""
    reply = client.post("/v1/summaries", json=asked).data

    answer = answer_line(line_of({"id": "a1", **asked}), 3, TERMS)

    assert answer.result == reply
    assert answer.as_line() == b'{"id":"a1","line":3,"status":200,"result":' + reply + b"}\n"


@pytest.mark.parametrize("broken", BROKEN_LINES, ids=lambda one: one.name)
def test_a_broken_line_has_the_problem_of_a_single_request(broken: BrokenLine) -> None:
    """Each has its kind, its id where that can be read, and its number."""
    answer = answer_line(broken.content, 7, TERMS)

    assert answer.problem is not None
    assert (answer.line, answer.status, answer.problem["type"]) == (7, broken.status, f"urn:nutgraf:{broken.slug}")


@pytest.mark.parametrize("broken", [one for one in BROKEN_LINES if one.as_http], ids=lambda one: one.name)
def test_a_broken_line_has_the_words_of_a_single_request(broken: BrokenLine, client: FlaskClient) -> None:
    """All of the problem but the request id, which a line has not."""
    reply = client.post("/v1/summaries", data=broken.content, content_type="application/json").get_json()
    del reply["request_id"]

    assert problem_of(broken.content) == reply


@pytest.mark.parametrize("given", ["a1", "", 0, -5, 2**63 - 1, -(2**63), "ß" * 256, None])
def test_an_id_comes_back(given: object) -> None:
    """Text or whole number, as it was sent."""
    assert answer_line(line_of({"id": given, "text": STORY}), 1, TERMS).id == given


@pytest.mark.parametrize("given", [1.5, True, [], {}, "x" * 257, 2**63, -(2**63) - 1, float(2**70), "\ud800"])
def test_an_id_that_cannot_be_is_a_problem(given: object) -> None:
    """Its answer has no id, and says where it is wrong."""
    answer = answer_record({"id": given, "text": STORY}, 1, TERMS)

    assert answer.id is None
    assert answer.problem is not None
    assert answer.problem["errors"][0]["pointer"] == "/id"
    assert orjson.loads(answer.as_line())["line"] == 1


def test_a_bad_record_with_a_good_id_keeps_it() -> None:
    """So that it can be found again."""
    answer = answer_line(line_of({"id": 5, "text": STORY, "order": "sideways"}), 1, TERMS)

    assert (answer.id, answer.status) == (5, 422)


def test_options_of_the_batch_hold_where_a_record_has_none() -> None:
    """A record's own win; of highlights each by itself, and a length as a whole."""
    terms = Terms(options={"length": {"words": 20}, "highlights": {"count": 2, "max_words": 12}, "language": "en"})

    def result(**own: Any) -> dict[str, Any]:  # noqa: ANN401 - any option
        found: dict[str, Any] = orjson.loads(answer_record({"text": STORY, **own}, 1, terms).result or b"{}")
        return found

    assert result()["stats"]["summary_words"] <= 20
    assert len(result()["highlights"]) == 2
    assert len(result(length={"sentences": 4})["sentences"]) == 4
    assert len(result(highlights={"count": 1})["highlights"]) == 1
    assert all(len(one["text"].split()) <= 12 for one in result(highlights={"count": 3})["highlights"])


def test_options_of_the_batch_are_checked_at_once() -> None:
    """Not once for each of ten million records."""
    with pytest.raises(InvalidOptionsError, match="sideways"):
        Terms(options={"order": "sideways"})


def test_the_limits_of_the_service_hold() -> None:
    """Size, sentences and deadline are those of the settings."""
    terms = terms_from_settings(settings_from_environ({"NUTGRAF_MAX_CHARACTERS": "100"}))

    assert problem_of(line_of({"text": STORY}), terms)["limit"] == 100
    assert problem_of(line_of({"text": STORY}), Terms(limits=Limits(max_sentences=1)))["limit"] == 1
    assert problem_of(line_of({"text": STORY}), Terms(deadline_seconds=1e-9))["type"].endswith("deadline-exceeded")
    assert pickle.loads(pickle.dumps(terms)) == terms  # noqa: S301 - our own


def test_an_unexpected_error_is_the_problem_of_its_record(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer and the log say nothing of the text; the log says where."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError(STORY)

    monkeypatch.setattr(records, "summary_for", fail)
    with caplog.at_level(logging.ERROR):
        problem = problem_of(line_of({"id": 1, "text": STORY}))

    assert (problem["type"], problem["status"]) == ("urn:nutgraf:internal-error", 500)
    assert "ValueError" in caplog.text
    assert "line 7" in caplog.text
    assert STORY[:20] not in caplog.text + str(problem)


def test_only_an_interruption_is_raised() -> None:
    """Nobody waits for the answer any more."""

    def leave() -> None:
        raise AbandonedError

    slow = {"text": f"{STORY}\n\n" * 3000, "algorithm": "fusion"}
    with pytest.raises(AbandonedError):
        answer_record(slow, 1, TERMS, interruption=leave)


@pytest.mark.parametrize(
    ("row", "record"),
    [
        ({"id": 5, "text": "A text.", "author": "me"}, {"id": 5, "text": "A text."}),
        ({"text": "", "title": "", "id": None}, {"text": ""}),
        ({"text": "x", "words": "50", "include": "text, keywords"}, {"text": "x", "length": {"words": 50},
                                                                     "include": ["text", "keywords"]}),
        ({"text": "x", "highlights": 2, "max_words": 9}, {"text": "x", "highlights": {"count": 2, "max_words": 9}}),
        ({"text": "x", "words": "many"}, {"text": "x", "length": {"words": "many"}}),
    ],
)  # fmt: skip
def test_a_row_is_a_record(row: dict[str, object], record: dict[str, object]) -> None:
    """Columns by name, options by leaf name, empty cells left out."""
    assert record_from_row(row) == record


def test_columns_that_do_not_count_are_known() -> None:
    """So that a misspelt one can be told."""
    assert ignored_columns(["id", "text", "langauge", "words"]) == ["langauge"]
