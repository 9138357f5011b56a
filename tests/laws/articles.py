"""Generated articles for the laws: stories with everything that pages and hostile clients put into them."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "ferry",
    "harbour",
    "council",
    "island",
    "captain",
    "storm",
    "pier",
    "budget",
    "minister",
    "fishermen",
    "repairs",
    "euros",
    "Monday",
    "town",
    "boats",
    "delay",
    "opened",
    "closed",
    "paid",
    "promised",
    "rebuilt",
    "announced",
    "carried",
    "visited",
    "waited",
    "crossed",
    "northern",
    "cheap",
    "wooden",
    "public",
    "the",
    "a",
    "of",
    "to",
    "in",
    "and",
    "with",
    "for",
    "by",
    "from",
    "über",
    "Größe",
    "naïve",
    "Łódź",
]
NEGATIONS = ["not", "never", "no", "without", "nobody", "didn't", "cannot", "neither"]
CONDITIONS = ["if", "unless", "could", "might", "may", "until", "only", "whether"]
OPENERS = ["", "", "", "But ", "And ", "However, ", "In addition, ", "Meanwhile, ", "-- ", "• "]
ASIDES = [" ({})", " -- {} --", " – {} –", " [{}]", ", {},"]
CLOSERS = [
    ".",
    ".",
    ".",
    "!",
    "?",
    ", the mayor said.",
    ", the mayor said in a statement.",
    ", she said in an interview on Friday.",
    ", according to the port authority.",
    ", he said in a statement on 3 March.",
]
SEPARATORS = [" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2003", " \u200b", "\x0c", "\x00"]
FURNITURE = [
    "Read more: Storm closes harbour",
    "Share this",
    "A year of waiting",
    "By Ana Lund",
    "LYON, France (AP) -- ",
]

words = st.sampled_from(WORDS)
spices = st.sampled_from([*WORDS, *NEGATIONS, *CONDITIONS, "3,150", "12", "2024", "“half", '"quoted"', "😀", "e\u0301"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of random words with an opener, an aside, and an ending, each perhaps."""
    body = draw(st.lists(words | spices, min_size=2, max_size=14))
    if draw(st.booleans()):
        aside = draw(st.sampled_from(ASIDES)).format(" ".join(draw(st.lists(spices, min_size=1, max_size=4))))
        place = draw(st.integers(1, len(body)))
        body[place - 1] += aside
    text = " ".join(body)
    if draw(st.integers(0, 4)) == 0:
        text = f"“{text}”" if draw(st.booleans()) else f'"{text}"'
    return draw(st.sampled_from(OPENERS)) + text[:1].upper() + text[1:] + draw(st.sampled_from(CLOSERS))


@st.composite
def stories(draw: st.DrawFn, *, max_sentences: int = 12) -> str:
    """Sentences, some of them twice, and furniture between them, joined by every kind of white space."""
    found = draw(st.lists(sentences() | st.sampled_from(FURNITURE), min_size=1, max_size=max_sentences))
    if draw(st.booleans()):
        found.append(draw(st.sampled_from(found)))
    parts = [part + draw(st.sampled_from(SEPARATORS)) for part in found]
    return draw(st.sampled_from(["", "\ufeff", "\n "])) + "".join(parts)


noise = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
"""Any text at all that can be encoded."""

texts = stories() | stories() | noise
