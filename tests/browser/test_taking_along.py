"""Copies, the download, the link, and code that runs."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import STORY, Desk

pytestmark = pytest.mark.browser

AWKWARD = (
    "NUTGRAF!\n"
    'It\'s *starred* at "noon" in C:\\new. <b>Bold</b> & `ticks` cost $5 #1. Naïve 😀 \u202eoverrides\u202c end here.'
)

ARGUMENT_BYTES = 128 * 1024
"""The longest single argument that Linux lets a program have."""


def clipboard(desk: Desk) -> str:
    """Return what was copied."""
    found: str = desk.page.evaluate("navigator.clipboard.readText()")
    return found


@pytest.mark.parametrize(("name", "accept"), [("Text", "plain"), ("Markdown", "markdown"), ("HTML", "html")])
def test_copies_are_what_the_api_gives_in_that_type(new_desk: Callable[..., Desk], name: str, accept: str) -> None:
    """To the last escaped mark."""
    desk = new_desk(permissions=["clipboard-read", "clipboard-write"])
    desk.summarize(AWKWARD + " Boats left the harbour.")
    desk.page.get_by_role("button", name=name, exact=True).click()
    expect(desk.page.locator("#copied")).to_have_text(f"Copied as {name}.")

    body = json.dumps({"text": AWKWARD + " Boats left the harbour.", "highlights": {"count": "auto"}}).encode()
    headers = {"Content-Type": "application/json", "Accept": f"text/{accept}"}
    with urllib.request.urlopen(urllib.request.Request(f"{desk.address}v1/summaries", body, headers)) as reply:
        assert clipboard(desk) == reply.read().decode()


def test_the_download_is_the_reply(desk: Desk) -> None:
    """The bytes that came."""
    desk.summarize(STORY)
    with desk.page.expect_download() as started:
        desk.page.get_by_role("button", name="Download JSON").click()

    saved = json.loads(Path(started.value.path()).read_text("utf-8"))
    assert started.value.suggested_filename == "nutgraf.json"
    assert (saved["text"], saved["sentences"]) == (STORY, desk.api(STORY)["sentences"])


@pytest.mark.parametrize(
    ("language", "program"),
    [
        ("curl", ["bash"]),
        ("Python", [sys.executable, "-"]),
        ("JavaScript", ["node", "--input-type=module", "-"]),
    ],
)
@pytest.mark.parametrize("n_copies", [0, 300], ids=["short", "long"])
def test_the_code_gives_what_the_page_shows(
    new_desk: Callable[..., Desk], language: str, program: list[str], n_copies: int
) -> None:
    """Copied and pasted as it stands: a text with every awkward mark, and one that is longer than an argument may be.

    No character in it is invisible.
    """
    desk = new_desk(permissions=["clipboard-read", "clipboard-write"])
    desk.summarize(AWKWARD + "\n\n" + STORY + " ".join(STORY.split()) * n_copies)
    desk.slide("sentences", 2)
    desk.page.get_by_text("The same request for your program").click()
    desk.page.get_by_label(language).check()
    expect(desk.page.locator("#code")).to_contain_text("/v1/summaries")
    desk.page.locator("#copy-code").click()
    expect(desk.page.locator("#code-copied")).to_have_text("Copied.")
    code = clipboard(desk)
    shown = desk.page.locator("#code").text_content() or ""
    assert (shown == code) == (n_copies == 0)
    assert (len(code) > ARGUMENT_BYTES) == (n_copies > 0)
    expect(desk.page.locator("#code-note")).to_contain_text("Copy takes the whole" if n_copies else "")
    assert code.isprintable() or set(filter(lambda one: not one.isprintable(), code)) == {"\n"}
    if not shutil.which(program[0]):
        pytest.skip(f"needs {program[0]}; .ci/run installs it")

    run = subprocess.run(program, input=code, capture_output=True, check=True, text=True, encoding="utf-8")
    summary = json.loads(run.stdout)["summary"] if language == "curl" else run.stdout.removesuffix("\n")
    assert summary == desk.summary()


def test_curl_may_be_pasted_into_an_interactive_shell(desk: Desk) -> None:
    """Where "!" is history's, lines come from a terminal, and the last one has no end."""
    if not shutil.which("bash"):
        pytest.skip("needs bash")
    desk.summarize("Boats left the harbour, said the mayor! The wind !rose at noon.")
    desk.page.get_by_text("The same request for your program").click()
    expect(desk.page.locator("#code")).to_contain_text("NUTGRAF")

    assert desk.summary() in typed_into_bash(desk.page.locator("#code").text_content() or "")


def typed_into_bash(code: str) -> str:
    """Return what an interactive bash says to lines typed at a terminal."""
    bash, terminal = pty.fork()
    if bash == 0:
        os.execlp("bash", "bash", "--norc", "--noprofile", "-i")  # noqa: S606 - the shell on PATH is what is tested
    os.write(terminal, f"{code}\nexit\n".encode())
    said = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end is gone
        while found := os.read(terminal, 4096):
            said += found
    os.close(terminal)
    os.waitpid(bash, 0)
    return said.decode()


def test_the_link_leads_to_the_same_page(new_desk: Callable[..., Desk]) -> None:
    """Options, lengths and a short text; a long text stays where it is."""
    desk = new_desk(permissions=["clipboard-read", "clipboard-write"])
    desk.summarize(STORY)
    desk.slide("sentences", 4)
    desk.page.get_by_label("Shortening").select_option("tight")
    desk.done()
    desk.page.get_by_role("button", name="Copy link").click()
    expect(desk.page.locator("#copied")).to_contain_text("options and the text")
    other = new_desk(clipboard(desk))
    other.done()

    assert (other.summary(), other.bullets()) == (desk.summary(), desk.bullets())
    assert other.page.get_by_label("Shortening").input_value() == "tight"
    desk.page.locator("#article summary").click()
    desk.summarize(STORY * 3)
    desk.page.get_by_role("button", name="Copy link").click()
    expect(desk.page.locator("#copied")).to_contain_text("text and title stay here")
    assert "text=" not in clipboard(desk)
