"""What is known of a word by itself."""

from __future__ import annotations

import pytest

from service.summary.lexicon import WORDS, Mark, pair_marks


@pytest.mark.parametrize(
    ("token", "lower", "opening", "inner"),
    [
        ("Quickest", "quickest", "J", "P"),
        ("forest", "forest", "N", "N"),
        ("Walking", "walking", "G", "P"),
        ("walked", "walked", "E", "E"),
        ("rapidly", "rapidly", "R", "R"),
        ("May", "may", "M", "P"),
        ("Will", "will", "M", "P"),
        ("may", "may", "M", "M"),
        ("Lindholm", "lindholm", "P", "P"),
        ("$12", "$12", "C", "C"),
        ("4-year-old", "4-year-old", "J", "J"),
        ("wheelhouse-based", "wheelhouse-based", "J", "J"),
        ("rowlocked", "rowlocked", "E", "E"),
        ("rowlocking", "rowlocking", "G", "G"),
        ("rowlockly", "rowlockly", "R", "R"),
        ("seed", "seed", "N", "N"),
        ("“", "“", "q", "q"),
        ("--", "--", "-", "-"),
        ("’s", "'s", "p", "p"),
        ("isn’t", "isn't", "A", "A"),
    ],
)
def test_a_words_part_of_speech(token: str, lower: str, opening: str, inner: str) -> None:
    """As the lexicon has it, else by its ending; a capital in mid-sentence is a name's."""
    assert WORDS[token][:3] == (lower, opening, inner)


@pytest.mark.parametrize(
    ("token", "marks"),
    [
        ("forest", 0),
        ("honest", 0),
        ("sailings", 0),
        ("never", Mark.BINDING | Mark.NEGATION),
        ("isn't", Mark.BINDING | Mark.NEGATION),
        ("not-for-profit", Mark.BINDING | Mark.NEGATION),
        ("3.5", Mark.WEAK),
        ("seven", Mark.WEAK),
        ("oldest", Mark.LIMIT),
        ("12%", Mark.WEAK | Mark.LIMIT),
        ("per", Mark.OPENS),
    ],
)
def test_what_hangs_on_a_word(token: str, marks: int) -> None:
    """Negations bind, numbers are weak, superlatives and shares take what follows."""
    assert WORDS[token].marks == marks


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (("per", "cent", "of"), Mark.LIMIT),
        (("per", "boat", "sold"), 0),
        (("about", "40", "boats"), Mark.WEAK),
        (("about", "a", "dozen"), Mark.WEAK),
        (("about", "a", "boat"), 0),
        (("about", "boats", "sold"), 0),
    ],
)
def test_what_hangs_on_two_words(words: tuple[str, str, str], marks: int) -> None:
    """A word may only mean something with the next."""
    assert pair_marks(*words) == marks
