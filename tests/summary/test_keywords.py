"""Ranked phrases."""

from __future__ import annotations

import pytest

from service.article.reading import read
from service.summary.keywords import MAX_KEYWORDS, keywords
from tests.article.samples import SAMPLES

TEXT = (
    "The harbour council met on Monday. The harbour council adopted the ferry plan. "
    "Critics of the ferry plan left early. The harbour council will meet again in May. "
    "Ferry plan or not, the boats are old."
)


def test_adjacent_top_words_form_phrases() -> None:
    """What the text says most often, and in the words it uses."""
    found = keywords(read(TEXT, "en"))

    assert {keyword.text.lower() for keyword in found[:2]} == {"harbour council", "ferry plan"}
    assert found[0].score == 1.0
    assert [keyword.score for keyword in found] == sorted((keyword.score for keyword in found), reverse=True)


def test_no_keyword_is_part_of_another() -> None:
    """A word that stands in a better phrase is not named again."""
    texts = [keyword.text.lower() for keyword in keywords(read(TEXT, "en"))]

    assert "harbour" not in texts
    assert len(set(texts)) == len(texts)


NAMES = (
    "Ana Lund of the Bank of Zealand said on Monday that Lindholm's ferry carries more cars than the U.S. Navy. "
    "The ferry has carried cars for years. Ana Lund said the ferry would leave Lindholm on Tuesday. "
    "The World Harbour Day brought many people to Lindholm. The Bank of Zealand said it was a good year."
)


def test_keywords_are_nouns_and_whole_names() -> None:
    """No verb, no day, no possessive ending, no half of a name; initials with their last full stop."""
    texts = [keyword.text for keyword in keywords(read(NAMES, "en"))]

    assert {"Ana Lund", "Bank of Zealand", "Lindholm", "World Harbour Day"} <= set(texts)
    assert not {"said", "carried", "Monday", "Tuesday", "year", "Lindholm's", "World Harbour", "Zealand"} & set(texts)
    assert not any("U.S" in text and "U.S." not in text for text in texts)


def test_a_possessive_ending_is_no_part_of_a_keyword() -> None:
    """The word before it is, wherever it stands."""
    text = "The new rules of the Norra harbour's council apply from May. The council of the harbour wrote the rules."

    found = {keyword.text for keyword in keywords(read(text, "en"))}
    assert not any("'s" in phrase or phrase.startswith("The") for phrase in found)
    assert any(phrase.endswith("harbour") for phrase in found)


def test_a_phrase_in_a_language_without_tags_is_a_name_or_stands_there_twice() -> None:
    """Two words that happen to stand side by side once are no phrase."""
    text = (
        "Le maire a rouvert le port rénové lundi. Le port rénové accueille trois bateaux. "
        "Les habitants saluent une décision courageuse. Anna Lund a dirigé les travaux, et Anna Lund est partie."
    )
    texts = [keyword.text for keyword in keywords(read(text, "fr"))]

    assert {"port rénové", "Anna Lund"} <= set(texts)
    assert "décision courageuse" not in texts


@pytest.mark.parametrize("code", SAMPLES)
def test_keywords_are_words_of_the_text_in_every_language(code: str) -> None:
    """Each stands in the text as it is written there."""
    found = keywords(read(SAMPLES[code], code))

    # nothing but a repetition tells where a Thai word ends
    assert (1 if code == "th" else 3) <= len(found) <= MAX_KEYWORDS
    assert all(keyword.text in " ".join(SAMPLES[code].split()) for keyword in found)
    assert all(0 < keyword.score <= 1 for keyword in found)


@pytest.mark.parametrize("text", ["....", "It was.", "Ferry.", "Ferry ferry ferry."])
def test_little_texts_have_few_keywords(text: str) -> None:
    """A text without neighbouring words has no graph, and that is no error."""
    assert len(keywords(read(text, "en"))) <= 1


def test_the_checkpoint_is_called() -> None:
    """A deadline can stop the walk."""

    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        keywords(read(TEXT, "en"), stop)


@pytest.mark.parametrize(
    ("code", "text", "phrases"),
    [
        (
            "zh",
            "林德港务局周三公布,渡轮航线在四月恢复运营。港务局表示,旧渡轮仍未出售。渡轮航线恢复运营有助于群岛居民。",
            {"恢复运营", "港务局", "渡轮航线"},
        ),
        (
            "ja",
            (
                "東京都は来年度から給食費を無償にする。東京都の給食費は年間五万円で、無償化には百億円がかかる。"
                "知事は給食費の無償化を公約にした。"
            ),
            {"給食費", "無償化", "東京都"},
        ),
        (
            "th",
            (
                "นายกรัฐมนตรีประกาศเปิดท่าเรือแห่งใหม่ในเดือนหน้า ท่าเรือแห่งใหม่จะรับเรือเฟอร์รี่วันละสิบเที่ยว "
                "นายกรัฐมนตรีกล่าวว่าเรือเฟอร์รี่จะช่วยชาวเกาะ"
            ),
            {"นายกรัฐมนตรี", "ท่าเรือแห่งใหม่", "เรือเฟอร์รี่"},
        ),
    ],
)
def test_without_spaces_a_phrase_is_what_the_text_repeats(code: str, text: str, phrases: set[str]) -> None:
    """No pieces of words: each run of letters as long as it comes again."""
    found = [keyword.text for keyword in keywords(read(text, code))]

    assert phrases <= set(found)
    assert not [one for one in found for other in found if one != other and one in other]


def test_a_phrase_without_spaces_takes_time_that_grows_with_the_text() -> None:
    """Also where it repeats one run of letters for ever."""
    assert [keyword.text for keyword in keywords(read("渡" * 100_000 + "。", "zh"))] == ["渡" * 8]
