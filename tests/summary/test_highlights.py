"""Bullets."""

from __future__ import annotations

import re

import pytest

from service.article.models import Article
from service.article.reading import read
from service.ranking.vectors import CountedTerms, counted_terms
from service.summary.highlights import highlights
from service.summary.models import Highlight
from service.summary.options import HighlightOptions
from service.summary.selection import Said


def counted(article: Article) -> CountedTerms:
    """The terms of an article, counted."""
    return counted_terms([sentence.terms for sentence in article.sentences])


def bullets(text: str, language: str = "en", **options: object) -> list[Highlight]:
    """Bullets of a text whose sentences are ranked in their order."""
    article = read(text, language)
    chosen = HighlightOptions.model_validate(options)
    n_sentences = len(article.sentences)
    return highlights(article, range(n_sentences), [1 / (1 + n) for n in range(n_sentences)], counted(article), chosen)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "两座城镇之间的渡轮航线在维修一年之后于星期一重新开通，港务局在一份简短的声明中这样表示。"),
        ("ja", "二つの町を結ぶフェリーは一年にわたる修理を終えて月曜日に運航を再開したと港湾局が発表した。"),
        ("th", "เรือข้ามฟากระหว่างสองเมืองกลับมาให้บริการอีกครั้งในวันจันทร์หลังซ่อมหนึ่งปี"),
    ],
)
def test_a_sentence_without_spaces_may_be_a_bullet(language: str, text: str) -> None:
    """Its letters are words for a budget, but three of them are one for a bullet: 40 to 75 by default."""
    assert [bullet.text for bullet in bullets(text, language, count=1)] == [text]
    assert bullets(text, language, count=1, max_words=12) == []


def test_a_bullet_is_a_shortened_sentence_that_reads_as_one() -> None:
    """The first letter is raised, the final mark stands, and the spans say what was kept."""
    text = "But the pier (built in 1904) was lost in the storm."

    [bullet] = bullets(text, count=1)

    assert bullet.text == "The pier was lost in the storm."
    assert "".join(text[start:end] for start, end in bullet.spans) == "the pier was lost in the storm."
    assert bullet.compressed


def test_an_untouched_sentence_is_not_called_compressed() -> None:
    """One span, the whole of it."""
    [bullet] = bullets("The pier was lost in the storm.", count=1)

    assert (bullet.spans, bullet.compressed) == (((0, 31),), False)


@pytest.mark.parametrize(
    ("text", "language", "bullet"),
    [
        ("the pier was lost in the storm", "en", "The pier was lost in the storm."),
        ("船在早上离开了港口", "zh", "船在早上离开了港口。"),
        ("नाव सुबह बंदरगाह से चली गई", "hi", "नाव सुबह बंदरगाह से चली गई।"),
        ("“The pier was lost.”", "en", "“The pier was lost.”"),
        ("The pier was lost –", "en", "The pier was lost."),
        ("ßeta and gamma met at the pier.", "en", "ßeta and gamma met at the pier."),
    ],
)
def test_the_final_mark_is_the_languages_own(text: str, language: str, bullet: str) -> None:
    """Added where it is missing, after any quotation mark; a letter whose capital is two letters stays."""
    assert [found.text for found in bullets(text, language, count=1)] == [bullet]


@pytest.mark.parametrize(
    "sentence",
    [
        "Who will pay for the new pier that the islanders want so much?",
        "Then she said what the islanders want:",
        "And they cheered.",
        "March 3, 2026 .",
        "The mayor (left) and her husband wave at the new ferry.",
        "The old boat (pictured) was sold to a yard in Estonia.",
        "14:11 EST, 25 October 2013 is when the page was made.",
        "Scroll down for video of the ferry in the storm.",
        "To see more of the old boats, have a look through the gallery above.",
        "He said: ‘We are late and nobody told the islanders.",
        "“We are late, the captain said to the crowd.",
        '"We are late, the captain said to the crowd.',
        "We (the islanders) are late, the captain said [to us.",
        "More: The ferry of Lindholm was late for a year.",
        "This article has been updated with words of the mayor.",
        "Length: 90 metres Speed: 12 knots Crew: twelve sailors.",
        "Written for: Ana Lund, the captain of the old ferry.",
    ],
)
def test_what_cannot_stand_alone_is_passed_over(sentence: str) -> None:
    """Questions, openings of lists and halves of quotations make no bullets; the next sentence does."""
    article = f"{sentence}\nThe second boat will follow in the spring."

    assert [bullet.sentence for bullet in bullets(article, count=1)] == [1]


