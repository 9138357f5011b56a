"""The documentation says what the code does: everything is there, and nothing that is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest

from service.article.models import Role
from service.cli import cli
from service.ranking.rankers import ALGORITHMS
from service.settings import SETTINGS, settings_from_environ
from service.summary.notices import NOTICES
from service.summary.options import LEAVES
from service.summary.request import SummaryRequest
from service.web.app import create_app
from service.web.measurements import FAMILIES
from service.web.problems import PROBLEMS
from service.web.schemas import BatchAnswer, CapabilitiesReply, SummaryReply
from service.web.summaries import REPLY_TYPES
from service.web.telemetry import LOG_FIELDS
from service.web.worker import EARLY_REFUSALS


def page(root: Path, name: str) -> str:
    """A page of the documentation."""
    return (root / "docs" / f"{name}.md").read_text("utf-8")


def document() -> dict[str, Any]:
    """The OpenAPI document of the application."""
    found: dict[str, Any] = create_app(settings_from_environ({})).test_client().get("/openapi.json").get_json()
    return found


def test_every_setting_is_documented_with_its_default(root: Path) -> None:
    """In the order of the code, and no setting that is gone."""
    settings = page(root, "reference/settings")

    for one in SETTINGS:
        assert f"| `{one.name}` | {one.default} |" in settings
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", settings, re.MULTILINE))
    assert documented == {one.name for one in SETTINGS}


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_option_of_a_command_is_documented(root: Path, command: str) -> None:
    """By the flag as it is typed; the page names no flag that there is not."""
    section = page(root, "reference/cli").split(f"## `nutgraf {command}", 1)[1].split("\n## ", 1)[0]
    flags = {
        name for option in cli.commands[command].params if isinstance(option, click.Option) for name in option.opts
    }

    assert set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)) == flags - {"-h", "--help"}


def test_exit_codes_of_the_help_are_those_of_the_page(root: Path) -> None:
    """One table, two places."""
    epilog = next(iter(cli.commands.values())).epilog or ""

    for code, meaning in re.findall(r"^\s+(\d+)\s+(.+)$", epilog, re.MULTILINE):
        assert f"| {code} | {meaning} |" in page(root, "reference/cli")


def test_every_endpoint_is_documented(root: Path) -> None:
    """Method and path, and none that is gone."""
    http = page(root, "reference/http")
    served = {f"{method.upper()} {path}" for path, methods in document()["paths"].items() for method in methods}
    table = http.split("| endpoint |", 1)[1].split("\n\n", 1)[0]

    assert set(re.findall(r"`((?:GET|POST) [^`]+)`", table)) == served


def test_every_option_is_documented_under_both_its_names(root: Path) -> None:
    """The place in JSON and the leaf in a query string stand in one row."""
    http = page(root, "reference/http")

    for leaf, place in LEAVES.items():
        assert f"| `{'.'.join(place)}` | `{leaf}` |" in http
    for name in SummaryRequest.model_fields.keys() - {place[0] for place in LEAVES.values()}:
        assert f"| `{name}` |" in http


@pytest.mark.parametrize("model", [SummaryReply, CapabilitiesReply, BatchAnswer])
def test_every_field_of_a_reply_is_documented(
    root: Path, model: type[SummaryReply | CapabilitiesReply | BatchAnswer]
) -> None:
    """And so are the fields inside it."""
    http = page(root, "reference/http")
    schema = model.model_json_schema()
    names = {name for part in [schema, *schema["$defs"].values()] for name in part["properties"]}

    assert {name for name in names if not re.search(rf"`{name}`", http)} == set()


def test_algorithms_roles_and_reply_types_are_documented(root: Path) -> None:
    """With the limits that sumy's methods have."""
    http = page(root, "reference/http")

    for one in ALGORITHMS.values():
        limits = f"{one.max_sentences:,} sentences, {one.max_words:,} words" if one.max_sentences else "the service's"
        assert re.search(rf"^\| `{one.name}` \| .+ \| {limits} \|$", http, re.MULTILINE), one.name
    assert all(f"`{role}`" in http for role in Role.__args__)  # type: ignore[attr-defined] # a Literal's values
    assert all(f"| `{reply_type}` |" in http for reply_type in REPLY_TYPES)


def test_every_problem_is_documented_with_its_status(root: Path) -> None:
    """By the end of its type, and none that is gone."""
    errors = page(root, "reference/errors").split("What is refused before", 1)[0]
    table = set(re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", errors, re.MULTILINE))

    assert table == {(problem.slug, str(problem.status)) for problem in PROBLEMS.values()}


def test_every_refusal_before_the_application_is_documented(root: Path) -> None:
    """Those of gunicorn's parser and those of the event loop."""
    section = page(root, "reference/errors").split("What is refused before", 1)[1].split("## ", 1)[0]

    table = set(re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", section, re.MULTILINE))
    assert table == {(slug, str(status)) for status, slug, _ in EARLY_REFUSALS}


def test_every_metric_is_documented_with_kind_labels_and_help(root: Path) -> None:
    """In the order of the code, and none that is gone."""
    section = page(root, "reference/telemetry").split("## Metrics", 1)[1]
    rows = []
    for one in FAMILIES.values():
        labels = ", ".join(f"`{label}`" for label in one.labels)
        rows.append(f"| `{one.name}` | {one.kind} | {labels} | {one.help} |".replace("|  |", "| |"))

    assert re.findall(r"^\| `nutgraf_.*$", section, re.MULTILINE) == rows


def test_every_field_of_the_log_is_documented(root: Path) -> None:
    """And none that is gone."""
    section = page(root, "reference/telemetry").split("## Metrics", 1)[0]
    table = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)

    assert [field for cell in table for field in re.findall(r"`(\w+)`", cell)] == list(LOG_FIELDS)


def test_every_warning_is_documented(root: Path) -> None:
    """In the words of `/v1/capabilities`."""
    warnings = page(root, "reference/errors").split("## Warnings", 1)[1]

    assert dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", warnings, re.MULTILINE)) == dict(NOTICES)


def test_every_page_is_in_the_navigation(root: Path) -> None:
    """A page that nothing leads to is not read."""
    navigation = (root / "mkdocs.yml").read_text("utf-8")
    pages = [path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")]

    assert [name for name in pages if name not in navigation] == []
