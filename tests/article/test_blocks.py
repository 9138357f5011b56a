"""Blocks and their roles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.blocks import blocks
from service.article.lines import BLANK
from service.article.models import Role

OPENING = "The ferry line between the two towns reopened on Monday after a year of repairs, the port authority said."
BODY = [
    OPENING,
    "Hundreds of people came to the quay to see the first boat of the new line leave the harbour at dawn.",
    "The works cost 12 million euros, which is twice as much as the council had planned for them in 2024.",
    "A second boat will follow in the spring, when the pier on the northern shore has been rebuilt as well.",
]


def roles_of(*lines: str) -> list[Role]:
    """The roles of a page with these lines."""
    return [block.role for block in blocks("\n".join(lines))]


def role_of(line: str, *, after: int = 2) -> Role:
    """The role of `line` on a page where `after` lines of the story stand above it."""
    found = blocks("\n".join([*BODY[:after], line, *BODY[after:]]))
    return found[after].role


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Read more: Six reasons why ferries matter", "promo"),
        ("READ MORE: Who pays for the pier?", "promo"),
        ("Related: The storm of last year", "promo"),
        ("Watch: The first boat leaves.", "promo"),
        ("Lire aussi : Le retour du bac", "promo"),
        ("Click here to read our guide to the islands.", "promo"),
        ("Sign up for our newsletter!", "promo"),
        ("Photo: The new ferry at the quay on Sunday.", "caption"),
        ("The captain of the new ferry (left) waves to the crowd (Getty Images)", "caption"),
        ("Photograph: Ana Lund/Harbour Daily", "credit"),
        ("By Ana Lund and Ruy Costa", "credit"),
        ("Share this", "chrome"),
        ("Advertisement", "chrome"),
        ("12 comments", "chrome"),
        ("* * *", "chrome"),
        ("© 2026 Harbour Daily", "chrome"),
        ("A year of waiting", "heading"),
        ("Who pays?", "heading"),
        ("No money from E.U.", "heading"),
        ("'We were all surprised'", "heading"),
        ("It was cold.", "body"),
        ("By Friday all roads were closed.", "body"),
        ("By Monday evening", "heading"),
        ("Monday's storm was first reported to the port at noon by a fisherman.", "body"),
        ("Written by hand, the letter was sold for two million.", "body"),
        ("Copyright law will change next year, ministers said.", "body"),
        ("Cookie sales rose by half in a year.", "body"),
        ("Loading bays at the port will stay shut.", "body"),
        ("Updated plans for the pier were shown.", "body"),
        ("Published figures show a loss.", "body"),
        ("Skip to the end of the pier and wait.", "body"),
        ("Sign up to the scheme closes on Friday, the council said.", "body"),
        ("The vote was lost. (Reuters)", "body"),
        ("“We will rebuild this pier,” she said", "body"),
        ("15 February 2025 - The old boat is sold", "body"),
        ("Copyright 2026 Harbour Daily", "chrome"),
        ("Updated: 12:30, 3 March 2026", "chrome"),
        ("Updated 3 March 2026", "chrome"),
        ("“Why are we here?” he asked the crowd that had come to the quay to see the first boat leave.", "body"),
        ("He then said what the islanders want:", "body"),
        ("She watched: the boat left.", "body"),
        (
            "Photographs of the pier were shown, and videos too, to everyone who had come to the meeting on Sunday.",
            "body",
        ),
        ("The mayor (pictured) said that she would not resign.", "body"),
        ("The new ferry at the quay on Sunday. Photograph: Ana Lund/Harbour Agency", "caption"),
        ("Islanders wave at the crew of the new ferry. (Ana Lund/Harbour Daily)", "caption"),
        ("3 of 9 | The old pier, seen from the island.", "caption"),
        ("FILE - The old ferry leaves the quay in a storm in March 2024.", "caption"),
        ("Image caption The old ferry has been sold twice", "caption"),
        ("Sea dog: The captain, 61, with his parrot on the deck of the ferry that he has sailed for years", "caption"),
        ("Sea dog: the captain, 61, has sailed the ferry for years, and his parrot has never left the deck.", "body"),
        ("By Ana Lund, harbour correspondent", "credit"),
        ("Words by Ana Lund", "credit"),
        ("By Ana Lund PUBLISHED: 09:15, 3 March 2026 | UPDATED: 11:02, 3 March 2026", "credit"),
        ("Tuesday, March 3, 2026 at 9:15 a.m. | Filed under: Harbour", "credit"),
        ("Ana Lund Tue 3 Mar 2026 09.15 GMT Last modified on Tue 3 Mar 2026 11.02 GMT", "credit"),
        ("March 3, 2026 was the day on which the ferry sank.", "body"),
        ("The timetable, updated 3 times a year, is hard to read.", "body"),
        ("Contact Ana Lund at ana@harbour.example", "credit"),
        ("Follow Harbour Daily on Facebook, X and Instagram.", "promo"),
        ("Get the day's harbour news in your inbox with our newsletter.", "promo"),
        ("Get off the pier, the captain told the crowd that had come to see the ferry.", "body"),
        ("More on this story The storm of last year 3 March", "promo"),
        ("OPINION: Why the pier must stay", "promo"),
        ("OPINION: The pier must stay, the paper wrote.", "body"),
        ("KEY POINTS The ferry returns in April. The town pays half.", "highlight"),
        ("Key takeaways: The ferry returns in April; the town pays half", "highlight"),
        ("In brief: ferry returns in April; town pays half; islanders glad", "highlight"),
        ("In brief: he left.", "body"),
        ("Summary: the ferry is late", "heading"),
        ("TL;DR: The ferry returns in April, and the town pays half.", "highlight"),
        ("• Ferry returns in April • Town pays half • Islanders glad", "highlight"),
        ("Comments are subject to moderation.", "chrome"),
        ("Log in to post a comment.", "chrome"),
        ("ana_l 3 hours ago", "chrome"),
        ("Three hours ago the ferry left the quay.", "body"),
        ("Reply · Like · Report", "chrome"),
        ("Home > News > Harbour", "chrome"),
        ("Share this page Facebook Twitter WhatsApp Email", "chrome"),
        ("Facebook, Twitter and WhatsApp were down on the islands for most of the day.", "body"),
        ("We use cookies to make this page better. By browsing on you agree.", "chrome"),
        ("Copyright 2026 Harbour Daily. All rights reserved. This may not be printed again.", "chrome"),
        ("You have 2 free articles remaining. Subscribe for more.", "chrome"),
        ("5 min read", "chrome"),
    ],
)
def test_a_line_inside_a_story_gets_its_role(line: str, role: Role) -> None:
    """What a line says about itself, or its shape among full sentences, tells its role."""
    assert role_of(line) == role


def test_a_line_of_spaced_full_stops_is_a_list_of_highlights_where_no_other_line_has_them() -> None:
    """Some pages join their bullets so; a text that has been cut into words has such full stops everywhere."""
    bullets = (
        "The ferry returns to the islands in April . The town pays half of what it costs . The islanders are glad ."
    )

    assert role_of(bullets) == "highlight"
    assert roles_of(*[line.replace(".", " .") for line in BODY], bullets)[-1] == "body"


def test_a_file_picture_is_no_dateline() -> None:
    """Its capitals and its dash do not make the story above it a preface."""
    caption = "FILE - The old ferry leaves the quay in a storm in March 2024."

    assert roles_of(*BODY[:2], caption, *BODY[2:]) == ["body"] * 2 + ["caption"] + ["body"] * 2


def test_a_run_of_short_lines_inside_a_story_is_links() -> None:
    """Three or more in a row are links to other stories; two are a subhead and its deck."""
    links = ["Storm closes harbour", "What led to the delay?", "More boats arrive"]

    assert roles_of(*BODY[:2], *links, *BODY[2:]) == ["body"] * 2 + ["promo"] * 3 + ["body"] * 2
    assert roles_of(*BODY[:2], *links[:2], *BODY[2:]) == ["body"] * 2 + ["heading"] * 2 + ["body"] * 2


def test_short_lines_below_the_story_are_furniture() -> None:
    """What stands under the last sentence heads nothing, in any script."""
    assert roles_of(*BODY, "留言列表", "Back to the harbour") == ["body"] * 4 + ["chrome"] * 2


def test_the_reporters_note_at_the_end_is_a_credit() -> None:
    """It is one only near the end: in the middle of a story somebody may have reported something."""
    note = "The Daily's Ana Lund reported and wrote from Lyon. Ruy Costa contributed to this report."

    assert roles_of(*BODY, note)[-1] == "credit"
    assert roles_of(*BODY, "Reporting by Ana Lund; editing by Ruy Costa.")[-1] == "credit"
    assert roles_of(*BODY, "Editing by hand took the island's librarians most of the year.")[-1] == "body"
    assert roles_of(*BODY, "The port's director reported a record profit to the council on Tuesday.")[-1] == "body"
    assert roles_of(OPENING, note, *BODY * 2)[1] == "body"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("The Daily's Ana Lund, Ruy Costa and Jo-an Park contributed to this report.", "credit"),
        ("Staff writers Ana Lund and R. Costa in Lyon also contributed to this story", "credit"),
        ("Ana Lund and two of the island's schools contributed to this report.", "body"),
        ("Ana Lund contributed to this report and to those of the years before.", "body"),
    ],
)
def test_a_line_of_names_that_contributed_is_a_credit_anywhere(line: str, role: str) -> None:
    """On pages whose comments or links stand below it; a sentence that says more is the story's."""
    assert roles_of(OPENING, line, *BODY * 2)[1] == role