@pytest.mark.parametrize(("n_hopeless", "n_bullets"), [(999, 1), (1_000, 0)])
def test_no_more_than_a_thousand_sentences_are_read(n_hopeless: int, n_bullets: int) -> None:
    """Where the best thousand can be no bullet, nobody looks for one among the rest."""
    text = "Yes, no. " * n_hopeless + "The pier was lost in the storm."

    assert len(bullets(text, count=1)) == n_bullets


def test_a_sentence_too_long_to_shorten_is_passed_over() -> None:
    """The limit counts the words of the bullet, not of its sentence."""
    long = "The council of the island (which met for the first time in many years) adopted the plan."
    text = f"{long} The boat left at noon on Monday."

    assert [bullet.sentence for bullet in bullets(text, count=1, max_words=8)] == [0]
    assert [bullet.sentence for bullet in bullets(text, count=1, max_words=7)] == [1]


def test_bullets_do_not_repeat_each_other() -> None:
    """The second of two sentences that say the same is passed over."""
    text = "The ferry line reopened on Monday. The ferry line was reopened Monday. Rain fell on the crowd."

    assert [bullet.sentence for bullet in bullets(text, count=3)] == [0, 2]
    assert [bullet.pick for bullet in bullets(text, count=3)] == [1, 2]


def test_bullets_whose_sentences_differ_do_not_repeat_each_other_either() -> None:
    """What cuts leave of the second is what the first says."""
    text = (
        "The harbour council closed the old pier on Friday. "
        "Fishermen from three villages brought their boats to the northern quay. "
        "The harbour council closed the old pier, which Ana Lund's grandfather had built from larch and iron for "
        "passengers of steamers to Norr, Vik, Holm and the islands beyond the lighthouse at the mouth of the sound. "
        "Engineers found rust in four of nine pillars."
    )
    article = read(text, "en")
    repeating = Said(text)
    repeating.add(article.sentences[0])
    assert not repeating.holds(article.sentences[2])

    found = [bullet.sentence for bullet in bullets(text, count=4)]

    assert sorted(found) == [0, 1, 3]


def test_auto_makes_three_and_more_only_where_they_say_more() -> None:
    """A fourth bullet has to add words that the story is about; five are the most."""
    one_thing = "The storm sank the ferry at the pier. " + " ".join(
        f"Somebody{n} mentioned something{n} elsewhere{n} yesterday." for n in range(20)
    )
    themes = [[f"{letter}{n}ville" for n in range(6)] for letter in "ABCDEF"]
    many_things = " ".join(f"Crews met {', '.join(theme)} in year{n}." for n in range(9) for theme in themes)
    three_and_more = re.sub("Crews(?= met [DEF])", "Most", many_things)

    assert len(bullets(one_thing)) == 3
    article = read(many_things, "en")
    n_sentences = len(article.sentences)
    assert len(highlights(article, range(n_sentences), [1.0] * n_sentences, counted(article), HighlightOptions())) == 5
    assert len(bullets(three_and_more, count="auto")) == 3  # what is adrift is no fourth


def test_none_are_made_when_none_are_asked_for() -> None:
    """Zero is a count like any other."""
    assert bullets("The boat left at noon.", count=0) == []


def test_the_middle_of_a_quotation_is_no_bullet() -> None:
    """Without its marks and its speaker a claim would become the paper's own."""
    text = (
        '"The pier is lost for good. We cannot rebuild it alone.\n'
        '"Someone must pay for all of it," the mayor said. The council met on Monday.'
    )
    told = {'"Someone must pay for all of it," the mayor said.', "The council met on Monday."}

    assert {bullet.text for bullet in bullets(text, count=4)} == told


def test_a_full_stop_that_stands_apart_is_drawn_near() -> None:
    """Some sources put a space before it."""
    assert bullets("The pier was lost in the storm .", count=1)[0].text == "The pier was lost in the storm."


def test_a_sentence_cut_behind_an_abbreviation_has_one_full_stop() -> None:
    """The abbreviation's own ends it."""
    text = "The storm began around 5 p.m. when the first wave broke over the pier of the old town."

    assert bullets(text, count=1, max_words=8)[0].text == "The storm began around 5 p.m."


