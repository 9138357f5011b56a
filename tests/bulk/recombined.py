"""Stories made by recombining sentences, as many as a test wants, no two of them the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import orjson

from tests.bulk.lines import STORY


def story_lines(root: Path, n_stories: int, *, seed: int = 7) -> Iterator[bytes]:
    """Lines of JSON, each a story of 8 to 30 sentences with an id; a title and a page come now and then."""
    sentences = _sentences(root)
    chance = random.Random(seed)
    for number in range(n_stories):
        paragraphs = [" ".join(chance.choices(sentences, k=chance.randint(1, 4))) for _ in range(chance.randint(6, 10))]
        record = {"id": f"story-{number}", "text": "\n\n".join([f"Story {number}", *paragraphs])}
        if number % 10 == 1:
            record["title"] = chance.choice(sentences)
        if number % 10 == 2:
            record |= {"text": "".join(f"<p>{one}</p>" for one in paragraphs), "format": "html"}
        yield orjson.dumps(record)


def _sentences(root: Path) -> list[str]:
    """Sentences of the evaluation's stories where these are beside the checkout, else of our own samples."""
    data = root.parent / "shared/data/news-dev.jsonl"
    if data.is_file():
        with data.open("rb") as lines:
            texts = [orjson.loads(line)["article"] for line, _ in zip(lines, range(200), strict=False)]
    else:
        texts = [STORY, *(path.read_text("utf-8") for path in sorted(root.glob("service/web/static/samples/*.txt")))]
    return [f"{one.strip()}." for text in texts for one in text.replace("\n", " ").split(". ") if len(one) > 30]
