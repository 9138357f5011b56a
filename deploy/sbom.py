"""`make sbom`: what the image installs, as a CycloneDX document, and its licences as a table.

sbom.py FOLDER, with requirements.lock in the working directory, in an environment that has its packages.

cyclonedx-py does the work twice: the lock file says which packages there are, for every platform, with their hashes;
the environment has their licences, but development tools beside them. The addresses of the registry are left out:
every site has its own mirror.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]

LOCK = "requirements.lock"
ELSEWHERE = "(not installed on this platform)"


def main(folder: Path) -> None:
    """Write `sbom.json` and `licences.md` into `folder`."""
    document = cyclonedx("requirements", LOCK)
    # only licences are read from it: to validate a document of so many packages takes half a minute. One that is
    # installed from a checkout, as Nutgraf itself is, has no address
    environment = cyclonedx("environment", sys.executable, "--no-validate")["components"]
    installed = {component["purl"]: component for component in environment if "purl" in component}
    document["components"] = [
        completed(component, installed.get(component["purl"])) for component in document["components"]
    ]
    (folder / "sbom.json").write_text(json.dumps(document, indent=2) + "\n", "utf-8")
    (folder / "licences.md").write_text(table(document["components"]), "utf-8")


def cyclonedx(*arguments: str) -> Json:
    """Run cyclonedx-py and return its document."""
    command = [sys.executable, "-m", "cyclonedx_py", *arguments, "--output-format", "JSON", "--spec-version", "1.6"]
    found: Json = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def completed(component: Json, installed: Json | None) -> Json:
    """Return a component of the lock file with its hashes in their place, and what its own metadata says of it."""
    references = component.pop("externalReferences", [])
    hashes = [one for reference in references for one in reference.get("hashes", [])]
    known = installed or {}
    said = {name: known[name] for name in ("description", "licenses") if name in known}
    component.pop("description")  # the line of the lock file
    return component | {"hashes": hashes} | said


def table(components: list[Json]) -> str:
    """Return name, version and licences of each component, as Markdown."""
    rows = (f"| {one['name']} | {one['version']} | {licences(one)} |" for one in components)
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows]) + "\n"


def licences(component: Json) -> str:
    """Return what a component declares: an SPDX expression or identifier, else its own words."""
    found = []
    for one in component.get("licenses", []):
        named = one.get("license", {})
        said = one.get("expression") or named.get("id") or named.get("name", "")
        found.append(said.removeprefix("License :: OSI Approved :: "))
    return ", ".join(found) or ELSEWHERE


if __name__ == "__main__":
    main(Path(sys.argv[1]))
