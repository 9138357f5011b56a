"""What the tests of the repository itself look at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

UNTRACKED = {".git", ".venv", "node_modules", "site", "dist", ".hypothesis"}


@pytest.fixture(scope="session")
def committed_texts(root: Path) -> dict[str, str]:
    """Path -> text of every file that is, or is about to be, committed; binary files are left out."""
    texts = {}
    for name in _committed_names(root):
        path = root / name
        if not path.is_file():
            continue
        try:
            texts[name] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
    return texts


def _committed_names(root: Path) -> list[str]:
    """Names of the files that git knows or would add; without git, of all but what make and the tools leave."""
    if (root / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listing = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
        return [name for name in listing.split("\0") if name]
    names = []
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = [name for name in subfolders if name not in UNTRACKED and "cache" not in name]
        names += [(Path(folder) / name).relative_to(root).as_posix() for name in files]
    return names
