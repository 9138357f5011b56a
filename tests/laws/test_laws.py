"""The product's laws, each held for any input. Numbers are those of the list in docs/explanation/how-it-works.md."""

from __future__ import annotations

import gc
import math
import os
import re
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, pairwise
from typing import Any

import orjson
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from service.article import words as word_caches
from service.article.languages import get_language
from service.article.lines import BLANK
from service.article.word_cache import MAX_LETTERS
from service.errors import DeadlineExceededError, TextTooLongError
from service.ranking.rankers import ALGORITHMS
from service.stopwatch import Stopwatch
from service.summary.lexicon import WORDS
from service.summary.options import SummaryOptions, validated
from service.summary.rendering import as_dict
from service.summary.summarize import Limits, Source, summarize
from tests.laws.articles import CONDITIONS, NEGATIONS, noise, sentences, stories, texts

pytestmark = pytest.mark.usefixtures("untraced")

NAMES = st.sampled_from(["fusion", "textrank", "lexrank", "lead"])
LENGTHS = st.one_of(
    st.fixed_dictionaries({"sentences": st.integers(1, 6)}),
    st.fixed_dictionaries({"words": st.integers(1, 60)}),
    st.fixed_dictionaries({"characters": st.integers(1, 300)}),
    st.fixed_dictionaries({"ratio": st.floats(0.01, 1)}),
)
SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def reply(text: str, **options: object) -> dict[str, Any]:
    """The reply for a text with these options, as JSON has it. Blank texts are not for the laws."""
    assume(text.strip(BLANK))
    chosen = validated(SummaryOptions, options)
    return as_dict(summarize([Source(text)], chosen), chosen.offsets)


def collapsed(text: str) -> str:
    """Runs of white space and control characters as one space, none at the edges."""
    return SPACE.sub(" ", text).strip(" ")


@given(texts, NAMES, LENGTHS)
def test_law_1_the_slice_is_the_sentence(text: str, algorithm: str, length: dict[str, Any]) -> None:
    """`text[start:end]`, white space collapsed, is the returned sentence."""
    for sentence in reply(text, algorithm=algorithm, length=length)["sentences"]:
        assert collapsed(text[sentence["start"] : sentence["end"]]) == sentence["text"]


