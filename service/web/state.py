"""What the views of one app share: its settings."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from service.settings import Settings

_KEY = "nutgraf"


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` its settings."""
    app.extensions[_KEY] = settings


def settings() -> Settings:
    """Return the settings of the app that serves the request at hand."""
    return cast("Settings", current_app.extensions[_KEY])
