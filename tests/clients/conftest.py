"""Both clients behind one function, so that both are held to the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from docs.clients import nutgraf_client
from tests.conftest import IN_CI
from tests.web.servers import RunningServer, running_server

Outcome = dict[str, Any]
"""`{"summary": …}`, `{"problem": …}`, `{"unreachable": …}` or, of a batch, `{"answers": […]}`."""
Asked = str | list[Any]
"""A text, or the articles of a batch."""
Ask = Callable[..., Outcome]

KEY = "correct-horse-battery-staple"
_SETTINGS = {"timeout_seconds": "timeoutSeconds", "max_wait_seconds": "maxWaitSeconds"}
_SCRIPT = """
import { Client, ProblemError, UnreachableError } from %(module)s;
let input = "";
for await (const part of process.stdin.setEncoding("utf8")) input += part;
const { url, settings, asked, options } = JSON.parse(input);
const client = new Client(url, settings);
try {
  if (typeof asked === "string") console.log(JSON.stringify({ summary: await client.summarize(asked, options) }));
  else {
    const answers = [];
    for await (const answer of client.batch(asked, options)) answers.push(answer);
    console.log(JSON.stringify({ answers }));
  }
} catch (error) {
  if (error instanceof ProblemError) console.log(JSON.stringify({ problem: error.problem, message: error.message }));
  else if (error instanceof UnreachableError) console.log(JSON.stringify({ unreachable: error.message }));
  else throw error;
}
"""


def ask_in_python(url: str, asked: Asked, options: Mapping[str, Any] | None = None, **settings: Any) -> Outcome:  # noqa: ANN401 - settings of any kind
    """Ask with the Python client."""
    with nutgraf_client.Client(url, **settings) as client:
        try:
            if isinstance(asked, str):
                return {"summary": client.summarize(asked, **(options or {}))}
            return {"answers": list(client.batch(asked, **(options or {})))}
        except nutgraf_client.ProblemError as error:
            return {"problem": error.problem, "message": str(error)}
        except nutgraf_client.UnreachableError as error:
            return {"unreachable": str(error)}


def ask_in_javascript(url: str, asked: Asked, options: Mapping[str, Any] | None = None, **settings: Any) -> Outcome:  # noqa: ANN401 - settings of any kind
    """Ask with the JavaScript client, in node."""
    named = {_SETTINGS.get(name, name): value for name, value in settings.items()}
    given = json.dumps({"url": url, "settings": named, "asked": asked, "options": dict(options or {})})
    outcome: Outcome = json.loads(run_in_node(_SCRIPT, given))
    return outcome


def run_in_node(script: str, given: str = "") -> str:
    """Run a module in node and return what it printed; `%(module)s` in it is the client's address."""
    module = Path(nutgraf_client.__file__).with_name("nutgraf-client.mjs").as_uri()
    return _node(["--input-type=module", "--eval", script % {"module": json.dumps(module)}], given)


def run_node_script(script: Path, *arguments: str) -> str:
    """Run a file in node and return what it printed."""
    return _node([str(script), *arguments], "")


def _node(arguments: Sequence[str], given: str) -> str:
    node = shutil.which("node")
    if node is None:
        message = "needs node"
        pytest.fail(message) if IN_CI else pytest.skip(message)
    command = [str(node), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=[ask_in_python, ask_in_javascript], ids=["python", "javascript"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Each client in turn."""
    found: Ask = request.param
    return found


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real service with one worker, which asks for a key."""
    with running_server(tmp_path_factory.mktemp("service"), NUTGRAF_WORKERS="1", NUTGRAF_API_KEYS=KEY) as one:
        yield one


@pytest.fixture(scope="session")
def url(service: RunningServer) -> str:
    """Where the service is."""
    return f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="session")
def story(root: Path) -> str:
    """The sample story."""
    return (root / "docs/sample.txt").read_text("utf-8")
