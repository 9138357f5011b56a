"""HTML page to the text of its article, by trafilatura.

Trafilatura keeps no offsets, so for HTML every offset counts in the text that comes out of here (law 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.errors import TextTooLongError

MAX_TAGS = 60_000
"""The most tags a page may have, closing ones included; the slowest pages of so many took about three seconds."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
    try:
        tree = document_fromstring(_NOT_XML.sub(" ", html).encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # "Document is empty"
        return Page(text="", title=None)
    headings = (tree.find(".//h1"), tree.find(".//title"))
    titles = (" ".join(heading.text_content().split()) for heading in headings if heading is not None)
    document = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    text = document.text if isinstance(document, Document) else None
    return Page(text=text or trafilatura.html2txt(html), title=next(filter(None, titles), None))
