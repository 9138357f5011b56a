"""Accessibility rules on each state, narrow screens, print, large type, less motion, right-to-left texts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch
from tests.browser.desk import STORY, Desk
from tests.web.servers import RunningServer

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
}"""
ARABIC = (
    "عودة العبّارة الليلية إلى الجزر\n\n"
    "قالت سلطة الميناء يوم الثلاثاء إن العبّارة الليلية ستعود في أبريل بعد عامين من التوقف. "
    "وصوّت مجلس المدينة بتسعة أصوات مقابل ستة لصالح شراء عبّارة كهربائية جديدة.\n\n"
    "كان نحو 400 شخص يستخدمون العبّارة كل أسبوع، ومعظمهم من الممرضات والصيادين. "
    "وقال المعارضون إن العبّارة تخسر المال كل عام.\n"
)


def opened(desk: Desk) -> None:
    """The form alone."""


def answered(desk: Desk) -> None:
    """An answer, with everything unfolded."""
    desk.sample("a news page")
    desk.page.locator("#stat-server").click()
    desk.page.get_by_text("The ten strongest links as a list").click()
    desk.page.get_by_text("The same request for your program").click()
    expect(desk.page.locator("#code")).to_contain_text("curl")
    desk.page.get_by_role("button", name="ferry", exact=True).click()


def explained(desk: Desk) -> None:
    """A sentence with its reasons; it is lit."""
    desk.sample("a report")
    desk.sentence(3).click()


def compared(desk: Desk) -> None:
    """Four columns."""
    desk.sample("ein deutscher Text")
    desk.page.get_by_role("button", name="Compare").click()
    desk.page.locator("#comparison li").first.wait_for()


def refused(desk: Desk) -> None:
    """An error over the form and at its field."""
    desk.write("\u200b")
    desk.page.get_by_role("button", name="Summarize").click()
    desk.page.locator("#text-wrong").wait_for()


def edited(desk: Desk) -> None:
    """An answer beside another text, with the note that says so and another about few highlights."""
    desk.summarize("The ferry returns in April.")
    desk.page.locator("#article summary").click()
    desk.write(STORY)
    desk.page.locator("#edited:not(:empty)").wait_for()


def waiting(desk: Desk) -> None:
    """Work under way."""
    desk.page.route("**/v1/summaries", lambda _: None)
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()
    desk.page.get_by_role("button", name="Cancel").wait_for()


def right_to_left(desk: Desk) -> None:
    """A story in Arabic."""
    desk.page.get_by_label("Language").select_option("ar")
    desk.summarize(ARABIC)


