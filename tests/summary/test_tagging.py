"""What parts of speech words are taken for, in what stands around them."""

from __future__ import annotations

import pytest

from service.summary.tagging import TOKEN, tag


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("They saw her on the pier.", "UVZIDN."),
        ("They saw her boat.", "UVDN."),
        ("The call came late.", "DNVJ."),
        ("The council will call Ana Lund.", "DNMBPP."),
        ("Ana Lund has called the crew.", "PPHeDN."),
        ("The old ferry called Norr sank.", "DJNEPV."),
        ("The captain said that the boat was lost.", "DNVQDNAe."),
        ("In that year the ferry sank.", "IDNDNV."),
        ("It's late.", "UAJ."),
        ("Lund's boat is old.", "PpNAJ."),
        ("A boat carrying hens sank.", "DNGNV."),
        ("He was badly hurt.", "UARe."),
        ("She hopes to sail home.", "UvTBN."),
        ("The ferry may sail in May.", "DNMBIP."),
        ("Two of the 3.5 million crowns, or 12%, are lost.", "CIDCCN,KC,Ae."),
    ],
)
def test_a_word_is_tagged_in_view_of_its_neighbours(sentence: str, tags: str) -> None:
    """One letter a token; the same word may be a noun here and a verb there."""
    assert tag(TOKEN.findall(sentence)) == tags
