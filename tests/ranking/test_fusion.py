"""Both rankings together with position."""

from __future__ import annotations

import numpy as np

from service.ranking.fusion import fusion, position_weights, scaled_to_best


def test_the_first_sentence_weighs_most_and_late_ones_a_tenth() -> None:
    """The bonus is 1 for the first sentence, 1/e for one nearly three later, and fades to the floor."""
    weights = position_weights(np.array([0, 14, 1000]))

    np.testing.assert_allclose(weights, [1.12, np.exp(-5) + 0.12, 0.12])


def test_both_rankings_count_the_same_however_even_they_are() -> None:
    """Each is scaled to its best before they are added."""
    scores = fusion(np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.4, 0.4]), np.array([9000, 9000, 9000]))

    np.testing.assert_allclose(scores, np.array([1 + 0.5, 0.5 + 1, 1 / 6 + 1]) * 0.12)


def test_among_equals_the_earlier_wins() -> None:
    """With even rankings the order is the text's."""
    even = np.full(5, 0.2)

    assert (np.diff(fusion(even, even, np.arange(5))) < 0).all()


def test_nothing_to_scale_is_left_alone() -> None:
    """Scores of zero and no scores at all do not divide by zero."""
    assert scaled_to_best(np.zeros(3)).tolist() == [0, 0, 0]
    assert scaled_to_best(np.zeros(0)).tolist() == []


def test_without_trust_in_the_lead_it_is_textrank() -> None:
    """A text that is not news is ranked by the better of the graphs."""
    textrank, lexrank = np.array([0.2, 0.5, 0.3]), np.array([0.6, 0.1, 0.3])

    scores = fusion(textrank, lexrank, np.arange(3), lead_trust=0.0, title_shares=np.array([1.0, 0.0, 0.0]))

    np.testing.assert_allclose(scores, 2 * textrank / 0.5)


def test_the_titles_words_count_in_news() -> None:
    """A sentence with all of them weighs three tenths more."""
    even = np.full(3, 1 / 3)
    plain, titled = (fusion(even, even, np.arange(3), title_shares=shares) for shares in (None, np.array([0, 0.5, 1])))

    np.testing.assert_allclose(titled / plain, [1, 1.15, 1.3])
