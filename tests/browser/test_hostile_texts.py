"""An article written to run code or to turn the page around is shown as text."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.ran = 1</script> The ferry returns with a script in April, the port authority said."
IMAGE = '"><img src=x onerror="window.ran = 2"> The ferry returns with an image in April, the council said.'
LINK = "<a href=\"javascript:window.ran = 3\" onclick='window.ran = 4'>Ferry</a> returns with a link, islanders said."
FRAME = "<svg/onload=window.ran=5><iframe srcdoc='<script>parent.ran=6</script>'></iframe> The frame returns in April."
TEMPLATE = (
    "{{ 7*7 }} ${window.ran = 7} `+window.ran+` \\u003cscript\\u003e </textarea><script>window.ran=8</script> It ends."
)
BIDI = "The mayor \u202eread this backwards\u2066 and never \u2067closed it, the ferry council said on Tuesday."
ATTACKS = [SCRIPT, IMAGE, LINK, FRAME, TEMPLATE, BIDI]
ARTICLE = "\n\n".join([*ATTACKS, "The last sentence is a plain one about the ferry council."])
FOREIGN = (
    "#workspace :is(script, img, iframe, a, object, embed, style, link, form, [onclick], [onerror], [onload], [srcdoc])"
)


def everything(desk: Desk) -> None:
    """Open all that shows words of the text."""
    desk.slide("sentences", desk.page.locator("#story-text .sentence").count())
    desk.slide("highlights", 10)
    for chip in desk.page.locator(".chip").all():
        chip.click()
    desk.page.get_by_role("button", name="Compare").click()
    desk.page.locator("#comparison li").first.wait_for()
    desk.page.get_by_text("The same request for your program").click()
    for language in ("curl", "Python", "JavaScript"):
        desk.page.get_by_label(language).check()
    desk.page.get_by_text("The ten strongest links as a list").click()
    for index in range(desk.page.locator("#story-text .sentence").count()):
        desk.sentence(index).focus()
        desk.page.keyboard.press("Enter")


def test_nothing_in_an_article_runs_and_all_of_it_is_text(desk: Desk) -> None:
    """In every part of the page that shows words of it."""
    desk.page.get_by_label("Title").fill(IMAGE)
    desk.summarize(ARTICLE)
    everything(desk)

    assert desk.page.evaluate("window.ran") is None
    assert desk.page.locator(FOREIGN).count() == 0
    shown = desk.page.locator("#story-text").text_content() or ""
    for attack in ATTACKS:
        assert attack in shown
    assert "<script>window.ran = 1</script>" in desk.summary() + desk.page.locator("#comparison").inner_text()


@pytest.mark.parametrize("name", ["page.html", '<img src=x onerror="window.ran=9">.txt'])
def test_files_are_no_way_in(desk: Desk, name: str) -> None:
    """Neither their names nor their content."""
    content = ARTICLE if name.endswith(".txt") else f"<!doctype html><body><article><p>{ARTICLE}</p></article>"
    desk.page.locator("#file").set_input_files(
        {"name": name, "mimeType": "text/html" if name.endswith(".html") else "text/plain", "buffer": content.encode()}
    )
    desk.done()

    assert desk.page.evaluate("window.ran") is None
    assert desk.page.locator(FOREIGN).count() == 0


def test_a_link_is_no_way_in(new_desk: Callable[..., Desk], desk: Desk) -> None:
    """Whatever its fragment holds."""
    fragment = urlencode({"text": ARTICLE, "title": IMAGE, "language": IMAGE, "algorithm": SCRIPT, "order": LINK})
    other = new_desk(f"{desk.address}#{fragment}")
    other.done()

    assert other.page.evaluate("window.ran") is None
    assert other.page.locator(FOREIGN).count() == 0


def test_an_answer_that_is_hostile_is_text_too(desk: Desk) -> None:
    """A proxy between may send anything."""
    desk.page.route(
        "**/v1/summaries",
        lambda route: route.fulfill(status=200, json={**desk.api("The ferry returns."), **HOSTILE_REPLY}),
    )
    desk.summarize("The ferry returns.")

    assert desk.page.evaluate("window.ran") is None
    assert desk.page.locator(FOREIGN).count() == 0
    expect(desk.page.locator("#story-notes")).to_contain_text(IMAGE)


HOSTILE_REPLY = {
    "text": SCRIPT,
    "blocks": [{"role": IMAGE, "start": 0, "end": 30}, {"role": "body", "start": 31, "end": len(SCRIPT)}],
    "explanation": {
        "sentences": [
            {"index": 0, "start": 31, "end": len(SCRIPT), "score": 1, "rank": 1, "pick": 1, "neighbours": []},
        ],
    },
    "highlights": [{"text": SCRIPT, "sentence": 0, "spans": [[31, 40]], "compressed": True, "pick": 1}],
    "keywords": [{"text": IMAGE, "score": 1}],
    "language": 'en" onclick="window.ran = 10',
    "warnings": [{"code": "__proto__", "detail": IMAGE}],
}


def test_bidi_controls_turn_nothing_around_outside_their_sentence(desk: Desk) -> None:
    """What stands after a sentence with open overrides still runs from left to right."""
    desk.summarize(f"{BIDI} The next sentence is a plain one about the ferry council. So is the third about the ferry.")
    text = "[...document.querySelectorAll('#story-text .sentence')].at(-1).firstChild"
    left_of = f"(at) => {{ const range = new Range(); range.setStart({text}, at); range.setEnd({text}, at + 1);"
    places = [desk.page.evaluate(f"{left_of} return range.getBoundingClientRect().left; }}", at) for at in (0, 1, 2)]

    assert places == sorted(places)
    desk.page.get_by_text("The same request for your program").click()
    expect(desk.page.locator("#code")).to_contain_text("\\u202e")
    assert not set(desk.page.locator("#code").text_content() or "") & {"\u202e", "\u2066", "\u2067"}
