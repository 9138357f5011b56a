"""Words, content words and their stems, counts of words; and what they cost on hostile texts."""

from __future__ import annotations

import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.article.languages import LANGUAGES
from service.article.words import MAX_CACHED_WORDS, count_words, located_terms, terms, words
from tests.article.samples import SAMPLES

EN = LANGUAGES["en"]
EVERY_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)
SPACED = [code for code, language in LANGUAGES.items() if not language.unspaced]


@EVERY_LANGUAGE
def test_a_sample_yields_terms(code: str) -> None:
    """A short news text has content words, and more of other words beside them than of none."""
    found = words(SAMPLES[code], LANGUAGES[code])

    assert 25 < len(terms(SAMPLES[code], LANGUAGES[code])) < len(found)


@EVERY_LANGUAGE
def test_stop_words_yield_no_terms(code: str) -> None:
    """A text of nothing but stop words has no terms."""
    language = LANGUAGES[code]

    for word in sorted(language.stop_words):
        if words(word, language) == [word]:
            assert terms(word, language) == ()


@EVERY_LANGUAGE
def test_terms_are_the_stems_of_words(code: str) -> None:
    """Each term is the stem of a word of the text that is no stop word (in English, perhaps without its ending)."""
    language = LANGUAGES[code]
    content = [word for word in words(SAMPLES[code], language) if word not in language.stop_words]
    stems = [language.stem(word.removesuffix("'s") if code == "en" else word) for word in content]

    remaining = iter(stems)
    assert [term for term in terms(SAMPLES[code], language) if term not in remaining] == []


@pytest.mark.parametrize("code", SPACED)
def test_words_between_spaces_are_counted(code: str) -> None:
    """In languages with spaces the count is what wc gives."""
    assert count_words(SAMPLES[code], LANGUAGES[code]) == len(SAMPLES[code].split())


@pytest.mark.parametrize(
    ("code", "text", "n_words"),
    [
        ("zh", "我们在 2024 年发布了 iPhone。", 9),
        ("ja", "東京タワー、333メートル", 10),
        ("th", "น้ำท่วม 3 วัน", 8),
        ("zh", "。，！", 0),
        ("ja", "", 0),
        ("th", "three words here", 3),
    ],
)
def test_letters_without_spaces_are_counted_one_by_one(code: str, text: str, n_words: int) -> None:
    """In Chinese, Japanese and Thai a letter is a word, marks and punctuation are none, the rest is as usual."""
    assert count_words(text, LANGUAGES[code]) == n_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.N. sent 3.5 million.", ["the", "u.n", "sent", "3.5", "million"]),
        ("It didn’t rock'n'roll", ["it", "didn't", "rock'n'roll"]),
        ("UN-backed co-\nop word--word", ["un-backed", "co", "op", "word", "word"]),
        ("1,000 men, 2,500,000 women", ["1,000", "men", "2,500,000", "women"]),
        ("sum\u00admary zero\u200bwidth", ["summary", "zerowidth"]),
        ("'quoted' “text” (aside) _emph_", ["quoted", "text", "aside", "emph"]),
        ("a — b … ... --- ,", ["a", "b"]),
        ("cafe\u0301 CAFÉ", ["café", "café"]),
        ("", []),
    ],
)
def test_english_words(text: str, found: list[str]) -> None:
    """Joints inside a word belong to it, marks around it do not."""
    assert words(text, EN) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The forces didn't force it", ("forc", "forc")),
        ("The company’s boats and Obama's", ("compani", "boat", "obama")),
        ("he'll she'd we've it's isnt", ()),
        ("x 7 42 3.5 1,000 B-52", ("42", "3.5", "1,000", "b-52")),
        ("up-to-the and/or", ()),
        ("U.N. U.N.", ("u.n", "u.n")),
        ("² — !", ()),
    ],
)
def test_english_terms(text: str, found: tuple[str, ...]) -> None:
    """Stop words, contractions, single letters and single digits go; the rest is stemmed, repeats kept."""
    assert terms(text, EN) == found


@pytest.mark.parametrize(
    ("code", "text", "expected_words", "expected_terms"),
    [
        ("fr", "L’homme qu'il", ["l'", "homme", "qu'", "il"], ("homm",)),
        ("fr", "aujourd'hui", ["aujourd'hui"], ()),
        ("it", "dell'isola", ["dell'", "isola"], ("isol",)),
        ("he", 'צה"ל "אמר"', ['צה"ל', "אמר"], ('צה"ל', "אמר")),
        ("hi", "हिन्दी पुलों", ["हिन्दी", "पुलों"], ("हिन्द", "पुल")),
        ("zh", "我们的桥", ["我们", "们的", "的桥"], ("的桥",)),
        ("zh", "桥 iPhone发布", ["桥", "iphone", "发布"], ("桥", "iphone", "发布")),
        ("ja", "橋のは橋", ["橋の", "のは", "は橋"], ("橋の", "は橋")),
        ("ja", "ｶﾞｲﾄﾞ", ["ガイ", "イド"], ("ガイ", "イド")),
        ("th", "ที่ดี", ["ที่ดี"], ("ที่ดี",)),
    ],
)
def test_words_of_other_languages(
    code: str, text: str, expected_words: list[str], expected_terms: tuple[str, ...]
) -> None:
    """Clitics stand apart, vowel marks stay with their letters, unspaced letters come in pairs."""
    assert words(text, LANGUAGES[code]) == expected_words
    assert terms(text, LANGUAGES[code]) == expected_terms


