"""The pipeline from text to summary."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from service.errors import DeadlineExceededError, InvalidTextError, TextTooLongError
from service.ranking.rankers import ALGORITHMS
from service.stopwatch import Stopwatch
from service.summary.models import Summary
from service.summary.notices import NOTICES
from service.summary.options import AlgorithmName, SummaryOptions, validated
from service.summary.rendering import as_dict
from service.summary.summarize import Limits, Source, summarize
from tests.article.samples import SAMPLES

STORY = """Ferry line reopens
Lyon, France (AP) -- The ferry line between the two towns reopened on Monday, the port authority said in a statement.
Photo: The new ferry at the quay on Sunday.
Hundreds of people (and two dogs) came to the quay to see the first ferry leave the harbour.
Read more: Storm closes harbour
But the line cost 12 million euros, which is twice what the towns had planned.
The port authority said a second ferry will follow in the spring, when the harbour has been rebuilt.
Fishermen from both towns said they were glad that the line had reopened.
"""
VIETNAMESE = (
    "Bến phà đã mở lại vào sáng thứ hai sau một năm sửa chữa. Người dân trên đảo nói rằng họ rất vui mừng. "
    "Họ hy vọng giá vé sẽ không tăng trong năm nay. Thị trưởng nói rằng việc sửa chữa rất tốn kém."
)


def summary_of(text: str, *, html: bool = False, **options: object) -> Summary:
    """Summarise a text with these options."""
    source = Source(text, format="html" if html else "text")
    return summarize([source], validated(SummaryOptions, options))


def test_a_story_becomes_three_sentences_and_three_highlights() -> None:
    """Captions, promos, headings and the dateline are in neither."""
    found = summary_of(STORY)

    assert len(found.sentences) == 3
    assert len(found.highlights) == 3
    assert found.summary == " ".join(sentence.text for sentence in found.sentences)
    assert found.highlights[0].text == "The ferry line between the two towns reopened, the port authority said."
    everything = found.summary + "".join(highlight.text for highlight in found.highlights)
    assert not any(word in everything for word in ("Lyon", "Photo", "Storm", "Ferry line reopens"))
    assert found.warnings == ()


@pytest.mark.parametrize("algorithm", get_args(AlgorithmName))
def test_every_algorithm_answers(algorithm: str) -> None:
    """Scores from 0 to 1 with 1 the best, ranks from 1, all sentences explained."""
    found = summary_of(STORY, algorithm=algorithm, include=["explanation"])

    assert found.explanation is not None
    entries = [entry.sentence for entry in found.explanation]
    assert sorted(entry.rank for entry in entries) == [1, 2, 3, 4, 5]
    assert max(entry.score for entry in entries) == 1.0
    assert min(entry.score for entry in entries) >= 0
    assert sorted(entry.score for entry in entries) == [e.score for e in sorted(entries, key=lambda e: -e.rank)]


def test_the_interface_knows_exactly_the_algorithms_there_are() -> None:
    """The names of the options and those of the table are the same."""
    assert set(get_args(AlgorithmName)) == set(ALGORITHMS)


def test_lead_takes_the_first_sentences() -> None:
    """The baseline looks at position alone."""
    assert [sentence.index for sentence in summary_of(STORY, algorithm="lead").sentences] == [0, 1, 2]


def test_rank_order_puts_the_best_first() -> None:
    """Sentences and highlights alike."""
    by_rank, by_place = summary_of(STORY, order="rank"), summary_of(STORY, order="document")

    assert [sentence.pick for sentence in by_rank.sentences] == [1, 2, 3]
    assert [highlight.pick for highlight in by_rank.highlights] == [1, 2, 3]
    assert sorted(s.index for s in by_rank.sentences) == [s.index for s in by_place.sentences]
    assert sorted(h.spans for h in by_rank.highlights) == [h.spans for h in by_place.highlights]


def test_statistics_count_the_body() -> None:
    """Words of the body's sentences; the reduction is the share left out."""
    found = summary_of(STORY, length={"sentences": 1})

    assert found.statistics.characters == len(STORY)
    assert found.statistics.sentences == 5
    assert found.statistics.words == 17 + 18 + 15 + 18 + 13
    assert found.statistics.summary_words == found.sentences[0].n_words
    assert found.statistics.reduction == round(1 - found.sentences[0].n_words / 81, 6)


def test_an_html_page_is_read_and_its_text_comes_back() -> None:
    """Offsets count in the text that was read, so the reply always carries it."""
    page = (
        "<html><body><article><h1>News</h1>" + "".join(f"<p>{line}</p>" for line in STORY.splitlines()) + "</article>"
    )

    found = summary_of(page, html=True)

    assert found.text_included
    assert all(found.text[s.start : s.end] == s.text for s in found.sentences)
    assert found.sentences[0].text.startswith("The ferry line between")


def test_a_page_without_text_gets_an_empty_summary_and_a_warning() -> None:
    """Scripts are no article, but a page is a page; a blank one is refused."""
    found = summary_of("<script>let ferry = 1</script>", html=True)

    assert (found.summary, found.text, found.warnings[0].code) == ("", "", "short-text")
    with pytest.raises(InvalidTextError, match="blank"):
        summary_of(" \n", html=True)


@pytest.mark.parametrize("code", ["de", "fr", "tr", "zh", "ar"])
def test_with_auto_a_text_is_read_in_its_own_language(code: str) -> None:
    """The reply names the language, and is the same as when the caller names it."""
    [found, named] = [
        summarize([Source(SAMPLES[code])], validated(SummaryOptions, {"language": language}))
        for language in ("auto", code)
    ]

    assert found == named
    assert found.language == code


