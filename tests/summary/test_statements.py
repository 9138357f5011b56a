"""Which bullets stand alone: what two readers found unclear, in sentences of ours."""

from __future__ import annotations

import pytest

from benchmarks.fit_standing import fitted
from service.summary.clauses import read_clauses
from service.summary.statements import UNCLEAR, is_adrift, leans, standing

SHAPE = {"a few words", "fewer words", "fronted", "a number", "elsewhere"}
"""What has nothing to do with who is named."""


def standing_of(sentence: str, known: frozenset[str] = frozenset()) -> float:
    """How well the whole sentence stands, if the words `known` were used before."""
    reading = read_clauses(sentence, is_english=True)
    return standing(reading, [True] * reading.n, known.__contains__)


def leans_of(sentence: str) -> list[str]:
    """What the whole sentence leans on, if no word of it was used before."""
    reading = read_clauses(sentence, is_english=True)
    return leans(reading, [True] * reading.n, lambda _: False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund bought the last ticket.",
        "The mayor of Lindholm bought the last ticket.",
        "On Friday, Ana Lund said she had bought the last ticket.",
        "There is a second ferry in Lindholm.",
        "Guards of Norr say there is a second ferry.",
        "At no time was there a risk to Ana Lund.",
        "Ana Lund said that, on Monday, the ferry had left.",
        "Ana Lund lost the boat because, she said, it was old.",
        "In Lindholm Ana Lund sold the boats built there.",
        "Ana Lund sold the ferry and bought it back.",
        "As the truck came near Lindholm, guards shot at it.",
        "Ana Lund wrote a book on World War I in Lindholm.",
        "Ana Lund made it a crime to sail at night.",
        "The ferry of Norr made it to Lindholm.",
        "Ana Lund said she would resign if asked to do so.",
        "Ana Lund made it clear that she would leave Lindholm.",
        "Ana Lund found it hard to leave Lindholm.",
    ],
)
def test_who_names_somebody_stands(sentence: str) -> None:
    """A name in the subject is enough."""
    assert set(leans_of(sentence)) <= SHAPE


@pytest.mark.parametrize(
    "sentence",
    [
        "The US Navy sent two ships to Lindholm on Monday.",
        "There are old boats in the harbour of Lindholm and Norr.",
        "Ana Lund and Per Berg saw each other in the harbour of Norr.",
        "The storm was too strong for the ferry of Lindholm on Monday.",
        "Ana Lund will leave the ferry of Lindholm later this month.",
        '"It is an old ferry," Ana Lund said of the boat in Lindholm.',
    ],
)
def test_what_only_looks_like_leaning(sentence: str) -> None:
    """A country, a place that is none, one another, too much, a time that is told, somebody's words."""
    assert leans_of(sentence) == []


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("Ana Lund left.", "Ana Lund left the old harbour of Lindholm."),
        ("Ana Lund left the harbour of Lindholm.", "Ana Lund left the old harbour of Lindholm with nobody else."),
        (
            "In a storm, Ana Lund left the old harbour of Lindholm.",
            "Ana Lund left the old harbour of Lindholm in a storm.",
        ),
        ("Ana Lund has also left the old harbour of Lindholm.", "Ana Lund has just left the old harbour of Lindholm."),
        ("Ana Lund then left the old harbour of Lindholm.", "Ana Lund soon left the old harbour of Lindholm."),
        ("Ana Lund knows that you left Lindholm.", "Ana Lund knows that boats left Lindholm."),
        ("Ana Lund left the harbour of Lindholm.", "Ana Lund left the 2 harbours of Lindholm."),
        ("On Friday, she was leaving Lindholm.", "On Friday, Ana was leaving Lindholm."),
        ("Both accidents happened in Lindholm.", "Two accidents happened in Lindholm."),
        ("His brother has left Lindholm.", "Ana Lund has left Lindholm."),
        ("A brother has left town.", "A brother has left Lindholm."),
        ("Three of us were heard in Lindholm.", "Three of them were heard in Lindholm."),
        ("Ana Lund took this picture of Norr.", "Ana Lund took pictures of Norr this week."),
        ("Guards of Lindholm shot at it.", "Guards of Lindholm shot at Ana."),
        ("Ana Lund made them in Norr.", "Ana Lund made boats in Norr."),
        ("You may remember him from Norr.", "You may remember Ana from Norr."),
        ("Following that vote, Ana Lund left Lindholm.", "Following a vote, Ana Lund left Lindholm."),
        ("The search for boats seemed both, in Norr.", "The search for boats seemed long, in Norr."),
        ("A search for his boat has failed.", "A search for a boat has failed."),
        ("Ana Lund met her in Norr.", "Ana Lund met her sister in Norr."),
        ("I left the harbour of Norr.", "Ana left the harbour of Norr."),
        ("The ferry of Norr was late, she said.", "The ferry of Norr was late, Ana said."),
        ('"The ferry of Norr is late."', '"The ferry of Norr is late," Ana said.'),
        ("Ana Lund tried to do so in Norr.", "Ana Lund tried to sail in Norr."),
        ("The crews, he said, were late in Norr.", "The crews, Ana said, were late in Norr."),
        ("Ana Lund is changing that.", "Ana Lund is changing boats."),
        ("Guards claim ferries sail there.", "Guards claim ferries sail here."),
        ("Ana Lund herself has one.", "Ana Lund herself has boats."),
        ("Ana Lund was at the time in Norr.", "Ana Lund was at the time of storms in Norr."),
    ],
)
def test_who_names_nobody_stands_less(worse: str, better: str) -> None:
    """A pronoun, a known thing, no name, no verb; few words, a phrase in front; a number makes up for some of it."""
    assert standing_of(worse) < standing_of(better)


