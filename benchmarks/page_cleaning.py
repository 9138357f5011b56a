"""Measure how well a story is told from the furniture of its page.

    python -m benchmarks.page_cleaning STORIES.jsonl [--pieces shown|held] [--seed N] [--missed]

puts 1 to 15 pieces of page furniture (96 of eight kinds, written by somebody who had not seen the rules) between the
paragraphs of each story, at random places, and reads the page. Recall is the share of the story's characters that are
read as body, precision the share of the characters read as body that are the story's. Rules are mended by the `shown`
pieces (`page_inserts.jsonl`); 96 others (`page_inserts_held.jsonl`) were held back for the figure that counts.
`--missed` prints what was read wrongly.

The stories of news-writers bring furniture of their own. Lines that a reader who had not seen the rules judged to be
captions, links, headings or furniture stand in `page_own_furniture.txt`, by the SHA-256 of their text, and are left
out of the pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from service.article.reading import read

INSERTS = {
    "shown": Path(__file__).with_name("page_inserts.jsonl"),
    "held": Path(__file__).with_name("page_inserts_held.jsonl"),
}
OWN_FURNITURE = Path(__file__).with_name("page_own_furniture.txt")
MOST = 15


class Insert(NamedTuple):
    """A piece of a page that is not the story."""

    kind: str
    text: str


class Figures(NamedTuple):
    """What was read of some pages, in characters and, for the inserts, in pieces."""

    recall: float
    precision: float
    lost: list[str]
    """Paragraphs of stories that were not read as body."""
    missed: list[Insert]
    """Inserts that were read as body, as often as they were."""
    n_inserts: Counter[str]
    """Inserts by kind."""


def inserts(which: str) -> list[Insert]:
    """Return the pieces that are `shown` or those that were `held` back."""
    return [Insert(**json.loads(line)) for line in INSERTS[which].read_text("utf-8").splitlines()]


def digest(line: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a line."""
    return hashlib.sha256(line.encode()).hexdigest()[:16]


def page(paragraphs: list[str], pieces: list[Insert], shuffled: random.Random) -> Iterator[str | Insert]:
    """Yield the paragraphs in order, with 1 to 15 pieces between, before or after them."""
    chosen = shuffled.sample(pieces, shuffled.randint(1, MOST))
    places = sorted((shuffled.randint(0, len(paragraphs)), number) for number in range(len(chosen)))
    for place, paragraph in enumerate([*paragraphs, None]):
        yield from (chosen[number] for where, number in places if where == place)
        if paragraph is not None:
            yield paragraph


def measure(stories: list[str], which: str, seed: int) -> Figures:
    """Read a page made of each story."""
    shuffled = random.Random(f"{seed} {which}")
    pieces = inserts(which)
    own_furniture = frozenset(OWN_FURNITURE.read_text("utf-8").split())
    kept = total = foreign = 0
    lost: list[str] = []
    missed: list[Insert] = []
    n_inserts: Counter[str] = Counter()
    for story in stories:
        paragraphs = [line for line in map(str.strip, story.splitlines()) if line and digest(line) not in own_furniture]
        lines = list(page(paragraphs, pieces, shuffled))
        text = "\n\n".join(line if isinstance(line, str) else line.text for line in lines)
        article, start = read(text, "en"), 0
        for line in lines:
            end = start + len(line if isinstance(line, str) else line.text)
            n_body = sum(
                max(0, min(end, block.end) - max(start, block.start))
                for block in article.blocks
                if block.role in {"body", "dateline"}
            )
            if isinstance(line, str):
                kept, total = kept + n_body, total + end - start
                lost += [line] if not n_body else []
            else:
                foreign += n_body
                n_inserts[line.kind] += 1
                missed += [line] if n_body else []
            start = end + 2
    return Figures(kept / total, kept / (kept + foreign), lost, missed, n_inserts)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--pieces", choices=["shown", "held"], default="shown")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true")
    arguments = parser.parse_args()
    stories = [json.loads(line)["article"] for line in arguments.stories.read_text("utf-8").splitlines()]
    figures = measure(stories, arguments.pieces, arguments.seed)
    print(f"{len(stories)} pages, {sum(figures.n_inserts.values())} inserts of the {arguments.pieces} pieces")
    print(f"recall {figures.recall:.4f}, precision {figures.precision:.4f}")
    missed = Counter(piece.kind for piece in figures.missed)
    for kind, count in figures.n_inserts.items():
        print(f"  {kind:10} {count - missed[kind]:4} of {count} told from the story")
    if arguments.missed:
        print(*figures.lost, *(f"{piece.kind}: {piece.text}" for piece in dict.fromkeys(figures.missed)), sep="\n")


if __name__ == "__main__":
    main()
