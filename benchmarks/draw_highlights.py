"""Draw highlights at random for people to judge, with the sentence each was made from.

    python -m benchmarks.draw_highlights STORIES.jsonl --seed 1 --count 100 --compression safe

prints one JSON object a line: number, source, highlight, shortened. Seven in ten are shortened ones, so that a judge's
time goes where something can be wrong. One highlight a story at most. Stories stay where they are: nothing of them is
written into this repository.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from service.article.lines import collapsed
from service.summary.options import SummaryOptions, validated
from service.summary.summarize import Source, summarize

SHARE_SHORTENED = 0.7


def highlights(stories: list[str], compression: str, shuffled: random.Random) -> Iterator[tuple[str, str, bool]]:
    """Yield (source sentence, highlight, whether it was shortened), one a story."""
    options = validated(SummaryOptions, {"highlights": {"compression": compression}, "include": ["explanation"]})
    for story in stories:
        summary = summarize([Source(story)], options)
        if summary.highlights and summary.explanation:
            chosen = shuffled.choice(summary.highlights)
            sentence = summary.explanation[chosen.sentence].sentence
            yield collapsed(story[sentence.start : sentence.end]), chosen.text, chosen.compressed


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--compression", choices=["none", "safe", "tight"], default="safe")
    arguments = parser.parse_args()
    shuffled = random.Random(f"{arguments.seed} {arguments.compression}")
    stories = [json.loads(line)["article"] for line in arguments.stories.read_text("utf-8").splitlines()]
    shuffled.shuffle(stories)
    left = {True: round(SHARE_SHORTENED * arguments.count)}
    left[False] = arguments.count - left[True]
    number = 0
    for source, highlight, shortened in highlights(stories, arguments.compression, shuffled):
        if left[shortened]:
            left[shortened] -= 1
            number += 1
            print(json.dumps({"number": number, "source": source, "highlight": highlight, "shortened": shortened}))
        if not any(left.values()):
            return


if __name__ == "__main__":
    main()
