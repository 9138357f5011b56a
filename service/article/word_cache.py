"""What was worked out of a word, remembered for the words of late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MAX_LETTERS = 40
"""Longer words are not remembered."""

Found = TypeVar("Found")


class WordCache(dict[str, Found]):
    """Word as written -> what `work_out` makes of it, which is asked when a word is new or long not seen.

    Two generations: when half of `most_words` are remembered they become the older half, whose words are taken over
    as they come again, and what the older half held before is forgotten. So common words are always kept. Any word has
    an entry. Threads may share it: at worst two of them work out the same word.
    """

    def __init__(self, work_out: Callable[[str], Found], most_words: int) -> None:
        """Start empty."""
        super().__init__()
        self._work_out = work_out
        self._half = most_words // 2
        self._older: dict[str, Found] = {}

    def __missing__(self, word: str) -> Found:
        """Take the word over from the older half, or work it out, and keep it if it is not too long."""
        found = self._older.get(word)
        if found is None:
            found = self._work_out(word)
        if len(word) <= MAX_LETTERS:
            if len(self) >= self._half:
                self._older = dict(self)
                super().clear()
            self[word] = found
        return found

    def clear(self) -> None:
        """Forget all words."""
        super().clear()
        self._older = {}