def test_what_stands_above_the_dateline_is_not_the_story() -> None:
    """Captions, ready-made bullets and the headline come first on some pages; the dateline tells where the story is."""
    captions = ["Islanders wait for the boat on Sunday, January 17.", "The captain speaks to the crowd on the quay."]
    bullets = ["- The line was closed for a year", "- The works cost 12 million euros"]
    page = ["Ferry line reopens", *captions, *bullets, f"Lyon, France (AP) -- {BODY[0]}", *BODY[1:]]

    expected = ["heading", "caption", "caption", "highlight", "highlight", "dateline"] + ["body"] * 4
    assert roles_of(*page) == expected


def test_the_dateline_is_a_block_and_the_sentence_starts_after_it() -> None:
    """The dateline's block ends before the white space that parts it from the story."""
    text = f"Lyon, France (AP) -- {OPENING}\n{BODY[1]}"

    dateline, story, _ = blocks(text)

    assert text[dateline.start : dateline.end] == "Lyon, France (AP) --"
    assert text[story.start : story.end] == OPENING


@pytest.mark.parametrize(
    "credit",
    ["(Reporting by Ana Lund; editing by Per Berg)", "(With inputs from agencies)", "(Reuters)", "($1 = 0.92 euros)"],
)
def test_a_credit_in_brackets_behind_the_story_is_a_block(credit: str) -> None:
    """On the story's last line or on a line of its own; other brackets are the story's."""
    text = f"{OPENING} {credit}"

    assert [(block.role, text[block.start : block.end]) for block in blocks(text)] == [
        ("body", OPENING),
        ("credit", credit),
    ]
    assert roles_of(*BODY, credit)[-1] == "credit"
    assert [block.role for block in blocks(f"{OPENING} (The old ferry was sold.)")] == ["body"]


