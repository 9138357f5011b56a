"""A real server and a real Chromium. What goes wrong in the page's console, or leaves this machine, fails the test."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.browser.desk import Desk
from tests.conftest import IN_CI
from tests.web.servers import RunningServer, running_server

_LOOPBACK = re.compile(r"^(?:http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1:\d+/)")
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
});
"""


class Watch:
    """What a page must not do, noted as it happens."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self.faults: list[str] = []
        self.expected: re.Pattern[str] | None = None
        """What the console may say: the browser itself notes there every reply of 400 and more."""

    def follow(self, page: Page) -> None:
        """Note errors and warnings of `page`, and what it asks of other machines."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._request)

    def unexpected(self) -> list[str]:
        """Return what was noted and not expected."""
        return [fault for fault in self.faults if not (self.expected and self.expected.search(fault))]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not _LOOPBACK.match(request.url):
            self.faults.append(f"request to {request.url}")


def _missing(what: str) -> None:
    """Skip, or fail in CI, which has everything."""
    message = f"needs {what}; .ci/run installs it"
    pytest.fail(message) if IN_CI else pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's own browser; none is downloaded."""
    executable = shutil.which("chromium")
    if executable is None:
        _missing("chromium")
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, which CI is
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The accessibility rules of axe-core, as a script."""
    script = root / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        _missing("axe-core in node_modules")
    return script.read_text("utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The service with its defaults."""
    with running_server(tmp_path_factory.mktemp("site"), NUTGRAF_WORKERS="1") as server:
        yield server


KEY = "a-key-of-the-tests"


@pytest.fixture(scope="session")
def locked_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The service where it wants a key."""
    settings = {"NUTGRAF_WORKERS": "1", "NUTGRAF_API_KEYS": KEY}
    with running_server(tmp_path_factory.mktemp("locked"), **settings) as server:
        yield server


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The faults of a test's pages; there must be none at its end."""
    one = Watch()
    yield one
    assert one.unexpected() == []


@pytest.fixture
def new_desk(chromium: Browser, site: RunningServer, watch: Watch) -> Iterator[Callable[..., Desk]]:
    """Return a function that opens the page in a fresh browser context of the options given."""
    contexts: list[BrowserContext] = []

    def new(address: str = "", **options: object) -> Desk:
        context = chromium.new_context(**options)  # type: ignore[arg-type] # as Playwright names them
        contexts.append(context)
        context.add_init_script(_REPORT_VIOLATIONS)
        page = context.new_page()
        watch.follow(page)
        desk = Desk(page, address or f"http://127.0.0.1:{site.port}/")
        desk.open()
        return desk

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """The page, just opened, on a screen of 1440 by 900."""
    return new_desk(viewport={"width": 1440, "height": 900})