@pytest.mark.parametrize(
    ("text", "options", "codes"),
    [
        ("One boat left the harbour.", {"highlights": {"count": 1}}, ["short-text"]),
        ("One boat left early. " * 5, {"highlights": {"count": 1}}, ["short-text"]),
        (STORY, {"length": {"words": 3}}, ["budget-too-small"]),
        (STORY, {"highlights": {"count": 9}}, ["few-highlights"]),
        (STORY, {"highlights": {"max_words": 3}}, ["few-highlights"]),
        (STORY.replace("Monday", "Mon\x00day"), {}, ["control-characters"]),
        (STORY, {"language": "de"}, ["language-mismatch"]),
        (SAMPLES["de"], {"language": "en"}, ["language-mismatch"]),
        (SAMPLES["de"], {"language": "auto"}, []),
        (VIETNAMESE, {"language": "auto"}, ["language-mismatch"]),
        ("." * 1000, {"highlights": {"count": 0}}, ["short-text"]),
        ("....", {"highlights": {"count": 0}, "length": {"words": 5}}, ["short-text"]),
        ("a" * 1_000_000, {"highlights": {"count": 0}, "length": {"ratio": 1}}, []),
        (STORY, {}, []),
    ],
)
def test_warnings_tell_what_the_caller_should_know(text: str, options: dict[str, object], codes: list[str]) -> None:
    """Each under its own code, with a detail that is a sentence."""
    found = summarize([Source(text)], validated(SummaryOptions, options))

    assert [notice.code for notice in found.warnings] == codes
    assert all(notice.detail.endswith(".") and notice.code in NOTICES for notice in found.warnings)


def test_rules_of_grammar_are_not_for_another_language() -> None:
    """English ones would tear what is German, whatever the caller says it is."""
    text = (
        "Die Fähre, die im Hafen von Lindholm lag, wurde verkauft und nach Norr gebracht - das alte Boot - am Abend. "
        * 3
    )

    found = summarize([Source(text)], validated(SummaryOptions, {"language": "en", "highlights": {"count": 3}}))

    assert [notice.code for notice in found.warnings][-1] == "language-mismatch"
    assert not [highlight for highlight in found.highlights if highlight.compressed]
    assert found.highlights


@pytest.mark.parametrize(
    ("length", "smallest"),
    [({"words": 3}, "13 words"), ({"characters": 3}, "73 characters"), ({"ratio": 0.01}, "0.1605 of the words")],
)
def test_a_budget_too_small_names_the_smallest_that_would_do(length: dict[str, float], smallest: str) -> None:
    """In the unit that was asked for."""
    [notice] = summary_of(STORY, length=length).warnings

    assert f"the smallest that would do is {smallest}" in notice.detail
    figure = float(re.findall(r"is ([\d.]+)", notice.detail)[0])
    [unit] = length
    assert summary_of(STORY, length={unit: figure}).sentences


@pytest.mark.parametrize("code", SAMPLES)
def test_every_language_gets_a_summary_without_a_warning(code: str) -> None:
    """Two sentences of each sample, joined as the language joins them."""
    found = summary_of(SAMPLES[code], language=code, length={"ratio": 0.6}, highlights={"count": 1, "max_words": 200})

    assert found.sentences
    assert found.highlights
    assert [notice.code for notice in found.warnings] == []


def test_a_deadline_stops_the_work() -> None:
    """The error names the setting."""
    with pytest.raises(DeadlineExceededError, match="NUTGRAF_DEADLINE_SECONDS"):
        summarize([Source(STORY)], SummaryOptions(), stopwatch=Stopwatch(0.0))


def test_stages_are_timed() -> None:
    """For Server-Timing."""
    stopwatch = Stopwatch()

    summarize([Source(STORY)], SummaryOptions(), stopwatch=stopwatch)

    assert list(stopwatch.stages) == ["read", "rank", "select", "shorten", "finish"]
    assert all(seconds > 0 for seconds in stopwatch.stages.values())


def test_limits_on_sentences_hold() -> None:
    """The service's own, and the smaller one of a slow algorithm, past which nothing is read."""
    with pytest.raises(TextTooLongError, match="sentences"):
        summarize([Source(STORY)], SummaryOptions(), limits=Limits(max_sentences=4))
    with pytest.raises(TextTooLongError, match=r"has more than .* sentences; .* \(algorithm kl\)"):
        summary_of("Boats left the harbour. " * 2000, algorithm="kl")
    with pytest.raises(TextTooLongError, match="NUTGRAF_MAX_SENTENCES"):
        summarize([Source(STORY)], SummaryOptions(algorithm="kl"), limits=Limits(max_sentences=4))


def test_seed_pages_give_only_what_is_body(shared: Path) -> None:
    """Neither sentences nor highlights hold a line that is not the story's, and none starts with a dateline."""
    roles = json.loads((shared / "seeds" / "roles.json").read_text("utf-8"))
    for name, of_lines in roles.items():
        text = (shared / "seeds" / name).read_text("utf-8")
        lines = text.splitlines()
        foreign = {lines[int(number) - 1] for number, role in of_lines.items() if role != "body"}
        reply = as_dict(summary_of(text, length={"sentences": 20}, highlights={"count": 20, "max_words": 60}))

        for start in (part["start"] for part in reply["sentences"]):
            assert of_lines[str(text.count("\n", 0, start) + 1)] == "body", name
        for highlight in reply["highlights"]:
            assert all(of_lines[str(text.count("\n", 0, start) + 1)] == "body" for start, _ in highlight["spans"]), name
            assert "(CNN)" not in highlight["text"]
        everything = [part["text"] for part in reply["sentences"] + reply["highlights"]]
        assert not any(line in part for line in foreign for part in everything), name
