"""The software bill of materials names what is locked, with hashes and licences."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(300)
def test_it_names_every_locked_package_with_its_hashes_and_licence(root: Path, tmp_path: Path) -> None:
    """In both files, and no other package; what this platform does not install has no licence to read."""
    subprocess.run([sys.executable, root / "deploy" / "sbom.py", tmp_path], cwd=root, check=True, timeout=280)

    document = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", (tmp_path / "licences.md").read_text("utf-8"), re.MULTILINE)
    lock = re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", (root / "requirements.lock").read_text("utf-8"), re.MULTILINE)

    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    assert [(one["name"], one["version"]) for one in document["components"]] == lock
    assert [row[:2] for row in rows[2:]] == lock
    assert all(one["hashes"] and one["purl"] for one in document["components"])
    without = {name for name, _, licence in rows if licence.startswith("(")}
    assert without <= {"async-timeout", "colorama", "tomli", "exceptiongroup", "typing-extensions", "tzdata"}
    assert "simple" not in json.dumps([one.get("externalReferences") for one in document["components"]])
