"""What opens a news story and is not the story.

The place and agency: "PARIS, March 3 (Reuters) -", "LYON, France --". The header that the pages of some newspapers
leave in their text: "By . NAME . PUBLISHED: . TIME . | . UPDATED: . TIME .".
"""

from __future__ import annotations

import re

from service.article.lines import LETTER_OR_DIGIT

MAX_DATELINE = 160
"""Characters that are looked at; the longest datelines have about eighty."""
MAX_HEADER = 400
"""The same of headers; two authors and two times take about 150."""
_AGENCIES = (
    "(?:AA|AAP|AFP|Adnkronos|ANI|ANP|ANSA|AP|APA|ATS|Belga|Bernama|Bloomberg|BBC|CBS|CNBC|CNN|CNN Business|CNNMoney|"
    "CNN Student News|CTK|ČTK|DHA|dpa|DPA|EFE|Europa Press|EW\\.com|IANS|İHA|Interfax|Jiji|Kyodo|Lusa|Mashable|MNN|MTI|"
    "NTB|PA|PAP|PTI|Reuters|Ritzau|SDA|SID|STT|TASS|TT|TIME\\.com|UPI|Xinhua|Yonhap)(?:/[\\w ]{2,20})?"
)
_WORD = r"[^\W\d_][\w.'’-]{0,24}"
_CITY = rf"[A-ZÀ-ÖØ-Þ]{_WORD}(?:[ /]{_WORD}){{0,4}}"
_DAY = r"(?:\w{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?)"
_REGION = rf"(?:,? ?(?:{_CITY}|{_DAY}))"
_DASH = r"[ \t\u00a0]{0,3}(?:--|[-–—―])[ \t\u00a0]{1,3}"
_CAPITALS = r"[A-ZÀ-ÖØ-ÞЀ-Я][A-ZÀ-ÖØ-ÞЀ-Я.'’-]{2,24}(?:[ /][A-ZÀ-ÖØ-ÞЀ-Я][A-ZÀ-ÖØ-ÞЀ-Я.'’-]{1,24}){0,3}"
_BEFORE_COLON = (
    "ABU DHABI|AHMEDABAD|AMARAVATI|AMRITSAR|ANKARA|ATHENS|BAGHDAD|BANGKOK|BEIJING|BEIRUT|BENGALURU|BERLIN|BHOPAL|"
    "BRUSSELS|BUTTERWORTH|CAIRO|CANBERRA|CHANDIGARH|CHENNAI|COIMBATORE|COLOMBO|DAMASCUS|DELHI|DHAKA|DOHA|DUBAI|"
    "GENEVA|GEORGE TOWN|GUWAHATI|HONG KONG|HYDERABAD|IPOH|ISLAMABAD|ISTANBUL|JAIPUR|JAKARTA|JERUSALEM|JOHOR BARU|"
    "KABUL|KARACHI|KATHMANDU|KHARTOUM|KOCHI|KOLKATA|KOTA KINABALU|KUALA LUMPUR|KUCHING|KUWAIT CITY|LAHORE|LONDON|"
    "LUCKNOW|MADURAI|MANGALURU|MANILA|MELAKA|MOSCOW|MUMBAI|MUSCAT|MYSURU|NAGPUR|NAIROBI|NEW DELHI|NEW YORK|PARIS|"
    "PATNA|PESHAWAR|PETALING JAYA|PUNE|PUTRAJAYA|QUETTA|RAIPUR|RANCHI|RAWALPINDI|RIYADH|SEOUL|SHAH ALAM|"
    "SINGAPORE|SRINAGAR|SURAT|SYDNEY|TEHRAN|THIRUVANANTHAPURAM|TOKYO|VIJAYAWADA|VISAKHAPATNAM|WASHINGTON"
)
"""Cities as the papers of Asia and the Gulf put them: other capitals before a colon are who speaks."""

