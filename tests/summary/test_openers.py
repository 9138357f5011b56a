"""How sentences open, in each language: what names nobody, and what may go."""

from __future__ import annotations

import pytest

from service.article.languages import LANGUAGES
from service.summary.openers import connective_end, points_back
from service.summary.options import SummaryOptions
from service.summary.summarize import Source, summarize

_OPENINGS = [
    ("ar", "وأضافت أن الميناء مغلق.", "أضواء الميناء مغلقة."),
    ("cs", "Ona přišla.", "Onkologie je obor."),
    ("da", "Men de har sagt ja.", "De tre både sejlede."),
    ("de", "Und ihre Boote blieben im Hafen.", "Ihrlerstein hat einen Hafen."),
    ("el", "Αυτοί έφυγαν.", "Αυτή η πόλη έχει λιμάνι."),
    ("es", "Sin embargo, ella se quedó.", "El puerto cerró."),
    ("fi", "Mutta hän lähti.", "Helsinki sulki sataman."),
    ("fr", "« Mais c’était hier.", "Cesson ferme son port."),
    ("he", "הוא עזב.", "הוועדה עזבה."),
    ("hi", "वह चला गया।", "वहम से बचें।"),
    ("hu", "De ők elmentek.", "A kikötő bezárt."),
    ("it", "Tuttavia, la loro barca partì.", "La città ha un porto."),
    ("ja", "しかし、これは船だ。", "しかし、港は閉まった。"),
    ("ko", "하지만 그는 떠났다.", "그리스는 항구를 닫았다."),
    ("nl", "Maar zij vertrok.", "Zeeland sluit een haven."),
    ("no", "Og det er bra.", "Det norske skipet kom."),
    ("pl", "Ale ona odeszła.", "Ona-Mazury to port."),
    ("pt", "Além disso, ela partiu.", "Elas-do-Mar é um barco."),
    ("ro", "Dar ea a plecat.", "Orașul are un port."),
    ("ru", "Однако её лодка ушла.", "Онега замёрзла."),
    ("sk", "Ale ona odišla.", "Prístav zavreli."),
    ("sv", "Men de har åkt.", "De tre båtarna åkte."),
    ("th", "พวกเขาไป", "ท่าเรือปิด"),
    ("tr", "Ama onlar gitti.", "Ortada bir liman var."),
    ("uk", "Але вона пішла.", "Вінниця має порт."),
    ("zh", "但他走了。", "港口关闭了。"),
]


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("What it means is peace.", True),
        ("What Ana Lund means is peace.", False),
        ("In line with this, nine boats came.", True),
        ("After that, nine boats came.", True),
        ("After that storm, nine boats came.", False),
        ("With these boats, nine crews came.", False),
        ("If it does, nine boats will come.", True),
        ("If Ana does, nine boats will come.", False),
        ("“But they came late.”", True),
        ("Theirs is a boat. ", False),
    ],
)
def test_what_opens_on_a_word_that_names_nobody(sentence: str, *, back: bool) -> None:
    """A pronoun, or a phrase that is one."""
    assert points_back(sentence, "en") == back


@pytest.mark.parametrize(
    ("code", "pointing", "named"),
    _OPENINGS,
)
def test_who_is_meant_is_told_before_in_every_language(code: str, pointing: str, named: str) -> None:
    """Behind a connective, too; a word that only begins like a pronoun is none."""
    assert points_back(pointing, code)
    assert not points_back(named, code)


def test_no_language_is_forgotten() -> None:
    """But English, which has a table above."""
    assert {code for code, *_ in _OPENINGS} | {"en"} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("code", "sentence", "left"),
    [
        ("fr", "En revanche, le port reste ouvert.", "le port reste ouvert."),
        ("fr", "Mais le port reste ouvert.", "le port reste ouvert."),
        ("fr", "Et de fermer le port.", "Et de fermer le port."),
        ("de", "Und zwar der ganze Hafen.", "Und zwar der ganze Hafen."),
        ("de", "Aber der Hafen ist offen.", "der Hafen ist offen."),
        ("es", "Sin embargo, el puerto abrió.", "el puerto abrió."),
        ("nl", "Maar liefst 30 boten zonken.", "Maar liefst 30 boten zonken."),
        ("tr", "Ancak 30 gemi geldi.", "Ancak 30 gemi geldi."),
        ("ja", "しかし、港は閉まった。", "港は閉まった。"),
        ("ru", "Однако, порт открыт.", "порт открыт."),
    ],
)
def test_a_connective_may_go_where_the_clause_stands_without(code: str, sentence: str, left: str) -> None:
    """Not where the same word says "only" or "no less than"."""
    assert sentence[connective_end(sentence, code) :] == left


def test_a_highlight_in_french_names_who_and_joins_to_nothing() -> None:
    """The pronoun loses to the name; the connective goes, and a capital takes its place."""
    text = (
        "La ville de Lindholm ferme son vieux port en avril. "
        "Elle a payé les travaux du vieux port de Lindholm pendant trois ans. "
        "Mais les pêcheurs gardent leurs places dans le nouveau bassin. "
        "Le maire Per Berg a promis un marché aux poissons au printemps."
    )

    bullets = [highlight.text for highlight in summarize([Source(text)], SummaryOptions(language="fr")).highlights]

    assert "Les pêcheurs gardent leurs places dans le nouveau bassin." in bullets
    assert not [bullet for bullet in bullets if bullet.startswith("Elle")]


def test_a_turkish_bullet_opens_with_a_dotted_capital() -> None:
    """What is left behind the connective opens small."""
    text = "Liman nisanda kapanıyor. Ama istanbul gemileri yeni limana gelmeye devam edecek."

    bullets = [highlight.text for highlight in summarize([Source(text)], SummaryOptions(language="tr")).highlights]

    assert "İstanbul gemileri yeni limana gelmeye devam edecek." in bullets


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("« ", " »"), ("„", "”"), ("“", "”")])
def test_in_no_language_are_words_of_nobody_a_bullet_beside_others(opening: str, closing: str) -> None:
    """Who says them stands elsewhere."""
    text = (
        "La ville de Lindholm ferme son vieux port en avril. "
        f"{opening}Le vieux port de Lindholm ferme en avril et la ville paie tout{closing}. "
        "Les pêcheurs de la ville gardent leurs places dans le nouveau bassin. "
        "Le maire Per Berg a promis un marché aux poissons au printemps."
    )

    bullets = [highlight.text for highlight in summarize([Source(text)], SummaryOptions(language="fr")).highlights]

    assert len(bullets) == 3
    assert not [bullet for bullet in bullets if "paie" in bullet]
