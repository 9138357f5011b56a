"""The code of the how-to pages runs, as it stands there, against a real service."""

from __future__ import annotations

import functools
import hashlib
import hmac
import http.server
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.clients.conftest import run_node_script
from tests.web.servers import RunningServer, running_server, until

FERRY = (
    "The island of Sorre will get its ferry back in spring, the county said on Monday. The boat had stopped two "
    "years ago, when its engine broke and nobody would pay for a new one. About 300 people live on the island, "
    "and most of them work on the mainland. A group of islanders has now raised half of the money by selling "
    "shares at 50 euros each. The county adds the other half, on the condition that the boat also runs on "
    "Sundays. The first crossing is planned for the third of April."
)
LIBRARY = (
    "The town library of Melk Street will stay open until midnight, its director said on Friday. Students had "
    "asked for longer hours since the university closed its reading room. Two guards will be hired, which costs "
    "the town 60,000 euros a year. The council agreed after a short debate, with one vote against. Opening hours "
    "on Sundays do not change."
)


@pytest.fixture(scope="module")
def open_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real service that asks for no key."""
    with running_server(tmp_path_factory.mktemp("open"), NUTGRAF_WORKERS="1") as server:
        yield server


@pytest.fixture
def address(open_service: RunningServer) -> str:
    """Where it is."""
    return f"http://127.0.0.1:{open_service.port}"


def block(root: Path, page: str, name: str) -> str:
    """The code on a page whose first line names it so."""
    text = (root / "docs/how-to" / f"{page}.md").read_text("utf-8")
    names = {f"# {name}", f"// {name}"}
    found = [code for code in re.findall(r"```\w+\n(.*?)```", text, re.DOTALL) if code.splitlines()[0] in names]
    assert len(found) == 1
    return str(found[0])


def command(root: Path, folder: Path, page: str, name: str, *arguments: str) -> list[str]:
    """The command that runs a page's Python, with the client beside it."""
    (folder / "nutgraf_client.py").write_bytes((root / "docs/clients/nutgraf_client.py").read_bytes())
    (folder / name).write_text(block(root, page, name), "utf-8")
    return [sys.executable, "-W", "error", name, *arguments]


def output_of(arguments: list[str], folder: Path) -> str:
    """What a command prints; it prints nothing on standard error."""
    done = subprocess.run(arguments, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_example_in_python_prints_bullets(root: Path, address: str, tmp_path: Path) -> None:
    """With the service's address in the place of the usual one."""
    arguments = command(root, tmp_path, "clients", "example.py", str(root / "docs/sample.txt"))
    script = tmp_path / "example.py"
    script.write_text(script.read_text("utf-8").replace("http://127.0.0.1:8000", address), "utf-8")

    assert re.fullmatch(r"(- .+\.\n){3}", output_of(arguments, tmp_path))


def test_the_example_of_a_batch_prints_a_line_a_story(root: Path, address: str, tmp_path: Path) -> None:
    """Its summary, or what is wrong with it."""
    (tmp_path / "ferry.txt").write_text(FERRY, "utf-8")
    (tmp_path / "blank.txt").write_text(" ", "utf-8")
    arguments = command(root, tmp_path, "clients", "example_batch.py", "ferry.txt", "blank.txt")
    script = tmp_path / "example_batch.py"
    script.write_text(script.read_text("utf-8").replace("http://127.0.0.1:8000", address), "utf-8")

    ferry, blank = output_of(arguments, tmp_path).splitlines()
    assert "ferry" in ferry.removeprefix("ferry.txt ")
    assert blank.startswith("blank.txt The text is blank.")


def test_the_example_in_javascript_prints_bullets(root: Path, address: str, tmp_path: Path) -> None:
    """The same, in node."""
    script = block(root, "clients", "example.mjs").replace("http://127.0.0.1:8000", address)
    (tmp_path / "example.mjs").write_text(script, "utf-8")
    client = root / "docs/clients/nutgraf-client.mjs"
    (tmp_path / client.name).write_bytes(client.read_bytes())

    printed = run_node_script(tmp_path / "example.mjs", str(root / "docs/sample.txt"))
    assert re.fullmatch(r"(- .+\.\n){3}", printed)


def test_a_feed_becomes_bullets(root: Path, address: str, tmp_path: Path) -> None:
    """A story's whole content where the feed has it, else its description; an empty item is told and skipped."""
    paragraphs = "".join(f"<p>{one}.</p>" for one in FERRY.rstrip(".").split(". "))
    (tmp_path / "feed.xml").write_text(
        f"""<?xml version="1.0"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
        <item><title>A boat for Sorre</title><link>https://news.example/1</link><description>Short.</description>
          <content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>
        <item><title>Nothing</title><link>https://news.example/2</link></item>
        <item><title>Late readers</title><link>https://news.example/3</link><description>{LIBRARY}</description></item>
        </channel></rss>""",
        "utf-8",
    )
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        threading.Thread(target=files.serve_forever, daemon=True).start()
        feed = f"http://127.0.0.1:{files.server_port}/feed.xml"
        arguments = command(root, tmp_path, "feeds", "feed_bullets.py", address, feed)
        done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60)
        files.shutdown()

    assert re.findall(r"^## .*$", done.stdout, re.MULTILINE) == [
        "## [A boat for Sorre](https://news.example/1)",
        "## [Late readers](https://news.example/3)",
    ]
    assert len(re.findall(r"^- .+\.$", done.stdout, re.MULTILINE)) >= 4
    assert "ferry" in done.stdout
    assert re.fullmatch(r"https://news\.example/2: .+\n", done.stderr)


