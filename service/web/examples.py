"""The article that `/openapi.json` shows; what it gives is worked out, not written down."""

from __future__ import annotations

from html import escape

ARTICLE_TITLE = "Harbour town votes to keep its night ferry"

_PARAGRAPHS = (
    (
        "LINDHOLM (Nutgraf) - The town council of Lindholm voted on Tuesday to keep the night ferry to the islands, "
        "ending a dispute that had split the harbour for two years."
    ),
    (
        "The ferry carries about 400 people a week, most of them nurses and fishermen who work while the town sleeps. "
        "Without it, the council's own study found, one in five of them would have to give up a job on the mainland."
    ),
    (
        "Opponents had argued that the ferry loses 1.2 million crowns a year and that a bus over the new bridge "
        "would do the same work for a third of the money."
    ),
    (
        '"We are not paying for a boat, we are paying for a town that works at night," said Mayor Ingrid Solberg, who '
        "had long been undecided."
    ),
    (
        "The council also agreed to raise fares by 5 percent in spring and to replace the ferry's diesel engine with "
        "batteries by 2029, if the national climate fund pays half."
    ),
    "Nine members voted for the plan and six against it.",
)

ARTICLE = "\n\n".join((ARTICLE_TITLE, *_PARAGRAPHS)) + "\n"

ARTICLE_HTML = (
    f"<!doctype html><html lang=en><title>{ARTICLE_TITLE}</title><body><main><article><h1>{ARTICLE_TITLE}</h1>"
    + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _PARAGRAPHS)
    + "</article></main></body></html>\n"
)