def test_the_sailors_for_a_subject_lean_on_nothing() -> None:
    """Readers knew as often who was meant as with a name."""
    assert standing_of("The sailors left the old harbour of Lindholm.") == standing_of(
        "Two sailors left the old harbour of Lindholm."
    )


def test_every_sign_weighs_what_readers_said() -> None:
    """The weights are those of the table of verdicts, rounded."""
    assert {sign: weight for sign, weight, *_ in fitted() if sign} == pytest.approx(UNCLEAR, abs=0.05)


def test_what_was_spoken_of_before_is_missed_when_it_has_no_name() -> None:
    """Which meeting it was is clear only to who has read of it."""
    sentence = "Ana Lund left the meeting."

    assert standing_of(sentence, frozenset({"meeting"})) < standing_of(sentence)

    named = "Ana Lund left the meeting of the Lindholm council."
    assert standing_of(named, frozenset({"meeting"})) == standing_of(named)


@pytest.mark.parametrize(
    ("sentence", "adrift"),
    [
        ("Ana Lund, the old captain of the ferry.", True),
        ('"The ferry is old."', True),
        ('"The ferry is old," Ana Lund said.', False),
        ("The ferry is old, he said.", True),
        ("The ferry is old, Ana said.", False),
        ("There was a storm in Norr.", True),
        ("Those boats sank in Norr.", True),
        ("Most boats sank in Norr.", True),
        ("Some 92 boats sank in Norr.", False),
        ("Both Lund and Berg have left.", False),
        ("This ferry sank in Norr.", True),
        ("This week the ferry sank in Norr.", False),
        ("Find out why the ferry sank.", True),
        ("Hope is lost for the ferry.", False),
        ("Help came from Norr.", False),
        ("The ferry sank in Norr.", False),
        ("The ferry (built in 1904) sank.", False),
        ("The ‘old ferry’ sank.", True),
        ("For a few sailors, they had another use.", True),
        ("For Ana Lund, it was a good year.", False),
        ("For a few sailors, boats had another use.", False),
        ("In a few harbours, there was a storm.", False),
        ("In the end, it was Ana Lund who won.", False),
    ],
)
def test_what_is_adrift(sentence: str, *, adrift: bool) -> None:
    """No verb, nobody who speaks or does it, or a first word that points elsewhere."""
    reading = read_clauses(sentence, is_english=True)

    assert is_adrift(reading, [True] * reading.n) == adrift
