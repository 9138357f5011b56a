"""Paste, type, drop, open, samples, links; progress and cancel; keys; what is refused."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Watch
from tests.browser.desk import STORY, Desk
from tests.web.servers import running_server

pytestmark = pytest.mark.browser

HTML = (
    "<!doctype html><html><head><title>Ferry</title></head><body><article><h1>Night ferry returns</h1>"
    + "".join(f"<p>{line}</p>" for line in STORY.splitlines()[2:])
    + "</article></body></html>"
)
DROP = """([name, type, encoded]) => {
  const bytes = Uint8Array.from(atob(encoded), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    document.getElementById("text").dispatchEvent(event);
  }
}"""
UNSURE = re.compile("status of 4")


def drop(desk: Desk, name: str, content: bytes, kind: str = "text/plain") -> None:
    """Drop a file on the form."""
    desk.page.evaluate(DROP, [name, kind, base64.b64encode(content).decode()])


def test_a_pasted_story_is_answered_as_the_api_answers_it(desk: Desk) -> None:
    """Bullets and summary are those of the same request."""
    desk.summarize(STORY)

    expected = desk.api(STORY, length={"sentences": 3}, highlights={"count": 4})
    assert desk.bullets() == [one["text"] for one in expected["highlights"]]
    assert desk.summary() == expected["summary"]


def test_control_and_enter_send_what_was_typed(desk: Desk) -> None:
    """A keyboard is enough."""
    area = desk.page.get_by_label("Text", exact=True)
    area.press_sequentially("The ferry returns in April. Islanders are glad.")
    area.press("Control+Enter")
    desk.done()

    assert desk.summary() == "The ferry returns in April. Islanders are glad."
    expect(desk.page.locator("#summary-notes")).to_contain_text("3 sentences were asked for; the text has 2")
    expect(desk.page.get_by_role("heading", name="Highlights")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("story.txt", STORY.encode()),
        ("story.html", HTML.encode()),
        (
            "old.html",
            HTML.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Tuesday", "Café").encode("latin-1"),
        ),
    ],
)
def test_files_can_be_opened_and_dropped(desk: Desk, tmp_path: Path, name: str, content: bytes) -> None:
    """Both ways give the same; a page is known for one, and read in its own charset."""
    path = tmp_path / name
    path.write_bytes(content)
    desk.page.locator("#file").set_input_files(path)
    desk.done()
    opened = desk.summary()
    desk.open()
    drop(desk, name, content)
    desk.done()

    assert opened == desk.summary()
    assert "The night ferry to the islands will return in April" in opened
    assert ("Café" in opened) == (name == "old.html")
    assert desk.page.locator("#is-html").is_checked() == name.endswith(".html")
    assert "<p>" not in (desk.page.locator("#story-text").text_content() or "")


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("photo.png", b"\x89PNG", "image/png", "This is no text"),
        ("long.txt", b"a" * (8 * 1024 * 1024 + 1), "text/plain", "at most 8,388,608 are accepted"),
    ],
)
def test_files_that_are_no_story_are_refused_in_words(
    desk: Desk, name: str, content: bytes, kind: str, words: str
) -> None:
    """Without asking the server."""
    seen = desk.requests()
    drop(desk, name, content, kind)

    expect(desk.page.get_by_role("alert")).to_contain_text(words)
    assert seen == []


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [("a news page", "en", "ferry"), ("a report", "en", "basins"), ("ein deutscher Text", "de", "Bäckerei")],
)
def test_samples_are_answered_at_once(desk: Desk, name: str, language: str, words: str) -> None:
    """Each in its language, without a warning."""
    desk.sample(name)

    assert words in desk.summary()
    assert len(desk.bullets()) >= 3
    expect(desk.page.locator("#story-text")).to_have_attribute("lang", language)
    assert [desk.page.locator(f"#{place}").text_content() for place in ("summary-notes", "language-note")] == ["", ""]


def test_the_box_for_pages_follows_the_text_but_not_against_its_user(desk: Desk) -> None:
    """It is ticked when a page is pasted, and stays as it was set while one types on."""
    box, area = desk.page.locator("#is-html"), desk.page.get_by_label("Text", exact=True)
    desk.write(HTML)
    expect(box).to_be_checked()
    desk.write("Plain words.")
    expect(box).not_to_be_checked()
    box.check()
    area.press_sequentially(" More.")
    expect(box).to_be_checked()


def test_the_news_sample_shows_what_is_no_story(desk: Desk) -> None:
    """Captions, promos, datelines and credits are there, labelled."""
    desk.sample("a news page")

    roles = set(desk.page.locator("#story-text .role").all_text_contents())
    assert {"caption", "promo", "dateline", "heading", "credit"} <= roles


def test_long_work_shows_progress_and_can_be_cancelled(desk: Desk) -> None:
    """The answer before stays, and the next request is answered."""
    desk.summarize(STORY)
    before = desk.summary()
    held: list[Route] = []
    desk.page.route("**/v1/summaries", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot wrap a builtin
    desk.page.locator("#article summary").click()
    desk.write("Another story. " * 50)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("progressbar", name="Summarizing")).to_be_visible()
    expect(desk.page.locator("#seconds")).to_have_text("2 s", timeout=4000)
    desk.page.get_by_role("button", name="Cancel").click()
    expect(desk.page.locator("#progress-words")).to_have_text("Cancelled.")
    expect(desk.page.get_by_role("progressbar")).to_be_hidden()
    assert desk.summary() == before
    desk.page.unroute("**/v1/summaries")
    desk.summarize("Boats left the harbour. The wind rose at noon.")
    assert desk.summary() == "Boats left the harbour. The wind rose at noon."


def test_a_key_is_asked_for_and_kept_in_memory_only(desk: Desk, watch: Watch) -> None:
    """After a 401; it is sent as a bearer token, stands in no snippet, and is in no storage."""
    watch.expected = UNSURE
    given: list[str | None] = []

    def guard(route: Route) -> None:
        given.append(route.request.headers.get("authorization"))
        if given[-1] == "Bearer right":
            route.continue_()
        else:
            problem = '{"type":"urn:nutgraf:unauthorized","title":"A key is needed","status":401,"detail":"Send one."}'
            route.fulfill(status=401, content_type="application/problem+json", body=problem)

    desk.page.route("**/v1/summaries", guard)
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()
    for key in ("wrong", "right"):
        expect(desk.page.get_by_label("API key")).to_be_focused()
        desk.page.get_by_label("API key").fill(key)
        desk.page.get_by_role("button", name="Use this key").click()
    desk.done()

    expect(desk.page.get_by_label("API key")).to_be_hidden()
    assert given == [None, "Bearer wrong", "Bearer right"]
    assert desk.bullets()
    assert desk.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert desk.page.locator("#key").input_value() == ""
    desk.page.get_by_text("The same request for your program").click()
    expect(desk.page.locator("#code")).to_contain_text("$NUTGRAF_API_KEY")
    code = desk.page.locator("#code").text_content() or ""
    assert "right" not in code.split("--data-binary")[0]


def test_errors_stand_where_they_belong(desk: Desk, watch: Watch) -> None:
    """At the field, over the form, and gone with the next try."""
    watch.expected = UNSURE
    desk.write("\u200b \n")
    desk.page.get_by_role("button", name="Summarize").click()

    area = desk.page.get_by_label("Text", exact=True)
    expect(desk.page.get_by_role("alert")).to_contain_text("The text is blank.")
    expect(area).to_have_attribute("aria-invalid", "true")
    expect(area).to_have_accessible_description(re.compile("The text is blank."))
    desk.summarize(STORY)
    assert desk.problem().strip() == ""
    expect(area).not_to_have_attribute("aria-invalid", "true")


def test_limits_of_a_ranking_are_told_in_words(desk: Desk, watch: Watch) -> None:
    """The server's own, which name number and limit."""
    watch.expected = UNSURE
    desk.page.get_by_label("Ranking", exact=True).select_option("kl")
    desk.write("Boats left the harbour at noon. " * 200)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("alert")).to_contain_text("at most")


