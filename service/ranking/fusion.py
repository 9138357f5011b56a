"""Both rankings together with what news order tells: the default.

The two rankings err differently: TextRank favours long sentences that share many words, LexRank rare words in common.
Their sum is steadier than either. News puts first what matters most (the "inverted pyramid"), and no graph of shared
words knows that. Position is the strongest single feature of news summaries since Edmundson ("New Methods in
Automatic Extracting", JACM 16, 1969); how fast it fades is taken from the development part of our news data: after
three sentences the bonus is down to a third, and the floor of 0.12 keeps a late sentence in play when it is central.
Title words are Edmundson's as well. Where a text is not written as news is, both mislead: the less the lead is trusted,
the nearer the scores come to pure TextRank, the better of the two on features, reports and transcripts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.ranking.vectors import Floats

FADING_SENTENCES = 2.8
"""After this many sentences the bonus for standing early is 1/e of the first sentence's."""
FLOOR = 0.12
"""What position gives the last sentence of a long text, the first having 1 + this."""

TITLE_BONUS = 0.3
"""How much more a sentence weighs that holds every term of the title, in news."""


def position_weights(positions: NDArray[np.intp]) -> Floats:
    """Weigh each position in the document, counted from 0: exp(-i / 2.8) + 0.12, shape (n_sentences,)."""
    return np.exp(-positions / FADING_SENTENCES) + FLOOR


def scaled_to_best(scores: Floats) -> Floats:
    """Divide by the largest, so that the best is exactly 1; scores without anything above 0 stay as they are."""
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores


def fusion(
    textrank_scores: Floats,
    lexrank_scores: Floats,
    positions: NDArray[np.intp],
    *,
    lead_trust: float = 1.0,
    title_shares: Floats | None = None,
) -> Floats:
    """Add both scores, each scaled to a best of 1, and multiply by what position and title say.

    All arrays are (n_sentences,), and so is the result, which is not negative. The scaling makes the sum fair: the
    scores of each ranking add up to 1, but one may spread them more evenly than the other. `lead_trust`, from 0 to 1,
    says how far the text is news: at 1 the scores are multiplied by `position_weights`, at 0 they are TextRank's.
    `title_shares` is the share of the title's terms that each sentence holds.
    """
    graph = (2 - lead_trust) * scaled_to_best(textrank_scores) + lead_trust * scaled_to_best(lexrank_scores)
    scores = graph * (lead_trust * position_weights(positions) + 1 - lead_trust)
    return scores if title_shares is None else scores * (1 + TITLE_BONUS * lead_trust * title_shares)
