"""HTML page to the text of its article, by trafilatura.

Trafilatura keeps no offsets, so for HTML every offset counts in the text that comes out of here (law 1).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What was read from a page."""

    text: str
    """The article, a line a block; empty when the page has no text."""
    title: str | None
    """Its main heading, else the title of the document."""


def page_from_html(html: str) -> Page:
    """Return the article of an HTML page or fragment, without navigation, teasers and comments.

    Where trafilatura sees no article, all visible text is taken. Whatever is sent gives a page, be it empty. Dates,
    authors and other metadata are not looked for: that takes longer than the article. Cost: 10 ms for a news page.
    """
    import trafilatura  # takes 0.4 s; who sends only text should not wait for it
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura.settings import Document

    # parsed here because trafilatura's own loader refuses fragments; a stray NUL would end the page for the parser
    try:
        tree = document_fromstring(html.replace("\0", " ").encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # "Document is empty"
        return Page(text="", title=None)
    headings = (tree.find(".//h1"), tree.find(".//title"))
    titles = (" ".join(heading.text_content().split()) for heading in headings if heading is not None)
    document = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    text = document.text if isinstance(document, Document) else None
    return Page(text=text or trafilatura.html2txt(html), title=next(filter(None, titles), None))
