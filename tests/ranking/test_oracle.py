"""The kernels equal their twins, and the twins with sumy's habits equal sumy."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest

from service.ranking.lexrank import lexrank
from service.ranking.textrank import textrank
from service.ranking.vectors import sentence_terms
from tests.ranking.oracle import sumy_lexrank, sumy_textrank, zipf_text, zipf_texts
from tests.ranking.twins import SUMY_LEXRANK, SUMY_TEXTRANK, Habits, lexrank_twin, paper_idf, textrank_twin

N_TEXTS = 500
N_PARTS = 10
CONVERGED = 1e-13
LINKED_TEXT = zipf_text(random.Random("habits"), 30)

Check: TypeAlias = Callable[[list[list[str]]], bool]


def check_textrank(sentences: list[list[str]]) -> bool:
    """Hold kernel to twin, and twin to sumy where sumy's scores are defined; say whether they were."""
    ours = textrank(sentence_terms(sentences), epsilon=CONVERGED, max_iterations=300)
    np.testing.assert_allclose(ours, textrank_twin(sentences), rtol=0, atol=1e-9)
    theirs = sumy_textrank(sentences)
    if theirs is not None:
        np.testing.assert_allclose(textrank_twin(sentences, SUMY_TEXTRANK), theirs, rtol=0, atol=1e-9)
    return theirs is not None


def check_lexrank(sentences: list[list[str]]) -> bool:
    """Hold both forms of the kernel to the twin, and twin to sumy where sumy's scores are defined; say whether."""
    counts = sentence_terms(sentences)
    for threshold in (None, 0.1):
        ours = lexrank(counts, threshold=threshold, epsilon=CONVERGED, max_iterations=300)
        np.testing.assert_allclose(ours, lexrank_twin(sentences, Habits(threshold=threshold)), rtol=0, atol=1e-9)
    theirs = sumy_lexrank(sentences)
    if theirs is not None:
        np.testing.assert_allclose(lexrank_twin(sentences, SUMY_LEXRANK), theirs, rtol=0, atol=1e-9)
    return theirs is not None


@pytest.mark.parametrize("check", [check_textrank, check_lexrank])
@pytest.mark.parametrize("part", range(N_PARTS))
def test_kernel_twin_and_sumy_agree_on_generated_texts(check: Check, part: int) -> None:
    """On 500 generated texts where sumy's scores are defined, all agree to 1e-9."""
    n_compared = n_texts = 0
    for sentences in zipf_texts(f"part {part}"):
        n_texts += 1
        n_compared += check(sentences)
        if n_compared == N_TEXTS // N_PARTS:
            break

    assert n_texts < 2 * n_compared, "sumy's scores should be defined for most texts"


@pytest.mark.parametrize("check", [check_textrank, check_lexrank])
def test_kernel_twin_and_sumy_agree_on_the_seed_pages(check: Check, shared: Path) -> None:
    """On the body lines of the seed pages, all agree to 1e-9."""
    roles = json.loads((shared / "seeds" / "roles.json").read_text(encoding="utf-8"))
    for name, role_of_line in roles.items():
        lines = (shared / "seeds" / name).read_text(encoding="utf-8").split("\n")
        body = [line for number, line in enumerate(lines, start=1) if role_of_line.get(str(number)) == "body"]
        words = {tuple(re.findall(r"\w+", line.lower())): None for line in body}

        assert check([list(sentence) for sentence in words if sentence])


@pytest.mark.parametrize(
    "sentences",
    [
        [["a"]],
        [["a"], ["a"]],
        [["a"], ["b"]],
        [["a"], [], ["a", "b"]],
        [["a", "a", "a"], ["a"], ["b", "c"], ["c"]],
        [["a", "b"], ["a", "b"], ["b", "a"]],
        [[], []],
    ],
)
def test_kernel_equals_twin_where_sumy_is_not_defined(sentences: list[list[str]]) -> None:
    """Equal, empty, isolated and one-term sentences are scored as the twin scores them."""
    check_textrank(sentences)
    check_lexrank(sentences)


@pytest.mark.parametrize("change", [{"self_loops": False}, {"zero_division_term": 0.0}, {"epsilon": 1e-6}])
def test_the_twin_needs_each_habit_of_sumys_textrank(change: dict[str, Any]) -> None:
    """Without any one of the habits the twin does not give sumy's scores, so none is there for nothing."""
    theirs = sumy_textrank(LINKED_TEXT)
    changed = textrank_twin(LINKED_TEXT, replace(SUMY_TEXTRANK, **change))

    assert theirs is not None
    assert np.abs(changed - theirs).max() > 1e-9


@pytest.mark.parametrize(
    "change",
    [
        {"self_loops": False},
        {"damping": 0.85},
        {"unit_norm": False},
        {"epsilon": 1e-6},
        {"idf": paper_idf},
        {"threshold": None},
    ],
)
def test_the_twin_needs_each_habit_of_sumys_lexrank(change: dict[str, Any]) -> None:
    """Without any one of the habits the twin does not give sumy's scores, so none is there for nothing."""
    theirs = sumy_lexrank(LINKED_TEXT)
    changed = lexrank_twin(LINKED_TEXT, replace(SUMY_LEXRANK, **change))

    assert theirs is not None
    assert np.abs(changed - theirs).max() > 1e-9