def test_a_saved_story_has_its_highlights_stored(root: Path, address: str, tmp_path: Path) -> None:
    """Once for each change, and only for calls that the CMS has signed."""
    port = free_port()
    arguments = command(root, tmp_path, "cms", "highlights_hook.py", address, str(port))
    with running_hook(arguments, tmp_path, port):
        story = json.dumps({"id": "a1", "title": "A boat for Sorre", "html": f"<p>{FERRY}</p>"}).encode()

        assert delivered(port, story, b"guessed") == 401
        assert [delivered(port, story, b"s3cret") for _ in range(2)] == [200, 204]
        assert delivered(port, story.replace(b"Monday", b"Sunday"), b"s3cret") == 200
    database = sqlite3.connect(tmp_path / "highlights.db")
    [(found, bullets)] = database.execute("SELECT story, bullets FROM highlights")
    database.close()
    assert found == "a1"
    assert any("ferry" in bullet for bullet in json.loads(bullets))


def test_a_hook_outlives_whoever_calls_it(root: Path, address: str, tmp_path: Path) -> None:
    """A connection that says nothing, a signature of other letters, a body that is no story."""
    port = free_port()
    with running_hook(command(root, tmp_path, "cms", "highlights_hook.py", address, str(port)), tmp_path, port):
        with socket.create_connection(("127.0.0.1", port)) as silent:
            silent.sendall(b"POST / HTTP/1.1\r\n")
            assert [delivered(port, body, b"s3cret") for body in (b"{", b"[]", b'{"id": "a1"}')] == [400, 400, 400]
        call = b"POST / HTTP/1.0\r\nContent-Length: 2\r\nX-Signature: \xe9\r\n\r\n{}"
        with socket.create_connection(("127.0.0.1", port), timeout=30) as strange:
            strange.sendall(call)
            assert b" 401 " in strange.makefile("rb").readline()


def test_a_story_is_saved_again_later_while_the_service_is_away(root: Path, tmp_path: Path) -> None:
    """503 asks the CMS to deliver once more."""
    port = free_port()
    nowhere = f"http://127.0.0.1:{free_port()}"
    arguments = command(root, tmp_path, "cms", "highlights_hook.py", nowhere, str(port))
    with running_hook(arguments, tmp_path, port):
        assert delivered(port, b'{"id": "a1", "title": "", "html": "<p>A text.</p>"}', b"s3cret") == 503


@contextmanager
def running_hook(arguments: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run the hook until the end of the block."""
    environ = {**os.environ, "HOOK_SECRET": "s3cret"}
    hook = subprocess.Popen(arguments, cwd=folder, env=environ, stderr=subprocess.DEVNULL)
    try:
        until(lambda: is_listening(port), seconds=30)
        yield
    finally:
        hook.terminate()
        hook.wait(10)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def is_listening(port: int) -> bool:
    """Whether somebody does."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def delivered(port: int, body: bytes, secret: bytes) -> int:
    """The status that a hook answers a signed call with."""
    signature = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
    call = urllib.request.Request(f"http://127.0.0.1:{port}/", body, {"X-Signature": signature})
    try:
        with urllib.request.urlopen(call, timeout=30) as reply:
            status: int = reply.status
    except urllib.error.HTTPError as error:
        with error:
            status = error.code
    return status


def test_stories_are_found_by_their_summaries(root: Path, address: str, tmp_path: Path) -> None:
    """The best one first; a second run leaves each story once."""
    stories = [{"id": "1", "title": "A boat", "text": FERRY}, {"id": "2", "title": "Late readers", "text": LIBRARY}]
    (tmp_path / "stories.jsonl").write_text("".join(json.dumps(one) + "\n" for one in stories), "utf-8")
    arguments = command(root, tmp_path, "search-index", "search_index.py", address, "stories.jsonl", "ferries")

    for _ in range(2):
        title, summary = output_of(arguments, tmp_path).splitlines()

        assert title == "A boat"
        assert "ferry" in summary
