"""Records for batches: distinct stories, made of a few clauses, with broken lines between them."""

from __future__ import annotations

import random

from tests.bulk.lines import BROKEN_LINES

_WHO = ("The harbour master", "A fisherman", "The mayor of Osterby", "The builders", "An engineer", "The school")
_DID = ("said on Tuesday that", "told the council that", "wrote in a letter that", "found in spring that")
_WHAT = (
    "the old wall has moved by nine centimetres",
    "ferries will land at the second pier",
    "the regatta may have to wait until autumn",
    "forty boats were without a berth",
    "the crane was too heavy for the quay",
    "nobody had measured the depth for years",
)


def story(number: int) -> dict[str, object]:
    """The story of that number, the same on every day."""
    chance = random.Random(number)
    sentences = [
        f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} near mark {chance.randrange(900)}."
        for _ in range(chance.randrange(4, 12))
    ]
    return {"id": f"story-{number}", "text": " ".join(sentences)}


def broken(number: int) -> bytes:
    """A line that cannot be answered; they take turns."""
    return BROKEN_LINES[number % len(BROKEN_LINES)].content