_DATELINE = re.compile(
    # (ANSA) - ROMA, 03 MAR -
    rf"\({_AGENCIES}\){_DASH}{_CAPITALS}, {_DAY}{_DASH}"
    # Lyon, France (AP) --
    rf"|(?:(?:{_CITY}{_REGION}{{0,3}}|{_DAY})[ ,]{{0,2}})?\({_AGENCIES}\)"
    rf"(?:{_DASH}|\.[-–]?[ \t\u00a0]|[ \t\u00a0]{{0,3}}:|[ \t\u00a0]{{0,3}}(?=[\"“'‘«(]?[A-ZÀ-ÖØ-ÞЀ-Я\d]))"
    rf"|(?:{_CAPITALS}{_REGION}{{0,2}} ?)?\({_AGENCIES}\)[ \t\u00a0]{{0,3}}"
    # LYON, March 3 /Agency/ --
    rf"|{_CAPITALS}{_REGION}{{0,3}}\.?,? ?/[^\W\d_][\w .-]{{1,30}}/(?:{_DASH}|\.[ \t\u00a0]{{1,3}})"
    # LYON--(AGENCY)--
    rf"|{_CAPITALS}(?:, {_CITY})?--\([A-Z][A-Z ]{{3,30}}\)--"
    # LYON:
    rf"|(?:{_BEFORE_COLON}):[ \t\u00a0]{{1,3}}(?=[\"“'‘]?[A-Z])"
    # LYON, France (Daily Post) --
    rf"|{_CAPITALS}{_REGION}{{0,2}} \([A-Z][\w./ -]{{1,30}}\){_DASH}"
    # (Harbour Daily)Two ferries … and (Harbour Daily) -- Two ferries …
    rf"|\([A-Z][\w.' ]{{1,30}}\)(?:{_DASH}|(?=[\"“'‘]?[A-Z]))"
    # LYON, France --
    rf"|{_CAPITALS}(?:, {_CITY}){{0,2}}(?:{_DASH}|[ \t\u00a0]{{0,3}}--)(?=[\"“'‘«]?[A-ZÀ-ÖØ-Þ\d])"
    # LYON. France --, but not "O.J. Lund -- the captain -- …"
    r"|[A-ZÀ-ÖØ-Þ]{4,24}\. [A-ZÀ-ÖØ-Þ][^\W\d_]{1,24}[ \t\u00a0]{1,3}--[ \t\u00a0]{1,3}(?=[\"“'‘«]?[A-ZÀ-ÖØ-Þ\d])",
)

_SIGN = re.compile(r"[(]|[-–—―][ \t\u00a0]|--|[A-Z]:|/\.")
"""What every dateline has; few other sentences do."""

_STAMP = (
    r"(?:PUBLISHED|UPDATED|CREATED|Last updated at|Last updated on)\b:?\s?\.?\s"
    r"(?=[^.|]{0,40}\d)[^.|]{4,60}\s?\.(?:\s\|\s?\.)?\s"
)
_AUTHOR = r"(?:and |for )?[A-Z][^.!?\d]{1,60}?\s?\.\s"
_HEADER = re.compile(
    rf"By\s?\.\s(?:(?:{_AUTHOR}){{1,4}}?(?:{_STAMP})+|{_AUTHOR}(?:and {_AUTHOR})?(?:Follow @@?\w+\s?\.\s)?)"
    rf"|(?:{_STAMP})+",
)


def header_end(text: str) -> int:
    """Return where the header that opens the text ends, white space included; 0 when none does. Cost: constant."""
    match = _HEADER.match(text[:MAX_HEADER])
    return match.end() if match and LETTER_OR_DIGIT.search(text, match.end()) else 0


def dateline_end(text: str) -> int:
    """Return where the dateline that opens the text ends, white space included; 0 when none does. Cost: constant."""
    opening = text[:MAX_DATELINE]
    if "-" not in opening and "(" not in opening and not opening[:3].isupper() and opening.isascii():
        return 0  # quicker than to look for the sign
    match = _DATELINE.match(opening) if _SIGN.search(opening) else None
    return match.end() if match and LETTER_OR_DIGIT.search(text, match.end()) else 0
