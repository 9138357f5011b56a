"""The README's commands run, and its output is what they print."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import IN_CI
from tests.web.servers import running_server


def blocks(root: Path, language: str) -> list[str]:
    """The README's code blocks in a language."""
    return re.findall(rf"```{language}\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)


def commands(root: Path, start: str) -> list[str]:
    """Lines of the README's shell blocks that start so."""
    return [line for block in blocks(root, "sh") for line in block.splitlines() if line.startswith(start)]


def test_the_curl_lines_give_what_the_readme_shows(root: Path, tmp_path: Path) -> None:
    """Against a real server: the text as printed, and the JSON with as many sentences and highlights as asked for."""
    if not shutil.which("curl"):
        message = "needs curl"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    as_text, as_json = commands(root, "curl")
    with running_server(tmp_path) as server:
        found = [
            subprocess.run(
                shlex.split(line.replace(":8000", f":{server.port}")),
                cwd=root,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
            ).stdout
            for line in (as_text, as_json)
        ]

    assert found[0] == blocks(root, "text")[0]
    bullets, summary = found[0].split("\n\n")
    assert 3 <= len(bullets.splitlines()) <= 5
    assert len(re.findall(r"\.(?:\s|$)", summary)) == 3
    reply = json.loads(found[1])
    assert (len(reply["sentences"]), len(reply["highlights"])) == (2, 3)


def test_the_command_line_runs_as_shown(root: Path) -> None:
    """With the options the README gives."""
    [line] = commands(root, ".venv/bin/nutgraf summarize")
    _, *arguments = shlex.split(line)

    shown = subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.startswith("- ")
    assert shown.stderr == ""


def test_the_make_verbs_it_names_exist(root: Path) -> None:
    """And `make` lists them."""
    readme = (root / "README.md").read_text("utf-8") + (root / "CONTRIBUTING.md").read_text("utf-8")
    makefile = (root / "Makefile").read_text("utf-8")

    verbs = set(re.findall(r"(?:`|^\$ |^)make ([a-z]+)", readme, re.MULTILINE))
    assert {"run", "test", "docs"} <= verbs
    assert [verb for verb in verbs if not re.search(rf"^{verb}:.*## ", makefile, re.MULTILINE)] == []


def test_the_defaults_it_shows_are_those_of_the_service(root: Path) -> None:
    """The JSON body of the README, sent, asks for what an empty one does."""
    from service.summary.options import validated
    from service.summary.request import SummaryRequest

    [body] = map(json.loads, blocks(root, "json"))

    assert validated(SummaryRequest, body) == validated(SummaryRequest, {"text": body["text"]})
