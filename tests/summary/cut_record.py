"""What a few hundred sentences can do without: every cut found, so that a change of a rule shows all it changes.

    python -m tests.summary.cut_record

writes `cut_record.txt` anew, after a change that is meant to change cuts: read the difference line by line, as an
editor would. A sentence stands there with its tags below it, then its cuts, each with what goes with it; a new sentence
is added by writing it into the file.
"""

from __future__ import annotations

from pathlib import Path

from service.summary.clauses import Reading, read_clauses
from service.summary.cuts import cuts, last_resorts
from service.summary.cuts.models import Cut

STORED = Path(__file__).with_suffix(".txt")
_INDENT = "    "


def recorded() -> list[tuple[str, list[str]]]:
    """Return each sentence of the file and the lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in STORED.read_text("utf-8").splitlines():
        if line.startswith(_INDENT):
            found[-1][1].append(line.removeprefix(_INDENT))
        else:
            found.append((line, []))
    return found


def all_cuts(reading: Reading, *, drops_attribution: bool) -> set[Cut]:
    """Return the cuts of an English sentence, the last resorts too."""
    return {*cuts(reading, code="en", drops_attribution=drops_attribution), *last_resorts(reading)}


def record(sentence: str) -> list[str]:
    """Return the lines for a sentence: its tags, then its cuts by place."""
    reading = read_clauses(sentence, is_english=True)
    found = sorted(all_cuts(reading, drops_attribution=True))
    return [reading.tags, *(f"{cut.loss.name}: {reading.text(cut.start, cut.end)}" for cut in found)]


if __name__ == "__main__":
    entries = [(sentence, record(sentence)) for sentence, _ in recorded()]
    text = "\n".join("\n".join([sentence, *(_INDENT + line for line in lines)]) for sentence, lines in entries)
    STORED.write_text(text + "\n", "utf-8")
