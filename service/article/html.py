"""HTML page to the text of its article, by trafilatura.

Trafilatura keeps no offsets, so for HTML every offset counts in the text that comes out of here (law 1).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from service.errors import TextTooLongError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TAGS = 40_000
"""The most tags a page may have, closing ones included; the slowest pages of so many took about four seconds."""
MAX_ATTRIBUTES = 200
"""The most attributes of a tag that are read: the parser takes time that grows with the square of their number."""
_FEW_CHARACTERS = 50_000
"""So many hold no more attributes than are read in a tenth of a second."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ATTRIBUTE = r"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^\s>"'][^\s>]*+))?"""
"""As HTML's standard has it, and libxml2 from 2.14 on."""
_MANY_ATTRIBUTES = re.compile(
    rf"(<[a-z][^\s/>]*+(?:[\s/]*+{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}})(?:[\s/]*+{_ATTRIBUTE})+", re.ASCII | re.IGNORECASE
)
_BLOCKS = (
    "address article aside blockquote br dd div dl dt figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section summary table td th tr ul"
).split()
"""Elements with a line of their own."""
_NO_TEXT = ("head", "script", "style")
_NOT_READ = "//del | //s | //strike | //rt | //rp | //template | //noscript | //select | //sup[a]"
"""What is deleted, another reading of what is shown, for who runs no scripts, or the number of a footnote."""
_HIDDEN = "//*[@hidden and not(@hidden='until-found') and not(ancestor::*[@hidden])]"
_MOST_HIDDEN = 0.5
"""With more of a page's characters hidden, a script shows them: they are its story."""
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_MARK = "- "
"""What trafilatura puts before an item of a list."""
_MOST_MISSES = 50
"""So many lines are looked for in vain: each search may pass over the whole page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a page."""

    text: str
    """The article, a line a block; empty when the page has no text."""
    title: str | None
    """Its main heading, else the title of the document."""


def check_tags(html: str) -> None:
    """Raise `TextTooLongError` for a page of very many tags: trafilatura cannot be interrupted once it reads."""
    n_tags = html.count("<")
    if n_tags > MAX_TAGS:
        raise TextTooLongError(size=n_tags, limit=MAX_TAGS, unit="tags", setting="for HTML")


def page_from_html(html: str) -> Page:
    """Return the article of an HTML page or fragment, without navigation, teasers and comments.

    Where trafilatura sees no article, all visible text is taken. Whatever is sent gives a page, be it empty. Dates,
    authors and other metadata are not looked for: that takes longer than the article. Cost: 10 ms for a news page.
    """
    import trafilatura  # a tenth of a second and 9 MiB; who sends only text should not pay for it
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura.settings import Document

    # parsed here because trafilatura's own loader refuses fragments; what XML cannot hold would make it give up
    html = _NOT_XML.sub(" ", html)
    if len(html) > _FEW_CHARACTERS:
        html = _MANY_ATTRIBUTES.sub(r"\1", html)
    try:
        # no more than 256 levels deep, which is what trafilatura's own recursion can bear
        tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # "Document is empty"
        return Page(text="", title=None)
    _drop_unshown(tree)
    headings = (tree.find(".//h1"), tree.find(".//title"))
    titles = [" ".join(heading.text_content().split()) for heading in headings if heading is not None]
    document = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    text = document.text if isinstance(document, Document) and document.text else trafilatura.html2txt(tree)
    return Page(text=_by_block(tree, text), title=next(filter(None, titles), None))


def _drop_unshown(tree: HtmlElement) -> None:
    """Drop what a reader of the page does not see; write powers and the marks of short quotations as they are seen."""
    hidden = tree.xpath(_HIDDEN)
    if sum(len(element.text_content()) for element in hidden) > _MOST_HIDDEN * len(tree.text_content()):
        hidden = []
    for element in [*hidden, *tree.xpath(_NOT_READ)]:
        if element.getparent() is not None:
            element.drop_tree()
    for power in tree.iter("sup"):
        if power.text and len(power) == 0:
            power.text = power.text.translate(_SUPERSCRIPT)
    for quotation in tree.iter("q"):
        quotation.text = f"“{quotation.text or ''}"
        if len(quotation):
            quotation[-1].tail = f"{quotation[-1].tail or ''}”"
        else:
            quotation.text += "”"


def _by_block(tree: HtmlElement, text: str) -> str:
    """Return the text of a page with its lines parted where the page's blocks part. Changes the tree.

    On short pages trafilatura takes all of an article as one line, or gives each piece a line: a word in bold would be
    one, in the middle of its sentence. Cost: linear.
    """
    page = _Blocks(tree)
    lines: list[str | _Piece] = []
    cursor = misses = 0
    for line in text.split("\n"):
        mark = _MARK if line.startswith(_MARK) else ""
        shown = "".join(line.removeprefix(mark).split())
        start = page.shown.find(shown, cursor) if shown and misses < _MOST_MISSES else -1
        if start < 0:  # a table's row, or what a script holds
            misses += bool(shown)
            lines.append(line)
            continue
        cursor = start + len(shown)
        for piece in page.pieces(start, cursor):
            last = lines[-1] if lines else ""
            if isinstance(last, _Piece) and last.block == piece.block and last.end == piece.start:
                lines[-1] = last._replace(end=piece.end)
            else:
                lines.append(piece._replace(mark=mark))
            mark = ""
    return "\n".join(line if isinstance(line, str) else page.text(line) for line in lines)


class _Piece(NamedTuple):
    """A part of a block, in characters of the page that are no white space."""

    block: int
    start: int
    end: int
    mark: str = ""


class _Blocks:
    """The text of a page, a line a block."""

    def __init__(self, tree: HtmlElement) -> None:
        from lxml.etree import strip_elements

        strip_elements(tree, *_NO_TEXT, with_tail=False)
        for element in tree.iter(*_BLOCKS):
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
        lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
        self._lines = [line for line in lines if line]
        shown = [line.replace(" ", "") for line in self._lines]
        self.shown = "".join(shown)
        """The text without white space."""
        self._ends = list(accumulate(map(len, shown)))
        self._places: dict[int, list[int]] = {}

    def pieces(self, start: int, end: int) -> Iterator[_Piece]:
        """Yield what `shown[start:end]` holds of each block."""
        while start < end:
            block = bisect_right(self._ends, start)
            stop = min(end, self._ends[block])
            yield _Piece(block, start, stop)
            start = stop

    def text(self, piece: _Piece) -> str:
        """Return a piece with its white space."""
        line, first = self._lines[piece.block], self._ends[piece.block - 1] if piece.block else 0
        if (piece.start, piece.end) == (first, self._ends[piece.block]):
            return piece.mark + line
        if piece.block not in self._places:
            self._places[piece.block] = [place for place, character in enumerate(line) if character != " "]
        places = self._places[piece.block]
        return piece.mark + line[places[piece.start - first] : places[piece.end - first - 1] + 1]
