"""Measuring against references."""

from __future__ import annotations

import json

import numpy as np
import pytest

from service.article.languages import get_language
from service.bulk.evaluation import (
    SYSTEMS,
    InvalidStoryError,
    Rouge,
    Story,
    as_table,
    evaluate,
    lead,
    stories_from_lines,
    story_from_json,
    sumy_stem,
)

ARTICLE = (
    "LYON, France (AP) -- The ferry line reopened in spring. Hundreds of people came to the quay to see it. "
    "The works cost twelve million crowns. The council will pay for half of them. Fishermen had asked for more."
)
REFERENCE = ["The ferry line reopened in spring.", "The works cost twelve million crowns."]


@pytest.mark.parametrize(
    ("fields", "references"),
    [
        ({"highlights": REFERENCE}, [REFERENCE]),
        ({"summary": " ".join(REFERENCE)}, [REFERENCE]),
        ({"summary": "\n".join(REFERENCE)}, [REFERENCE]),
        ({"references": [REFERENCE, "One line alone"]}, [REFERENCE, ["One line alone"]]),
    ],
)
def test_references_come_in_three_forms(fields: dict[str, object], references: list[list[str]]) -> None:
    """Bullets, a text, or several of either; a text is split at its breaks, or else into sentences."""
    story = story_from_json(json.dumps({"article": ARTICLE, "domain": "local", **fields}), "en")

    assert [list(reference) for reference in story.references] == references
    assert story.fields["domain"] == "local"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"article": " ", "summary": "x"}', "no text in 'article'"),
        ('{"article": 3, "summary": "x"}', "no text in 'article'"),
        ('{"article": "x"}', "none of 'highlights', 'summary' and 'references'"),
        ('{"article": "x", "highlights": 3}', "'highlights' is neither"),
        ('{"article": "x", "highlights": [3]}', "'highlights' is neither"),
        ('{"article": "x", "references": [{}]}', "'references' is neither"),
    ],
)
def test_a_line_that_is_no_story_says_why(line: str, reason: str) -> None:
    """By name, never with the text."""
    with pytest.raises(InvalidStoryError, match=reason):
        story_from_json(line, "en")


def test_bad_lines_are_reported_and_skipped_and_conditions_choose() -> None:
    """Blank lines are nothing; numbers count lines from 1."""
    good = [json.dumps({"article": ARTICLE, "highlights": REFERENCE, "domain": name}) for name in ("a", "b")]
    reported: list[tuple[int, str]] = []

    found = list(
        stories_from_lines(
            [good[0], "", "nothing", good[1]],
            "en",
            where={"domain": "b"},
            bad_line=lambda number, reason: reported.append((number, reason)),
        )
    )

    assert [story.fields["domain"] for story in found] == ["b"]
    assert reported == [(3, "It is not JSON.")]


def test_sumy_has_the_stems_of_its_users() -> None:
    """nltk's, which are not ours; none for a language that neither has rules for."""
    english, greek = sumy_stem(get_language("en")), sumy_stem(get_language("el"))

    assert english("university") == english("universal")
    assert greek("γέφυρες") == "γέφυρες"


def test_rouge_is_rouge_scores_own_and_takes_the_best_reference() -> None:
    """The cached stemmer changes nothing."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    answer = ["The ferry lines were reopened.", "Crowns were paid for the works."]
    expected = scorer.score("\n".join(REFERENCE), "\n".join(answer))

    found = Rouge()(answer, [["Nothing alike"], REFERENCE])

    np.testing.assert_allclose(found, [100 * expected[name].fmeasure for name in expected])


@pytest.mark.parametrize(
    "header",
    [
        "By . Ana Lund . PUBLISHED: . 03:03 CET, 31 May 2027 . | . UPDATED: . 03:04 CET, 31 May 2027 . ",
        "By. Ana Lund. PUBLISHED:. 03:03 CET, 31 May 2027. |. UPDATED:. 03:04 CET, 31 May 2027. ",
        "",
    ],
)
def test_lead_strips_a_header_and_keeps_the_dateline(header: str) -> None:
    """It is the first three sentences of the raw article."""
    first, *others = lead(Story(header + ARTICLE, [REFERENCE]), "en")

    assert first == "LYON, France (AP) -- The ferry line reopened in spring."
    assert len(others) == 2


def test_every_system_is_measured_beside_lead() -> None:
    """Differences are to the first; words, lines and time are means; the same stories give the same figures."""
    stories = [Story(ARTICLE, [REFERENCE]), Story(ARTICLE.replace("ferry", "bus"), [REFERENCE])]

    n_stories, results = evaluate(stories, language="en")

    assert n_stories == 2
    assert [result.name for result in results] == list(SYSTEMS)
    baseline = results[0]
    for result in results:
        assert result.difference["rouge1"] == pytest.approx(result.rouge["rouge1"] - baseline.rouge["rouge1"], abs=1e-3)
        assert result.low["rouge2"] <= result.difference["rouge2"] <= result.high["rouge2"]
        assert 0 < result.rouge["rougeLsum"] <= 100
        assert result.milliseconds > 0
    assert baseline.lines == 3
    again = evaluate(stories, language="en")[1]
    assert [result.rouge for result in again] == [result.rouge for result in results]
    table = as_table(n_stories, results).splitlines()
    assert table[0].startswith("2 stories")
    assert [line.split("|")[1].strip() for line in table[4:]] == list(SYSTEMS)


def test_nothing_to_measure_gives_nothing() -> None:
    """No story, no result."""
    assert evaluate([], language="en") == (0, [])
