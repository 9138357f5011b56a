"""Take the three pictures of the page that stand in docs/: `python -m tests.browser.pictures FOLDER`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.desk import Desk
from tests.web.servers import running_server

SAMPLE = "a news page"


def take(browser: Browser, address: str, folder: Path) -> None:
    """Write `page-light.png`, `page-why-dark.png` and `page-graph.png`."""
    desk = _opened(browser, address, {"width": 1280, "height": 960}, dark=False)
    desk.page.evaluate("scrollTo(0, 0)")
    desk.page.screenshot(path=folder / "page-light.png")

    desk = _opened(browser, address, {"width": 1280, "height": 900}, dark=True)
    desk.sentence(6).click()
    desk.page.mouse.move(0, 0)
    desk.page.screenshot(path=folder / "page-why-dark.png")

    desk = _opened(browser, address, {"width": 1100, "height": 900}, dark=False)
    desk.page.locator("#pairs-title").click()
    desk.page.locator("section:has(> #graph-title)").screenshot(path=folder / "page-graph.png")


def _opened(browser: Browser, address: str, size: ViewportSize, *, dark: bool) -> Desk:
    """Return the page with the answer to the sample."""
    page = browser.new_page(viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce")
    desk = Desk(page, address)
    desk.open()
    desk.sample(SAMPLE)
    page.mouse.move(0, 0)
    return desk


def main() -> None:
    """Start the service and the browser, take the pictures, end both."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), NUTGRAF_WORKERS="1") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        take(browser, f"http://127.0.0.1:{server.port}/", Path(sys.argv[1]))
        browser.close()


if __name__ == "__main__":
    main()