@given(texts)
def test_law_1_holds_in_every_unit_of_offsets(text: str) -> None:
    """Slices of the UTF-8 bytes and of the UTF-16 units are the same sentences and the same spans."""
    utf8, utf16 = text.encode("utf-8"), text.encode("utf-16-le")
    in_bytes, in_units = reply(text, offsets="utf8"), reply(text, offsets="utf16")

    for sentence in in_bytes["sentences"]:
        assert collapsed(utf8[sentence["start"] : sentence["end"]].decode("utf-8")) == sentence["text"]
    for sentence in in_units["sentences"]:
        assert collapsed(utf16[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le")) == sentence["text"]
    for by_bytes, by_units in zip(in_bytes["highlights"], in_units["highlights"], strict=True):
        kept = b"".join(utf8[start:end] for start, end in by_bytes["spans"]).decode("utf-8")
        assert kept == b"".join(utf16[2 * start : 2 * end] for start, end in by_units["spans"]).decode("utf-16-le")


@given(texts | stories(), st.sampled_from(["en", "fr", "zh", "he"]))
def test_law_1_holds_for_the_words_of_neighbours(text: str, language: str) -> None:
    """Each stands in the sentence it explains; no sentence is its own neighbour, and the nearest come first."""
    for one in reply(text, language=language, include=["explanation"])["explanation"]["sentences"]:
        written = collapsed(text[one["start"] : one["end"]])
        similarities = [near["similarity"] for near in one["neighbours"]]

        assert all(word in written for near in one["neighbours"] for word in near["words"])
        assert one["index"] not in [near["index"] for near in one["neighbours"]]
        assert all(near["words"] for near in one["neighbours"])
        assert similarities == sorted(similarities, reverse=True)
        assert len(similarities) <= 3


@given(stories(), st.sampled_from(["none", "safe", "tight"]))
def test_law_2_a_highlight_is_spans_of_one_sentence(text: str, compression: str) -> None:
    """The spans, joined, are the highlight but for white space, the first letter's case and the final mark."""
    found = reply(text, include=["explanation"], highlights={"count": 8, "compression": compression})
    places = {entry["index"]: entry for entry in found["explanation"]["sentences"]}

    for highlight in found["highlights"]:
        spans, source = highlight["spans"], places[highlight["sentence"]]
        assert all(start < end for start, end in spans)
        assert all(left[1] < right[0] for left, right in pairwise(spans))
        assert source["start"] <= spans[0][0]
        assert spans[-1][1] <= source["end"]
        kept = collapsed("".join(text[start:end] for start, end in spans))
        marks = ".,;:–—- "
        assert highlight["text"][1:].rstrip(marks) == kept[1:].rstrip(marks)
        assert highlight["text"][0] in (kept[0], kept[0].upper())
        assert highlight["compressed"] == (spans != [[source["start"], source["end"]]])


def cuts(text: str, highlight: dict[str, Any], source: dict[str, Any]) -> list[str]:
    """What a highlight leaves out of its sentence, stretch by stretch."""
    edges = [source["start"], *(edge for span in highlight["spans"] for edge in span), source["end"]]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def words_of(text: str) -> set[str]:
    """Lower-cased words, apostrophes inside them kept."""
    return set(re.findall(r"[\w'’]+", text.lower()))


@settings(max_examples=300)
@given(st.lists(sentences(), min_size=1, max_size=6), st.sampled_from(["safe", "tight"]))
@example(["The ferry (which could carry boats) opened on Monday in town."], "safe")
@example(["The ferry (which never carried boats) opened on Monday in town."], "safe")
@example(["The ferry opened in town, the mayor said in a statement on 3 March."], "safe")
@example(["“The ferry -- the wooden one -- opened on Monday,” the mayor said."], "tight")
def test_law_3_no_cut_changes_what_is_said(parts: list[str], compression: str) -> None:
    """No negation, condition, stray number, half of a pair or part of a word is ever cut; `safe` keeps who said it."""
    text = "\n".join(parts)
    found = reply(text, include=["explanation"], highlights={"count": 8, "compression": compression})
    places = {entry["index"]: entry for entry in found["explanation"]["sentences"]}

    for highlight in found["highlights"]:
        source = places[highlight["sentence"]]
        sentence = text[source["start"] : source["end"]]
        for cut in cuts(text, highlight, source):
            assert not words_of(cut) & {*NEGATIONS, *CONDITIONS}
            is_aside = re.fullmatch(r"(?:And|But)?\s*(?:\(.*\)|[,;:–—-].*|.*,)\s*", cut, re.DOTALL)
            assert is_aside or not re.search(r"\d", cut)
            assert cut.count('"') % 2 == 0
            assert cut.count("“") == cut.count("”")
            if compression == "safe":
                assert not words_of(cut) & {"said", "according", "mayor", "she", "authority"} or is_aside
        kept = "".join(text[start:end] for start, end in highlight["spans"])
        for left, right in ("()", "[]", "“”"):
            assert kept.count(left) - kept.count(right) == sentence.count(left) - sentence.count(right)
        assert words_of(kept) <= words_of(sentence)


@given(texts, NAMES, LENGTHS)
def test_law_4_a_budget_is_kept_and_used(text: str, algorithm: str, length: dict[str, Any]) -> None:
    """Never over the length, never empty where a sentence fits, and a warning where none does."""
    found = reply(text, algorithm=algorithm, length=length, include=["explanation"])
    chosen, summary = found["sentences"], found["summary"]
    everything = found["explanation"]["sentences"]
    codes = [warning["code"] for warning in found["warnings"]]
    [(unit, amount)] = length.items()

    size = {
        "sentences": len(chosen),
        "words": len(summary.split()),
        "characters": len(summary),
        "ratio": len(summary.split()) / max(1, found["stats"]["words"]),
    }[unit]
    assert size <= amount
    assert summary == " ".join(sentence["text"] for sentence in chosen)
    if not any(map(str.isalpha, text)):
        return
    assert everything
    if not chosen:
        assert unit != "sentences"
        assert "budget-too-small" in codes
        assert all(
            not fits(collapsed(text[entry["start"] : entry["end"]]), unit, amount, found) for entry in everything
        )
    if unit == "sentences" and len(chosen) < amount:
        assert "short-text" in codes
        assert len(chosen) == sum(entry["pick"] is not None for entry in everything)


def fits(sentence: str, unit: str, amount: float, found: dict[str, Any]) -> bool:
    """Whether a sentence alone keeps the budget."""
    if unit == "characters":
        return len(sentence) <= amount
    n_words = len(sentence.split())
    return n_words <= amount if unit == "words" else n_words / found["stats"]["words"] <= amount


@given(stories(), st.integers(1, 60))
def test_law_4_the_smallest_budget_named_would_do(text: str, words: int) -> None:
    """The figure in `budget-too-small` is right: with it there is a sentence, with one less there is none."""
    found = reply(text, length={"words": words})
    small = [warning for warning in found["warnings"] if warning["code"] == "budget-too-small"]

    for warning in small:
        smallest = int(re.findall(r"is (\d+) words", warning["detail"])[0])
        assert smallest > words
        assert reply(text, length={"words": smallest})["sentences"]
        assert not reply(text, length={"words": smallest - 1})["sentences"]


@given(stories(), st.integers(0, 8), st.integers(1, 30))
def test_law_4_highlights_keep_their_bounds(text: str, count: int, max_words: int) -> None:
    """Never more than asked, none over `max_words`, and a warning when there are fewer."""
    found = reply(text, highlights={"count": count, "max_words": max_words})

    assert len(found["highlights"]) <= count
    assert all(len(highlight["text"].split()) <= max_words for highlight in found["highlights"])
    codes = [warning["code"] for warning in found["warnings"]]
    assert ("few-highlights" in codes) == (len(found["highlights"]) < count)


@given(stories(), st.integers(1, 11))
def test_law_4_a_shorter_summary_is_a_prefix_of_a_longer_one(text: str, n_sentences: int) -> None:
    """In order of choice, for every length in sentences; the explanation says the same picks."""
    shorter, longer = (
        sorted(reply(text, length={"sentences": n}, include=["explanation"])["sentences"], key=lambda s: s["pick"])
        for n in (n_sentences, 12)
    )
    assert longer[: len(shorter)] == shorter


def cosine(left: Counter[str], right: Counter[str]) -> float:
    """Cosine of two bags of terms."""
    dot = sum(left[term] * right[term] for term in left)
    return dot / (math.hypot(*left.values()) * math.hypot(*right.values())) if dot else 0.0


@given(stories(max_sentences=20), NAMES)
def test_law_5_nothing_is_said_twice(text: str, algorithm: str) -> None:
    """No two sentences, and no two highlights' sentences, are equal after normalisation or have a cosine over 0.5."""
    options: dict[str, Any] = {"length": {"sentences": 20}, "highlights": {"count": 20}, "include": ["explanation"]}
    found = reply(text, algorithm=algorithm, **options)
    places = {entry["index"]: (entry["start"], entry["end"]) for entry in found["explanation"]["sentences"]}
    english = get_language("en")

    for chosen in ([s["index"] for s in found["sentences"]], [h["sentence"] for h in found["highlights"]]):
        sources = [text[slice(*places[index])] for index in chosen]
        plain = ["".join(filter(str.isalnum, source.lower())) for source in sources]
        assert len(set(plain)) == len(plain)
        bags = [Counter(word_caches.terms(source, english)) for source in sources]
        assert all(cosine(left, right) <= 0.5 + 1e-6 for left, right in combinations(bags, 2))


STORY = """LYON, France (AP) -- The ferry line reopened on Monday, the port authority said in a statement.
Hundreds of people (and two dogs) came to the quay to see the first boat leave the harbour.
Read more: Storm closes harbour
But the works cost 12 million euros, which is twice what the council had planned.
The council said the second boat will follow in the spring -- if the pier has been rebuilt.
Fishermen said they would not pay for the new pier; the council did not answer them.
"""
DUMP = """
import sys, orjson
from service.summary.options import SummaryOptions, validated
from service.summary.rendering import as_dict
from service.summary.summarize import Source, summarize
options = validated(SummaryOptions, {"include": ["keywords", "blocks", "explanation", "text"]})
sys.stdout.buffer.write(orjson.dumps(as_dict(summarize([Source(sys.stdin.read())], options))))
"""


def dump(text: str) -> bytes:
    """The whole reply as bytes."""
    options = validated(SummaryOptions, {"include": ["keywords", "blocks", "explanation", "text"]})
    return orjson.dumps(as_dict(summarize([Source(text)], options)))


def test_law_6_other_processes_and_hash_seeds_give_the_same_bytes() -> None:
    """Nothing depends on the order of a set."""
    replies = {
        subprocess.run(
            [sys.executable, "-c", DUMP],
            input=STORY.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "4711")
    }

    assert replies == {dump(STORY)}


@settings(max_examples=25)
@given(st.lists(texts.filter(lambda text: text.strip(BLANK)), min_size=2, max_size=6))
def test_law_6_threads_and_what_came_before_do_not_matter(stories_at_once: list[str]) -> None:
    """Eight threads over shared caches give what one gave, in any order."""
    alone = [dump(text) for text in stories_at_once]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(dump, stories_at_once * 4))

    assert together == alone * 4


def test_law_7_caches_hold_single_words_only(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing with a space in it survives the answer, and nothing is printed."""
    marked = STORY.replace("ferry line", "Zyxwv ferry Qponm line")
    options = validated(SummaryOptions, {"include": ["keywords", "explanation"]})

    summarize([Source(marked, title="Zyxwv Qponm title")], options)

    remembered = [word for cache in word_caches._CACHES.values() for word in (*cache, *cache.values())]  # noqa: SLF001
    remembered += WORDS
    assert "Zyxwv" in remembered
    assert "Zyxwv" in WORDS
    assert not any(re.search(r"\s", word) for word in remembered)
    assert max(map(len, remembered)) <= MAX_LETTERS
    assert capfd.readouterr() == ("", "")


def article_of(n_sentences: int) -> str:
    """A text of so many distinct sentences of the same kind."""
    subjects = [
        "captain",
        "council",
        "ferry",
        "minister",
        "harbour",
        "fisherman",
        "storm",
        "bridge",
        "market",
        "school",
    ]
    return " ".join(
        f"The {subjects[n % 10]} of town{n % 211} met the {subjects[n // 7 % 10]} of street{n % 97} about plan{n}."
        for n in range(n_sentences)
    )


MAX_OVERTIME_SECONDS = 8
"""Measured: under a second; with coverage on a busy machine, three."""


def median_seconds(text: str, algorithm: str) -> float:
    """Median CPU time of a few summaries of the text."""
    options = validated(SummaryOptions, {"algorithm": algorithm})
    times = []
    for _ in range(5):
        started = time.process_time()
        summarize([Source(text)], options)
        times.append(time.process_time() - started)
    return statistics.median(times)


@pytest.mark.parametrize("algorithm", ["fusion", "textrank", "lexrank"])
def test_law_8_time_grows_near_linearly(algorithm: str) -> None:
    """Eight times the text takes under sixteen times as long; a quadratic step would take sixty-four."""
    small, large = article_of(500), article_of(4000)
    median_seconds(large, algorithm)  # fills the caches of words

    assert median_seconds(large, algorithm) < 16 * median_seconds(small, algorithm)


def test_law_8_memory_stays_flat() -> None:
    """A hundred further texts leave nothing behind but their words, and each takes far less than its square."""
    options = validated(SummaryOptions, {})
    for n in range(20):
        summarize([Source(article_of(50 + n))], options)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for n in range(100):
        summarize([Source(article_of(40 + n % 20))], options)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    summarize([Source(article_of(4000))], options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert after - before < 200_000
    assert peak - after < 64_000_000


def test_law_8_an_answer_leaves_no_garbage() -> None:
    """No cycle that would wait for the collector, which looks seldom."""
    options = validated(SummaryOptions, {"include": ["keywords", "blocks", "explanation"]})
    summarize([Source(STORY)], options)  # imports leave cycles, once
    gc.collect()
    gc.disable()
    try:
        as_dict(summarize([Source(STORY)], options))
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("algorithm", ["fusion", "textrank", "lexrank", "lsa", "luhn", "kl", "sum-basic", "reduction"])
def test_law_8_the_deadline_stops_the_work(algorithm: str) -> None:
    """Long work ends soon after its deadline, in every algorithm."""
    options = validated(SummaryOptions, {"algorithm": algorithm})
    text = article_of(ALGORITHMS[algorithm].max_sentences or 15_000)
    summarize([Source(article_of(10))], options)  # loads what is loaded once

    started = time.perf_counter()
    with pytest.raises(DeadlineExceededError):
        summarize([Source(text)], options, stopwatch=Stopwatch(0.005))
    assert time.perf_counter() - started < MAX_OVERTIME_SECONDS


@given(noise | stories(), st.integers(1, 100))
@example("The boat left.", 13)
def test_law_8_limits_are_checked_before_the_work(text: str, limit: int) -> None:
    """A text over the limit is refused by its size alone, with both figures; one within it is not."""
    assume(text.strip(BLANK))
    options = validated(SummaryOptions, {})
    if len(text) <= limit:
        assert summarize([Source(text)], options, limits=Limits(max_characters=limit)).text == text
        return

    with pytest.raises(TextTooLongError) as caught:
        summarize([Source(text)], options, limits=Limits(max_characters=limit))
    assert (caught.value.size, caught.value.limit) == (len(text), limit)


def test_law_7_runs_of_letters_without_spaces_are_not_remembered() -> None:
    """In Chinese a run of letters is a clause: the caches hold pairs of its letters."""
    text = "\n".join("甲乙丙丁戊己庚辛壬癸说这座桥明年春天开放。" for _ in range(2)) + "\n市政府将支付渡轮的费用。"
    word_caches._CACHES["zh"].clear()  # noqa: SLF001 - of what other tests of this process read
    summarize([Source(text)], validated(SummaryOptions, {"language": "zh"}))

    remembered = word_caches._CACHES["zh"]  # noqa: SLF001
    assert "甲乙" in remembered
    assert not [word for word in remembered if len(word) > 2 and not word.isascii()]
