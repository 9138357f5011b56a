"""Numbers with a full stop that end no sentence: "im 2. Weltkrieg", "der 1. FC Lund"."""

from __future__ import annotations

import re

_ORDINAL = {
    "de": re.compile(
        r"\b(?:im|ins|am|vom|zum|beim|ab|bis|seit|und|um|oder|der|die|das|den|dem|des|"
        r"(?:[dkms]?ein|ihr|unser|jed|dies)(?:e[mnrs]?)?) "
        r"\d{1,3}\.$",
        re.IGNORECASE,
    ),
    "da": re.compile(r"\b(?:den|det|de|i|på|til|fra|af|sin|sit) \d{1,3}\.$", re.IGNORECASE),
    "tr": re.compile(r"(?<![\w.,:/-])\d{1,3}\.$"),
}
_ORDINAL["no"] = _ORDINAL["da"]
"""What may be an ordinal: a number behind an article or a preposition ("im 2. | Weltkrieg"), in Turkish any number."""
_OPENS = {
    "de": re.compile(
        r"(?:Aber|Als|Am|An|Auch|Auf|Aus|Bei|Beim|Bis|Da|Dabei|Damit|Dann|Das|Dazu|Denn|Der|Deshalb|Die|Dies\w*|Doch|Dort|"
        r"Ein\w*|Er|Es|Für|Gegen|Ich|Ihr\w*|Im|In|Ist|Ja|Jetzt|Kein\w*|Man|Mit|Nach|Nicht|Noch|Nun|Nur|Ob|Oder|Schon|"
        r"Sein\w*|Seit|Sie|Sind|So|Über|Um|Und|Unter|Viele|Vom|Von|Vor|Was|Weil|Wenn|Wer|Wie|Wir|Zu|Zum|Zur|Zwei) "
    ),
    "da": re.compile(
        r"(?:Alle|Da|De|Den|Der|Det|Dette|En|Et|Efter|Etter|For|Fra|Han|Hun|Hvis|Hvor|I|Ifølge|Jeg|Med|Men|Nu|Nå|Og|Om|På|"
        r"Så|Ti|Til|Under|Ved|Vi) "
    ),
    "tr": re.compile(
        "(?:Ama|Ancak|Ayrıca|Ben|Bir|Biz|Bu|Bunun|Bunlar|Çok|Daha|Fakat|Her|Ne|O|Olay|Öte|Peki|Şu|Ve|Yani) "
    ),
}
_OPENS["no"] = _OPENS["da"]
"""Words that open a sentence, so that the number was none: "kam am 3. | Sie ging"."""


def is_behind_ordinal(before: str, after: str, language: str) -> bool:
    """Say whether what stands before a proposed end of a sentence closes with an ordinal number, and a noun follows.

    `before` is the end of what comes before, stripped; `after` are the next characters, the first word whole.
    """
    ordinal = _ORDINAL.get(language)
    return ordinal is not None and ordinal.search(before) is not None and _OPENS[language].match(after) is None