def test_a_server_that_is_gone_is_told_in_words(desk: Desk, watch: Watch) -> None:
    """No answer is an answer too."""
    watch.expected = re.compile("ERR_FAILED")
    desk.page.route("**/v1/summaries", lambda route: route.abort())
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("alert")).to_contain_text("The server cannot be reached")


def test_a_failure_is_seen_on_a_phone(desk: Desk, watch: Watch) -> None:
    """The page scrolls to it: the button is far below."""
    watch.expected = re.compile("ERR_FAILED")
    desk.page.set_viewport_size({"width": 360, "height": 640})
    desk.page.route("**/v1/summaries", lambda route: route.abort())
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("alert")).to_be_in_viewport()


def test_an_answer_that_is_no_reply_is_told_in_words(desk: Desk) -> None:
    """A proxy's page to sign in, for one."""
    desk.page.route("**/v1/summaries", lambda route: route.fulfill(status=200, body="<html>Sign in</html>"))
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("alert")).to_contain_text("The answer cannot be read")


def test_an_empty_text_that_is_folded_away_is_asked_for(desk: Desk) -> None:
    """The browser points at it."""
    desk.page.locator("#article summary").click()
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_label("Text", exact=True)).to_be_focused()


def test_another_language_is_warned_of_at_its_field(desk: Desk) -> None:
    """The warning stands below the choice of language."""
    desk.sample("ein deutscher Text")
    desk.page.get_by_label("Language").select_option("en")

    expect(desk.page.locator("#language-note")).to_contain_text("looks like German")


