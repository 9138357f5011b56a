"""API keys: which there are, and whether a request has one of them.

Only SHA-256 digests are kept. Keys are long and random, so a slow hash would protect nothing and cost every request.
"""

from __future__ import annotations

import hmac
import os
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import monotonic

from service.errors import InvalidSettingError
from service.settings import digests_in_text
from service.web import telemetry

_LOOK_SECONDS = 1.0

Digest = bytes


class ApiKeys:
    """The digests of all keys: those of the setting, and those of a file that may change while the service runs.

    A file that has become unreadable, or has a line that is no key, or none at all, changes nothing: the keys before
    it stay in force, and the log says so. Only a worker that starts then honours none of them.
    """

    def __init__(self, digests: frozenset[Digest], file: Path | None, *, failed: Callable[[], None]) -> None:
        """Read the file, if there is one; `failed` is called for each change of it that could not be used.

        Raises `InvalidSettingError` where the file has no keys: a service that was to be closed must not open.
        """
        self._digests = digests
        self._file = file
        self._failed = failed
        self._lock = threading.Lock()
        self._looked = monotonic()
        self._version: object = None
        self._from_file: frozenset[Digest] = frozenset()
        if file is not None:
            self._version = _version(file)
            self._from_file = _read(file)

    def begin(self) -> None:
        """Read the file in a new worker.

        What the master read at its start may be revoked by now: where the file cannot be used, none of its keys hold.
        """
        if self._file is None:
            return
        self._version, self._looked = _version(self._file), monotonic()
        try:
            self._from_file = _read(self._file)
        except InvalidSettingError as error:
            self._from_file = frozenset()
            self._failed()
            telemetry.log.error("keys-file", message=str(error), kept=0)

    @property
    def required(self) -> bool:
        """Whether any key was set up."""
        return self._file is not None or bool(self._digests)

    def digest(self, authorization: str) -> Digest | None:
        """Return the digest of the key in the value of `Authorization`, or None where that has no key of ours.

        The time it takes does not depend on how much of a key is right.
        """
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        given = sha256(key.strip().encode("utf-8", "surrogateescape")).digest()
        found = None
        for known in self._current():
            if hmac.compare_digest(given, known):
                found = known  # and go on: no early end
        return found

    def _current(self) -> frozenset[Digest]:
        """Return all digests; looks at the file once a second at most."""
        if self._file is not None and monotonic() - self._looked > _LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._look(self._file)
            finally:
                self._lock.release()
        return self._digests | self._from_file

    def _look(self, file: Path) -> None:
        self._looked = monotonic()
        version = _version(file)
        if version == self._version:
            return
        self._version = version
        try:
            self._from_file = _read(file)
        except InvalidSettingError as error:
            self._failed()
            telemetry.log.error("keys-file", message=str(error), kept=len(self._from_file))
        else:
            telemetry.log.info("keys-file", message="The keys were read anew.", keys=len(self._from_file))


def _version(file: Path) -> tuple[int, ...] | None:
    """Return what changes when the file does; links, as Kubernetes swaps them, are followed."""
    try:
        found = os.stat(file)  # noqa: PTH116 - a Path's own does the same with more calls
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _read(file: Path) -> frozenset[Digest]:
    """Return the digests of the keys in a file. Raises `InvalidSettingError`, which does not quote them."""
    try:
        digests = digests_in_text(file.read_text("ascii"))
    except OSError as error:
        raise InvalidSettingError(
            f"NUTGRAF_API_KEYS_FILE is '{file}', which cannot be read: {error.strerror}."
        ) from None
    except ValueError:
        raise InvalidSettingError(
            f"NUTGRAF_API_KEYS_FILE is '{file}'; wanted is one key a line, of letters, digits and - . _ ~ + / =, or "
            "'sha256:' and 64 hexadecimal digits; a line that starts with # is a comment."
        ) from None
    if not digests:
        raise InvalidSettingError(f"NUTGRAF_API_KEYS_FILE is '{file}', which has no key in it.")
    return digests
