"""sumy behind Flask, as it is commonly written: everything made anew for each request."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from benchmarks.contestants import Boundaries

app = Flask(__name__)


@app.post("/v1/summaries")
def summarize() -> dict[str, Any]:
    """Summarize the text of a JSON body."""
    parser = PlaintextParser.from_string(request.get_json()["text"], Boundaries())
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    return {"summary": " ".join(str(sentence) for sentence in summarizer(parser.document, 3))}


@app.get("/readyz")
def ready() -> dict[str, str]:
    """Answer once the application is loaded."""
    return {"status": "ok"}
