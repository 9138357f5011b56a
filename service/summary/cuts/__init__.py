"""The parts of a sentence that may be left out.

In any language, asides that marks set off (`asides`) and the connective that opens it. In English, what grammar lets
go, found in the string of its tags and checked by its words: a tail, from some point to the end or to the final
attribution; an interruption, between subject and verb or between two commas; a front, up to the comma before the
subject; and single words and phrases that say when. A rule proposes only what leaves a main clause with its verb; what
the cut may not hold is for `guards`. The kinds of cuts follow Knight and Marcu ("Summarization beyond sentence
extraction", 2002) and Zajic, Dorr and Schwartz ("Hedge Trimmer", 2003); there they come from a parse, here from closed
classes and commas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from service.summary.clauses import Reading
from service.summary.cuts.asides import aside_cuts
from service.summary.cuts.attributions import attribution_cuts, connective_cuts, occasion_cuts
from service.summary.cuts.fronts import front_cuts
from service.summary.cuts.interruptions import interruption_cuts, subject_cuts
from service.summary.cuts.models import Cut, Loss
from service.summary.cuts.phrases import last_phrase_cuts, phrase_cuts
from service.summary.cuts.tails import last_tail_cuts, tail_cuts
from service.summary.guards import may_drop


def cuts(reading: Reading, *, code: str, drops_attribution: bool) -> Iterator[Cut]:
    """Yield the cuts that grammar and guards allow, each by itself, but the last resorts; some come twice.

    `code` is the language's.

    Cost: some regular expressions over the sentence and its tags.
    """
    yield from aside_cuts(reading)
    yield from connective_cuts(reading, code)
    if code != "en":
        return
    yield from occasion_cuts(reading)
    for cut in _allowed(reading, tail_cuts, interruption_cuts, front_cuts, phrase_cuts):
        if cut.loss is not Loss.MUCH:
            yield cut
    if drops_attribution:
        yield from attribution_cuts(reading)


def last_resorts(reading: Reading) -> Iterator[Cut]:
    """Yield the cuts of an English sentence that lose much (`Loss.MUCH`), as `cuts` does the others.

    Apart, as few sentences need them; a kind of cut that may lose much or not is then looked for twice.
    """
    for cut in _allowed(reading, last_tail_cuts, interruption_cuts, subject_cuts, front_cuts, last_phrase_cuts):
        if cut.loss is Loss.MUCH:
            yield cut


def _allowed(reading: Reading, *rules: Callable[[Reading], Iterator[Cut]]) -> Iterator[Cut]:
    for rule in rules:
        for cut in rule(reading):
            if may_drop(reading, cut.start, cut.end):
                yield cut
