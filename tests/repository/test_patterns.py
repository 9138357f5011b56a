"""What no regular expression of ours may hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

REPEATED_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+")
"""A group repeated possessively: `(?:ab)*+`."""


def test_no_group_is_repeated_possessively(root: Path) -> None:
    """Python 3.11.0 to 3.11.4, Debian 12's among them, may never return from such a loop, and take all memory.

    The `re` of 3.11.5 has it mended (CPython's gh-106052). Repeated characters and sets (`a*+`, `[ab]++`) are safe.
    """
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in [*root.glob("service/**/*.py"), *root.glob("deploy/**/*.py")]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and REPEATED_GROUP.search(node.value)
    ]

    assert found == []
