"""The capacity page shows what its script prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from benchmarks import capacity


def test_the_page_shows_what_the_script_prints(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For every command on it."""
    page = (root / "docs/explanation/capacity.md").read_text("utf-8")
    shown = re.findall(r"```sh\npython -m benchmarks\.capacity ([^\n]*)\n```\n\n```text\n(.*?)```", page, re.DOTALL)

    assert len(shown) == page.count("```text")
    for arguments, output in shown:
        capacity.main(shlex.split(arguments))
        assert capsys.readouterr().out == output


def test_the_costs_are_those_that_were_measured(root: Path) -> None:
    """The script's defaults stand in the pages that say how they were measured."""
    defaults = {name: default for name, default, _ in capacity.OPTIONS}
    performance = (root / "docs/explanation/performance.md").read_text("utf-8")
    page = (root / "docs/explanation/capacity.md").read_text("utf-8")

    assert f"takes {defaults['summary-ms']} ms of CPU from text to highlights" in performance
    assert f"| shorten | {defaults['fixed-ms']} |" in performance
    assert f"Over HTTP come {defaults['http-ms']} ms" in performance
    assert f"| CPU that Spark adds | {defaults['spark-ms']:g} ms |" in page
    assert f"| memory on Spark | {defaults['worker-mib']:g} MiB a Python worker" in page


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("--articles 3600000 --hours 1 --summary-ms 9.2 --fixed-ms 9.2 --used 1", "busy cores .* = 10.00"),
        ("--articles 3600000 --hours 1 --summary-ms 9.2 --fixed-ms 9.2 --used 1 --workers 4", "replicas .* = 4"),
        ("--articles 3600 --hours 1 --peak 7", "peak rate .* = 7.0 articles/s"),
        ("--articles 3600000 --hours 2 --summary-ms 9 --fixed-ms 9 --spark-ms 1 --spark-used 0.5", "cores .* = 10$"),
        ("--words 1360 --summary-ms 3 --fixed-ms 1 --http-ms 0", "CPU an article .* HTTP .* = 5.0 ms"),
    ],
)
def test_the_arithmetic_is_right(arguments: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By numbers that are easily done by head."""
    capacity.main(shlex.split(arguments))

    assert re.search(f"^{line}", capsys.readouterr().out, re.MULTILINE)
