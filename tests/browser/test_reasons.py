"""Why a sentence, the graph and the comparison."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from benchmarks.texts import article
from service.ranking.fusion import TITLE_BONUS
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def test_why_tells_scores_rank_and_neighbours(desk: Desk) -> None:
    """In the API's numbers."""
    desk.sample("a news page")
    text = desk.page.locator("#text").input_value()
    explained = desk.api(text, include=["explanation"])["explanation"]["sentences"]
    one = next(entry for entry in explained if entry["pick"] and entry["pick"] > 6 and entry["neighbours"])
    desk.sentence(one["index"]).click()

    panel = desk.page.get_by_role("complementary")
    expect(panel.get_by_role("heading", name=f"Sentence {one['index'] + 1} of {len(explained)}")).to_be_visible()
    expect(desk.page.locator("#why-verdict")).to_contain_text(f"it enters a summary of {one['pick']} sentences or more")
    for name, label in (("score", "Score"), ("textrank", "TextRank"), ("lexrank", "LexRank"), ("position", "Position")):
        value = panel.get_by_role("meter", name=label, exact=True).get_attribute("value")
        assert float(value or -1) == one[name]
    shown = desk.page.locator("#why-neighbours li")
    assert shown.count() == len(one["neighbours"])
    for place, near in zip(shown.all(), one["neighbours"], strict=True):
        expect(place.get_by_role("button")).to_have_text(f"Sentence {near['index'] + 1}")
        assert place.locator("b").all_text_contents() == near["words"][:8]


@pytest.mark.parametrize(
    ("algorithm", "words"),
    [
        ("fusion", f"TextRank and LexRank together, times the position, with up to {TITLE_BONUS * 100:.0f} % on top"),
        ("textrank", "The score is TextRank’s"),
        ("lexrank", "The score is LexRank’s"),
        ("lead", "The score is the position’s"),
        ("lsa", "The score is that of lsa"),
    ],
)
def test_why_tells_how_the_score_is_joined(desk: Desk, algorithm: str, words: str) -> None:
    """For each ranking what it does; the numbers shown bear it out."""
    desk.page.get_by_label("Ranking", exact=True).select_option(algorithm)
    desk.sample("a news page")
    desk.sentence(3).click()

    expect(desk.page.locator("#why-how")).to_contain_text(words)
    text = desk.page.locator("#text").input_value()
    explained = desk.api(text, algorithm=algorithm, include=["explanation"])["explanation"]["sentences"]
    assert max(one["score"] for one in explained) == 1
    if algorithm == "fusion":
        joined = [(one["textrank"] + one["lexrank"]) * one["position"] for one in explained]
        shares = [one["score"] / total for one, total in zip(explained, joined, strict=True) if total]
        # what is left is the title's, and the rounding of six digits
        assert max(shares) / min(shares) <= (1 + TITLE_BONUS) * 1.001
    elif algorithm in {"textrank", "lexrank"}:
        assert all(one["score"] == one[algorithm] for one in explained)
    elif algorithm == "lead":
        assert [one["score"] for one in explained[:3]] == [1, 0.5, 0.333333]


def test_why_a_source_of_a_highlight_is_not_in_the_summary(desk: Desk) -> None:
    """Both are said, with the length from which on it is."""
    desk.sample("a news page")
    desk.slide("highlights", 6)
    desk.slide("sentences", 1)
    explained = desk.api(desk.page.locator("#text").input_value(), include=["explanation"])["explanation"]["sentences"]
    sources = desk.page.locator("#bullets li").evaluate_all("(all) => all.map((one) => Number(one.dataset.sentence))")
    index = next(at for at in sources if explained[at]["pick"] != 1)
    desk.sentence(index).click()

    verdict = desk.page.locator("#why-verdict")
    expect(verdict).to_contain_text("In the highlights: ")
    pick = explained[index]["pick"]
    expect(verdict).to_contain_text(f"Not in the summary: it enters a summary of {pick} sentences or more.")
    desk.slide("sentences", pick)
    expect(verdict).to_contain_text("In the summary and the highlights: ")
    expect(verdict).not_to_contain_text("Not in")


