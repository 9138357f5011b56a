"""Text to blocks, each with the role it plays on the page.

Only what is clearly not the story gets another role than `body`: losing a sentence of the story is worse than
keeping a link. What a block says about itself ("Read more: …") decides first, then where it stands: above the dateline,
in a run of short lines without a full stop, below the last sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from service.article.datelines import dateline_end, header_end
from service.article.lines import LETTER_OR_DIGIT, Line, ends_sentence, is_item, paragraphs, trimmed
from service.article.models import Block, Role

_I = re.IGNORECASE
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
    r"subscribe (?:to our|now|here)\b|follow (?:us|@\w+) on\b|"
    r"download (?:our|the) app\b|join the (?:conversation|discussion) (?:on|below)\b|"
    r"(?:like|find) us on (?:facebook|twitter|instagram)\b",
    _I,
)
_CREDIT = re.compile(
    r"\b(?i:contribut(?:ed|ing)) to this (?:report|story|article)\b|"
    r"^(?i:(?:additional )?(?:reporting|writing|editing|compiled|edited|written|produced|translated) by) [A-ZÀ-Þ]|"
    r"^(?:Photograph(?:s|y)?|Illustrations?|Credits?|Foto|Crédit|(?:Photo|Image|Picture|Video)s? (?:credit|by))\s?:|"
    r"^(?:[Tt]he )?[A-Z][\w. ]{0,30}['’]s? (?:[A-ZÀ-Þ][\w.'’-]+ ){2,3}(?:\w+ ){0,6}(?:reported|contributed|wrote)\b"
    r".{0,60}\b(?:from|for|to)\b",
)
_NAME = r"[A-ZÀ-Þ][\w'’-]*\.?"
_BYLINE = re.compile(
    rf"(?:By|BY|Von|Par|Por|Di|Door|Av|Af) (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    rf"{_NAME}(?:(?:,| and| &| of| for| de| van| von)? {_NAME}){{1,8}}(?<!\.)$",
)
_CAPTION = re.compile(
    r"(?:photo|picture|image|file photo|file|caption|pictured|above|below|left|right)"
    r"(?: \(?(?:left|right|above|below)\)?)?\s?:",
    _I,
)
_CAPTION_SIGN = re.compile(
    r"\((?:pictured|left|right|centre|center|above|below|file(?: photo)?|"
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
_LAST_BRACKET = re.compile(r"\s*\([^()]{1,40}\)$")
_SPEECH = re.compile(r"^[\"“]|\b(?:said|says)$")
_DATE = re.compile(r"\d{1,2}\.? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,4}$")
_HIGHLIGHTS = re.compile(
    r"(?:story highlights|highlights|key points|at a glance|in brief|the essentials|main points)\s?:?$",
    _I,
)

_MAX_HEADING_WORDS = 14
_MAX_HEADING_CHARACTERS = 100
_MAX_QUESTION_WORDS = 10
_MIN_LINKS = 3
"""So many short lines in a row inside a story are links to others; one is a subhead, two a subhead with its deck."""
_MAX_CREDIT_WORDS = 45
_MAX_CAPTION_WORDS = 60
_MAX_INITIALS_WORDS = 6
_TAIL = 6
_MAX_PREFACE = 60


def blocks(text: str, checkpoint: Callable[[], None] = lambda: None) -> list[Block]:
    """Return the text's blocks in order; together they hold every character that is not white space.

    A dateline becomes a block of its own and the rest of its line another. A text in which nothing reads as a story
    is all `body`. `checkpoint` is called for each line and may raise to stop the work. Cost: linear.
    """
    lines = paragraphs(text, checkpoint)
    roles = _roles(lines, checkpoint)
    if "body" not in roles:
        roles = ["body"] * len(lines)
    story = roles.index("body") if lines else 0
    found: list[Block] = []
    for number, (line, role) in enumerate(zip(lines, roles, strict=True)):
        found += _with_dateline(text, line) if number == story else [Block(role, line.start, line.end)]
    return found


def _with_dateline(text: str, line: Line) -> list[Block]:
    """Split the story's first line behind its header and its dateline."""
    found: list[Block] = []
    rest = line.start
    if end := header_end(line.text):
        found.append(Block("credit", *trimmed(text, rest, rest + end)))
        rest += end
    if end := dateline_end(text[rest : line.end]):
        found.append(Block("dateline", *trimmed(text, rest, rest + end)))
        rest += end
    return [*found, Block("body", *trimmed(text, rest, line.end))]


def _roles(lines: Sequence[Line], checkpoint: Callable[[], None]) -> list[Role]:
    if len(lines) < 2:  # noqa: PLR2004 # a lone line has no neighbours to be told from
        return ["body"] * len(lines)
    roles: list[Role] = []
    for number, line in enumerate(lines):
        checkpoint()
        roles.append(_own_role(line, from_end=len(lines) - number))
    _mark_preface(lines, roles)
    _mark_highlights(lines, roles)
    if _is_prose(lines):
        _mark_short_lines(lines, roles)
    return roles


