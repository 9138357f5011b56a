"""Every error that Nutgraf raises on purpose.

    NutgrafError
    ├── InputError                    the caller can mend it
    │   ├── InvalidTextError          the text cannot be read as an article
    │   ├── TooLargeError             over a limit
    │   │   ├── TextTooLongError      on characters or sentences
    │   │   ├── BodyTooLargeError     on the bytes of a body, or of a line of a batch
    │   │   └── BatchTooLargeError    on the lines or bytes of a batch
    │   ├── InvalidOptionsError       one or more options have values that cannot be meant
    │   ├── UnsupportedLanguageError  a language code that is not in the table
    │   ├── MalformedJsonError        what should be JSON is not
    │   └── UndecodableBodyError      bytes that the charset does not have
    ├── DeadlineExceededError         the work took longer than the deadline allows
    ├── RankingDidNotConvergeError    a power iteration hit its cap
    ├── InvalidSettingError           a setting in the environment stops the start
    └── BatchError                    a batch of files cannot be read, worked on or written

    AbandonedError                    nobody waits for the answer any more: no failure, the end of the work

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


class TooLargeError(InputError):
    """Something is over a limit; `size` is None where counting did not go on to the end."""

    limit: int
    size: int | None


class TextTooLongError(TooLargeError):
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


class MalformedJsonError(InputError):
    """A body, or a line of a batch, says it is JSON and is not."""


class UndecodableBodyError(InputError):
    """A body, or a line of a batch, has bytes that its charset does not have."""


class BodyTooLargeError(TooLargeError):
    """A body, or a line of a batch, has more bytes than the limit."""

    def __init__(self, *, limit: int, size: int | None) -> None:
        """Say the limit and, where it was read to its end, the size."""
        has = f"has {size:,} bytes" if size is not None else "is larger"
        super().__init__(f"The body {has}; at most {limit:,} bytes are accepted (NUTGRAF_MAX_BODY_BYTES).")
        self.limit = limit
        self.size = size


class BatchTooLargeError(TooLargeError):
    """A batch over HTTP goes on past a limit; what came before was answered."""

    def __init__(self, *, limit: int, unit: str, setting: str) -> None:
        """Say the limit, in `unit`, and the setting it comes from."""
        super().__init__(f"At most {limit:,} {unit} of a batch are answered ({setting}). Send the rest anew.")
        self.limit = limit
        self.size = None


class DeadlineExceededError(NutgrafError):
    """The work was stopped because it took longer than the deadline allows."""


class RankingDidNotConvergeError(NutgrafError):
    """A power iteration did not reach its epsilon within its cap of iterations."""


class InvalidSettingError(NutgrafError):
    """A setting in the environment has a value that cannot be meant."""


class BatchError(NutgrafError):
    """A batch of files cannot be read, worked on or written; of a record it is never said."""


class AbandonedError(Exception):
    """Nobody waits for the answer any more, so the work ends; raised by a stopwatch's interruption."""


_CLOSE = 0.65
"""The likeness, 0 to 1, from which on a name is a misspelling of another."""


def nearest(value: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the known name closest to `value`, or "" when none is close."""
    close = difflib.get_close_matches(value[:64].lower(), sorted(known), n=1, cutoff=_CLOSE)
    return f" Did you mean '{close[0]}'?" if close else ""
