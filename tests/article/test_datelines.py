"""Datelines."""

from __future__ import annotations

import pytest

from service.article.datelines import dateline_end, header_end

STORY = "Two ferries collided in the fog."


@pytest.mark.parametrize(
    "dateline",
    [
        "(CNN) -- ",
        "(CNN)",
        "LYON, France (CNN) -- ",
        "Lyon, France (CNN) -- ",
        "Port-au-Prince, Haiti (CNN) — ",
        "PARIS (Reuters) - ",
        "PARIS, March 3 (Reuters) - ",
        "NEW YORK (AP) — ",
        "São Paulo (AFP) – ",
        "BERLIN (dpa) - ",
        "MARSEILLE, France (Harbour Daily) -- ",
        "LONDON, England -- ",
        "LYON. France -- ",
        "LOS ANGELES, California --",
        "WASHINGTON — ",
        "(Harbour Daily)",
        "(Harbour Daily) -- ",
        "May 3 (Reuters) - ",
        "LYON, May 3, 2025 /PRNewswire/ -- ",
        "LYON--(BUSINESS WIRE)--",
        "NEW DELHI: ",
        "BERLIN, 3. Mai (dpa) - ",
        "Berlin (dpa/lno) – ",
        "Madrid, 3 may (Europa Press) - ",
        "Madrid, 3 may (EFE).- ",
        "МОСКВА, 3 мая. /ТАСС/. ",
        "Stockholm (TT). ",
        "(ANSA) - ROMA, 03 MAG - ",
    ],
)
def test_a_dateline_ends_where_the_story_starts(dateline: str) -> None:
    """Place, date, agency and dash are the dateline; what follows is not."""
    assert dateline_end(dateline + STORY) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "The International Ferry Union (IFU) -- the largest of its kind -- met on Monday.",
        "The union (IFU) said on Monday that it would strike.",
        "A captain -- she had sailed for 30 years -- saw it first.",
        "NASA's ship -- the newest of three -- sailed.",
        "Monday - Two ferries collided.",
        "(Harbour) two ferries collided.",
        "LONDON, England -- ",
        "O.J. Lund -- the best known captain -- has been freed.",
        "U.S. Senator Ana Lund – the first of Norr – has won again.",
        "MRS. Ana Lund -- the mayor of Norr -- has won.",
        "STOP. The ferry is full – Ana Lund said so.",
        "The union (PA) said on Monday that it would strike.",
        "LUND: The boats are old.",
        "UPDATE: The boats are old.",
        "Ana Lund (TT) sailed first.",
        "",
    ],
)
def test_asides_and_sentences_are_no_datelines(text: str) -> None:
    """Brackets and dashes inside a sentence do not make a dateline, nor does a dateline with no story behind it."""
    assert dateline_end(text) == 0


@pytest.mark.parametrize(
    "header",
    [
        "By . Ana Lund . ",
        "By. Ana Lund. ",
        "By . Harbour Daily Reporter . PUBLISHED: . 03:03 CET, 31 May 2027 . | . UPDATED: . 03:04 CET, 31 May 2027 . ",
        "By. Ana Lund. and Ruy Costa. UPDATED:. 03:04 CET, 31 May 2027. ",
        "By. Ana Lund. PUBLISHED:. 03:03 CET, 31 May 2027. |. UPDATED:. 03:04 CET, 31 May 2027. ",
        "By . Ana Lund . Follow @@ana_lund . ",
        "Last updated at 3:03 AM on 31st May 2027 . ",
        "PUBLISHED: . 03:03 CET, 31 May 2027 . ",
    ],
)
def test_a_header_ends_where_the_story_starts(header: str) -> None:
    """Author, times and what to follow; not the story."""
    assert header_end(header + STORY) == len(header)


@pytest.mark.parametrize("text", [STORY, "By the sea, two ferries collided. Nobody was hurt.", "By . ", ""])
def test_a_sentence_is_no_header(text: str) -> None:
    """Sentences open with "by" too."""
    assert header_end(text) == 0
