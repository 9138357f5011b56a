"""Paste, type, drop, open, samples, links; progress and cancel; keys; what is refused."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import KEY, Watch
from tests.browser.desk import STORY, Desk
from tests.web.servers import RunningServer, running_server

pytestmark = pytest.mark.browser

HTML = (
    "<!doctype html><html><head><title>Ferry</title></head><body><article><h1>Night ferry returns</h1>"
    + "".join(f"<p>{line}</p>" for line in STORY.splitlines()[2:])
    + "</article></body></html>"
)
DROP = """([name, type, encoded, place]) => {
  const bytes = Uint8Array.from(atob(encoded), (one) => one.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector(place).dispatchEvent(event);
    if (!event.defaultPrevented) return false; // the browser would leave the page for the file
  }
  return true;
}"""
UNSURE = re.compile("status of 4")


def drop(desk: Desk, name: str, content: bytes, kind: str = "text/plain", *, place: str = "#text") -> bool:
    """Drop a file and say whether the page took it."""
    taken: bool = desk.page.evaluate(DROP, [name, kind, base64.b64encode(content).decode(), place])
    return taken


def test_a_pasted_story_is_answered_as_the_api_answers_it(desk: Desk) -> None:
    """Bullets and summary are those of the same request, with the API's own defaults."""
    desk.summarize(STORY)

    expected = desk.api(STORY)
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
        ("marked.txt", STORY.encode("utf-8-sig")),
        ("wide.txt", STORY.replace("Tuesday", "Café").encode("utf-16")),
        ("wide-big-endian.txt", b"\xfe\xff" + STORY.replace("Tuesday", "Café").encode("utf-16-be")),
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
    assert ("Café" in opened) == (name.startswith(("old", "wide")))
    assert "\ufeff" not in desk.page.locator("#text").input_value()
    assert desk.page.locator("#is-html").is_checked() == name.endswith(".html")
    assert "<p>" not in (desk.page.locator("#story-text").text_content() or "")


@pytest.mark.parametrize("place", ["header h1", "footer", "#story", "html"])
def test_a_file_may_be_dropped_anywhere(desk: Desk, place: str) -> None:
    """Beside the form too: the browser would leave the page for it."""
    desk.summarize("Boats left the harbour. The wind rose at noon.")

    assert drop(desk, "story.txt", STORY.encode(), place=place)
    expect(desk.page.locator("#story-text")).to_contain_text("The night ferry to the islands")


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("photo.png", b"\x89PNG", "image/png", "This is no text"),
        ("long.txt", b"a" * (8 * 1024 * 1024 + 1), "text/plain", "at most 8,388,608 are accepted"),
        ("story.rtf", b"{\\rtf1\\ansi The ferry returns.}", "text/rtf", "This is Rich Text"),
        ("story.txt", b"{\\rtf1\\ansi The ferry returns.}", "text/plain", "This is Rich Text"),
        ("story.txt", b"PK\x03\x04\x00\x00ferry", "text/plain", "This file holds no plain text"),
        ("story.txt", STORY.encode("utf-16-le"), "text/plain", "This file holds no plain text"),
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
    expect(desk.page.locator("#edited")).to_contain_text("The new one is under way.")
    expect(desk.page.locator("#seconds")).to_have_text("2 s", timeout=4000)
    desk.page.get_by_role("button", name="Cancel").click()
    expect(desk.page.locator("#progress-words")).to_have_text("Cancelled.")
    expect(desk.page.locator("#edited")).to_contain_text("Press Summarize for a new one.")
    expect(desk.page.get_by_role("progressbar")).to_be_hidden()
    assert desk.summary() == before
    desk.page.unroute("**/v1/summaries")
    desk.summarize("Boats left the harbour. The wind rose at noon.")
    assert desk.summary() == "Boats left the harbour. The wind rose at noon."