@pytest.mark.parametrize(
    "torn",
    [
        "A calf was seen off the coast of .",
        "and left the harbour at noon.",
        "The council has a new boat, which .",
        "An old ferry, that is.",
        "The council has not said what new boat,.",
        "Written by: Ana Lund of Norr.",
        "Ana Lund hopes that the boat is the same as . one of the ferries and proves that it was hers.",
        'Ana Lund asked: "Is it late? Why is the old ferry so slow?" 2.',
    ],
)
def test_a_torn_sentence_is_no_bullet(torn: str) -> None:
    """Some sources lose the words around a link."""
    assert bullets(f"{torn} The council met on Monday.", count=1)[0].text == "The council met on Monday."


@pytest.mark.parametrize(
    "credit",
    [
        "Harbour Radio's Ana Lund wrote in Lindholm.",
        "Harbour Radio's Ana Lund reported from Norr.",
        "Ana Lund and Per Berg contributed to this report.",
    ],
)
def test_a_credit_in_the_last_paragraph_is_no_bullet(credit: str) -> None:
    """Where the whole story is one line, no line of its own tells it apart."""
    found = bullets(f"The council has sold the old ferry. {credit} {credit.replace('Ana', 'Eva')}", count=3)

    assert [bullet.sentence for bullet in found] == [0]


@pytest.mark.parametrize(
    "first",
    [
        "Per Berg, master of an old boat.",
        "A sailor with two dogs.",
        "Unless you are a very hungry gull.",
        "Because the ferry has become old -- like it was in the north.",
        "Eva Dahl said of sailors in the northern court.",
        "Eva Dahl wrote in her long reply in March.",
        "Why the old ferry of Norr is so slow.",
        "But not if you live in Norr or near it.",
        "Or the day in March when the ferry of Norr was late.",
        "from a boat where a gull can eat your lunch.",
        "Here are the old boats of Norr.",
        "Which is what the ferry of Norr did.",
        "So did the old ferry of Norr.",
        "Take Per Berg, of Norr.",
        "Think of the old ferry of Norr.",
        "To be sure, the ferry of Norr is old.",
        "Then there’s the way the ferry of Norr sails.",
        "The old museum of Norr, where ferries go to rest.",
        "The ferry of Norr is slow...",
        "Not that the ferry of Norr is slow.",
        "Well, you have a friend in Norr!",
        "Myth: The ferry of Norr is slow.",
        "Berg: The old ferry of Norr is slow.",
        "Per Berg: The old ferry of Norr is slow.",
        "(PB): The old ferry of Norr is slow.",
        "Per Berg (to Eva): The old ferry of Norr is slow.",
        "Sailor: I took the old ferry of Norr.",
        "Two old boats that could sail to Norr.",
        "Sailors of the old ferry who won a race to Norr.",
        "Hence there are old boats in Norr.",
        "Which, of course, pleased the crew of Norr.",
        "As the old ferries of Norr sail into the bay to race.",
        "So goes the song of the old ferry of Norr.",
        "Why the ferry of Norr is late and other tales of the sea you know and love.",
    ],
)
def test_a_sentence_that_tells_nothing_is_no_bullet_beside_news(first: str) -> None:
    """A name and what somebody is tell no news, wherever they stand, nor does half a sentence; better than nothing."""
    text = f"{first} Ana Lund has sold the ferry of Per Berg to the council. The council met in Lindholm."

    assert [bullet.sentence for bullet in bullets(text, count=3)] == [1, 2]
    assert [bullet.sentence for bullet in bullets(first, count=3)] == [0]


@pytest.mark.parametrize(
    "first",
    [
        "Imagine Dragons played in Norr on Friday.",
        "The captain, who sailed the old ferry of Norr, accused him of theft.",
        "Those who sail for Norr face fines.",
        "Boats that could sail to Norr left on Friday.",
        "The firm that built the ferry cuts 400 jobs.",
        "Two men who robbed the ferry “were armed”.",
    ],
)
def test_a_sentence_that_looks_like_half_of_one_is_a_bullet(first: str) -> None:
    """A name may look like an order, and a verb like a noun."""
    text = f"{first} Ana Lund has sold the ferry of Per Berg to the council. The council met in Lindholm."

    assert 0 in [bullet.sentence for bullet in bullets(text, count=3)]