@pytest.mark.parametrize("start", ["#story", "#bullets", "#graph"])
def test_reasons_open_where_they_are_seen(desk: Desk, start: str) -> None:
    """On a screen of 1440 by 900, whole, from wherever they were asked for."""
    desk.sample("a report")
    index = desk.page.locator("#bullets li").first.get_attribute("data-sentence")
    desk.page.locator(f'{start} [data-sentence="{index}"]').click()

    panel = desk.page.get_by_role("complementary")
    expect(panel).to_be_in_viewport(ratio=0.99)


def test_the_explained_sentence_stays_marked(desk: Desk) -> None:
    """Whatever else is pointed at, and when the lists are written anew."""
    desk.sample("a report")
    desk.sentence(4).click()
    desk.sentence(6).hover()
    expect(desk.sentence(6)).to_contain_class("lit")
    expect(desk.sentence(4)).to_contain_class("explained")
    desk.slide("highlights", 10)
    expect(desk.page.locator("#story .explained")).to_have_count(1)
    expect(desk.page.locator('#bullets [data-sentence="4"]')).to_contain_class("explained")
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator(".explained")).to_have_count(0)


def test_why_follows_neighbours_sliders_and_escape(desk: Desk) -> None:
    """From one sentence to the next, and back to where it was opened."""
    desk.sample("a news page")
    desk.page.get_by_role("button", name="Why sentence 1?").press("Enter")
    title = desk.page.locator("#why-title")
    expect(title).to_be_focused()
    expect(title).to_have_text("Sentence 1 of 14")
    expect(desk.page.get_by_role("button", name="The sentence before")).to_be_disabled()

    desk.page.get_by_role("button", name="The sentence after").click()
    expect(title).to_have_text("Sentence 2 of 14")
    expect(desk.page.locator("#why-verdict")).to_contain_text("In the summary")
    desk.slide("sentences", 1)
    expect(desk.page.locator("#why-verdict")).not_to_contain_text("the summary and")
    near = desk.page.locator("#why-neighbours button").first
    name = near.text_content() or ""
    near.click()
    expect(title).to_have_text(f"{name} of 14")
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("complementary")).to_be_hidden()


def test_at_the_last_sentence_the_focus_stays_in_the_panel(desk: Desk) -> None:
    """The button that led there can lead no further, and what is disabled has no focus; Escape still returns."""
    desk.sample("a news page")
    desk.sentence(12).focus()
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("button", name="The sentence after").press("Enter")
    title = desk.page.locator("#why-title")
    expect(title).to_have_text("Sentence 14 of 14")
    expect(title).to_be_focused()

    desk.page.keyboard.press("Escape")
    expect(desk.sentence(12)).to_be_focused()


def test_the_story_is_read_by_keyboard_alone(desk: Desk) -> None:
    """One stop of Tab, arrows from sentence to sentence, Enter asks, Escape returns."""
    desk.sample("a report")
    desk.sentence(0).focus()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowRight")
    expect(desk.sentence(2)).to_be_focused()
    assert desk.page.locator('#story-text [tabindex="0"]').count() == 1

    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#why-title")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.sentence(2)).to_be_focused()
    desk.page.keyboard.press("End")
    expect(desk.page.locator("#story-text .sentence").last).to_be_focused()


def test_words_can_be_selected_without_opening_anything(desk: Desk) -> None:
    """An editor copies a phrase."""
    desk.sample("a report")
    desk.sentence(1).dblclick()
    desk.page.keyboard.press("Escape")
    desk.sentence(2).select_text()
    desk.page.mouse.up()

    expect(desk.page.get_by_role("complementary")).to_be_hidden()


def test_the_graph_has_the_links_of_the_explanation(desk: Desk) -> None:
    """Each pair once, the strongest in the list first."""
    desk.sample("a news page")
    explained = desk.api(desk.page.locator("#text").input_value(), include=["explanation"])["explanation"]["sentences"]

    pairs = {frozenset((one["index"], near["index"])) for one in explained for near in one["neighbours"]}
    assert desk.page.locator("#graph .arc").count() == len(pairs)
    strongest = max(near["similarity"] for one in explained for near in one["neighbours"])
    desk.page.get_by_text("The ten strongest links as a list").click()
    expect(desk.page.locator("#pairs li").first).to_contain_text(f"{round(strongest * 100)} % alike")
    filled = [int(node.get_attribute("data-sentence") or -1) for node in desk.page.locator("#graph .dot.chosen").all()]
    assert filled == [one["index"] for one in explained if one["pick"] and one["pick"] <= 3]


