"""The table of languages: stop words, stems, folding, and how a language is asked for."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.article.languages import LANGUAGES, MAX_TERM_LETTERS, get_language
from service.article.words import words
from service.errors import UnsupportedLanguageError
from tests.article.samples import SAMPLES

EVERY_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)

# Each pair is one word in two forms, and what both become.
INFLECTED = {
    "ar": [("المهندسون", "مهندسون", "مهندس"), ("الكتاب", "كتاب", "كتاب")],
    "cs": [("města", "městem", "měst"), ("ženami", "ženách", "žen")],
    "da": [("husene", "huset", "hus"), ("bilerne", "biler", "bil")],
    "de": [("städten", "städte", "stadt"), ("brücken", "brücke", "bruck")],
    "el": [("γέφυρες", "γέφυρα", "γεφυρ"), ("δρόμοι", "δρόμος", "δρομ")],
    "en": [("forces", "force", "forc"), ("bridges", "bridge", "bridg")],
    "es": [("puentes", "puente", "puent"), ("trabajos", "trabajo", "trabaj")],
    "fi": [("talossa", "talon", "talo"), ("siltojen", "siltoja", "silto")],
    "fr": [("ponts", "pont", "pont"), ("habitantes", "habitants", "habit")],
    "hi": [("लड़कियाँ", "लड़की", "लड़क"), ("किताबें", "किताब", "किताब")],
    "hu": [("házban", "háznak", "ház"), ("kertben", "kertnek", "kert")],
    "it": [("ponti", "ponte", "pont"), ("lavorano", "lavorare", "lavor")],
    "nl": [("klanten", "klant", "klant"), ("winkels", "winkel", "winkel")],
    "no": [("husene", "huset", "hus"), ("bilene", "biler", "bil")],
    "pl": [("mosty", "mostami", "most"), ("kobietami", "kobiety", "kobiet")],
    "pt": [("pontes", "ponte", "pont"), ("trabalhos", "trabalho", "trabalh")],
    "ro": [("podurile", "podurilor", "podur"), ("grădina", "grădinile", "grădin")],
    "ru": [("мосты", "моста", "мост"), ("городами", "города", "город")],
    "sk": [("mestami", "mestách", "mest"), ("ženami", "ženách", "žen")],
    "sv": [("bilarna", "bilar", "bil"), ("städerna", "städer", "städ")],
    "tr": [("köprüler", "köprüden", "köprü"), ("evlerde", "evde", "ev")],
    "uk": [("мости", "мостами", "мост"), ("містом", "місті", "міст")],
}


@EVERY_LANGUAGE
def test_stop_words_are_there_and_folded(code: str) -> None:
    """Every language has a list of some dozens of words, in the form that words are compared in."""
    stop_words = LANGUAGES[code].stop_words

    assert len(stop_words) > 70
    assert {word for word in stop_words if word != LANGUAGES[code].fold(word) or word != word.lower()} == set()
    assert {word for word in stop_words if not word or any(map(str.isspace, word))} == set()


@pytest.mark.parametrize(
    ("code", "common"),
    [
        ("en", "the of and that isn't isnt was"),
        ("fr", "de la les une et à que"),
        ("es", "de la el que y en los"),
        ("pt", "de não que e é uma"),
        ("de", "der die und nicht ist"),
        ("uk", "не за що та після"),
        ("ja", "の は を に"),
        ("ro", "și şi este"),
        ("ru", "что ещё еще не"),
    ],
)
def test_the_commonest_words_are_stop_words(code: str, common: str) -> None:
    """No language lacks the words that make up half of any text in it, in either spelling."""
    language = LANGUAGES[code]

    assert {word for word in common.split() if language.fold(word) not in language.stop_words} == set()


def test_every_stemmer_has_known_pairs() -> None:
    """No language that is stemmed is left out of the pairs below."""
    assert {code for code, language in LANGUAGES.items() if language.stemmer != "none"} == set(INFLECTED)


@pytest.mark.parametrize("code", INFLECTED)
def test_two_forms_of_a_word_share_a_stem(code: str) -> None:
    """Inflected forms come to the stem that the published algorithm gives."""
    stem = LANGUAGES[code].stem

    for one, other, expected in INFLECTED[code]:
        assert (stem(one), stem(other)) == (expected, expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [("university", "universal"), ("international", "internal"), ("organization", "organic"), ("evening", "even")],
)
def test_words_that_mean_different_things_keep_apart(one: str, other: str) -> None:
    """Snowball has learned that since nltk wrote its algorithm down, where each of these pairs has one stem."""
    stem = LANGUAGES["en"].stem

    assert stem(one) != stem(other)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in INFLECTED])
def test_languages_without_a_stemmer_leave_words_alone(code: str) -> None:
    """Where there is no stemmer a folded word is its own stem."""
    language = LANGUAGES[code]

    assert [word for word in words(SAMPLES[code], language) if language.stem(word) != word] == []


@EVERY_LANGUAGE
@settings(max_examples=25)
@given(word=st.text(min_size=1, max_size=20))
def test_any_word_has_a_stem(code: str, word: str) -> None:
    """No stemmer fails, warns, or gives nothing for any word, in whatever script."""
    language = LANGUAGES[code]
    folded = language.fold(word)

    assert bool(language.stem(folded)) == bool(folded)


@pytest.mark.parametrize("code", INFLECTED)
def test_a_stem_does_not_depend_on_earlier_words(code: str) -> None:
    """Words stem alike in whatever order they come."""
    stem = LANGUAGES[code].stem
    vocabulary = sorted(set(words(SAMPLES[code], LANGUAGES[code])))
    forwards = {word: stem(word) for word in vocabulary}

    assert {word: stem(word) for word in reversed(vocabulary)} == forwards


@pytest.mark.parametrize("code", ["ar", "hu", "en", "cs"])
def test_stems_are_the_same_in_many_threads(code: str) -> None:
    """Eight threads that stem at once get the stems that one alone gets."""
    stem = LANGUAGES[code].stem
    vocabulary = words(SAMPLES[code], LANGUAGES[code]) * 20
    expected = [stem(word) for word in vocabulary]

    switch_seconds = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: [stem(word) for word in vocabulary], range(8)))
    finally:
        sys.setswitchinterval(switch_seconds)

    assert [answer == expected for answer in answers] == [True] * 8


@pytest.mark.parametrize(
    ("code", "word", "folded"),
    [
        ("en", "Forces", "forces"),
        ("en", "DIDN’T", "didn't"),
        ("en", "co\u2011operate", "co-operate"),
        ("en", "sum\u00admary\u200b", "summary"),
        ("en", "cafe\u0301", "café"),
        ("en", "ﬁsh", "fish"),
        ("en", "_very_", "very"),
        ("de", "STRAẞE", "straße"),
        ("el", "ΟΔΟΣ", "οδος"),
        ("tr", "ISPARTA", "ısparta"),
        ("tr", "İzmir", "izmir"),
        ("en", "İzmir", "izmir"),
        ("ro", "Brașov", "braşov"),
        ("ru", "Ёлка", "елка"),
        ("ja", "ＡＢＣ", "abc"),
        ("uk", "зʼїзд", "з'їзд"),
        ("he", "צה״ל", 'צה"ל'),
        ("en", "\u00ad", ""),
    ],
)
def test_folding(code: str, word: str, folded: str) -> None:
    """What is written in two ways is compared in one."""
    assert LANGUAGES[code].fold(word) == folded


def test_folding_reads_only_the_first_letters() -> None:
    """A word of a million letters is folded as quickly as one of sixty-four."""
    assert LANGUAGES["en"].fold("A" * 1_000_000) == "a" * MAX_TERM_LETTERS


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("zh-Hant-TW", "zh"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("iw", "he"),
        (" de ", "de"),
    ],
)
def test_codes_are_read_without_case_or_region(asked: str, code: str) -> None:
    """A region, a script and capitals do not change which language is meant."""
    assert get_language(asked).code == code


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("english", " Did you mean 'en'?"),
        ("Germann", " Did you mean 'de'?"),
        ("enn", " Did you mean 'en'?"),
        ("xx", ""),
        ("", ""),
        ("e n", " Did you mean 'en'?"),
        ("日本", ""),
        ("en-", " Did you mean 'en'?"),
    ],
)
def test_an_unknown_language_is_refused_with_the_nearest(asked: str, hint: str) -> None:
    """The refusal names the value, the nearest code if one is near, and where all are listed."""
    with pytest.raises(UnsupportedLanguageError) as refusal:
        get_language(asked)

    expected = f"There is no language {asked!r}.{hint} Known: {', '.join(LANGUAGES)}."
    assert str(refusal.value) == expected


def test_a_long_unknown_language_is_quoted_in_part() -> None:
    """A code of a megabyte makes no message of a megabyte."""
    with pytest.raises(UnsupportedLanguageError) as refusal:
        get_language("e" * 1_000_000)

    assert len(str(refusal.value)) < 200


def test_the_table_costs_nothing_to_import() -> None:
    """Importing the table, and reading English words, loads neither nltk nor what sumy's own reader would."""
    script = (
        "import sys; from service.article.words import terms; from service.article.languages import LANGUAGES;"
        "terms('The boats have left.', LANGUAGES['en']);"
        "print([name for name in ('nltk', 'requests', 'pycountry', 'stopwordsiso') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"
