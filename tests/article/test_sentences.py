"""Sentence boundaries."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.lines import BLANK
from service.article.sentences import sentences


def split(text: str, language: str = "en") -> list[str]:
    """The sentences of a block as strings."""
    return [text[start:end] for start, end in sentences(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["The council of the U.N. met in Geneva.", "It voted twice."]),
        ("en", ["The vote was held at the U.N.", "Members left at noon."]),
        ("en", ["No help came from the U.S.", "The islanders were alone."]),
        ("en", ["The U.S. Navy sent two ships.", "They came late."]),
        ("en", ["The boat left at 9 p.m. Friday from Calais.", "It came back."]),
        ("en", ["The boat left at 9 p.m. EST from Boston.", "It came back."]),
        ("en", ["The boat left at 9 p.m.", "Everyone waved."]),
        ("en", ["She laughed.", "(He did not.)", "They went home."]),
        ("en", ["“Go!” she said.", "“We are late.”"]),
        ("en", ["They sold the cake.", '"There have been worse days," she said.']),
        ("en", ["Dr. Lund paid $3.5 million to Mr. Costa.", "He thanked her."]),
        ("en", ["Berg helped then-Sen. Ana Lund win.", "Ex-Gov. Ole Dahl left."]),
        ("en", ["Ana will sing in Norr from July 30-Aug. 7.", "Tickets are sold."]),
        ("en", ["The ferry sailed until mid-Oct.", "The crew went home."]),
        ("en", ["The ferry was on E! News on Monday.", "So did I!", "The crew laughed."]),
        ("en", ["The short answer is no.", "Poll after poll has shown it.", "See no. 3 of the list."]),
        ("fr", ["Le ministre a vu M. Dupont et Mme. Lund hier.", "Il est reparti à 20 h."]),
        ("de", ["Am 3. März kam Dr. Lund z. B. nach Kiel.", "Dann fuhr sie heim."]),
        ("es", ["¿Quién pagó el muelle?", "Nadie lo sabe."]),
        ("tr", ["Dr. Kaya saat 17.30'da geldi.", "Toplantı bitti."]),
        ("ru", ["Паром вышел в море.", "Его ждали год."]),
        ("el", ["Το πλοίο έφυγε.", "Κανείς δεν ήρθε."]),
        ("ar", ["غادرت السفينة الميناء.", "هل عادت؟"]),
        ("hi", ["नाव चली गई।", "लोग खुश थे।"]),
        ("ja", ["船が出た。", "人々は手を振った。"]),
        ("zh", ["船开了。", "大家都很高兴。"]),
        ("en", ["Prices rose 3% in May.", "Sales of boats fell.", "Ana May left on 5 May."]),
        ("en", ["It was built after World War I.", "Gulls came."]),
        ("en", ["The sale ended at 5 p.m.", '"We are glad," she said.', "Lund Inc. Chief Ana Berg left."]),
        ("sv", ["De kom i maj.", "Priserna steg."]),
        ("da", ["De kom i maj.", "Priserne steg.", "Den 2. Division er ny.", "Han kom den 3.", "Hun gik."]),
        ("de", ["Im 19. Jahrhundert wuchs die Stadt.", "Der 1. FC Lund gewann.", "Er kam am 3.", "Sie ging."]),
        ("de", ["Das war im 2. Weltkrieg.", "Alaska wurde der 49. Bundesstaat.", "Er ist 19.", "Am Abend ging er."]),
        ("de", ["Bis ins 17. Jahrhundert blieb es still.", "Es waren 19.", "Dann kam er."]),
        ("tr", ["19. Yüzyılda şehir büyüdü.", "Norr 2. Ağır Ceza karar verdi.", "Yaşı 19.", "Ama gitti."]),
        ("ja", ["市長は「嬉しい。」と述べた。", "彼は『終わりだ！』と叫んだ。", "「本当か？」と尋ねた。"]),
        ("ja", ["彼は来た。", "「行こう。」彼は言った。"]),
        ("zh", ["『好。』他说。", "她笑了。"]),
        ("th", ['นายกรัฐมนตรีของเมืองนี้กล่าวในที่ประชุมใหญ่ว่า "เราจะเปิดท่าเรือในเดือนหน้า"']),
    ],
)
def test_sentences_end_where_readers_end_them(language: str, expected: list[str]) -> None:
    """Abbreviations, initials, times, brackets and quotes, in several languages."""
    joiner = "" if language in {"ja", "zh"} else " "

    assert split(joiner.join(expected), language) == expected


def test_the_shared_hard_cases_are_all_split_rightly(shared: Path) -> None:
    """All forty cases, none excepted."""
    cases = json.loads((shared / "data" / "sentence-splitting-cases.json").read_text("utf-8"))

    wrong = {case["id"] for case in cases if split(case.get("t") or " ".join(case["s"])) != case["s"]}
    assert wrong == set()


def test_spans_count_from_the_start_of_the_text() -> None:
    """A block in the middle of a text gives spans of the text, in code points."""
    text = "Ünïcode 😀 first. Second one."

    assert [tuple(span) for span in sentences(text, 10, len(text), "en")] == [(10, 16), (17, 28)]


def test_a_long_block_is_split_as_its_parts_are() -> None:
    """Windows over a long block lose and add no boundary."""
    unit = ["The council of ward nine met at 10 p.m. Monday and voted.", "It adopted the plan (it was late.) and left."]

    assert split(" ".join(unit * 5000)) == unit * 5000


def test_a_long_block_without_boundaries_is_one_sentence() -> None:
    """A window that holds no boundary is followed by one that goes on in mid-sentence."""
    assert split("word " * 60_000 + "end.") == ["word " * 60_000 + "end."]


@given(
    st.text(st.sampled_from("ab AB.!?\n\"“”()' \u200b\x00。é"), max_size=120), st.sampled_from(["en", "fr", "zh", "th"])
)
def test_sentences_hold_every_character_that_is_not_blank(text: str, language: str) -> None:
    """In order, without overlap, without blank edges, whatever the text."""
    end = 0
    for span in sentences(text, 0, len(text), language):
        assert span.start < span.end
        assert not text[end : span.start].strip(BLANK)
        assert text[span.start : span.end].strip(BLANK) == text[span.start : span.end]
        end = span.end
    assert not text[end:].strip(BLANK)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "da",
            "Mødet var d. 3. maj kl. 10.30. | Borgmesteren, f.eks. hr. Lund, sagde nej. | Den 1. juli går den.",
        ),
        (
            "no",
            "Møtet var 3. mai kl. 10.30. | Ordføreren, f.eks. hr. Lund, sa nei. | Det kostet ca. 4 mill. kr. i alt.",
        ),
        ("sv", "Mötet var den 3 maj kl. 10.30. | Borgmästaren, t.ex. hr. Lund, sa nej. | Dr. Holm m.fl. var där."),
        (
            "pl",
            "Spotkanie było 3. maja o godz. dziesiątej. | Burmistrz, np. pan Lund, odmówił. | To było ok. 4 mln. zł.",
        ),
        ("hu", "Az ülést május 3. napján tartották. | A polgármester nemet mondott. | Holm is ott volt."),
        ("tr", "Toplantı 3. kez yapıldı. | Belediye başkanı hayır dedi. | Yaklaşık 4 mil. liraya mal oldu."),
        ("pt", "A reunião foi a 3 de maio. | O presidente, p. ex. o Sr. Lund, disse não. | Cf. p. 12 do livro."),
        ("ru", "Мэр, напр. г-н Лунд, сказал нет. | Это стоило ок. 4 млн. рублей. | Паром не вышел."),
        ("sv", "ja det var bra. | nej det var det inte. | vi kommer i morgon."),
    ],
)
def test_abbreviations_and_ordinals_of_other_languages(language: str, text: str) -> None:
    """A small letter, or a number behind what is short, goes on; not where nobody writes capitals."""
    expected = text.split(" | ")

    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("piece", "language"), [("ก", "th"), ("กข ", "th"), ("的。字、字，", "en"), ("ab.", "da"), ("“a ‘b ", "en")]
)
def test_the_cost_grows_with_the_length_and_the_clock_is_looked_at(piece: str, language: str) -> None:
    """Whatever the text is made of."""

    def seconds(text: str) -> float:
        started = time.process_time()
        looks: list[int] = []
        list(sentences(text, 0, len(text), language, lambda: looks.append(1)))
        assert len(looks) >= len(text) // 8192
        return time.process_time() - started

    text = piece * (40_000 // len(piece))
    seconds(text[:4_000])  # what is loaded once
    # the least of three: other tests may slow the machine down for a while
    quarter, whole = (min(seconds(part) for _ in range(3)) for part in (text[:10_000], text))

    assert whole < max(0.2, 10 * quarter)


def test_initials_after_a_hyphen_are_not_parted() -> None:
    """Sentencex cuts "anti-U.S." in two."""
    text = "The anti-U.S. protests went on. The ferry did not sail."

    assert [text[slice(*span)] for span in sentences(text, 0, len(text), "en")] == [
        "The anti-U.S. protests went on.",
        "The ferry did not sail.",
    ]
