"""HTML page to the text of its article, by trafilatura.

Trafilatura keeps no offsets, so for HTML every offset counts in the text that comes out of here (law 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.errors import TextTooLongError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TAGS = 60_000
"""The most tags a page may have, closing ones included; the slowest pages of so many took about three seconds."""
MAX_ATTRIBUTES = 200
"""The most attributes of a tag that are read: the parser takes time that grows with the square of their number."""
_FEW_CHARACTERS = 50_000
"""So many hold no more attributes than are read in a tenth of a second."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ATTRIBUTE = r"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=>)|[^\s>"'][^\s>]*+))?"""
"""As HTML's standard has it, and libxml2 from 2.14 on."""
_MANY_ATTRIBUTES = re.compile(
    rf"(<[a-z][^\s/>]*+(?:[\s/]*+{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}})(?:[\s/]*+{_ATTRIBUTE})++", re.ASCII | re.IGNORECASE
)
_BLOCKS = (
    "address article aside blockquote br dd div dl dt figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section summary table td th tr ul"
).split()
"""Elements with a line of their own."""
_NO_TEXT = ("head", "script", "style", "aside", "footer")
"""What trafilatura leaves out where it takes all the rest."""


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
    import trafilatura  # takes 0.4 s; who sends only text should not wait for it
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura.settings import Document

    # parsed here because trafilatura's own loader refuses fragments; what XML cannot hold would make it give up
    html = _NOT_XML.sub(" ", html)
    if len(html) > _FEW_CHARACTERS:
        html = _MANY_ATTRIBUTES.sub(r"\1", html)
    try:
        tree = document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # "Document is empty"
        return Page(text="", title=None)
    headings = (tree.find(".//h1"), tree.find(".//title"))
    titles = [" ".join(heading.text_content().split()) for heading in headings if heading is not None]
    document = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    text = document.text if isinstance(document, Document) and document.text else trafilatura.html2txt(html)
    return Page(text=_by_block(tree, text), title=next(filter(None, titles), None))


def _by_block(tree: HtmlElement, text: str) -> str:
    """Return a line a block where `text` is all of a page's: trafilatura then gives each piece of it a line.

    A word in bold would be one, in the middle of its sentence. Changes the tree.
    """
    from lxml.etree import strip_elements

    strip_elements(tree, *_NO_TEXT, with_tail=False)
    whole = str(tree.text_content())
    if "".join(whole.split()) != "".join(text.split()):
        return text
    for element in tree.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(filter(None, lines))
