"""The quality that the documentation claims, on the whole development sets: floors, beside Lead-3 on the same stories.

`docs/explanation/quality.md` has all figures and the commands. Needs the shared data; a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from service.article.reading import read
from service.bulk.evaluation import METRICS, SYSTEMS, Result, Story, evaluate, stories_from_lines
from service.summary.options import SummaryOptions
from service.summary.summarize import Source, summarize

PRONOUNS = {"he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their"}
DANGLING = frozenset(
    "a an the of in on at by for with from to and or but nor as than that which who whose because although while "
    "when if into over under between through during against about".split(),
)

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("untraced"),
]


def stories(shared: Path, name: str, language: str = "en", **where: str) -> list[Story]:
    """The stories of a set; every line is one."""

    def fail(number: int, reason: str) -> None:
        pytest.fail(f"line {number}: {reason}")

    lines = (shared / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return list(stories_from_lines(lines, language, where=where, bad_line=fail))


def results(found: list[Story], *names: str) -> Mapping[str, Result]:
    """Some of our systems beside Lead-3, by name."""
    systems = {name: SYSTEMS[name] for name in ("Lead-3", *names)}
    return {result.name: result for result in evaluate(found, language="en", systems=systems)[1]}


@pytest.fixture(scope="module")
def news(shared: Path) -> Mapping[str, list[Story]]:
    """The development stories by kind."""
    found = stories(shared, "news-dev")
    return {
        "cnn": [story for story in found if story.fields["domain"] == "cnn"],
        "others": [story for story in found if story.fields["domain"] != "cnn"],
    }


def test_highlights_of_cnn_stories_hold_their_floor(news: Mapping[str, list[Story]]) -> None:
    """+2.2 / +1.0 / +2.2 points over Lead-3."""
    difference = results(news["cnn"], "highlights")["highlights"].difference

    assert all(difference[metric] >= floor for metric, floor in zip(METRICS, (2.2, 1.0, 2.2), strict=True))


def test_other_news_holds_its_floors(news: Mapping[str, list[Story]]) -> None:
    """Three sentences of `fusion` beat Lead-3, highlights are not under it."""
    found = results(news["others"], "fusion", "highlights")

    fusion = found["fusion"].difference
    assert all(fusion[metric] >= floor for metric, floor in zip(METRICS, (0.7, 0.6, 0.8), strict=True))
    assert found["highlights"].difference["rouge1"] >= 0
    assert found["highlights"].difference["rougeLsum"] >= 0


def test_fusion_is_near_textrank_where_position_misleads(shared: Path) -> None:
    """On features with extractive references, at most a point under pure TextRank."""
    found = results(stories(shared, "bbc-extractive"), "textrank", "fusion")

    assert all(found["fusion"].rouge[metric] >= found["textrank"].rouge[metric] - 1 for metric in METRICS)


def test_fusion_is_no_worse_than_the_lead_elsewhere(shared: Path) -> None:
    """On seven other kinds of text each interval reaches 0, and the mean is over it."""
    sets = {
        "science-abstracts": "en",
        "government-reports": "en",
        "meetings": "en",
        "news-writers": "en",
        "fr-news": "fr",
        "tr-news": "tr",
        "de-encyclopaedia": "de",
    }
    systems = {name: SYSTEMS[name] for name in ("Lead-3", "fusion")}
    found = {
        name: evaluate(stories(shared, name, language), language=language, systems=systems)[1][1]
        for name, language in sets.items()
    }

    assert {name for name, one in found.items() if any(one.high[metric] < 0 for metric in METRICS)} == set()
    for metric in ("rouge1", "rougeLsum"):
        assert sum(one.difference[metric] for one in found.values()) >= 0


def highlights(found: list[Story], compression: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (sentence, highlight, whether shortened) of default highlights."""
    options = SummaryOptions.model_validate({"highlights": {"compression": compression}})
    for story in found:
        article = read(story.article, "en")
        for highlight in summarize([Source(story.article)], options).highlights:
            yield article.text_of(article.sentences[highlight.sentence]), highlight.text, highlight.compressed


def last_word(text: str) -> str:
    """The last word, in lower case."""
    return text.rstrip(".!?\"”’'») ").rpartition(" ")[2].lower()


@pytest.mark.parametrize(("compression", "one_in"), [("safe", 1), ("tight", 3)])
def test_the_form_of_highlights(news: Mapping[str, list[Story]], compression: str, one_in: int) -> None:
    """11 to 18 words on average, none over 25, few opening with a pronoun, no end that dangles.

    The default on every story, `tight` on every third: reading them all takes most of a minute.
    """
    found = list(highlights([*news["cnn"], *news["others"]][::one_in], compression))
    lengths = [len(highlight.split()) for _, highlight, _ in found]

    assert 11 <= sum(lengths) / len(lengths) <= 18
    assert max(lengths) <= 25
    assert sum(highlight.split()[0].lower() in PRONOUNS for _, highlight, _ in found) < 0.02 * len(found)
    dangling = [
        highlight
        for sentence, highlight, shortened in found
        if shortened and last_word(highlight) in DANGLING and last_word(sentence) != last_word(highlight)
    ]
    assert len(dangling) == 0
    open_quotes = [h for s, h, shortened in found if shortened and h.count('"') % 2 and not s.count('"') % 2]
    assert len(open_quotes) == 0