STATES = [opened, answered, explained, compared, refused, edited, waiting, right_to_left]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_state_breaks_a_rule_of_axe(
    new_desk: Callable[..., Desk], watch: Watch, axe: str, state: Callable[[Desk], None], width: int, scheme: str
) -> None:
    """WCAG 2.2 A and AA and axe's best practices; and nothing is wider than the screen."""
    watch.expected = re.compile("status of 4") if state is refused else None
    desk = new_desk(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    state(desk)
    desk.page.evaluate(axe)

    assert desk.page.evaluate(VIOLATIONS, RULES) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_find_something(desk: Desk, axe: str) -> None:
    """The check above can fail."""
    desk.page.locator("label[for=title]").evaluate("(node) => node.remove()")
    desk.page.evaluate(axe)

    assert "label: #title" in desk.page.evaluate(VIOLATIONS, RULES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_question_for_a_key_breaks_no_rule_of_axe(
    new_desk: Callable[..., Desk], locked_site: RunningServer, watch: Watch, axe: str, width: int, scheme: str
) -> None:
    """As a server with keys makes the page ask it."""
    watch.expected = re.compile("status of 401")
    size = {"width": width, "height": 900}
    desk = new_desk(f"http://127.0.0.1:{locked_site.port}/", viewport=size, color_scheme=scheme)
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()
    desk.page.get_by_label("API key").wait_for()
    desk.page.evaluate(axe)

    assert desk.page.evaluate(VIOLATIONS, RULES) == []


def test_the_graph_of_a_right_to_left_story_runs_so(desk: Desk) -> None:
    """Its first dot stands on the right, and the arrows go where they point; so do those of the story and the chips."""
    desk.page.get_by_label("Language").select_option("ar")
    desk.summarize(ARABIC + "ستعود العبّارة الليلية إلى الميناء كل أسبوع.\n")
    dots = desk.page.locator("#graph .dot")
    places = [box["x"] for dot in dots.all() if (box := dot.bounding_box())]

    assert len(places) == 5
    assert places == sorted(places, reverse=True)
    expect(desk.page.locator("#graph-note")).to_contain_text("from right to left")
    dots.first.focus()
    desk.page.keyboard.press("ArrowLeft")
    expect(dots.nth(1)).to_be_focused()
    desk.sentence(0).focus()
    desk.page.keyboard.press("ArrowLeft")
    expect(desk.sentence(1)).to_be_focused()
    for place in ("#keywords", ".chip"):
        assert desk.page.locator(place).first.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    first, second = (desk.page.locator(".chip").nth(number).bounding_box() for number in (0, 1))
    assert first
    assert second
    assert first["x"] > second["x"]


def test_right_to_left_stories_run_so(desk: Desk) -> None:
    """Story, bullets and summary each by their own first letter; the page itself stays as it is."""
    right_to_left(desk)

    desk.sentence(0).click()
    for place in ("#story-text p", "#summary-text", "#bullets li", "#why-quote"):
        assert desk.page.locator(place).first.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert desk.page.locator("#story-title").evaluate("(node) => getComputedStyle(node).direction") == "ltr"
    expect(desk.page.locator("#story-text")).to_have_attribute("lang", "ar")


@pytest.mark.parametrize(("width", "stacked"), [(360, True), (768, True), (1440, False)])
def test_the_sides_stand_beside_each_other_where_there_is_room(
    new_desk: Callable[..., Desk], width: int, *, stacked: bool
) -> None:
    """On a phone the answer stands over the story."""
    desk = new_desk(viewport={"width": width, "height": 800})
    desk.sample("a report")

    answer, story = (desk.page.locator(f"#{name}").bounding_box() for name in ("answer", "story"))
    assert answer
    assert story
    assert (story["y"] >= answer["y"] + answer["height"]) == stacked


def test_on_a_phone_a_tap_leads_to_the_source(new_desk: Callable[..., Desk]) -> None:
    """The sentence comes into view over the sheet with its reasons."""
    desk = new_desk(viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    desk.sample("a report")
    desk.slide("sentences", 8)
    place = desk.page.locator("#summary-text [data-sentence]").last
    index = int(place.get_attribute("data-sentence") or 0)
    place.tap()

    expect(desk.page.get_by_role("complementary")).to_be_visible()
    source, sheet = desk.sentence(index).bounding_box(), desk.page.locator("#why").bounding_box()
    assert source
    assert sheet
    assert 0 <= source["y"] < sheet["y"]


@pytest.mark.parametrize("index", [0, 9, 18])
def test_on_a_phone_the_sheet_leaves_its_sentence_in_sight(new_desk: Callable[..., Desk], index: int) -> None:
    """Also where the sentence that was tapped stands at the foot of the screen."""
    desk = new_desk(viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    desk.sample("a report")
    source = desk.sentence(index)
    source.evaluate("(node) => node.scrollIntoView({ block: 'end' })")
    source.tap()

    expect(desk.page.get_by_role("complementary")).to_be_visible()
    box, sheet = source.bounding_box(), desk.page.locator("#why").bounding_box()
    assert box
    assert sheet
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= sheet["y"]


@pytest.mark.parametrize("width", [360, 720])
def test_type_twice_as_large_still_fits(new_desk: Callable[..., Desk], width: int) -> None:
    """As browsers zoom text: nothing is cut off and nothing lies beside the screen."""
    desk = new_desk(viewport={"width": width, "height": 900})
    desk.sample("a news page")
    desk.page.evaluate("document.documentElement.style.fontSize = '32px'")

    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_motion_is_less_for_those_who_ask(new_desk: Callable[..., Desk]) -> None:
    """The story is there at once and does not glide."""
    desk = new_desk(viewport={"width": 1440, "height": 700}, reduced_motion="reduce")
    desk.sample("a report")
    desk.slide("sentences", 12)
    before = desk.page.locator("#story").evaluate("(pane) => pane.scrollTop")
    after = desk.page.evaluate("""() => {
      const all = document.querySelectorAll("#summary-text [data-sentence]");
      all[all.length - 1].dispatchEvent(new PointerEvent("pointerover", { pointerType: "mouse", bubbles: true }));
      return document.getElementById("story").scrollTop;
    }""")
    assert after > before


def test_paper_gets_the_answer_and_the_story_and_no_controls(desk: Desk) -> None:
    """And the story whole, not what its pane shows."""
    desk.sample("a report")
    desk.sentence(2).click()
    desk.page.emulate_media(media="print")

    for shown in ("#bullets", "#summary-text", "#story-text", "#graph"):
        expect(desk.page.locator(shown)).to_be_visible()
    for hidden in ("#form", "#why", "#sentences-slider", "#keywords-panel", ".why-button >> nth=0"):
        expect(desk.page.locator(hidden)).to_be_hidden()
    assert desk.page.locator("#story").evaluate("(pane) => pane.scrollHeight <= pane.clientHeight + 1")


def test_paper_is_white_and_keeps_the_shades(new_desk: Callable[..., Desk]) -> None:
    """For those with a dark screen too: browsers leave grounds away, but print pale letters."""
    desk = new_desk(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    desk.sample("a report")
    desk.page.emulate_media(media="print")
    style = "(node, name) => getComputedStyle(node)[name]"

    ink, paper = (desk.page.locator("body").evaluate(style, name) for name in ("color", "backgroundColor"))
    assert (ink, paper) == ("rgb(29, 27, 25)", "rgb(251, 249, 246)")
    assert desk.page.locator("html").evaluate(style, "colorScheme") == "light"
    for place in ("#story-text .shade-5", ".legend .shade-5"):
        assert desk.page.locator(place).first.evaluate(style, "printColorAdjust") == "exact"
