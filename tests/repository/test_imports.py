"""The house's import rules (docs/explanation/decisions.md), each broken by a single line somewhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def test_import_contracts_hold(root: Path) -> None:
    """Every contract of pyproject.toml holds: layers, purity, Flask in the web alone."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    report = subprocess.run(command, cwd=root, capture_output=True, check=False, text=True)

    assert report.returncode == 0, report.stdout + report.stderr


def test_settings_alone_read_the_environment(root: Path) -> None:
    """A setting is read, checked and documented in one place."""
    readers = [name for name, tree in _modules(root) if _reads_environment(tree)]

    assert set(readers) <= {"service/settings.py"}


def test_classics_alone_import_sumys_summarizers(root: Path) -> None:
    """Sumy's methods stand behind one module that knows their traps; evaluation takes sumy as others do."""
    importers = [name for name, tree in _modules(root) if any(m.startswith("sumy.summarizers") for m in _imports(tree))]

    assert set(importers) <= {"service/ranking/classics.py", "service/bulk/evaluation.py"}


def test_html_reader_is_imported_on_first_use() -> None:
    """Reading plain text never loads trafilatura, which costs memory and start-up."""
    script = "import sys, service.summary.summarize; sys.exit('trafilatura' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("folder", ["article", "ranking", "summary", "web"])
def test_every_folder_states_its_rule(root: Path, folder: str) -> None:
    """A folder's __init__.py says in its docstring what belongs there."""
    tree = ast.parse((root / "service" / folder / "__init__.py").read_text("utf-8"))

    assert ast.get_docstring(tree)


def _modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of each module of the package."""
    for path in sorted((root / "service").rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a piece of syntax imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _reads_environment(tree: ast.AST) -> bool:
    """Whether a module takes environ or getenv from os; to set a default for a library is no reading."""
    names = {"os.environ", "os.environb", "os.getenv", "os.getenvb"}
    defaults = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "setdefault"
    }
    attributes = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and id(node) not in defaults
    }
    return bool(names & (attributes | set(_imports(tree))))
