"""Charset label -> decoder, for the text encodings of the world and none of Python's other codecs.

Python's registry also holds codecs that are no charset (`base64`, `zip`), that run away on long input (`idna`,
`punycode`) or that read escapes (`unicode_escape`): none of these may be named from outside.
"""

from __future__ import annotations

import codecs
import difflib
import re
from collections.abc import Iterator
from encodings.aliases import aliases

_NO_CHARSETS = {
    "base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec",  # bytes or text only
    "mbcs", "oem",  # of Windows only
    "utf_7",  # several spellings of each character, none in use
}  # fmt: skip
_WITHOUT_ALIAS = ("koi8_t", "koi8_u", "kz1048", "mac_arabic", "mac_farsi", "mac_croatian", "mac_romanian", "cp720",
                  "cp737", "cp856", "cp874", "cp875", "cp1006")  # fmt: skip


def _key(label: str) -> str:
    """Return a label as the table has it: case and punctuation do not count."""
    return re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")


def _labels() -> Iterator[tuple[str, str]]:
    for codec in {*aliases.values(), *_WITHOUT_ALIAS} - _NO_CHARSETS:
        yield _key(codec), codec
    for alias, codec in aliases.items():
        if codec not in _NO_CHARSETS:
            yield _key(alias), codec


CHARSETS: dict[str, str] = {**dict(_labels()), "utf_8_sig": "utf_8"}  # a byte-order mark is part of the text
"""Label, as `_key` gives it -> name of the codec."""

_LABEL = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_WEB = {"latin_1": "cp1252", "ascii": "cp1252"}
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf_8"), (codecs.BOM_UTF16_LE, "utf_16_le"), (codecs.BOM_UTF16_BE, "utf_16_be"))
_META = re.compile(rb"<meta\b[^>]{0,512}?\bcharset\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_.:-]{1,64})", re.IGNORECASE)
_META_WITHIN = 2048


def codec_for(label: str) -> str | None:
    """Return the codec of a charset label such as `utf-8` or `ISO-8859-1`; None for one that is not known."""
    return CHARSETS.get(_key(label)) if _LABEL.fullmatch(label) else None


def nearest_charset(label: str) -> str:
    """Return the known label that is most like `label`, or `utf-8`."""
    close = difflib.get_close_matches(_key(label[:64]), CHARSETS, n=1, cutoff=0.6)
    return close[0].replace("_", "-") if close else "utf-8"


def web_codec(codec: str) -> str:
    """Return what browsers read when a page names `codec`: by long custom Latin-1 on the web is windows-1252."""
    return _WEB.get(codec, codec)


def codec_in_html(page: bytes) -> str:
    """Return the codec an HTML page names itself, by a byte-order mark or a `meta` near its start; else UTF-8.

    A page that could be searched for its `meta` is not in UTF-16, whatever that says.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if page.startswith(mark):
            return codec
    named = _META.search(page, 0, _META_WITHIN)
    codec = (codec_for(named[1].decode("ascii")) if named else None) or "utf_8"
    return "utf_8" if codec.startswith(("utf_16", "utf_32")) else web_codec(codec)


def decoding_problem(codec: str, error: UnicodeError) -> str:
    """Say that bytes are not in `codec`, and where; not what they are."""
    where = f": the byte at offset {error.start:,} does not fit" if isinstance(error, UnicodeDecodeError) else ""
    return f"not valid {codec.replace('_', '-').replace('cp125', 'windows-125')}{where}."
