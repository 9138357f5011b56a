"""What a line says about itself: that it is a credit, a caption, a promotion, a header or the furniture of its page.

Each pattern names words that pages use and stories hardly do. The patterns were mended by pages made from stories and
the pieces in `benchmarks/page_inserts.jsonl`, and measured by others that were held back (`page_cleaning.py` there).
"""

from __future__ import annotations

import re

from service.article.dates import MONTH, WEEKDAY
from service.article.lines import LETTER_OR_DIGIT, ends_sentence
from service.article.models import Role

_I = re.IGNORECASE
_NETWORK = (
    "facebook|twitter|x|instagram|whatsapp|reddit|linkedin|pinterest|telegram|tumblr|youtube|tiktok|threads|bluesky|"
    "mastodon|flipboard|digg|delicious|stumbleupon|messenger|pocket"
)
_PROMO = re.compile(
    r"(?:read (?:more|also|next|the full (?:story|article))|more (?:from|on|coverage|stories)|see also|"
    r"also (?:read|see|on)|related(?: (?:stories|articles|content|coverage|topics|news))?|"
    r"watch(?: now| live| more| the video)?|listen(?: now)?|don['’]t miss|must[- ]read|recommended(?: for you)?|"
    r"you (?:may|might) (?:also )?(?:like|be interested in)|in (?:pictures|video|depth)|photos|gallery|video|"
    r"lire aussi|à lire|voir aussi|lesen sie auch|mehr zum thema|siehe auch|leer más|lea también|leggi anche|"
    r"leia (?:também|mais)|lees ook|läs (?:också|mer|även)|les også|læs også|lue myös|czytaj (?:także|więcej)|"
    r"čtěte také|читайте также|читайте також|διαβάστε (?:επίσης|ακόμα)|ilgili haberler?|اقرأ أيضا|यह भी पढ़ें|"
    r"延伸阅读|相关阅读|関連記事)\s{0,2}(?:[:：»>|]|$)",
    _I,
)
_CALL = re.compile(
    r"(?:click|tap) here\b|sign up (?:for|to|now) (?:our|your|daily|weekly|free)\b|"
    r"subscribe (?:to (?:our|my|the)|now|here|today)\b|enjoying (?:this|our)\b|follow (?:us|@\w+) on\b|"
    r"follow (?:all (?:of )?)?our\b|related (?:articles|stories|content|links|coverage)\b|"
    r"listen to (?:our|the) .{0,30}podcast\b|"
    r"download (?:our|the) (?:[\w.]+ ){0,5}app\b|"
    r"join the (?:conversation|discussion|debate)(?: (?:on|below)\b|[.:!]| [A-Z])|"
    rf"(?:like|find|follow) .{{1,40}} on (?:{_NETWORK})\b|more (?:on|about|from) this (?:story|topic|section)\b|"
    r"(?:send|share|e-?mail) (?:us )?your (?:story|news|stories|pictures|photos|comments|views)\b|"
    r"(?:most (?:read|popular|viewed|shared)|trending(?: now)?|top stories|editors?['’]? picks|from around the web)$|"
    r"get (?:the latest|our|daily|breaking) .{0,60}\b(?:inbox|newsletter)\b",
    _I,
)
_CREDIT = re.compile(
    r"\b(?i:contribut(?:ed|ing)) to this (?:report|story|article)\b|"
    r"^(?i:(?:additional )?(?:reporting|writing|editing|compiled|edited|written|produced|translated) by) [A-ZÀ-Þ]|"
    r"^(?:Photograph(?:s|y)?|Illustrations?|Credits?|Foto|Crédit|(?:Photo|Image|Picture|Video)s? (?:credit|by))\s?:|"
    r"^(?:[Tt]he )?[A-Z][\w. ]{0,30}['’]s? (?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}(?:\w+ ){0,6}(?:reported|contributed|wrote)\b"
    r"(?:.{0,60}\b(?:from|for|to)\b| in [A-ZÀ-Þ][\w ]{2,30}\.?$)",
)
_REPORTED_FROM = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}reported from [A-ZÀ-Þ][\w ]{1,30}(?:,| and) .*"
    r"(?:contribut|(?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}from )|"
    r"(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-ZÀ-Þ].*[;,] ?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [A-ZÀ-Þ]|"
    r"(?:[A-ZÀ-Þ][\w.'’-]*+:? ){0,4}\S{1,40}@\S{1,40}\.\w+$|"
    r"(?:Contact|contact|[Ee]-?mail|Reach|reach) .{1,60}\S@\S|"
    r".*\b[Rr]each (?:him|her|them|me|us) at\b|.*\b(?:views|opinions) expressed (?:here|in this)\b|_{2,} [A-Z]",
)
_NAME = r"[A-ZÀ-Þ][\w'’-]*\.?"
_BYLINE = re.compile(
    rf"(?:By|BY|Von|Par|Por|Di|Door|Av|Af) (?!{WEEKDAY})"
    rf"{_NAME}(?:(?:,| and| &| of| for| in| at| de| van| von)? {_NAME}){{1,8}}"
    rf"(?:,? (?:[\w'’-]+ ){{0,4}}(?:correspondent|editor|reporter|writer|staff))?(?<!\.)$|"
    rf"(?:Story|Text|Words|Video|Graphics?|Interview|Audio|Data|Pictures|Photos|Photography|Analysis|Reporting)"
    rf"(?: and \w+)? by (?:the )?{_NAME}(?:.? {_NAME}){{1,5}}(?<!\.)$",
)
_CONTRIBUTED = re.compile(
    rf"(?:(?:{_NAME}|and|also|at|for|from|in|of|the|staff|writers?|reporters?|correspondents?|editors?),? )+"
    r"contributed to this (?:report|story|article)\.?$"
)
"""A line of names; a sentence that says so of somebody else is a story's, but for its last lines."""
_CAPTION = re.compile(
    r"(?:photo|picture|image|file photo|file|caption|pictured|above|below|left|right)"
    r"(?: \(?(?:left|right|above|below)\)?)?\s?:|\d{1,3} (?:of|/) \d{1,3}\s?[|:]|"
    r"(?:image|media|video) (?:source|caption|credit)s?\b|file(?: photo)?\s?[-–—]{1,2} ",
    _I,
)
_CAPTION_CREDIT = re.compile(
    r"(?:Photograph|Photo|Picture|Image|Illustration|Credit)s?(?: by| credit)?\s?(?::|\.{3}|…|/)"
    r"\s?[A-ZÀ-Þ][^.!?]{1,60}$|"
    r"\([A-ZÀ-Þ][\w.'’-]++(?: [A-ZÀ-Þ][\w.'’-]++){0,3}/[\w .,&'’-]{2,40}\)\.?$",
)
"""The photographer, behind what may be a whole sentence."""
_CAPTION_SIGN = re.compile(
    r"\b(?:seen|pictured|shown) here\b|\((?:pictured|left|right|centre|center|above|below|file(?: photo)?|"
    r"(?:photo|image|picture)(?: by|:)[^)]{0,60})\)|"
    r"\b(?:file|handout|undated) (?:photo|picture|image)\b|"
    r"[/(]\s?(?:getty images|ap photo|reuters|afp|shutterstock)\b.{0,40}$",
    _I,
)
_CHROME = re.compile(
    r"(?:share(?: this| on .{2,20})?|tweet|print|e-?mail|comments?(?: \(\d+\))?|\d+ (?:comments?|shares)|"
    r"leave a (?:comment|reply)|advertisement|sponsored(?: content)?|copyright (?:©|\(c\)|\d{4}).*|©.*|\(c\) .*|"
    r"all rights reserved\b.*|loading(?: comments| more)?|skip to (?:main )?(?:content|navigation)|"
    r"(?:(?:last )?updated|published)(?: (?:on|at))?:? (?=[\w,]{0,10} ?\d).{0,40}|"
    r"privacy policy|terms of (?:use|service)|cookie (?:policy|settings|preferences)|back to top|next|previous|menu|"
    r"home|search|log ?in|sign in|register|subscribe)\W{0,3}$",
    _I,
)
_FURNITURE = re.compile(
    r"(?:copyright|©|\(c\))\W{0,2}(?:©|\(c\))?\s?\d{4}\b|(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b|"
    r"(?:sorry, )?(?:the )?comments? (?:below |here |on this (?:article|story|page) )?(?:have|has|are|is|were) "
    r"(?:not |now |currently )*"
    r"(?:been )?(?:moderated|closed|disabled)\b|"
    r"(?:please )?(?:log|sign) ?in (?:or \w+(?: an account)? )?to (?:post|leave|add|write|join|comment|reply|read)\b|"
    r"we are (?:no longer|not) accepting comments\b|\S+ says: \w+ \d{1,2}, \d{4} at \d|"
    r"skip to (?:main )?(?:content|nav)|"
    r"(?:topics|tags|filed under|categories|related topics) ?[:|] |topics (?=[A-Z].* \| )|"
    r"be the first to comment\b|(?:top|all|most recent|newest|oldest) comments\b|sort by\b|"
    r"share this (?:page|article|story)\b|(?:listen to|print|save|e-?mail) this (?:article|story|page)\b|"
    r"media playback is (?:not |un)supported\b|(?:this|the) (?:video|content) can ?not be (?:played|loaded)\b|"
    r"(?:please )?enable javascript\b|your browser does not support\b|continue reading the main story\b|"
    r"(?:story|article) continues (?:below|after)\b|already a (?:subscriber|member)\b|"
    r"(?:this (?:article|story|content) is (?:only )?(?:for|available to) (?:subscribers|members))\b|"
    r"you (?:have|['’]ve) (?:reached|read) your .{0,20}\b(?:limit|articles)\b",
    _I,
)
_ANYWHERE = re.compile(
    r"\ball rights reserved\b|\benable javascript\b|\byou agree to (?:our|the) use of cookies\b|"
    r"\b\d+[ -]min(?:ute)?s?[ -]read\b|\bfree articles? (?:remaining|left)\b|\bon (?:apple podcasts|spotify)\b",
    _I,
)
"""What stands nowhere else than in furniture."""
_SHOUTED_LABEL = re.compile(
    r"(?:(?:NOW |ALSO )?(?:READ|WATCH|LISTEN|SEE)|MORE|ALSO|NEXT|PLUS|RELATED|OPINION|EXPLAINER|ANALYSIS|VIDEO|PHOTOS|"
    r"PODCAST|QUIZ|LIVE|DON['’]T MISS)(?: [A-Z]{2,})*\s?[:|–-] ",
)
_IMPERATIVE = re.compile(
    r"(?:get|sign|subscribe|join|try|want|like|stay|never|click|tap|download|follow|check|support|become|start|listen|"
    r"watch|read|for more|to (?:read|get|receive|watch|see)|if you (?:like|enjoy|want))\b",
    _I,
)
_SERVICE = re.compile(
    r"\b(?:newsletters?|inbox|(?:our|the|news) app|podcasts?|subscri(?:be|bers?|ption)|alerts|free trial|"
    r"whatsapp channel|our (?:coverage|reporting|journalism|website)|full (?:story|article|interview|report))\b",
    _I,
)
"""What a page offers: with an imperative before it, a promotion."""
_ARROWS = frozenset("▶►»→›")
_COMMENTING = re.compile(
    r"(?:all |your |this |reader |user )?comment(?:s|ing)?\b.{0,60}\b(?:moderat\w+|removed|deleted|closed|policy|"
    r"guidelines|respectful|civil|subject to)\b|please (?:keep|be) .{0,60}\b(?:respectful|civil|on topic|polite)\b|"
    r"\d[\d,.]*k? (?:comments?|replies|likes|shares|views|votes|reactions|people (?:like|are))\b|"
    r"(?:view|show|see|load|hide|read)(?: all| more| the)*(?: \d+)?(?: more)? (?:comments|replies|reactions)\b",
    _I,
)
_ACTION = re.compile(r"\b(?:reply|like|share|report|flag|upvote|downvote|recommend|follow|pinned|edited)\b", _I)
_CONTROL = re.compile(
    r"\b(?:copy link|gift (?:this )?article|scroll (?:down|to)|text size|font size|toggle \w+|skip to|save for later|"
    r"accept all|manage (?:preferences|cookies|settings|consent)|privacy (?:choices|policy|notice)|"
    r"cookie (?:policy|notice)|terms (?:of|and) (?:use|service|conditions)|contact us|about us|ad ?choices|"
    r"advertise(?:ment| with us)|paid (?:content|post)|view in browser|continue reading|show more|load more|"
    r"open (?:menu|navigation))\b",
    _I,
)
_TRAIL = re.compile(r"\S.* [>›»·•] \S.* [>›»·•] \S")
"""Home > News > Harbour."""
_AGE = re.compile(r"\b\d+ (?:second|minute|hour|day|week|month)s? ago\b|\b\d+(?:m|h|d|w) ago\b", _I)
_ANY_NETWORK = re.compile(rf"\b(?:{_NETWORK}|e-?mail|print)\b", _I)
_STAMP = re.compile(
    r"\b(?:published|updated|posted|last (?:modified|updated|edited))(?: on| at)?:?\s{1,2}"
    r"(?:\w{3,9},? )?(?=[^\s.]{0,10}\d)",
    _I,
)
"""When the page was made: what it says of itself, before a time or a date."""
_MONTH = rf"{MONTH}[a-z]*\.?"
_DATE_AND_TIME = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})"
    r"(?:$|,? (?:at )?\d{1,2}[:.]\d\d\b)|\d{1,2}[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?)? ?(?:[A-Z]{2,4},? )?(?:\w{3,9},? )?"
    rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})",
)
_LABELLED = re.compile(
    r"(?:STORY HIGHLIGHTS|HIGHLIGHTS|KEY (?:POINTS|FACTS|TAKEAWAYS)|MAIN POINTS|AT A GLANCE|IN BRIEF|IN SHORT|THE GIST|"
    r"WHAT TO KNOW|TAKEAWAYS)"
    r"\s?:?\s(?=\S)|"
    r"(?:Story [Hh]ighlights|(?:Key|Main) (?:Points|points)|Key (?:Takeaways|takeaways|Facts|facts)|At a glance)"
    r"\s(?=[A-Z\d•▪●*–-])|"
    r"(?i:(?:here(?: are|['’]s) )?(?:the |our |\w+ )?(?:story highlights|key (?:points|facts|takeaways)|main points|"
    r"takeaways|what (?:you need to|we) know(?: so far)?|things to know))\s?[:|]\s|"
    r"(?i:highlights|at a glance|in brief|in short|summary|fast facts|quick (?:take|read|facts)|takeaways|"
    r"key (?:developments|details|findings|numbers)|main (?:developments|findings)|the essentials)"
    r"\s?[:|–-]\s(?=[^;|•.]{5,140}[;|•.] \S)|(?i:tl;?dr)\s?[:–—-]\s|[•▪●] [^•▪●]{5,200} [•▪●] |"
    r"(?i:what you need to know|need to know)\s?[:•–—-]\s|Highlights (?=[A-Z].*[^.!?]$)|"
    r"(?i:summary|highlights)\s?:\s(?=.{5,140} [-–] .{5,140} [-–] )|Summary (?:Companies|Law (?:Firms|firms)) ",
)
"""A label and the highlights themselves, on one line."""
_LAST_BRACKET = re.compile(r"\s*\([^()]{1,40}\)$")