def test_a_key_is_asked_for_and_kept_in_memory_only(
    new_desk: Callable[..., Desk], locked_site: RunningServer, watch: Watch
) -> None:
    """After the server's own 401; it is sent as a bearer token, stands in no snippet, and is in no storage."""
    watch.expected = UNSURE
    desk = new_desk(f"http://127.0.0.1:{locked_site.port}/")
    given: list[str | None] = []
    desk.page.on(
        "request",
        lambda request: given.append(request.headers.get("authorization")) if "/v1/" in request.url else None,
    )
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()
    for key, words in (("wrong", "This service wants a key."), (KEY, "This key was not accepted.")):
        expect(desk.page.locator("#key-words")).to_have_text(words)
        expect(desk.page.get_by_label("API key")).to_be_focused()
        desk.page.get_by_label("API key").fill(key)
        desk.page.get_by_role("button", name="Use this key").click()
    desk.page.locator("#workspace[aria-busy=false]").wait_for()

    expect(desk.page.get_by_label("API key")).to_be_hidden()
    assert given[:3] == [None, "Bearer wrong", f"Bearer {KEY}"]
    assert set(given[3:]) == {f"Bearer {KEY}"}
    assert desk.bullets()
    assert desk.problem().strip() == ""
    assert desk.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert desk.page.locator("#key").input_value() == ""
    desk.page.get_by_text("The same request for your program").click()
    for language in ("JavaScript", "Python", "curl"):
        desk.page.get_by_label(language).check()
        expect(desk.page.locator("#code")).to_contain_text("NUTGRAF_API_KEY")
        expect(desk.page.locator("#code")).not_to_contain_text(KEY)
    code = desk.page.locator("#code").text_content() or ""
    run = subprocess.run(
        ["bash"],
        input=code,
        env={**os.environ, "NUTGRAF_API_KEY": KEY},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert json.loads(run.stdout)["summary"] == desk.summary()


@pytest.mark.parametrize("end", ["cancelled", "failed"])
def test_switches_say_what_is_shown(desk: Desk, watch: Watch, end: str) -> None:
    """After a switch that brought no answer they stand as before; what can be taken along was never another."""
    watch.expected = re.compile("ERR_FAILED")
    desk.summarize(STORY)
    desk.page.get_by_label("Order").select_option("rank")
    desk.page.route("**/v1/summaries", lambda route: None if end == "cancelled" else route.abort())
    for name, value in (("Ranking", "lexrank"), ("Shortening", "none"), ("Language", "de")):
        desk.page.get_by_label(name, exact=True).select_option(value)
        if end == "cancelled":
            desk.page.get_by_role("button", name="Cancel").click()
        desk.done()

    switches = {"algorithm": "fusion", "compression": "safe", "language": "en", "order": "rank"}
    assert {name: desk.page.locator(f"#{name}").input_value() for name in switches} == switches
    desk.page.get_by_text("The same request for your program").click()
    expect(desk.page.locator("#code")).to_contain_text('"algorithm": "fusion"')


def test_an_answer_beside_an_edited_text_is_marked(new_desk: Callable[..., Desk]) -> None:
    """It says so, switches wait for the next answer, and the link is of what is shown."""
    desk = new_desk(permissions=["clipboard-read", "clipboard-write"])
    desk.summarize(STORY)
    note = desk.page.locator("#edited")
    expect(note).to_be_empty()
    desk.page.locator("#article summary").click()
    seen = desk.requests()
    desk.page.get_by_label("Title").fill("Boats")
    expect(note).to_contain_text("the text before your edits")
    desk.page.get_by_label("Title").fill("")
    expect(note).to_be_empty()
    desk.write("Another story begins here. It goes on.")
    expect(note).to_contain_text("the text before your edits")
    desk.page.get_by_label("Ranking", exact=True).select_option("lexrank")
    desk.page.get_by_role("button", name="Copy link").click()
    expect(desk.page.locator("#copied")).to_contain_text("Copied")
    fields = parse_qs(urlsplit(desk.page.evaluate("navigator.clipboard.readText()")).fragment)

    assert (fields["text"], fields["algorithm"], fields["highlights"]) == ([STORY], ["fusion"], ["auto"])
    assert seen == []
    desk.summarize()
    expect(note).to_be_empty()
    assert desk.page.locator("#algorithm").input_value() == "lexrank"
    assert desk.summary() == "Another story begins here. It goes on."


def test_an_answer_stays_marked_when_the_next_does_not_come(desk: Desk, watch: Watch) -> None:
    """What was brought and failed is not what is shown."""
    watch.expected = re.compile("ERR_FAILED")
    desk.summarize(STORY)
    desk.page.route("**/v1/summaries", lambda route: route.abort())
    desk.page.locator("#article summary").click()
    desk.sample("a report")

    expect(desk.page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    expect(desk.page.locator("#edited")).to_contain_text("the text before your edits. Press Summarize")


def test_a_switch_turned_while_an_answer_is_under_way_is_heeded(desk: Desk) -> None:
    """The first request is ended, the second has both."""
    held: list[Route] = []
    desk.page.route("**/v1/summaries", lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot wrap a builtin
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()
    expect(desk.page.get_by_role("button", name="Cancel")).to_be_visible()
    desk.page.unroute("**/v1/summaries")
    desk.page.get_by_label("Ranking", exact=True).select_option("lead")
    desk.page.locator("#story-text .sentence").first.wait_for()
    desk.done()

    assert desk.summary() == desk.api(STORY, algorithm="lead")["summary"]
    assert desk.page.locator("#algorithm").input_value() == "lead"


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


@pytest.mark.parametrize("body", ["<html>Sign in</html>", '{"ok": true}', "null"])
def test_an_answer_that_is_no_reply_is_told_in_words(desk: Desk, body: str) -> None:
    """A proxy's page to sign in, for one, or JSON of its own."""
    desk.page.route("**/v1/summaries", lambda route: route.fulfill(status=200, body=body))
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.get_by_role("alert")).to_contain_text("The answer cannot be read")


@pytest.mark.parametrize("body", ["<html>Wait</html>", '{"message": "Wait"}', '{"title": 7}', "null", '"Wait"'])
@pytest.mark.parametrize(("wait", "words"), [("", ""), ("1", "Try again in 1 second."), ("soon", "")])
def test_a_refusal_by_a_proxy_is_told_in_words(desk: Desk, watch: Watch, body: str, wait: str, words: str) -> None:
    """Whatever it says, and whether it knows for how long."""
    watch.expected = re.compile("status of 503")
    headers = {"Retry-After": wait} if wait else {}
    desk.page.route("**/v1/summaries", lambda route: route.fulfill(status=503, body=body, headers=headers))
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    told = f"The server answered 503 Service Unavailable. {words}"
    expect(desk.page.get_by_role("alert").locator(":scope > section")).to_have_text(
        re.compile(r"\s*".join(map(re.escape, told.split())) + r"\s*$")
    )


def test_a_refusal_that_tells_the_wait_itself_is_not_followed_by_another(
    new_desk: Callable[..., Desk], tmp_path: Path, watch: Watch
) -> None:
    """The service's own words hold what its `Retry-After` says."""
    watch.expected = re.compile("status of 429")
    with running_server(tmp_path, NUTGRAF_RATE_LIMIT="2/minute", NUTGRAF_WORKERS="1") as server:
        desk = new_desk(f"http://127.0.0.1:{server.port}/")
        desk.summarize(STORY)
        desk.page.get_by_role("button", name="Summarize").click()

        expect(desk.page.get_by_role("alert")).to_contain_text(re.compile(r"the next one in \d+ seconds\.$"))


def test_half_a_character_is_no_reason_to_be_refused(desk: Desk) -> None:
    """What a cut in the middle of an emoji leaves behind is sent as the sign for what cannot be read."""
    desk.page.evaluate("document.getElementById('text').value = 'Boats left \\ud83d the harbour. The wind rose.'")
    desk.summarize()

    assert desk.summary() == "Boats left \ufffd the harbour. The wind rose."


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
    assert other.bullets() == [one["text"] for one in other.api(STORY)["highlights"]]


def test_a_link_without_a_text_is_for_the_story_at_hand(desk: Desk) -> None:
    """It moves the sliders and turns the switches; a title that lost its text is none."""
    desk.summarize(STORY)
    desk.page.evaluate("location.hash = 'sentences=5&highlights=1&order=rank&title=Boats'")

    expect(desk.page.locator("#sentences-count")).to_contain_text("5 of 7")
    expect(desk.page.locator("#bullets li")).to_have_count(1)
    assert desk.page.locator("#sentences-slider").input_value() == "5"
    assert desk.summary() == desk.api(STORY, order="rank", length={"sentences": 5})["summary"]
    assert desk.page.locator("#title").input_value() == ""
    desk.page.evaluate("location.hash = 'algorithm=lead&sentences=2&highlights=auto'")
    expect(desk.page.locator("#sentences-count")).to_contain_text("2 of 7")
    desk.done()
    expected = desk.api(STORY, algorithm="lead", order="rank", length={"sentences": 2})
    assert desk.summary() == expected["summary"]
    assert desk.bullets() == [one["text"] for one in expected["highlights"]]


def test_a_link_with_a_text_brings_its_title(new_desk: Callable[..., Desk], desk: Desk) -> None:
    """And takes the place of an article with another."""
    other = new_desk(f"{desk.address}#{urlencode({'text': STORY, 'title': 'Boats'})}")
    other.done()
    assert other.page.locator("#title").input_value() == "Boats"
    other.page.evaluate("(fragment) => { location.hash = fragment; }", urlencode({"text": f"{STORY} It ends."}))
    expect(other.page.locator("#story-text")).to_contain_text("It ends.")

    assert other.page.locator("#title").input_value() == ""


def test_it_works_behind_a_prefix(new_desk: Callable[..., Desk], tmp_path: Path) -> None:
    """Modules, samples and the API are all found under it."""
    with running_server(tmp_path, NUTGRAF_URL_PREFIX="/news/nutgraf", NUTGRAF_WORKERS="1") as server:
        desk = new_desk(f"http://127.0.0.1:{server.port}/news/nutgraf/")
        seen = desk.requests()
        desk.sample("a report")

        assert "basins" in desk.summary()
        assert {address.partition("/news")[1] for address in seen} == {"/news"}


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
