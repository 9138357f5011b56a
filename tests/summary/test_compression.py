"""Shortening sentences by deletion."""

from __future__ import annotations

import pytest

from service.article.lines import collapsed
from service.summary.compression import compress
from service.summary.options import Compression


def shortened(sentence: str, compression: Compression = "safe", language: str = "en") -> str:
    """What is kept of the sentence, joined."""
    spans = compress(sentence, language, compression)
    return collapsed("".join(sentence[start:end] for start, end in spans))


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("But the council refused to pay for the pier.", "the council refused to pay for the pier."),
        ("Yet the council refused to pay for the pier.", "the council refused to pay for the pier."),
        ("So the council refused to pay for the pier.", "the council refused to pay for the pier."),
        ("In fact, two boats were hired from the mainland.", "two boats were hired from the mainland."),
        ("Second, the council refused to pay for the pier.", "the council refused to pay for the pier."),
        ("Ten per cent . of the boats were lost.", "Ten per cent of the boats were lost."),
        ("The mayor, right, opened the line in May.", "The mayor opened the line in May."),
        ("Eva Holm, left, and Ana Lund, pictured, sold the pier.", "Eva Holm and Ana Lund sold the pier."),
        ("Eva Holm, far left, the mayor, has sold the pier.", "Eva Holm, the mayor, has sold the pier."),
        ("Conversely, two boats were hired from the mainland.", "two boats were hired from the mainland."),
        ("(Picture: Norr Post) The pier was lost in the storm.", "The pier was lost in the storm."),
        ("And people waited for hours on the cold quay.", "people waited for hours on the cold quay."),
        ("However, the works went on until the spring.", "the works went on until the spring."),
        ("Consequently, the works went on until the spring.", "the works went on until the spring."),
        ("In addition, two boats were hired from the mainland.", "two boats were hired from the mainland."),
        ("The port authority (a company of the region) paid for it.", "The port authority paid for it."),
        ("The authority (founded in 1904) paid for the pier.", "The authority paid for the pier."),
        ("The pier -- the oldest of the island -- was rebuilt.", "The pier was rebuilt."),
        ("The pier – the oldest of the island – was rebuilt.", "The pier was rebuilt."),
        ("The line will open in May, the mayor said in a statement.", "The line will open in May, the mayor said."),
        ("The mayor said in an interview on Friday that she would pay.", "The mayor said that she would pay."),
        (
            "She would pay, the mayor told Harbour Radio in a phone interview.",
            "She would pay, the mayor told Harbour Radio.",
        ),
        ("-- Two boats were lost in the storm of last year.", "Two boats were lost in the storm of last year."),
        ("• Two boats were lost in the storm of last year.", "Two boats were lost in the storm of last year."),
    ],
)
def test_safe_drops_what_carries_little(sentence: str, kept: str) -> None:
    """Connectives, asides, occasions of speech and bullet marks go; what is left reads on."""
    assert shortened(sentence) == kept
    assert shortened(sentence, "none") == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "But for the storm, the line would have opened in May.",
        "And so did the people of the northern shore.",
        "In addition, he said, two boats of the island were lost.",
        "And yet nobody came to see the boat leave.",
        "The plan (which nobody had seen) was adopted by all.",
        "The line -- if it ever opens -- will cost twelve million.",
        "The boats (as many as could be found) left at noon.",
        "He wrote f(x) on the wall of the ferry.",
        "Bring (1) water and (2) bread to the northern quay.",
        "“The line (the old one) will open,” the mayor said.",
        "The mayor said: “The pier -- the old one -- is lost.”",
        "One -- two -- three -- four boats came into the harbour.",
        "The mayor said in a statement on March 3 that she would pay.",
        "It was “half -- open” -- he thought -- all day.",
        "No (brackets here).",
        "Men -- and women -- waited for the boat on the quay.",
        "The captain (but not the crew) was paid for the year.",
        "The captain (who was acquitted) sails the ferry again this spring.",
        "The claims -- which the port calls false -- were repeated by others.",
        "Even among the islanders -- a patient people -- tempers rose that winter.",
        "The line, which will run from Lund -- the old port -- is new.",
        "The pier was unsafe -- as everyone knew -- court documents say on page one.",
    ],
)
def test_what_would_change_the_meaning_stays(sentence: str) -> None:
    """Negations, conditions, numbers, quotations and unclear asides are not touched, whatever the level."""
    assert shortened(sentence) == sentence
    assert shortened(sentence, "tight") == sentence


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("The line will open in May, the mayor said.", "The line will open in May."),
        ("The line will open in May, a spokeswoman for the port authority said.", "The line will open in May."),
        ("The line will open in May, according to the port authority.", "The line will open in May."),
        ("The line will close at 8 p.m., the mayor said.", "The line will close at 8 p.m."),
    ],
)
def test_tight_drops_who_said_it_and_safe_does_not(sentence: str, kept: str) -> None:
    """A ticker goes without the source; the default never does."""
    assert shortened(sentence, "tight") == kept
    assert shortened(sentence, "safe") == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "“The line will open in May,” the mayor said.",
        "The line will open in May, the mayor has not said.",
        "The captain stole the fuel of the ferry, police said.",
        "When asked whether the line will open, he said.",
        "The line may open, but when, the mayor never said.",
        "There have been no complaints from the passengers, Norra Lines said.",
        "Two hundred soldiers of Norra hold the old fort, the council said.",
        "The passengers were beaten with belts, according to the harbour guards.",
        "The captain has been ill, according to the newspaper Norra Posten.",
        "The nurses of the islands sleep badly, according to a study of Norra College.",
        "The nurses of the islands sleep badly, according to some researchers.",
        "The man in the film is Per Lund, his former teacher said.",
        "The two gunmen had been able to sail to Norr, according to the mayor.",
        "Yet another ferry was sold to the islands.",
        "Norra has fired two missiles into the bay, a spokesman for Zealand said.",
        "Per Berg, 18, rowed past the old harbour three times, the port authorities said.",
    ],
)
def test_tight_keeps_the_source_of_a_quotation_and_a_denial(sentence: str) -> None:
    """A quotation without its speaker is nobody's, "never said" is news, and of a war the other side tells another."""
    assert shortened(sentence, "tight") == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund and Eva Holm are in a row with Eva Dahl over some angry remarks the pair made about music.",
        "The northern line of the islands is especially busy.",
        "The nurse said that two of the crew, among them a young cook, got pills for being seasick.",
    ],
)
def test_tight_keeps_what_makes_the_point(sentence: str) -> None:
    """Who did it, what is special about it, and what somebody is treated for."""
    assert shortened(sentence, "tight").split()[-2:] == sentence.split()[-2:]


def test_other_languages_get_what_is_universal() -> None:
    """Brackets and dashes, but no English words."""
    assert (
        shortened("Die Linie (die älteste der Insel) fährt wieder im Mai.", language="de")
        == "Die Linie fährt wieder im Mai."
    )
    assert (
        shortened("But heißt auf Deutsch aber und nicht and.", language="de")
        == "But heißt auf Deutsch aber und nicht and."
    )


def test_a_sentence_is_not_cut_to_a_stump() -> None:
    """What would leave fewer than four words is kept."""
    assert shortened("He (the mayor) left.") == "He (the mayor) left."


def test_a_very_long_sentence_stays_whole() -> None:
    """Patterns are not run over what can never be a bullet."""
    sentence = "However, " + "the boat (a ferry) left " * 200

    assert compress(sentence, "en", "tight") == [(0, len(sentence))]