@pytest.mark.parametrize(
    ("sentence", "bullet"),
    [
        ("Brave: Ana Lund has saved a boy.", "Ana Lund has saved a boy."),
        ("Flooded: Rising waters have closed the pier.", "Rising waters have closed the pier."),
        ("Captain: Ana Lund has saved a boy. She is captain of a ferry.", "Ana Lund has saved a boy."),
        ("UPDATE: Ana Lund has saved a boy.", "Ana Lund has saved a boy."),
        ("THE LEAD: Ana Lund has saved a boy.", "Ana Lund has saved a boy."),
        ("Brave to the end: Ana Lund has saved a boy.", "Ana Lund has saved a boy."),
        ("Saved: But Ana Lund is still missing.", "Ana Lund is still missing."),
    ],
)
def test_the_label_of_a_caption_is_left_out(sentence: str, bullet: str) -> None:
    """Its spans say so; a name that stands elsewhere in the text would be who speaks."""
    [found] = bullets(sentence, count=1)

    assert (found.text, found.compressed) == (bullet, True)
    assert "".join(sentence[start:end] for start, end in found.spans) == bullet


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor said: The ferry of Norr is slow.",
        "Not so fast: The ferry of Norr is slow.",
        "Myth: The ferry of Norr is slow.",
        "Happier times: Per Berg sails the ferry of Norr.",
        "A rumour of sailors: The ferry of Norr is slow.",
        "Sailors were less pleased: 38 percent said the ferry of Norr is slow.",
        "Captain: I think the ferry of Norr is slow.",
        "HOLM: The ferry of Lindholm is slow. HOLM: Two are late.",
    ],
)
def test_a_label_that_doubts_or_says_who_speaks_stays(sentence: str) -> None:
    """What stands behind it is not so, may not be, or is somebody's word."""
    assert [bullet.text for bullet in bullets(sentence, count=1)] == [sentence.partition(". ")[0].rstrip(".") + "."]


def test_a_label_and_what_is_no_sentence_are_no_bullet() -> None:
    """Without the label it is half of something, with it a line of a list; a caption that shows somebody is whole."""
    for half in (
        "Old letters: A piece of paper with the names of sailors.",
        "Ahead: Trying to say why it sank, Lund said.",
    ):
        assert [bullet.sentence for bullet in bullets(f"{half} The council met in Lindholm.", count=2)] == [1]

    caption = bullets("Old friends: Ana Lund hugs the crew of the ferry.", count=1)
    assert [bullet.text for bullet in caption] == ["Ana Lund hugs the crew of the ferry."]


@pytest.mark.parametrize(
    "adrift",
    [
        '"A large hall with red and blue doors stands by that long and narrow pier."',
        "A large hall with red and blue doors by a long and narrow pier, painted for the winter.",
        "Another large hall with red and blue doors stands by a long and narrow pier.",
        "Most large halls with red and blue doors stand by some long and narrow pier.",
        "A large hall with red and blue doors stands by a long and narrow pier, he said.",
        "Find a large hall with red and blue doors by a long and narrow pier.",
    ],
)
def test_where_the_ranking_decides_it_passes_over_what_is_adrift(adrift: str) -> None:
    """Nobody is named who speaks, nothing happens, or what it is of stands before; of two such the first is taken."""
    told = "Ana Lund has sold the old ferry of the council to the sailors of Lindholm."
    another = "In Norr it rained on walls, roofs, gardens, streets and fields from morning to night."
    again = " The sailors of Lindholm got the ferry. The council of Lindholm sold Lund the ferry." * 3

    assert [bullet.sentence for bullet in bullets(f"{told} {adrift} {another}{again}", count=2)] == [0, 2]
    assert [bullet.sentence for bullet in bullets(f"{told} {adrift}", count=2)] == [0, 1]
    assert [bullet.sentence for bullet in bullets(f"{told} {adrift} Those boats sank.{again}", count=2)] == [0, 1]


@pytest.mark.parametrize(
    "opening",
    [
        "Then came the results of the vote.",
        "No, they come for the boats.",
        "Instead, they came in boats of Lindholm.",
        "Such is the life of crews in boats of Lindholm.",
        "Once she did, nine boats came in from Lindholm.",
        "This is a large step for the ferry.",
    ],
)
def test_what_opens_on_the_sentence_before_comes_last(opening: str) -> None:
    """What "this" is, or came after what, stands there."""
    text = f"The council met in Lindholm. {opening} Ana Lund has sold the old ferry of the council."

    assert [bullet.sentence for bullet in bullets(text, count=3)][-1] == 1
