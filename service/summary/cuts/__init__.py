"""The parts of a sentence that may be left out.

In any language, asides that marks set off (`asides`). In English, what grammar lets go, found in the string of its tags
and checked by its words: a tail, from some point to the end or to the final attribution; an interruption, between
subject and verb or between two commas; a front, up to the comma before the subject; and single words and phrases that
say when. A rule proposes only what leaves a main clause with its verb; what the cut may not hold is for `guards`. The
kinds of cuts follow Knight and Marcu ("Summarization beyond sentence extraction", 2002) and Zajic, Dorr and Schwartz
("Hedge Trimmer", 2003); there they come from a parse, here from closed classes and commas.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.summary.clauses import Reading
from service.summary.cuts.asides import aside_cuts
from service.summary.cuts.attributions import attribution_cuts, connective_cuts, occasion_cuts
from service.summary.cuts.fronts import front_cuts
from service.summary.cuts.interruptions import interruption_cuts
from service.summary.cuts.models import Cut
from service.summary.cuts.phrases import phrase_cuts
from service.summary.cuts.tails import tail_cuts
from service.summary.guards import may_drop


def cuts(reading: Reading, *, is_english: bool, drops_attribution: bool) -> Iterator[Cut]:
    """Yield the cuts that grammar and guards allow, each by itself; some come twice.

    Cost: some regular expressions over the sentence and its tags.
    """
    yield from aside_cuts(reading)
    if not is_english:
        return
    yield from connective_cuts(reading)
    yield from occasion_cuts(reading)
    for rule in (tail_cuts, interruption_cuts, front_cuts, phrase_cuts):
        for cut in rule(reading):
            if may_drop(reading, cut.start, cut.end):
                yield cut
    if drops_attribution:
        yield from attribution_cuts(reading)