@pytest.mark.parametrize("block", [range(0x300, 0x370), range(0x590, 0x700), range(0x900, 0x980), range(0xE00, 0xE80)])
def test_combining_marks_never_split_a_word(block: range) -> None:
    """Every combining mark of the blocks that our languages are written in stays inside its word."""
    marks = [chr(point) for point in block if unicodedata.category(chr(point)) in {"Mn", "Mc"}]

    assert [f"{ord(mark):04x}" for mark in marks if len(words(f"ab{mark}cd", EN)) != 1] == []


@EVERY_LANGUAGE
@settings(max_examples=25)
@given(text=st.text())
def test_any_text_can_be_read(code: str, text: str) -> None:
    """Whatever the text, words and terms are not empty, there are no more terms than words, and counts agree."""
    language = LANGUAGES[code]
    found = words(text, language)

    assert all(found)
    assert all(terms(text, language))
    assert len(terms(text, language)) <= len(found)
    assert count_words(text, language) >= 0


@given(parts=st.lists(st.sampled_from(SAMPLES["en"].split()), max_size=30))
def test_terms_of_a_text_are_those_of_its_words(parts: list[str]) -> None:
    """A word's term does not depend on what stands around it."""
    assert terms(" ".join(parts), EN) == tuple(term for part in parts for term in terms(part, EN))


HOSTILE = {
    "full stops": "." * 1_000_000,
    "hyphens": "-" * 1_000_000,
    "apostrophes": "a'" * 500_000,
    "letters and hyphens": "a-" * 500_000,
    "letters": "a" * 1_000_000,
    "marks": "a" + "\u0301" * 1_000_000,
    "digits and commas": "1," * 500_000,
    "underscores": "_" * 1_000_000,
    "soft hyphens": "a" + "\u00ad" * 1_000_000,
    "Hebrew quotation": 'א"' * 500_000,
    "spaces": " " * 1_000_000,
    "line feeds": "\n" * 1_000_000,
    # Each letter makes a word here, which is work like any other.
    "Han": "桥" * 300_000,
    "Thai marks": "ก" + "\u0e48" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("code", ["en", "fr", "zh", "th"])
def test_hostile_texts_are_read_in_linear_time(code: str, text: str) -> None:
    """A million of anything that is one word or none takes some four times as long as a quarter of it, not sixteen."""
    language = LANGUAGES[code]
    terms("Warm up.", language)

    def seconds(text: str) -> float:
        started = time.process_time()
        terms(text, language)
        count_words(text, language)
        return time.process_time() - started

    of_quarter = seconds(text[: len(text) // 4])
    assert seconds(text) < 10 * max(of_quarter, 0.02)


def test_more_words_than_are_remembered_have_terms() -> None:
    """Those that are worked out anew have the same ones."""
    text = " ".join(f"w{i}" for i in range(MAX_CACHED_WORDS + 10))

    assert terms(text, LANGUAGES["he"]) == tuple(text.replace("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9", text[:29]).split())


def test_terms_are_the_same_in_many_threads() -> None:
    """Eight threads that read at once find the same terms, in whatever order new words come."""
    language = LANGUAGES["ar"]
    expected = terms(SAMPLES["ar"], language)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda i: terms(SAMPLES["ar"] + f" كلمة{i}", language), range(200)))

    assert {answer[: len(expected)] for answer in answers} == {expected}


@EVERY_LANGUAGE
def test_located_terms_are_the_terms_and_their_places(code: str) -> None:
    """The same stems as `terms`, in order, each with the span of the word it comes from."""
    language, text = LANGUAGES[code], SAMPLES[code]

    located = list(located_terms(text, language, 0, len(text)))

    assert tuple(term for _, term in located) == terms(text, language)
    assert all(terms(text[span.start : span.end], language) == (term,) for span, term in located)


@given(st.text("กขคิี่้字文的。、ーｱﾞ\u3099abc1 ,.'-", max_size=20), st.sampled_from(["zh", "ja", "th"]))
def test_pairs_of_letters_are_located_as_they_are_found(text: str, code: str) -> None:
    """With marks upon letters and without, in any mixture."""
    located = located_terms(text, LANGUAGES[code], 0, len(text))

    assert tuple(term for _, term in located) == terms(text, LANGUAGES[code])


def test_located_terms_of_mixed_scripts_part_where_the_scripts_do() -> None:
    """A Latin word and the ideographs behind it are two words, and a lone ideograph is one."""
    chinese = LANGUAGES["zh"]

    assert [(tuple(span), term) for span, term in located_terms("iPhone发布 桥", chinese, 0, 10)] == [
        ((0, 6), "iphone"),
        ((6, 8), "发布"),
        ((9, 10), "桥"),
    ]