def _own_role(line: Line, from_end: int) -> Role:
    """Return what the line says about itself, wherever it stands."""
    text, n_words = line.text, line.text.count(" ") + 1
    if not LETTER_OR_DIGIT.search(text):
        return "chrome"
    if _PROMO.match(text) or (n_words <= 2 * _MAX_HEADING_WORDS and _CALL.match(text)):
        return "promo"
    if n_words <= _MAX_HEADING_WORDS and _CHROME.match(text):
        return "chrome"
    if _BYLINE.match(text) or (from_end <= _TAIL and n_words <= _MAX_CREDIT_WORDS and _CREDIT.search(text)):
        return "credit"
    if n_words <= _MAX_CAPTION_WORDS and _is_caption(text):
        return "caption"
    return "body"


def _is_caption(text: str) -> bool:
    """Say whether the text is labelled a caption, or holds a caption's sign and does not end as a sentence does."""
    return bool(_CAPTION.match(text)) or (not _is_closed(text) and bool(_CAPTION_SIGN.search(text)))


def _is_closed(text: str) -> bool:
    """Say whether a sentence ends at the end of the text, or before a credit in brackets there."""
    return ends_sentence(text) or ends_sentence(_LAST_BRACKET.sub("", text))


def _mark_preface(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark what stands above the one dateline of the page: pictures' captions, ready-made highlights, the headline.

    A page that has several datelines is a round-up, and a long text above one is a story of its own.
    """
    opening = [n for n, line in enumerate(lines) if dateline_end(line.text)]
    if len(opening) != 1 or not 0 < opening[0] <= _MAX_PREFACE:
        return
    [story] = opening
    below = sum(len(line.text) for line in lines[story:])
    if below < sum(len(line.text) for line in lines[:story]):
        return
    for number, line in enumerate(lines[:story]):
        if roles[number] == "body":
            roles[number] = "highlight" if is_item(line.text) else "heading" if _is_short(line) else "caption"


def _mark_highlights(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark the bullets that the page's editors wrote: below a label of theirs, or above the story's first line."""
    for number, line in enumerate(lines[:-1]):
        if _HIGHLIGHTS.match(line.text):
            roles[number] = "heading"
            _mark_run(lines, roles, number + 1)
    first = next((n for n, line in enumerate(lines) if roles[n] == "body" and not _is_short(line)), 0)
    if first < len(lines) and all(roles[n] != "body" or _is_short(lines[n]) for n in range(first)):
        start = next((n for n in range(first + 1) if is_item(lines[n].text)), first)
        _mark_run(lines, roles, start)


def _mark_run(lines: Sequence[Line], roles: list[Role], start: int) -> None:
    """Mark the run of items at `start`, if a longer story follows it."""
    end = start
    while end < len(lines) and is_item(lines[end].text):
        end += 1
    run, rest = lines[start:end], lines[end:]
    if run and sum(len(line.text) for line in rest) > sum(len(line.text) for line in run):
        roles[start:end] = ["highlight"] * len(run)


def _is_prose(lines: Sequence[Line]) -> bool:
    """Say whether most of the text ends its lines as sentences end; verse, tables and Thai do not."""
    closed = sum(len(line.text) for line in lines if ends_sentence(line.text))
    return 2 * closed > sum(len(line.text) for line in lines)


def _is_short(line: Line) -> bool:
    """Say whether the line is short and has no full stop, as headings and links are."""
    text = line.text
    n_words = text.count(" ") + 1
    if n_words > _MAX_HEADING_WORDS or len(text) > _MAX_HEADING_CHARACTERS:
        return False
    if _SPEECH.search(text) or _DATE.match(text):  # a quotation, or an entry of a timeline, that lost its full stop
        return False
    if text.endswith(("?", "？", "؟")):
        return n_words <= _MAX_QUESTION_WORDS
    if n_words <= _MAX_INITIALS_WORDS and _INITIALS.search(text):  # "No aid from U.S." has no full stop of its own
        return True
    return not _is_closed(text) and not text.endswith((",", "，", "、"))


def _mark_short_lines(lines: Sequence[Line], roles: list[Role]) -> None:
    """Mark runs of short lines: subheads inside the story, links where many follow each other, furniture below it."""
    full = [n for n, role in enumerate(roles) if role == "body" and not _is_short(lines[n])]
    if not full:
        return
    short = [
        role == "body" and _is_short(line) and not is_item(line.text) for role, line in zip(roles, lines, strict=True)
    ]
    for is_run, group in groupby(range(len(lines)), key=short.__getitem__):
        run = list(group)
        if is_run:
            roles[run[0] : run[-1] + 1] = _run_roles(run, first=full[0], last=full[-1])


def _run_roles(run: Sequence[int], first: int, last: int) -> list[Role]:
    if run[0] > last:
        return ["chrome"] * len(run)
    if run[0] > first and len(run) >= _MIN_LINKS:
        return ["promo"] * len(run)
    return ["heading"] * len(run)
