"""Captions among the sentences of a story: told by their tense, in sentences of ours."""

from __future__ import annotations

import pytest

from service.article.reading import read
from service.summary.captions import is_caption
from service.summary.options import SummaryOptions
from service.summary.summarize import Source, summarize

LEAD = "A ferry sank off the islands on Monday and two men were lost, the coast guard said."
REST = "The crew had told the port that water was in the hold. The boat was built in 1984, a spokesman said."
MORE = "Two divers were in the bay at dawn. Nets were torn. The quay was shut. It was cold, the captain said."


def is_one(sentence: str, *, before: str = LEAD, after: str = REST) -> bool:
    """Say whether the sentence is a caption in a story."""
    text = f"{before} {sentence} {after}"
    article = read(text, "en")
    [index] = [one.index for one in article.sentences if article.text_of(one) == sentence]
    return is_caption(article, article.sentences[index])


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund waves to the crowd in the harbour of Norr on Sunday.",
        "Rowers wave to the crowd in the harbour of Norr.",
        "Ana Lund, left, kisses the cup after the race in Norr.",
        "Ana Lund and Ida Berg clutch their nets on the quay.",
        "Divers search the wreck on Tuesday near Lindholm.",
        "Holding her oar, Ana Lund waits in the rain.",
        "Hit: A diver waits on the quay of Lindholm.",
        "People of Norr march through the old town on Friday.",
        "Above, two divers prayed on the quay.",
        "In the foreground are two of the divers.",
        "This photo was taken from the quay of Norr.",
        "A passenger took this picture of the ferry.",
        "Ana Lund (L) meets the divers of Norr and Per Berg (R).",
        "Ana Lund (left) led the crew before the race.",
        "The captain, pictured here with her crew, left Norr in May.",
        "Right, a gull that was seen in Norr.",
        "Two fishermen wave at the boat.",
        "Ana Lund exits a ferry, shortly after being found.",
        "Sailors tend to their nets on the quay.",
    ],
)
@pytest.mark.parametrize("before", [LEAD, f"{LEAD} {REST} {MORE}"])
def test_what_a_picture_shows_is_a_caption(sentence: str, before: str) -> None:
    """Wherever it stands: an act that is seen, of somebody who is named or any, in a story told in the past."""
    assert is_one(sentence, before=before)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund holds a photograph of her boat in Norr.",
        "Ana Lund leaves court in Norr in May.",
        "Smoke rises from the harbour of Norr on Tuesday.",
        "Divers talk on the quay of Norr.",
        "A photo taken by a passenger shows the deck under water.",
        "Ana Lund is greeted by her crew on the quay of Norr.",
        "A sunken ferry is photographed near Lindholm after the storm.",
        "Two divers are seen shortly before the race.",
    ],
)
def test_what_is_news_elsewhere_is_a_caption_among_the_first_sentences(sentence: str) -> None:
    """Somebody may hold a record, but not under the lead."""
    assert is_one(sentence)
    assert not is_one(sentence, before=f"{LEAD} {REST} {MORE}")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund waved to the crowd in the harbour of Norr.",
        "Ana Lund waves to the crowd each spring, the mayor said.",
        "She waves to the crowd in the harbour of Norr.",
        "The old ferry sits on the ground in Norr.",
        "Her boat sits on the ground in Norr.",
        "The police escorts were late in Norr.",
        "Norr won the cup by 18 runs to the joy of Lindholm.",
        "Lund shared a stand of 159 with Berg in Norr.",
        "Ana Lund appears to have left Norr.",
        "The film shows that Ana Lund left Norr.",
        "Ana Lund took this boat of hers to Norr.",
        "Her lawyer called this picture of the ferry a fake.",
        "Old ferries are seen rarely in Norr.",
        "They are joined by a third diver on the quay.",
        "Her crew is greeted by the mayor on the quay.",
        "Ana Lund was greeted by her crew on the quay.",
        "Ana Lund, who is pictured with her crew, left Norr.",
        "Ana Lund is the captain who waves to the crowd.",
        "When Ana Lund waves, the boats leave Norr.",
        "Ana Lund has the fastest boat in Norr.",
        "Boats run by Ana Lund were sold in May.",
        "Peace talks between Norr and Lindholm resumed in May.",
        "Sunday's sailors protest in Norr drew many.",
        "Sailors drink less than their captains, a survey found.",
        "Boats push south, the harbour confirmed.",
        "Sailors tend to live long.",
        "Old boats pose a threat to divers.",
        "Sailors eat a gull a year.",
        "Prices climb in Norr.",
        "In the background is a bitter row over nets.",
        "Right, so what came of it?",
        "The map shows that the bay is deep.",
        "Ana Lund swims to Norr each day.",
        "Ana Lund waves " + "to the crowd in the old harbour of Norr " * 12 + "on Sunday.",
    ],
)
def test_what_is_told_is_none(sentence: str) -> None:
    """Acts of the past, what somebody says, what a pronoun or a known thing does, nouns that look like verbs."""
    assert not is_one(sentence)


PRESENT = {"before": "Ana Lund is a captain. She has a boat.", "after": "The boat is old, she says. It has two masts."}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund rides to the harbour in Norr.",
        "Ana Lund celebrates her last race in Norr.",
        "Old ferries pose a risk to the divers of Norr.",
        "Sen. Ana Lund (R) leaves the race in Norr.",
    ],
)
def test_a_story_in_the_present_keeps_its_sentences(sentence: str) -> None:
    """There an act is what happens."""
    assert not is_one(sentence, **PRESENT)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ana Lund waves to the crowd in Norr.",
        "Ana Lund celebrates winning the race in Norr.",
        "Sailors of the Norr Line pose with their old boat.",
        "Ana Lund (R) meets Per Berg (L), who has a boat.",
    ],
)
def test_what_only_a_picture_shows_is_a_caption_in_any_story(sentence: str) -> None:
    """Nobody tells that somebody smiles, or poses with something."""
    assert is_one(sentence, **PRESENT)


def test_the_first_sentence_is_no_caption() -> None:
    """Nothing stands above it."""
    article = read(f"Ana Lund waves to the crowd in Norr. {LEAD} {REST}", "en")
    assert not is_caption(article, article.sentences[0])


CAPTION = "Volunteers search the rocks near the lighthouse of Norr."
STORY = f"{LEAD} {CAPTION} {REST} {MORE}"


def picks(text: str, **options: object) -> list[str]:
    """All sentences of a text, in the order of choice."""
    found = summarize([Source(text)], SummaryOptions(length={"sentences": 100}, order="rank", **options))
    return [sentence.text for sentence in found.sentences]


def test_fusion_takes_captions_last_and_gives_them_where_all_are_wanted() -> None:
    """Being last is all that befalls them."""
    chosen = picks(STORY)
    assert chosen[-1] == CAPTION
    assert chosen[:3] == [one.text for one in summarize([Source(STORY)], SummaryOptions(order="rank")).sentences]


def test_other_algorithms_know_no_captions() -> None:
    """They rank by words alone, as their papers say."""
    assert picks(STORY, algorithm="lead")[1] == CAPTION
    assert picks(STORY, algorithm="textrank")[-1] != CAPTION


def test_captions_are_no_highlights_where_there_is_news() -> None:
    """As those of a desk are not."""
    made = summarize([Source(STORY)], SummaryOptions()).highlights
    assert len(made) >= 3
    assert not any("lighthouse" in one.text for one in made)
