"""Which language a text is in, by a model."""

from __future__ import annotations

import pytest

from service.article.detection import Detected, can_detect, detect_language
from service.article.languages import LANGUAGES
from service.article.sentences import sentences
from tests.article.samples import SAMPLES


def test_every_language_that_can_be_summarized_is_known_by_its_text() -> None:
    """27 of 27, and none is taken for one that we do not have."""
    assert {code: detect_language(text) for code, text in SAMPLES.items()} == {
        code: Detected(code) for code in LANGUAGES
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_is_enough(code: str) -> None:
    """Each sentence of the samples by itself, ten words or so."""
    text = SAMPLES[code]

    found = {detect_language(text[start:end]).code for start, end in sentences(text, 0, len(text), code)}

    assert found == {code}


@pytest.mark.parametrize("text", ["12 345. 67.", "…", "?! --", ""])
def test_what_says_nothing_is_english(text: str) -> None:
    """No letter, no language: the default."""
    assert detect_language(text) == Detected("en")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "vi",
            (
                "Bến phà đã mở lại vào sáng thứ hai sau một năm sửa chữa. Người dân trên đảo nói rằng họ rất vui "
                "và hy vọng giá vé sẽ không tăng trong năm nay."
            ),
        ),
        (
            "ka",
            "ბორანი ორშაბათს დილით ისევ გავიდა ნავსადგურიდან. კუნძულის მცხოვრებლები ამბობენ, რომ ძალიან უხარიათ.",
        ),
    ],
)
def test_a_language_that_we_do_not_have_is_named(code: str, text: str) -> None:
    """It is read as the likeliest of ours all the same."""
    found = detect_language(text)

    assert found.unsupported == code
    assert found.code in LANGUAGES


def test_the_model_is_installed_where_the_tests_run() -> None:
    """So that none of these is skipped."""
    assert can_detect()