_IN_FURNITURE = ("rights reserved", "javascript", "cookies", "read", "free article", "podcasts", "spotify")
_IN_NOTES = ("reported from", "y by ", "g by ", "@", "each ", "expressed", "__")
_IN_CREDITS = (":", "...", "…", "/")
"""One of them stands in whatever the pattern with such a name finds; looking for them first is quicker."""

_CREDIT_IN_BRACKETS = re.compile(
    r"\((?i:(?:additional |with )?(?:reporting|writing|editing|inputs|material) (?:by|from)|(?:compiled|edited|written|"
    r"translated|reported) by|with (?:agenc|a?fp|ap\b|reuters|pti)|this (?:story|article|report) (?:has not been|was)|"
    r"redaction:|avec (?:afp|reuters)|mit material|con (?:informaci[oó]n|efe)|\$1 ?= ?|source:)[^()]{0,300}\)\s*$|"
    r"\((?:AFP|ANSA|AP|APA|dpa|EFE|IANS|PTI|Reuters|TASS|Xinhua)\)\s*$"
)
"""Who reported, or what the paper says of the story, behind it or by itself: "(Reporting by Ana Lund)"."""

_MAX_SHORT_WORDS = 14
_MAX_CREDIT_WORDS = 45
_MAX_CAPTION_WORDS = 60
_MAX_FURNITURE_WORDS = 60
_MAX_STAMP_WORDS = 30
_MAX_CHARACTERS = 1_200
"""A longer line is of the story, whatever it says: the patterns' cost stays bounded."""
_MAX_AGE_WORDS = 20
_MIN_NETWORKS = 3
_MIN_ACTIONS = 2
_TAIL = 6
"""So many lines from the end, credits are looked for in sentences too."""


