"""What the views of one app share: its settings, the slots for its work, and who may ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from service.settings import Settings
from service.web.admission import Admission
from service.web.keys import ApiKeys
from service.web.measurements import Measurements
from service.web.rates import Counter, counter_for

_KEY = "nutgraf"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask, and how often."""

    keys: ApiKeys
    counter: Counter | None


@dataclass(frozen=True, slots=True)
class State:
    """Made once an app, before the workers are forked; each worker then has its own copy."""

    settings: Settings
    admission: Admission
    access: Access


def init_app(app: Flask, settings: Settings, measurements: Measurements) -> None:
    """Give `app` what its views share. Raises `InvalidSettingError` for a file of keys that cannot be used."""
    access = Access(
        keys=ApiKeys(settings.api_keys, settings.api_keys_file, failed=measurements.keys_file_failure),
        counter=counter_for(settings.rate_limit, settings.redis_url, failed=measurements.redis_failure),
    )
    app.extensions[_KEY] = State(
        settings=settings,
        admission=Admission(
            slots=settings.slots,
            queue=settings.queue,
            wait_seconds=settings.deadline_seconds,
            changed=measurements.admission,
        ),
        access=access,
    )


def settings() -> Settings:
    """Return the settings of the app that serves the request at hand."""
    return _state().settings


def admission() -> Admission:
    """Return the slots of this worker."""
    return _state().admission


def access() -> Access:
    """Return who may ask, and how often."""
    return _state().access


def _state() -> State:
    return cast("State", current_app.extensions[_KEY])
