"""The two sides: marks, shades, cuts, links between them, sliders, switches, keywords and figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from benchmarks.texts import article
from tests.browser.conftest import Watch
from tests.browser.desk import STORY, Desk
from tests.web.servers import RunningServer

pytestmark = pytest.mark.browser

MARKED = """() => [...CSS.highlights.get("keyword")].map((range) => range.toString())"""
LEAST_CONTRAST = 1.07
"""Of a shade with the next: enough to be seen side by side."""
BOTH_IN_VIEW = """([pane, index]) => {
  const outer = document.getElementById(pane).getBoundingClientRect();
  const inner = document.querySelector(`#${pane} [data-sentence="${index}"]`).getBoundingClientRect();
  return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
}"""


def test_the_story_is_whole_and_its_chosen_sentences_are_marked(desk: Desk) -> None:
    """Every word is there; marked is what the summary holds, and nothing else."""
    desk.summarize(STORY)

    reply = desk.api(STORY)
    shown = desk.page.locator("#story-text").text_content() or ""
    for role in desk.page.locator("#story-text .role").all_text_contents():
        shown = shown.replace(role, " ", 1)
    assert shown.split() == STORY.split()
    marked = desk.page.locator("#story-text .chosen")
    assert [int(node.get_attribute("data-sentence") or -1) for node in marked.all()] == [
        one["index"] for one in reply["sentences"]
    ]


def test_every_sentence_is_shaded_by_its_score(desk: Desk) -> None:
    """A better score never has a paler shade."""
    desk.summarize(STORY)

    explained = desk.api(STORY, include=["explanation"])["explanation"]["sentences"]
    shades = [
        int(re.findall(r"shade-(\d)", desk.sentence(one["index"]).get_attribute("class") or "")[0]) for one in explained
    ]
    by_score = [shade for _, shade in sorted(zip((one["score"] for one in explained), shades, strict=True))]
    assert by_score == sorted(by_score)
    assert (shades[max(explained, key=lambda one: one["score"])["index"]], len(set(shades)) > 2) == (5, True)


def test_the_legend_has_every_mark_of_the_story(desk: Desk) -> None:
    """Each looks as in the story, the source of a highlight too."""
    desk.sample("a news page")
    style = "(node) => { const { backgroundColor, borderInlineStartStyle } = getComputedStyle(node); "
    for mark, look in (
        ("shade-5", "return backgroundColor; }"),
        ("bulleted", "return borderInlineStartStyle; }"),
    ):
        inside, beside = (
            desk.page.locator(f"{place} .{mark}").first.evaluate(style + look) for place in ("#story-text", ".legend")
        )
        assert inside == beside
    assert desk.page.locator(".legend .bulleted").evaluate(style + "return borderInlineStartStyle; }") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_are_told_apart_also_when_lit(new_desk: Callable[..., Desk], scheme: str) -> None:
    """The palest from the paper, each from the next; a sentence that is pointed at or explained keeps its own."""
    desk = new_desk(viewport={"width": 1440, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    desk.sample("a report")
    ground = "(node) => getComputedStyle(node).backgroundColor"
    grounds = [desk.page.locator("#story").evaluate(ground)]
    grounds += [desk.page.locator(f".legend .shade-{number}").evaluate(ground) for number in range(1, 6)]
    assert all(ratio >= LEAST_CONTRAST for ratio in map(contrast, grounds, grounds[1:]))

    before = desk.sentence(4).evaluate(ground)
    desk.sentence(4).hover()
    expect(desk.sentence(4)).to_contain_class("lit")
    assert desk.sentence(4).evaluate(ground) == before
    desk.sentence(4).click()
    desk.page.mouse.move(0, 0)
    desk.slide("sentences", 2)
    expect(desk.sentence(4)).to_contain_class("explained")
    assert desk.sentence(4).evaluate(ground) == before
    assert desk.sentence(4).evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG measures it, from 1 on."""
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(r, g, b)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_cut_from_a_highlight_are_struck_out(desk: Desk) -> None:
    """What stays of a marked sentence is its bullet, but for the first letter and the last mark."""
    desk.sample("a news page")
    bullets = desk.page.locator("#bullets li")

    struck = 0
    without_cuts = "(node) => [...node.childNodes].map((one) => one.nodeName === 'DEL' ? '' : one.textContent).join('')"
    for number, words in enumerate(desk.bullets()):
        index = bullets.nth(number).get_attribute("data-sentence")
        kept = desk.page.locator(f'#story [data-sentence="{index}"]').evaluate(without_cuts)
        assert re.sub(r"\W", "", kept).lower() == re.sub(r"\W", "", words).lower()
        struck += desk.page.locator(f'#story [data-sentence="{index}"] del').count()
    assert struck > 0


