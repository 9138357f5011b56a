"""What the views of one app share: its settings, and the slots for its work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from service.settings import Settings
from service.web.admission import Admission

_KEY = "nutgraf"


@dataclass(frozen=True, slots=True)
class State:
    """Made once an app, before the workers are forked; each worker then has its own copy."""

    settings: Settings
    admission: Admission


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` what its views share."""
    app.extensions[_KEY] = State(
        settings=settings,
        admission=Admission(slots=settings.slots, queue=settings.queue, wait_seconds=settings.deadline_seconds),
    )


def settings() -> Settings:
    """Return the settings of the app that serves the request at hand."""
    return _state().settings


def admission() -> Admission:
    """Return the slots of this worker."""
    return _state().admission


def _state() -> State:
    return cast("State", current_app.extensions[_KEY])
