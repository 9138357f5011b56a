"""The page in the words of somebody who sits before it."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

STORY = """Night ferry returns
Photo: The ferry Solvind at the quay of Lindholm. (Harbour Daily/Ana Lund)
LINDHOLM, Norway (Harbour Daily) -- The night ferry to the islands will return in April, the port said on Tuesday.
The town council voted nine to six to pay for the ferry, ending a dispute that had split the harbour town.
About 400 people a week used the night ferry, most of them nurses and fishermen.
Read more: How the islands lived without a boat
Opponents had argued that the ferry loses money every year that it sails.
A study by the council found that one in five islanders would lose work without a night ferry.
The port authority will run the new ferry with batteries, which should cost half as much as diesel.
The council will decide in the autumn whether the ferry should also sail on Sundays.
"""


@dataclass(frozen=True)
class Desk:
    """One open page."""

    page: Page
    address: str

    def open(self) -> None:
        """Go to the page and wait until its scripts have run."""
        self.page.goto(self.address)
        self.page.locator("#article .tools:not([hidden])").wait_for(state="attached")

    def write(self, text: str) -> None:
        """Paste a text over what there is."""
        self.page.get_by_label("Text", exact=True).fill(text)

    def summarize(self, text: str | None = None) -> None:
        """Press the button, after pasting `text` where given, and wait for the whole answer."""
        if text is not None:
            self.write(text)
        self.page.get_by_role("button", name="Summarize").click()
        self.done()

    def done(self, milliseconds: int = 20_000) -> None:
        """Wait until the story stands there, with its graph."""
        self.page.locator("#workspace[aria-busy=false]").wait_for(timeout=milliseconds)

    def sample(self, name: str) -> None:
        """Choose a sample and wait for its answer."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.done()

    def slide(self, name: str, number: int) -> None:
        """Move the slider of `sentences` or `highlights`."""
        self.page.locator(f"#{name}-slider").fill(str(number))

    def automatic(self) -> None:
        """Leave the number of highlights to the service."""
        self.page.get_by_role("button", name="Auto", exact=True).click()

    def bullets(self) -> list[str]:
        """Return the highlights that are shown."""
        return self.page.locator("#bullets .words").all_text_contents()

    def summary(self) -> str:
        """Return the summary that is shown."""
        return self.page.locator("#summary-text").text_content() or ""

    def sentence(self, index: int) -> Locator:
        """Return a sentence of the story."""
        return self.page.locator(f'#story [data-sentence="{index}"]')

    def problem(self) -> str:
        """Return what the page says is wrong."""
        return self.page.get_by_role("alert").text_content() or ""

    def requests(self) -> list[str]:
        """Return a list to which every later request to the API is added."""
        seen: list[str] = []
        self.page.on("request", lambda request: seen.append(request.url) if "/v1/" in request.url else None)
        return seen

    def api(self, text: str, **options: object) -> dict[str, Any]:
        """Ask the API itself, past the page."""
        body = json.dumps({"text": text, **options}).encode()
        address = f"{self.address.partition('#')[0]}v1/summaries"
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as reply:
            found: dict[str, Any] = json.load(reply)
            return found
