"""What may be told of an unexpected error: its kind and its place, never its message, which may quote the text."""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).parent


def kinds_of(error: BaseException | None) -> list[str]:
    """Return the class of `error` and of what caused it."""
    kinds = []
    while error is not None:
        kinds.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return kinds


def places_of(error: BaseException) -> list[str]:
    """Return the frames of the traceback, outermost first, ours relative to the package."""
    return [
        f"{frame.filename.removeprefix(f'{_PACKAGE}/')}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