def test_bullet_and_source_light_up_together_both_ways(desk: Desk) -> None:
    """The other side scrolls there too."""
    desk.sample("a report")
    desk.slide("sentences", 12)
    last = desk.page.locator("#summary-text [data-sentence]").last
    index = last.get_attribute("data-sentence")
    assert not desk.page.evaluate(BOTH_IN_VIEW, ["story", index])
    last.hover()

    expect(desk.sentence(int(index or 0))).to_have_class(re.compile(r"\blit\b"))
    desk.page.wait_for_function(BOTH_IN_VIEW, arg=["story", index])
    desk.page.locator("#story").evaluate("(pane) => pane.scrollTo(0, 0)")
    bullet = desk.page.locator("#bullets li").first
    source = desk.sentence(int(bullet.get_attribute("data-sentence") or 0))
    source.hover()
    expect(bullet).to_have_class(re.compile(r"\blit\b"))
    expect(last).not_to_have_class(re.compile(r"\blit\b"))
    desk.page.wait_for_function(BOTH_IN_VIEW, arg=["answer", bullet.get_attribute("data-sentence")])


def test_sliders_answer_as_the_api_would_without_asking_it(desk: Desk) -> None:
    """Each length of both, by pick."""
    desk.sample("a news page")
    text = desk.page.locator("#text").input_value()
    seen = desk.requests()

    for number in (1, 2, 5, 8):
        desk.slide("sentences", number)
        desk.slide("highlights", number)
        expected = desk.api(text, length={"sentences": number}, highlights={"count": number})
        assert desk.summary() == expected["summary"]
        assert desk.bullets() == [one["text"] for one in expected["highlights"]]
        words = f"{expected['stats']['words']} → {expected['stats']['summary_words']}"
        assert desk.page.locator("#stat-words").text_content() == words
        assert desk.page.locator("#story-text .chosen").count() == number
    desk.slide("highlights", 0)
    expect(desk.page.locator("#bullets")).to_be_hidden()
    assert seen == []


def test_highlights_start_and_may_end_as_the_api_has_them_by_itself(desk: Desk) -> None:
    """`auto`, then any number without a request, then `auto` again; the code asks for what is shown."""
    desk.summarize(STORY)
    automatic = [one["text"] for one in desk.api(STORY)["highlights"]]
    button = desk.page.get_by_role("button", name="Auto", exact=True)
    desk.page.get_by_text("The same request for your program").click()
    seen = desk.requests()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert desk.bullets() == automatic
    assert desk.page.locator("#highlights-slider").input_value() == str(len(automatic))
    expect(desk.page.locator("#code")).to_contain_text('"count": "auto"')

    desk.slide("highlights", 5)
    expect(button).to_have_attribute("aria-pressed", "false")
    assert desk.bullets() == [one["text"] for one in desk.api(STORY, highlights={"count": 5})["highlights"]]
    expect(desk.page.locator("#code")).to_contain_text('"count": 5')
    desk.automatic()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert desk.bullets() == automatic
    assert desk.page.locator("#highlights-slider").input_value() == str(len(automatic))
    assert seen == []