def test_a_link_carries_options_and_text(new_desk: Callable[..., Desk], desk: Desk) -> None:
    """Whoever opens it sees the same; the server never gets the fragment."""
    fields = {"language": "en", "algorithm": "lexrank", "compression": "tight", "order": "rank"}
    fragment = urlencode({**fields, "sentences": 2, "highlights": 1, "text": STORY})
    other = new_desk(f"{desk.address}#{fragment}")
    other.done()

    assert len(other.bullets()) == 1
    expected = other.api(STORY, algorithm="lexrank", order="rank", length={"sentences": 2})
    assert other.summary() == expected["summary"]
    assert {name: other.page.locator(f"#{name}").input_value() for name in fields} == fields


def test_a_link_with_nonsense_changes_nothing(new_desk: Callable[..., Desk], desk: Desk) -> None:
    """Unknown names and values are passed over."""
    other = new_desk(f"{desk.address}#algorithm=magic&sentences=-1&highlights=99999&__proto__=x&text=")

    expect(other.page.get_by_label("Ranking", exact=True)).to_have_value("fusion")
    other.summarize(STORY)
    assert len(other.bullets()) == 4


def test_it_works_behind_a_prefix(new_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Modules, samples and the API are all found under it."""
    with running_server(tmp_path, NUTGRAF_URL_PREFIX="/news/nutgraf", NUTGRAF_WORKERS="1") as server:
        desk = new_desk(f"http://127.0.0.1:{server.port}/news/nutgraf/")
        seen = desk.requests()
        desk.sample("a report")

        assert "basins" in desk.summary()
        assert [address.partition("/news")[1] for address in seen] == ["/news"]


def test_without_scripts_the_form_still_answers(desk: Desk) -> None:
    """The same summary, as a page from the server."""
    plain = desk.page.context.browser
    assert plain is not None
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(desk.address)
    expect(page.get_by_text("or drop one here")).to_be_hidden()
    page.get_by_label("Text", exact=True).fill(STORY)
    page.get_by_role("button", name="Summarize").click()

    shown = page.locator(".summary").inner_text()
    assert desk.api(STORY)["summary"] in shown
    context.close()


def test_the_documentation_page_keeps_the_policy(desk: Desk) -> None:
    """Swagger's page runs under it without a violation, offline."""
    desk.page.goto(f"{desk.address}docs")

    expect(desk.page.get_by_text("Summarize an article")).to_be_visible()
