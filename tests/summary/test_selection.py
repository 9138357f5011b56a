"""Choosing sentences."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest

from benchmarks.texts import article as distinct
from service.article.reading import read
from service.ranking.vectors import sentence_terms
from service.summary.options import Length
from service.summary.selection import Said, budget_for, choose

TEXT = (
    "The ferry line reopened on Monday. Two hundred people came to the quay. The ferry line was reopened Monday. "
    "Rain fell. The works cost twelve million euros in the end. It was. It was!"
)
ARTICLE = read(TEXT, "en")
TEXTS = [TEXT[sentence.start : sentence.end] for sentence in ARTICLE.sentences]
COUNTS = sentence_terms([sentence.terms for sentence in ARTICLE.sentences])


def chosen(order: list[int], **length: float) -> list[int]:
    """Indices of what is chosen from the article in this order under this length."""
    return choose(ARTICLE, order, budget_for(Length(**length), ARTICLE, " "), COUNTS)


def test_the_best_are_taken_until_the_budget_is_spent() -> None:
    """A budget in sentences takes the first of the order."""
    assert chosen([4, 0, 1, 3], sentences=2) == [4, 0]


def test_what_repeats_a_chosen_sentence_is_skipped() -> None:
    """The same facts in nearly the same words, and the same words without any content."""
    assert chosen([0, 2, 1], sentences=3) == [0, 1]
    assert chosen([5, 6, 3], sentences=3) == [5, 3]


def test_a_shorter_choice_is_a_prefix_of_a_longer_one() -> None:
    """So a slider can shorten without asking again."""
    longest = chosen([4, 2, 0, 1, 3, 5, 6], sentences=7)

    for n in range(1, 7):
        assert chosen([4, 2, 0, 1, 3, 5, 6], sentences=n) == longest[:n]


def test_what_does_not_fit_makes_room_for_what_does() -> None:
    """A sentence over the words left is skipped, not cut."""
    assert [TEXTS[index] for index in chosen([4, 1, 3, 0], words=11)] == [TEXTS[4], TEXTS[3]]


def test_characters_count_the_spaces_between_sentences() -> None:
    """The joined summary, not the sum of its sentences, fits the budget."""
    both = f"{TEXTS[1]} {TEXTS[3]}"

    assert chosen([1, 3], characters=len(both)) == [1, 3]
    assert chosen([1, 3], characters=len(both) - 1) == [1]


@pytest.mark.parametrize(("ratio", "n_words"), [(1.0, 34), (0.5, 17), (0.999, 33), (0.01, 0)])
def test_a_ratio_is_rounded_down_to_words(ratio: float, n_words: int) -> None:
    """Of 34 words, all but a thousandth are 33."""
    assert sum(sentence.n_words for sentence in ARTICLE.sentences) == 34
    assert budget_for(Length(ratio=ratio), ARTICLE, " ").amount == n_words


def test_nothing_is_chosen_when_nothing_fits() -> None:
    """A budget under the shortest sentence gives an empty choice."""
    assert chosen([0, 1, 2, 3, 4], words=1) == []


def test_said_compares_by_cosine_of_term_counts() -> None:
    """Half the words in common is not yet a repetition; more is."""
    article = read(
        "Ferries carry islanders daily. Ferries carry tourists weekly. Ferries carry islanders weekly.", "en"
    )
    said = Said(article.text)

    said.add(article.sentences[0])

    assert not said.holds(article.sentences[1])
    assert said.holds(article.sentences[2])
    assert said.holds(article.sentences[0])


def test_hundreds_are_compared_with_one_another_as_a_few_are() -> None:
    """Where many may be chosen all pairs are compared first, where few are one by one: the same repeats are found."""
    again = " ".join(TEXTS[:4])
    article = read(f"{distinct(180, seed=3)}\n{again} It was. It was! {again}", "en")
    order = list(range(len(article.sentences)))
    random.Random(5).shuffle(order)
    counts = sentence_terms([sentence.terms for sentence in article.sentences])
    said, one_by_one = Said(article.text), []
    for index in order:
        if not said.holds(article.sentences[index]):
            said.add(article.sentences[index])
            one_by_one.append(index)

    found = choose(article, order, budget_for(Length(sentences=len(order)), article, " "), counts)

    assert found == one_by_one
    assert len(order) - 30 < len(found) < len(order) - 5
    assert found[:100] == choose(article, order, budget_for(Length(sentences=100), article, " "), counts)


@pytest.mark.parametrize("n_sentences", [3, 99, 100, 150])
def test_what_is_put_off_comes_last(n_sentences: int) -> None:
    """Among the first hundred chosen, and a hundred at most; a smaller choice stays a prefix of a larger one."""
    article = read(" ".join(f"Rower{i} bought ship{i} in town{i}." for i in range(180)), "en")
    order = list(range(180))
    counts = sentence_terms([sentence.terms for sentence in article.sentences])

    def found(n_sentences: int, late: set[int]) -> list[int]:
        budget = budget_for(Length(sentences=n_sentences), article, " ")
        return choose(article, order, budget, counts, is_put_off=lambda sentence: sentence.index in late)

    few = {1, 2, 50, 170}  # the last is looked at when a hundred are chosen
    assert found(180, few) == [index for index in order if index not in few - {170}] + [1, 2, 50]
    assert found(n_sentences, few) == found(180, few)[:n_sentences]
    assert found(180, set(order)) == [*range(100, 180), *range(100)]


def test_equal_sentences_by_the_thousand_take_no_memory() -> None:
    """Millions of pairs are alike; none is kept."""
    article = read(f"{distinct(150, seed=3)}\n{'The old ferry sank. ' * 4000}", "en")
    counts = sentence_terms([sentence.terms for sentence in article.sentences])
    order = list(range(len(article.sentences)))
    tracemalloc.start()

    found = choose(article, order, budget_for(Length(sentences=len(order)), article, " "), counts)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 100 < len(found) <= 151
    assert peak < 150 * 2**20


def test_few_of_many_are_found_in_no_time() -> None:
    """A summary of a thousand characters does not wait until all pairs of a long text are compared."""
    article = read(f"{distinct(3000, seed=3)} So it is.", "en")
    counts = sentence_terms([sentence.terms for sentence in article.sentences])
    order = list(range(len(article.sentences)))

    def seconds(**length: float) -> float:
        started = time.process_time()
        choose(article, order, budget_for(Length(**length), article, " "), counts)
        return time.process_time() - started

    seconds(sentences=3)
    assert seconds(characters=1000) < seconds(ratio=1.0) / 5


def test_the_checkpoint_is_called_for_every_sentence_looked_at() -> None:
    """A deadline can stop the choice."""
    calls = []

    choose(ARTICLE, [0, 1, 2, 3], budget_for(Length(sentences=3), ARTICLE, " "), COUNTS, lambda: calls.append(1))

    assert len(calls) == 4
