"""Every error that Nutgraf raises on purpose.

    NutgrafError
    ├── InputError                    the caller can mend it
    │   ├── InvalidTextError          the text cannot be read as an article
    │   ├── TextTooLongError          over a limit on characters or sentences
    │   ├── InvalidOptionsError       one or more options have values that cannot be meant
    │   └── UnsupportedLanguageError  a language code that is not in the table
    ├── DeadlineExceededError         the work took longer than the deadline allows
    ├── RankingDidNotConvergeError    a power iteration hit its cap
    └── InvalidSettingError           a setting in the environment stops the start

Messages name the fact, the value and the way out. They may quote an option's value, never the text.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class NutgrafError(Exception):
    """Base of all errors raised on purpose."""


class InputError(NutgrafError):
    """The caller sent something that cannot be answered, and can mend it."""


class InvalidTextError(InputError):
    """The text is blank or cannot be decoded."""


class TextTooLongError(InputError):
    """The text is over a limit."""

    def __init__(self, *, limit: int, unit: str, setting: str, size: int | None = None) -> None:
        """Say the limit, in `unit`, the setting it comes from, and the size where counting went on to the end."""
        known_size = f"{size:,}" if size is not None else f"more than {limit:,}"
        super().__init__(
            f"The text has {known_size} {unit}; at most {limit:,} are accepted ({setting}). Send it in parts.",
        )
        self.size = size
        self.limit = limit
        self.unit = unit


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """What is wrong with one option."""

    detail: str
    """What is wrong with the value, and what would be right."""
    pointer: str | None = None
    """Where, as a JSON Pointer (RFC 6901) into the body, "" for the whole; None for a query parameter."""
    parameter: str | None = None
    """The leaf name, where the value came from a query string, a form or the command line."""


class InvalidOptionsError(InputError):
    """One or more options cannot be meant; `problems` lists each."""

    def __init__(self, problems: Iterable[OptionProblem]) -> None:
        """Join the details into one message."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.detail for problem in self.problems))


class UnsupportedLanguageError(InputError):
    """A language code that Nutgraf has no stop words for."""


class DeadlineExceededError(NutgrafError):
    """The work was stopped because it took longer than the deadline allows."""


class RankingDidNotConvergeError(NutgrafError):
    """A power iteration did not reach its epsilon within its cap of iterations."""


class InvalidSettingError(NutgrafError):
    """A setting in the environment has a value that cannot be meant."""


def nearest(value: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the known name closest to `value`, or "" when none is close."""
    close = difflib.get_close_matches(value[:64].lower(), sorted(known), n=1, cutoff=0.5)
    return f" Did you mean '{close[0]}'?" if close else ""
