"""Whether a text is written as news is."""

from __future__ import annotations

import pytest

from service.article.reading import read
from service.article.style import lead_trust

SENTENCE = "The council will pay for the ferry to the islands. "


@pytest.mark.parametrize(
    ("text", "trust"),
    [
        (SENTENCE * 12, 1.0),
        ("\n\n".join([SENTENCE] * 9), 1.0),
        ("\n\n".join([SENTENCE, SENTENCE * 2] * 4), 1.0),
        ("\n\n".join([SENTENCE * 2, SENTENCE * 2, SENTENCE * 3]), 0.444),
        ("\n\n".join([SENTENCE * 4] * 3), 0.0),
        ("Lyon (AP) - " + "\n\n".join([SENTENCE * 4] * 3), 1.0),
        ("\n".join(f"Speaker {n}: {SENTENCE}" for n in "ABABAB"), 0.0),
    ],
)
def test_paragraphs_tell_news_from_essays_and_transcripts(text: str, trust: float) -> None:
    """A sentence or two a paragraph is news; no paragraphs say nothing; labels of speakers are a transcript."""
    assert lead_trust(read(text, "en")) == pytest.approx(trust, abs=1e-3)