def test_without_links_there_is_no_graph_and_the_page_says_so(desk: Desk) -> None:
    """Neither an empty drawing nor an empty list; with the next story both are back."""
    desk.summarize("Boats left at noon. Nurses rowed home.")
    expect(desk.page.locator("#graph-note")).to_contain_text("there is no graph to draw")
    for place in ("#graph", "#pairs-title"):
        expect(desk.page.locator(place)).to_be_hidden()

    desk.page.locator("#article summary").click()
    desk.summarize("The ferry sails in April. The ferry is late. Nurses rowed home.")
    expect(desk.page.locator("#graph-note")).to_contain_text("Drawn: 1 link.")
    expect(desk.page.locator("#pairs-title")).to_have_text("The links as a list")
    expect(desk.page.locator("#graph")).to_be_visible()
    expect(desk.page.locator("#graph .dot")).to_have_count(3)


def test_a_long_story_s_graph_says_what_it_leaves_out(desk: Desk) -> None:
    """How many links there are, and which sentences have a dot."""
    text = article(400, seed=3)
    desk.summarize(text)

    explained = desk.api(text, include=["explanation"])["explanation"]["sentences"]
    pairs = {frozenset((one["index"], near["index"])) for one in explained for near in one["neighbours"]}
    assert len(pairs) > 120
    note = desk.page.locator("#graph-note")
    expect(note).to_contain_text(f"Drawn are the 120 strongest of {len(pairs):,} links")
    expect(note).to_contain_text(f"of {len(explained)} sentences those that they join and the ten picked first.")
    assert desk.page.locator("#graph .arc").count() == 120
    expect(desk.page.locator("#pairs-title")).to_have_text("The ten strongest links as a list")


def test_the_graph_is_linked_to_the_story(desk: Desk) -> None:
    """Pointing lights up, a click or Enter asks why, arrows go along."""
    desk.sample("a news page")
    dot = desk.page.locator('#graph [data-sentence="4"]')
    dot.hover()
    expect(desk.sentence(4)).to_contain_class("lit")
    dot.click()
    expect(desk.page.locator("#why-title")).to_have_text("Sentence 5 of 14")

    first = desk.page.locator("#graph .dot").first
    first.focus()
    first.press("ArrowRight")
    expect(desk.page.locator("#graph .dot").nth(1)).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#why-title")).to_have_text("Sentence 2 of 14")
    arc = desk.page.locator("#graph .arc").first
    arc.dispatch_event("pointerenter")
    assert desk.page.locator("#story .linked").count() == 2
    arc.dispatch_event("pointerleave")
    assert desk.page.locator("#story .linked").count() == 0


def test_four_rankings_stand_side_by_side(desk: Desk) -> None:
    """Each as the API ranks it, at every length without a new request, with what they agree on."""
    desk.sample("a report")
    text = desk.page.locator("#text").input_value()
    desk.page.get_by_role("button", name="Compare").click()
    columns = desk.page.locator("#comparison .column")
    expect(columns).to_have_count(4)
    seen = desk.requests()

    for number in (3, 6):
        desk.slide("sentences", number)
        chosen = []
        for name, column in zip(("fusion", "textrank", "lexrank", "lead"), columns.all(), strict=True):
            reply = desk.api(text, algorithm=name, length={"sentences": number})
            chosen.append({one["index"] for one in reply["sentences"]})
            shown = {int(item.get_attribute("data-sentence") or -1) for item in column.locator("li").all()}
            assert shown == chosen[-1]
        agreed = set.intersection(*chosen)
        assert desk.page.locator("#comparison .column").first.locator(".votes-4").count() == len(agreed)
        note = desk.page.locator("#compare-note").text_content() or ""
        assert ("All four chose" in note) == bool(agreed)
    assert seen == []
