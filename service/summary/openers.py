"""How sentences open: with a word that names nobody, with a connective to the sentence before.

One row for each language, of its closed classes: what is in a row is found, what is not does no harm. English has
patterns of its own, which look at what follows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from service.article.languages import get_language

_ENGLISH_POINTING = re.compile(
    r"(?:(?:And|But|So|Yet|Then|Now|However|Meanwhile|Still|Indeed|Instead|Later|No|Yes),? |[\"“‘'(])*"
    r"(?:(?:He|She|It|They|His|Hers?|Its|Their|Him|Them|We|I|That|These|Those)\b|Then c[ao]me\b|"
    r"Such (?:is|was|are|were)\b|What (?:it|this|that|he|she|they)\b|"
    r"(?:After|Before|Despite|With|For|By|In [a-z]+ (?:with|to|of)) (?:this|that|these|those),|"
    r"(?:Once|When|As|If|After|Before) (?:he|she|they|it|that) (?:did|does|do|has|had|happens|happened),|"
    r"This (?:is|was|has|had|will|would|could|means?|comes?|came)\b)",
    re.IGNORECASE,
)
_NOBODY_SAYS = r"(?![^,]{1,40} (?:said|says|adds|\w+ed|told [^,]{1,20})(?: (?:on )?\w+day)?,)"
_ENGLISH_CONNECTIVE = re.compile(
    r"(?:(?:However|Meanwhile|Moreover|Furthermore|Nevertheless|Nonetheless|Additionally|In addition|Indeed|Besides|"
    r"At the same time|On the other hand|In the meantime|In fact|Also|Conversely|Consequently|"
    r"Ultimately|First|Second|Third|As a result|For its part|For example|For instance|In response|In turn), "
    # "In addition, he said, two boats were lost"
    rf"{_NOBODY_SAYS}"
    r"|So (?=(?:the|an?|it|he|she|they|we|his|her|their|when|after|in|on) )"
    r"|Yet (?!(?:another|to|more|again|one|an?)\b)(?=[a-z])"
    rf"|(?:And|But), {_NOBODY_SAYS}"
    r"|(?:And|But) (?!(?:[-–—]|(?:so|yet|nor|neither|then|for|of|that|what|thus|therefore|even|only|after all)\b)))",
)


class _Openers(NamedTuple):
    """What sentences of a language open with, alternatives of a pattern parted by blanks ("_" is a blank in one)."""

    pointing: str
    """Pronouns, possessives and adverbs that point at the sentence before."""
    joining: str = ""
    """Conjunctions with no comma behind them; the clause stands without."""
    linking: str = ""
    """Adverbs and phrases set off by a comma."""


# No demonstrative that is also an article or often stands before a noun or a time ("diese Woche", "bu yıl").
_ROWS = {
    "ar": _Openers("هو هي هم هما هن وهو وهي وهم وأضاف وأضافت وتابع وتابعت ذلك وذلك", "لكن ولكن", "كما_أن ومع_ذلك"),
    "cs": _Openers("on ona ono oni jeho její jejich to tam proto", "ale", "navíc nicméně"),
    "da": _Openers(
        "han hun hans hendes deres dette disse derfor dermed dertil det_(?:er|var|har|bliver|blev|vil|kan|skal) "
        "de_(?:er|var|har|blev|vil|kan|skal)",
        "og men",
    ),
    "de": _Openers(
        "er sie es ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner ihm ihn ihnen dies dort dabei dadurch "
        "dafür dagegen daher damit danach daran darauf daraufhin darin darüber darum darunter davon davor dazu deshalb "
        "deswegen hierbei hierfür hierzu das_(?:ist|sind|war|waren|hat|habe|wird|wäre|sei|gilt)",
        "und(?!_zwar) aber denn",
    ),
    "el": _Openers(
        "αυτός αυτή_(?:είναι|ήταν|έχει) αυτό αυτοί αυτές αυτά εκείνος εκείνη εκεί",
        "αλλά και όμως",
        "ωστόσο επίσης",
    ),
    "es": _Openers(
        "él ella ello ellos ellas esto eso aquello su sus así lo_que allí",
        "pero y(?!_(?:es|si|no|eso)_)",
        "sin_embargo además también no_obstante por_otra_parte por_otro_lado asimismo en_cambio por_su_parte",
    ),
    "fi": _Openers(
        "hän he hänen heidän hänet heidät se_(?:on|oli|ei) ne tämä_on siellä siksi sen", "mutta ja", "lisäksi"
    ),
    "fr": _Openers(
        "il ils elle elles lui eux son sa ses leur leurs celui-ci celle-ci ceux-ci celles-ci celui celle ceux cela "
        "ceci ça ce_(?:sont|fut|sera|n'est|qui|que) c'(?:est|était|en)",
        "mais et(?!_(?:de|pour|si|puis|non|pas)_|_d') or car",
        "en_revanche par_ailleurs en_outre de_plus cependant toutefois pourtant néanmoins ainsi en_effet enfin "
        "en_fait de_son_côté pour_sa_part au_contraire",
    ),
    "he": _Openers("הוא היא הם הן זה זאת זו אלה שם", "אבל אך", "עם_זאת בנוסף"),
    "hi": _Openers("वह वे वो उन्होंने उसने इसने उनके उनकी उनका उसके उसकी उसका इसके इसकी इसका इससे इसमें वहीं वहां", "लेकिन मगर"),
    "hu": _Openers("ő ők ez ezek ezt azok azt ezért ott itt ennek annak", "de és", "ugyanakkor"),
    "it": _Openers(
        "egli ella lui lei essi esse loro ciò questo_(?:è|era) (?:il|la|i|le)_(?:suo|sua|suoi|sue|loro) lì",
        "ma e(?!_(?:non|se|di)_) però",
        "tuttavia inoltre infatti intanto invece",
    ),
    "ja": _Openers(
        "彼 彼女 これ それ この その ここ そこ こう そう", "", "しかし だが また そして さらに 一方 ただ なお ただし"
    ),
    "ko": _Openers(
        "그는 그가 그녀는 그들은 이는 이에 이들은 이들 이것은 이를 이로 이날", "하지만 그러나 그리고 또한 한편 또 특히"
    ),
    "nl": _Openers(
        "hij zij ze hun haar dit het_(?:is|was|gaat|zijn|zal|kan) dat_(?:is|was|zijn|heeft) daar daarmee daardoor "
        "daarom daarna daarbij hierdoor hiermee hierbij hierover",
        "maar(?!_liefst) en want",
    ),
    "no": _Openers(
        "han hun hans hennes deres dette disse derfor dermed det_(?:er|var|har|blir|ble|vil|kan|skal) "
        "de_(?:er|var|har|ble|vil|kan|skal)",
        "og men",
    ),
    "pl": _Openers("on ona ono oni one jego jej ich to tam dlatego", "ale lecz jednak", "ponadto"),
    "pt": _Openers(
        "ele ela eles elas isso isto aquilo seu sua seus suas lá",
        "mas e",
        "no_entanto além_disso porém contudo entretanto também por_outro_lado por_sua_vez",
    ),
    "ro": _Openers("el ea ei ele acesta aceasta aceștia acestea acolo", "dar însă iar", "totuși"),
    "ru": _Openers(
        "он она оно они его ее её их это там туда поэтому", "но однако", "однако кроме_того при_этом впрочем"
    ),
    "sk": _Openers("on ona ono oni ony jeho jej ich to tam preto", "ale", "navyše"),
    "sv": _Openers(
        "han hon hans hennes deras dess detta dessa därför därmed där det_(?:är|var|har|blir|blev|ska|kan|finns) "
        "de_(?:är|var|har|blev|ska|kan)",
        "och men",
    ),
    "th": _Openers("พวกเขา เธอ ซึ่ง"),
    "tr": _Openers("o onlar onun onu onların bunlar bunu bunun bundan burada orada", "ama fakat ancak(?!_\\d)"),
    "uk": _Openers("він вона воно вони його її їх їхній це там тому", "але однак", "однак крім_того водночас"),
    "zh": _Openers("他 她 它 这 那 其", "但是 但 不过 然而 而且", "不过 然而 此外 另外 同时 但是 因此"),
}
_OPEN_MARKS = "[\"“”„«»‘’'「『(\\s-]*"


class _Patterns(NamedTuple):
    pointing: re.Pattern[str]
    connective: re.Pattern[str]


@cache
def _patterns(code: str) -> _Patterns | None:
    """Return a language's patterns, built when they are first asked for."""
    if code == "en":
        return _Patterns(_ENGLISH_POINTING, _ENGLISH_CONNECTIVE)
    row = _ROWS.get(code)
    if row is None:
        return None
    # a letter of Devanagari may go on in signs that are none
    comma, end, blank = (
        ("[,，、]", "", "") if get_language(code).unspaced else ("[,،]", r"(?=[\s,،:;.!?»”\"')\]…]|$)", r"\s+")
    )
    joining = f"(?:{_any_of(row.joining)}){end}{blank}" if row.joining else "(?!)"
    linking = f"(?:{_any_of(row.linking)}){comma}\\s?" if row.linking else "(?!)"
    connective = f"(?:{linking}|{joining})\\s?"
    pointing = f"{_OPEN_MARKS}(?:{connective})?{_OPEN_MARKS}(?:{_any_of(row.pointing)}){end}"
    return _Patterns(re.compile(pointing, re.IGNORECASE), re.compile(connective, re.IGNORECASE))


def _any_of(alternatives: str) -> str:
    return "|".join(alternatives.replace("'", "['’]").split()).replace("_", "\\s")


def points_back(sentence: str, code: str) -> bool:
    """Say whether a sentence opens with a word that names nobody: "He said …", "Mais elle …"."""
    patterns = _patterns(code)
    return patterns is not None and patterns.pointing.match(sentence) is not None


def connective_end(sentence: str, code: str, start: int = 0) -> int:
    """Return where the sentence goes on behind a connective that opens it; `start` without one."""
    patterns = _patterns(code)
    connective = patterns.connective.match(sentence, start) if patterns else None
    return connective.end() if connective else start