def test_without_the_slider_s_highlights_there_is_still_the_answer(desk: Desk, watch: Watch) -> None:
    """A limit of requests may refuse the second one: the slider goes as far as `auto` does."""
    watch.expected = re.compile("status of 429")

    def refuse(route: Route) -> None:
        if json.loads(route.request.post_data or "")["include"]:
            route.continue_()
        else:
            route.fulfill(status=429, json={"title": "Too many", "status": 429, "detail": "Wait."})

    desk.page.route("**/v1/summaries", refuse)
    desk.summarize(STORY)

    automatic = [one["text"] for one in desk.api(STORY)["highlights"]]
    assert desk.bullets() == automatic
    assert desk.problem().strip() == ""
    expect(desk.page.locator("#highlights-slider")).to_have_attribute("max", str(len(automatic)))


@pytest.mark.parametrize(
    ("text", "fragment", "words"),
    [
        (STORY, "", ""),
        ("The ferry returns in April.", "", "This story gives 1 highlight: nothing else in it"),
        ("*** ... ***", "", "This story gives no highlight"),
        (STORY, "#highlights=10", "This story gives 7 highlights: nothing else in it"),
    ],
)
def test_few_highlights_are_told_in_the_page_s_own_words(
    new_desk: Callable[..., Desk], site: RunningServer, text: str, fragment: str, words: str
) -> None:
    """Not in the server's, which count what the page asked for so that its slider has something to show."""
    desk = new_desk(f"http://127.0.0.1:{site.port}/{fragment}")
    desk.summarize(text)

    note = desk.page.locator("#highlights-notes")
    expect(note).to_contain_text(words) if words else expect(note).to_be_empty()
    expect(note).not_to_contain_text("asked for")
    n_sentences, done = desk.page.locator("#story .sentence").count(), desk.page.locator("#progress-words")
    expect(done).to_contain_text(f"of {n_sentences} sentence{'' if n_sentences == 1 else 's'}.")
    n_bullets = len(desk.bullets())
    expect(done).to_contain_text(f"Done: {n_bullets} highlight{'' if n_bullets == 1 else 's'}, ")


def test_more_highlights_than_the_slider_has_are_not_called_missing(
    new_desk: Callable[..., Desk], site: RunningServer
) -> None:
    """A link may ask for fifty; nobody has asked the server whether there are."""
    desk = new_desk(f"http://127.0.0.1:{site.port}/#highlights=50")
    desk.sample("a report")

    assert len(desk.bullets()) == 10
    expect(desk.page.locator("#highlights-notes")).to_be_empty()


def test_marks_and_comparison_do_not_wait_for_the_slider_s_highlights(desk: Desk) -> None:
    """The second request may stand in the server's queue for long."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked = json.loads(route.request.post_data or "")
        held.append(route) if asked["highlights"]["count"] == 10 else route.continue_()

    desk.page.route("**/v1/summaries", hold)
    desk.write(STORY)
    desk.page.get_by_role("button", name="Summarize").click()

    expect(desk.page.locator("#story-text .chosen")).to_have_count(3)
    expect(desk.page.locator("#graph .dot.chosen")).to_have_count(3)
    desk.page.get_by_role("button", name="Compare").click()
    expect(desk.page.locator("#comparison li")).to_have_count(12)
    held[0].continue_()
    desk.done()
    expect(desk.page.locator("#highlights-slider")).to_have_attribute("max", "7")


def test_a_short_text_does_not_shorten_the_next_answer(desk: Desk) -> None:
    """What was asked for is asked for still."""
    desk.summarize("The ferry returns in April.")
    desk.page.locator("#article summary").click()
    desk.summarize(STORY)

    assert desk.page.locator("#summary-text [data-sentence]").count() == 3


JAPANESE = "夜のフェリーは4月に戻ってくると港湾局が発表した。町議会はABC社に投票した。看護師はコーヒーを飲んだ。"


def test_words_are_counted_as_the_api_counts_them(desk: Desk) -> None:
    """Where letters count as words, too."""
    desk.page.get_by_label("Language").select_option("ja")
    desk.summarize(JAPANESE)
    desk.slide("sentences", 2)

    stats = desk.api(JAPANESE, language="ja", length={"sentences": 2})["stats"]
    assert desk.page.locator("#stat-words").text_content() == f"{stats['words']} → {stats['summary_words']}"


def test_order_changes_without_a_request(desk: Desk) -> None:
    """Best first is the API's own order."""
    desk.sample("a report")
    text = desk.page.locator("#text").input_value()
    seen = desk.requests()
    desk.page.get_by_label("Order").select_option("rank")

    expected = desk.api(text, order="rank")
    assert desk.summary() == expected["summary"]
    assert desk.bullets() == [one["text"] for one in expected["highlights"]]
    assert seen == []


