"""The document says what the service does, and its examples are true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from service.article.lines import BLANK
from service.summary.options import LEAVES
from service.web.openapi import not_blank
from service.web.problems import LAST_LINES, PROBLEMS
from service.web.schemas import CapabilitiesReply, ProblemReply, StatusReply, SummaryReply


@pytest.fixture(scope="session")
def document(app: OpenAPI) -> dict[str, Any]:
    """The document of the application with all defaults."""
    result: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return result


def references(value: object) -> Iterator[str]:
    """Yield every $ref below `value`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "$ref":
                yield inner
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_it_is_openapi_3_1_and_whole(document: dict[str, Any]) -> None:
    """Every reference leads to a schema, and every operation has a summary, a description and examples."""
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    assert {reference.rsplit("/", 1)[1] for reference in references(document)} <= set(schemas)
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]
            assert {"200", "500"} <= set(operation["responses"])


def test_every_address_is_in_it(app: OpenAPI, document: dict[str, Any]) -> None:
    """What the application answers is documented, but for files."""
    rules = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}

    assert rules == set(document["paths"])


def test_bodies_replies_and_problems_of_summaries_are_in_it(document: dict[str, Any]) -> None:
    """Three body types, four reply types, and an example of every problem that can be met."""
    operation = document["paths"]["/v1/summaries"]["post"]

    assert set(operation["requestBody"]["content"]) == {"application/json", "text/plain", "text/html"}
    replies = operation["responses"]["200"]["content"]
    assert set(replies) == {"application/json", "text/plain", "text/markdown", "text/html"}
    problems = {
        slug: example["value"]
        for status, response in operation["responses"].items()
        if status != "200"
        for slug, example in response["content"]["application/problem+json"]["examples"].items()
    }
    elsewhere = {"not-found", "method-not-allowed", "range-not-satisfiable", "client-left"}
    elsewhere |= {kind.slug for kind in LAST_LINES.values()}
    assert set(problems) == {kind.slug for kind in PROBLEMS.values()} - elsewhere
    for problem in problems.values():
        ProblemReply.model_validate(problem)


def test_every_option_is_a_parameter(document: dict[str, Any]) -> None:
    """The leaf names are the parameters; the four lengths stand in one, of which one may come."""
    parameters = {one["name"]: one for one in document["paths"]["/v1/summaries"]["post"]["parameters"]}

    lengths = parameters.pop("length")["schema"]
    assert set(parameters) | set(lengths["properties"]) == set(LEAVES)
    assert lengths["maxProperties"] == 1
    assert all(one["description"] for one in parameters.values())


def test_the_examples_are_what_the_service_answers(client: FlaskClient, document: dict[str, Any]) -> None:
    """Sending an example of a body gives the example of the reply, in each type."""
    operation = document["paths"]["/v1/summaries"]["post"]
    request = operation["requestBody"]["content"]["application/json"]["examples"]["shortest"]["value"]

    for reply_type, reply in operation["responses"]["200"]["content"].items():
        answer = client.post("/v1/summaries", json=request, headers={"Accept": reply_type})
        expected = answer.get_json() if reply_type == "application/json" else answer.text
        assert reply["example"] == expected
    for body_type in ("text/plain", "text/html"):
        example = operation["requestBody"]["content"][body_type]["example"]
        assert client.post("/v1/summaries", data=example, content_type=body_type).status_code == 200


@pytest.mark.parametrize(
    ("path", "model"),
    [("/livez", StatusReply), ("/readyz", StatusReply), ("/v1/capabilities", CapabilitiesReply)],
)
def test_replies_are_what_their_models_say(client: FlaskClient, path: str, model: type[BaseModel]) -> None:
    """The described fields are there, and no other."""
    reply = client.get(path).get_json()

    model.model_validate(reply)
    assert set(reply) == set(model.model_fields)


def test_optional_parts_are_optional() -> None:
    """What a reply may leave out is not required by its schema."""
    required = set(SummaryReply.model_json_schema()["required"])

    assert required == {"summary", "sentences", "highlights", "language", "algorithm", "stats", "warnings", "version"}


@given(text=st.text(st.sampled_from(BLANK + "a.0\u0301\U0001f6a2")) | st.text())
def test_the_pattern_of_a_text_is_what_the_service_asks(app: OpenAPI, text: str) -> None:
    """A text matches the pattern if and only if it is accepted."""
    accepted = app.test_client().post("/v1/summaries", json={"text": text}).status_code == 200

    assert accepted == bool(re.search(not_blank(), text))


def test_servers_carry_the_prefix(make_client: Callable[..., FlaskClient]) -> None:
    """Clients made from the document go through the proxy."""
    document = make_client(NUTGRAF_URL_PREFIX="/nutgraf").get("/openapi.json").get_json()

    assert document["servers"] == [{"url": "/nutgraf"}]


def test_capabilities_give_the_limits_in_force(make_client: Callable[..., FlaskClient]) -> None:
    """What an operator sets is what clients are told."""
    reply = (
        make_client(NUTGRAF_MAX_CHARACTERS="1234", NUTGRAF_DEADLINE_SECONDS="2.5").get("/v1/capabilities").get_json()
    )

    assert reply["limits"]["max_characters"] == 1234
    assert reply["limits"]["deadline_seconds"] == 2.5
    assert reply["algorithms"][0]["name"] == "fusion"


def test_the_documentation_page_works_offline(client: FlaskClient) -> None:
    """`/docs` has no address of another host and no inline script, and all it names is there."""
    page = client.get("/docs").text

    addresses = re.findall(r'(?:href|src|data-document)="([^"]*)"', page)
    assert len(addresses) >= 4
    assert all(client.get(address, buffered=True).status_code == 200 for address in addresses)
    assert re.findall(r"<script[^>]*>[^<]", page) == []
    assert "style=" not in page


def test_the_documentation_page_can_be_switched_off(make_client: Callable[..., FlaskClient]) -> None:
    """NUTGRAF_DOCS=off: no page, no assets, and none of it in the document; the document itself stays."""
    client = make_client(NUTGRAF_DOCS="off")

    assert client.get("/docs").status_code == 404
    assert client.get("/docs/assets/css/swagger-ui.css").status_code == 404
    assert "/docs" not in client.get("/openapi.json").get_json()["paths"]