def test_a_page_of_several_datelines_loses_no_story() -> None:
    """In a round-up what stands above a dateline is the story before."""
    page = [BODY[0], f"LYON (AP) -- {BODY[1]}", BODY[2], f"PARIS (AP) -- {BODY[3]}"]

    assert "caption" not in roles_of(*page)


@pytest.mark.parametrize("label", ["Story highlights", "KEY POINTS:", "At a glance"])
def test_bullets_below_the_editors_label_are_highlights(label: str) -> None:
    """Labelled bullets are the editors' own, full stops or not."""
    bullets = ["• The line was closed for a year.", "• The works cost 12 million euros."]

    assert roles_of(label, *bullets, *BODY) == ["heading", "highlight", "highlight"] + ["body"] * 4


def test_bullets_above_the_story_are_highlights_and_bullets_inside_it_are_body() -> None:
    """A list that the story itself makes is part of it."""
    bullets = ["- The line was closed for a year", "- The works cost 12 million euros"]
    listed = ["-- Two boats sank in the storm.", "-- The pier on the northern shore was lost."]

    assert roles_of(*bullets, *BODY) == ["highlight"] * 2 + ["body"] * 4
    assert roles_of(*BODY[:2], *listed, *BODY[2:]) == ["body"] * 6


@pytest.mark.parametrize(
    "text",
    [
        "Read more: everything",
        "Share this",
        "ferry",
        "roses are red\nviolets are blue\nsugar is sweet\nand so are you",
        "Related: one\nRelated: two",
        "- bread\n- milk\n- eggs",
    ],
)
def test_a_text_without_a_story_is_all_body(text: str) -> None:
    """Verse, lists and single lines lose nothing."""
    assert {block.role for block in blocks(text)} == {"body"}


@given(
    st.lists(
        st.sampled_from(
            [*BODY, "Read more: x", "A heading", "- item", "(CNN) -- Two.", "", "Share", "\x00", "By Ana Lund"]
        )
    )
)
def test_blocks_hold_every_character_that_is_not_blank(lines: list[str]) -> None:
    """Blocks are in order, do not overlap, and nothing between them is text; some block is body if there is any."""
    text = "\n".join(lines)
    found = blocks(text)

    end = 0
    for block in found:
        assert end <= block.start < block.end
        assert not text[end : block.start].strip(BLANK)
        end = block.end
    assert not text[end:].strip(BLANK)
    assert any(block.role == "body" for block in found) == bool(found)


def seed_pages(shared: Path) -> dict[str, dict[str, str]]:
    """File name -> line number -> role, as read by hand."""
    pages: dict[str, dict[str, str]] = json.loads((shared / "seeds" / "roles.json").read_text("utf-8"))
    return pages


def test_the_seed_pages_get_the_roles_that_people_gave_them(shared: Path) -> None:
    """All lines but line 22 of page 001, which may be either; a dateline counts to the line it opens."""
    for name, roles in seed_pages(shared).items():
        text = (shared / "seeds" / name).read_text("utf-8")
        found = {text.count("\n", 0, block.start) + 1: block.role for block in blocks(text) if block.role != "dateline"}
        disputed = {"22"} if name.startswith("001") else set()

        wrong = {line: role for line, role in roles.items() if line not in disputed and found[int(line)] != role}
        assert wrong == {}, name
