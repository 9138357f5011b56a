"""What Flask and gunicorn cost by themselves: a JSON body is read, a JSON reply of a summary's size is sent."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

app = Flask(__name__)


@app.post("/v1/summaries")
def echo() -> dict[str, Any]:
    """Read the body and answer with its opening."""
    return {"summary": request.get_json()["text"][:500], "sentences": [], "warnings": []}


@app.get("/readyz")
def ready() -> dict[str, str]:
    """Answer once the application is loaded."""
    return {"status": "ok"}
