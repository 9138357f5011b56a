"""Schemathesis against a real server: everything that the document allows is accepted, all else is refused.

It runs as anyone would run it from outside, with all its checks, no hooks and no exceptions.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import IN_CI
from tests.web.servers import environment, running_server

CASES = int(os.environ.get("CASES", "5000"))
"""At least so many a run, over all endpoints; `make contract CASES=500` is a short one.

Examples count for each operation, and two of them (the API's and the form's) take more than one.
"""
SEED = ["--seed", "20261121"] if IN_CI else []
"""CI repeats itself, as with Hypothesis; on a developer's machine every run draws anew."""


@pytest.mark.contract
@pytest.mark.parametrize(("prefix", "key"), [("", ""), ("/nutgraf", ""), ("", "check")])
def test_the_service_does_what_its_document_says(tmp_path: Path, prefix: str, key: str) -> None:
    """Thousands of generated requests over all endpoints: no failure, and no 5xx."""
    header = ["--header", f"Authorization: Bearer {key}"] if key else []
    with running_server(tmp_path, NUTGRAF_URL_PREFIX=prefix, NUTGRAF_API_KEYS=key) as server:
        command = Path(sys.executable).with_name("schemathesis")
        address = f"http://127.0.0.1:{server.port}{prefix}/openapi.json"
        run = subprocess.run(
            [
                command,
                "run",
                address,
                "--max-examples",
                str(CASES),
                "--continue-on-failure",
                "--no-color",
                *header,
                *SEED,
            ],
            cwd=tmp_path,
            env=environment(PYTHONUTF8="1"),
            capture_output=True,
            text=True,
            check=False,
        )

        assert run.returncode == 0, run.stdout[-10_000:] + run.stderr
        n_cases = int(re.findall(r"(\d+) generated", run.stdout)[-1])
        statuses = Counter(line["status"] for line in server.log() if line["event"] == "request")
        asked = f"with{'' if key else 'out'} a key, {f'under {prefix}' if prefix else 'at the root'}"
        print(f"\n{asked}: {n_cases:,} cases; logged {statuses.total():,} requests: {dict(sorted(statuses.items()))}")
        assert n_cases >= CASES
        assert statuses.total() >= CASES
        assert not [status for status in statuses if status >= 500]
