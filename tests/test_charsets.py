"""Charsets: text encodings only, found by any usual spelling."""

from __future__ import annotations

import codecs

import pytest

from service.charsets import CHARSETS, codec_for, codec_in_html, nearest_charset


@pytest.mark.parametrize("codec", sorted(set(CHARSETS.values())))
def test_every_charset_decodes_text(codec: str) -> None:
    """No entry of the table is a codec of another kind."""
    text = "News"

    assert text.encode(codec).decode(codec) == text
    assert codecs.lookup(codec)._is_text_encoding  # noqa: SLF001 - Python has no public name for it


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("utf-8", "utf_8"),
        ("UTF8", "utf_8"),
        ("utf-8-sig", "utf_8"),
        ("ISO-8859-1", "latin_1"),
        ("iso8859_15", "iso8859_15"),
        ("Windows-1251", "cp1251"),
        ("shift_jis", "shift_jis"),
        ("KOI8-U", "koi8_u"),
        ("us-ascii", "ascii"),
    ],
)
def test_usual_spellings_are_known(label: str, codec: str) -> None:
    """Case and punctuation do not count."""
    assert codec_for(label) == codec


@pytest.mark.parametrize(
    "label",
    ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "base64", "hex", "rot13", "zip",
     "bz2", "uu", "mbcs", "", "-", "../utf_8", "utf-8\0", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_charset_is_not_known(label: str) -> None:
    """Python's other codecs cannot be named from outside, nor can anything strange."""
    assert codec_for(label) is None


def test_the_nearest_charset_is_named() -> None:
    """A slip gives the charset that was meant; nonsense gives UTF-8."""
    assert nearest_charset("utf-88") == "utf-8"
    assert nearest_charset("qqqq") == "utf-8"


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        (b"<p>plain", "utf_8"),
        (codecs.BOM_UTF8 + b"<meta charset=latin1>", "utf_8"),
        (codecs.BOM_UTF16_LE + "<p>".encode("utf-16-le"), "utf_16_le"),
        (codecs.BOM_UTF16_BE + "<p>".encode("utf-16-be"), "utf_16_be"),
        (b'<meta charset="koi8-r">', "koi8_r"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251"),
        (b"<meta charset=iso-8859-1>", "cp1252"),
        (b"<meta charset=utf-16>", "utf_8"),
        (b"<meta charset=nonsense>", "utf_8"),
        (b" " * 2048 + b"<meta charset=koi8-r>", "utf_8"),
    ],
)
def test_a_page_names_its_charset(page: bytes, codec: str) -> None:
    """By its byte-order mark, else by a `meta` in the first 2 kB, as browsers read it; else it is UTF-8."""
    assert codec_in_html(page) == codec