def own_role(text: str, from_end: int) -> Role:  # noqa: PLR0911 # one a kind
    """Return what a line says about itself, wherever it stands; `from_end` is its place from the end, the last 1."""
    n_words = text.count(" ") + 1
    if not LETTER_OR_DIGIT.search(text):
        return "chrome"
    if n_words > 2 * _MAX_FURNITURE_WORDS or len(text) > _MAX_CHARACTERS:
        return "body"
    if _LABELLED.match(text):
        return "highlight"
    if _is_promo(text, n_words):
        return "promo"
    if (n_words <= _MAX_SHORT_WORDS and _CHROME.match(text)) or _is_furniture(text, n_words):
        return "chrome"
    if _is_credit(text, n_words, from_end):
        return "credit"
    if n_words <= _MAX_CAPTION_WORDS and _is_caption(text):
        return "caption"
    return "body"


def credit_start(text: str) -> int:
    """Return where a credit in brackets starts that ends a line; the line's length without one, or if it is all."""
    if not text.endswith(")"):
        return len(text)
    credit = _CREDIT_IN_BRACKETS.search(text, max(0, text.rfind("(")))
    return credit.start() if credit and credit.start() else len(text)


def _is_credit(text: str, n_words: int, from_end: int) -> bool:
    if _BYLINE.match(text) or (n_words <= _MAX_STAMP_WORDS and ("PUBLISHED:" in text or "UPDATED:" in text)):
        return True
    if n_words <= _MAX_STAMP_WORDS and not ends_sentence(text) and (_STAMP.search(text) or _DATE_AND_TIME.match(text)):
        return True
    if n_words > _MAX_CREDIT_WORDS:
        return False
    if text[0] == "(" and _CREDIT_IN_BRACKETS.match(text):
        return True
    if any(map(text.__contains__, _IN_NOTES)) and _REPORTED_FROM.match(text):
        return True
    return bool(_CREDIT.search(text) if from_end <= _TAIL else _CONTRIBUTED.match(text))