def test_ranking_and_shortening_ask_again(desk: Desk) -> None:
    """And keep the length."""
    desk.sample("a news page")
    text = desk.page.locator("#text").input_value()
    desk.slide("sentences", 2)
    desk.page.get_by_label("Ranking", exact=True).select_option("textrank")
    desk.done()
    assert desk.summary() == desk.api(text, algorithm="textrank", length={"sentences": 2})["summary"]
    desk.page.get_by_label("Shortening").select_option("none")
    desk.done()

    assert desk.page.locator("#story-text del").count() == 0
    expected = desk.api(text, algorithm="textrank", highlights={"compression": "none"})
    assert desk.bullets() == [one["text"] for one in expected["highlights"]]


def test_a_keyword_marks_its_places(desk: Desk) -> None:
    """All of them, whole words only, and no longer when the chip is let go; also after the length changed."""
    desk.sample("a news page")
    text = desk.page.locator("#text").input_value()
    chip = desk.page.get_by_role("button", name="ferry", exact=True)
    chip.click()

    marked = desk.page.evaluate(MARKED)
    assert {word.lower() for word in marked} == {"ferry"}
    sentences = [
        text[one["start"] : one["end"]] for one in desk.api(text, include=["explanation"])["explanation"]["sentences"]
    ]
    assert len(marked) == sum(len(re.findall(r"\bferry\b", one, re.IGNORECASE)) for one in sentences)
    expect(desk.page.locator("#keywords-note")).to_have_text(f"{len(marked)} places in the story")
    expect(chip).to_have_attribute("aria-pressed", "true")
    desk.slide("highlights", 1)
    assert desk.page.evaluate(MARKED) == marked
    chip.click()
    assert desk.page.evaluate(MARKED) == []


def test_a_keyword_with_a_hyphen_marks_its_places(desk: Desk) -> None:
    """A hyphen means nothing to a pattern, and may not be escaped in one."""
    desk.summarize("The part-time nurses of the town met on Monday. The part-time nurses asked for a night ferry.")
    desk.page.get_by_role("button", name="part-time nurses", exact=True).click()

    assert desk.page.evaluate(MARKED) == ["part-time nurses"] * 2
    expect(desk.page.locator("#keywords-note")).to_have_text("2 places in the story")


def test_what_is_not_quite_all_is_not_called_so(desk: Desk) -> None:
    """Three sentences of a long text are not a hundred per cent less than it."""
    text = article(1_000, seed=5)
    desk.summarize(text)

    assert 0.995 < desk.api(text)["stats"]["reduction"] < 1
    expect(desk.page.locator("#stat-reduction")).to_have_text("over 99 %")


def test_figures_tell_words_time_and_stages(desk: Desk) -> None:
    """Reduction as the API has it, and the stages of Server-Timing."""
    desk.sample("a report")

    reduction = desk.api(desk.page.locator("#text").input_value())["stats"]["reduction"]
    assert desk.page.locator("#stat-reduction").text_content() == f"{round(reduction * 100)} %"
    assert re.fullmatch(r"\d+ min → \d+ s", desk.page.locator("#stat-reading").text_content() or "")
    desk.page.locator("#stat-server").click()
    stages = desk.page.locator("#stages li").all_text_contents()
    assert [stage.split()[0] for stage in stages] == ["queue", "read", "rank", "select", "shorten", "finish", "render"]
    assert all(re.fullmatch(r"[a-z]+ [\d.]+ ms", stage) for stage in stages)


def test_a_text_without_sentences_is_answered_too(desk: Desk) -> None:
    """Nothing to show is no reason to break."""
    desk.summarize("*** ... ***")

    expect(desk.page.locator("#summary-notes")).to_contain_text("has no sentence")
    assert desk.bullets() == []
    expect(desk.page.locator("#sentences-slider")).to_be_disabled()
