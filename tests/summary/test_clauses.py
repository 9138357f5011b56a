"""How sentences are read: quotations, brackets, verbs, who said it."""

from __future__ import annotations

import pytest

from service.summary.clauses import has_main_verb, read_clauses


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("The boats (two (or three) old ones) were sold.", "DN(x(xxxxxxAe."),
        ("'We won,' Ana Lund said.", "'xxx,PPV."),
        ("The '90s ended.", "D'CE."),
        ('Lund said: "The pier is lost.', "PV:qxxxxx"),
        ('"We won," he said.', "qxxx,UV."),
        ("“We ‘won’ it,” he said.", "qxxxxxx,UV."),
        ("The candidates face off in a debate.", "DNvIIDN."),
        ("Lund grins as she recalls the crowd at an arrivals hall in the summer.", "PvSUvDNIDNNIDN."),
        ("The crew's plans face ruin.", "DNpNNN."),
        ("The islander, ranked last in May, repeated his win over the Norr star in Lund.", "DN,EJIP,VDNIDPNIP."),
    ],
)
def test_what_is_quoted_is_hidden(sentence: str, tags: str) -> None:
    """All in a quotation or bracket is x, its closing mark too, but a comma before the mark parts clauses."""
    reading = read_clauses(sentence, is_english=True)

    assert reading.tags == tags
    assert [
        letter == "x" or (letter == "," and mark in "\"'”’") for letter, mark in zip(tags, reading.words, strict=True)
    ] == (reading.hidden)


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("It will open in May, according to the mayor of Lund.", ", according to the mayor of Lund"),
        ("It sank in Lund, Zealand, police said on Friday.", ", police said on Friday"),
        ("It sank in May, said on Friday the mayor, who is old.", None),
        ("The line will open, not as the mayor says.", None),
        ("Ana Lund, in a letter, told the crew that it was late.", None),
        ("Norra has been alone for its tunnel, one that its leaders say it needs.", None),
        ("Berg ended the race, a step that the mayor said broke the rules.", None),
        ("The boat was late, the paper that broke the story said.", ", the paper that broke the story said"),
        ("Earlier on Monday, the mayor said it was late.", None),
        ("The boat is old.", None),
    ],
)
def test_who_said_it_is_found(sentence: str, attribution: str | None) -> None:
    """From the comma before the final "police said" to the end; none where nothing is claimed before it."""
    reading = read_clauses(sentence, is_english=True)

    found = reading.attribution
    assert (None if found is None else reading.text(found, reading.body_end)) == attribution


def test_what_the_meaning_hangs_on_is_marked() -> None:
    """By token: negations and conditions, numbers and hedges, superlatives and "at least"."""
    nobody = read_clauses("Nobody will sail unless it rains.", is_english=True)
    most = read_clauses("About 40 boats are the oldest in Lund.", is_english=True)

    assert (nobody.negations, nobody.binding) == ([0], [0, 3])
    assert (most.weak, most.limits) == ([0, 1], [5])


@pytest.mark.parametrize(
    ("tags", "is_main"),
    [
        ("DNV", True),
        ("DN", False),
        ("SDNV", False),
        ("SDNV,DNV", True),
        ("DNWV", False),
        ("DNWVV", True),
        ("DNWVDNKV", False),
        ("DNWVDNKVV", True),
        ("DN,EIDN,QVN", False),
        ("DN,QAJ,He", True),
        ("DNGQUH", False),
        ("DNGQUHDNV", True),
        ("UVGQUV", True),
    ],
)
def test_a_main_verb_is_one_that_no_clause_needs(tags: str, *, is_main: bool) -> None:
    """Each clause that a subordinator opens takes a verb, and those that "and" joins to it."""
    assert has_main_verb(tags) is is_main