def _is_furniture(text: str, n_words: int) -> bool:
    if n_words <= _MAX_FURNITURE_WORDS and (_FURNITURE.match(text) or _holds_furniture(text)):
        return True
    if n_words <= _MAX_CREDIT_WORDS and _COMMENTING.match(text):
        return True
    if n_words > _MAX_AGE_WORDS or ends_sentence(text):
        return False
    if _AGE.search(text) or _distinct(_ACTION, text) >= _MIN_ACTIONS or _distinct(_ANY_NETWORK, text) >= _MIN_NETWORKS:
        return True
    return n_words <= _MAX_SHORT_WORDS and bool(_CONTROL.search(text) or _TRAIL.match(text))


def _holds_furniture(text: str) -> bool:
    lower = text.lower()
    return any(map(lower.__contains__, _IN_FURNITURE)) and _ANYWHERE.search(text) is not None


def _distinct(pattern: re.Pattern[str], text: str) -> int:
    return len(set(map(str.lower, pattern.findall(text))))


def _is_promo(text: str, n_words: int) -> bool:
    if _PROMO.match(text) or (n_words <= 2 * _MAX_SHORT_WORDS and _CALL.match(text)):
        return True
    if n_words > _MAX_CREDIT_WORDS:
        return False
    if (_IMPERATIVE.match(text) and _SERVICE.search(text)) or text[0] in _ARROWS or text[-1] in _ARROWS:
        return True
    return n_words <= 2 * _MAX_SHORT_WORDS and not is_closed(text) and bool(_SHOUTED_LABEL.match(text))


def _is_caption(text: str) -> bool:
    """Say whether the text is labelled a caption, or holds a caption's sign and does not end as a sentence does."""
    if _CAPTION.match(text) or (any(map(text.__contains__, _IN_CREDITS)) and _CAPTION_CREDIT.search(text)):
        return True
    return not is_closed(text) and bool(_CAPTION_SIGN.search(text))


def is_closed(text: str) -> bool:
    """Say whether a sentence ends at the end of the text, or before a credit in brackets there."""
    return ends_sentence(text) or (text.endswith(")") and ends_sentence(_LAST_BRACKET.sub("", text)))
