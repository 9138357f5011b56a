"""The environment as one frozen value. Nothing else in Nutgraf reads `os.environ`.

A bad value stops the start with a sentence, and so does a name that starts with NUTGRAF_ and is not known: whoever
misspells a limit, or sets one that this version does not have, must not believe that it is kept.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.errors import InvalidSettingError
from service.processors import usable_processors

LogLevel = Literal["debug", "info", "warning", "error", "critical"]


def _whole(value: object) -> object:
    """Take digits only: pydantic alone would take `8_000`, `8000.0` and ` 8000` as well."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise PydanticCustomError("whole", "a whole number")
    return value


def _prefix(value: str) -> str:
    """Return a URL prefix without a slash at its end; it must begin with one."""
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*/?", value):
        raise PydanticCustomError("prefix", "a path such as /nutgraf: a slash, then letters, digits and . _ ~ -")
    return value.rstrip("/")


def _host(value: str) -> str:
    """Refuse what cannot be an address or a host name."""
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", value):
        raise PydanticCustomError("host", "an address or a host name, such as 127.0.0.1, ::1 or 0.0.0.0")
    return value


_KEY = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_DIGEST = re.compile(r"sha256:([0-9a-fA-F]{64})")


def digests_in_text(text: str) -> frozenset[bytes]:
    """Return the SHA-256 digests of API keys, one a line; a line may hold the digest itself, or a comment after `#`.

    Raises `ValueError` for a line that can be neither, without quoting it.
    """
    lines = (line.strip() for line in text.splitlines())
    return frozenset(_digest(line) for line in lines if line and not line.startswith("#"))


def _digest(line: str) -> bytes:
    if hashed := _DIGEST.fullmatch(line):
        return bytes.fromhex(hashed[1])
    if not _KEY.fullmatch(line):
        raise ValueError
    return sha256(line.encode("ascii")).digest()


def _keys(value: object) -> object:
    """Keep digests of keys, never the keys."""
    if not isinstance(value, str):
        return value
    try:
        # no comments here: a key that was taken for one would leave the service open
        return frozenset(_digest(key) for key in map(str.strip, value.split(",")))
    except ValueError:
        wanted = "keys with commas between them, of letters, digits and - . _ ~ + / ="
        raise PydanticCustomError("keys", wanted) from None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many requests in so many seconds."""

    requests: int
    seconds: int
    name: str

    def __str__(self) -> str:
        """Return it as the setting has it."""
        return self.name


_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}


def _rate_limit(value: object) -> object:
    """Read a limit such as 60/minute."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(rf"([1-9][0-9]{{0,8}})/({'|'.join(_PERIODS)})", value)
    if not found:
        raise PydanticCustomError("rate", "a number and a period, such as 10/second, 600/minute, 5000/hour or 1/day")
    return RateLimit(int(found[1]), _PERIODS[found[2]], value)


def _redis_url(value: str) -> str:
    """Refuse what the client of Redis could not connect by; it would say so no earlier than at a request."""
    if value and not (re.fullmatch(r"(rediss?|unix)://\S+", value) and _makes_connection(value)):
        raise PydanticCustomError("redis", "an address such as redis://127.0.0.1:6379/0, rediss://… or unix://…")
    return value


def _makes_connection(url: str) -> bool:
    """Whether a connection, not yet open, can be made of `url`: its parts and options are known and well-formed."""
    from redis import Redis

    try:
        client = Redis.from_url(url)
        client.register_script("")  # knows the encoding
        client.connection_pool.make_connection()
    except Exception:  # noqa: BLE001 - whatever it is, it would fail each request
        return False
    return True


def _origins(value: object) -> object:
    """Read origins with commas between them."""
    if not isinstance(value, str):
        return value
    origins = tuple(origin.strip() for origin in value.split(",") if origin.strip())
    if not all(
        re.fullmatch(r"\*|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?", one)
        for one in origins
    ):
        raise PydanticCustomError("origins", "origins such as https://example.org with commas between them, or *")
    return origins


Whole = Annotated[int, BeforeValidator(_whole)]


class Settings(BaseSettings):
    """All settings, with their defaults. Each field says what its variable does."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        case_sensitive=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
        validate_default=False,
    )

    port: Whole = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    """The TCP port to listen on; 0 takes any free one."""
    host: Annotated[str, AfterValidator(_host)] = Field(default="127.0.0.1", validation_alias="NUTGRAF_HOST")
    """The address to listen on; the container image sets 0.0.0.0."""
    workers: Whole = Field(default_factory=usable_processors, ge=1, le=1024, validation_alias="NUTGRAF_WORKERS")
    """Worker processes. As many as CPUs, or a multiple, are each bound to one, unless a quota is below that."""
    threads: Whole = Field(default=16, ge=1, le=1024, validation_alias="NUTGRAF_THREADS")
    """Threads a worker; more than slots and queue together, so that probes and refusals find one."""
    max_requests: Whole = Field(default=0, ge=0, validation_alias="NUTGRAF_MAX_REQUESTS")
    """Requests after which a worker is replaced by a new one, or up to a quarter more; 0 for never."""
    slots: Whole = Field(default=2, ge=1, le=1024, validation_alias="NUTGRAF_SLOTS")
    """Summaries at once a worker."""
    queue: Whole = Field(default=8, ge=0, le=1024, validation_alias="NUTGRAF_QUEUE")
    """Requests a worker that may wait for a slot."""
    batches: Whole = Field(default=4, ge=1, le=1024, validation_alias="NUTGRAF_BATCHES")
    """Batches at once a worker, each in a thread of its own."""
    max_body_bytes: Whole = Field(default=8 * 1024 * 1024, ge=1, validation_alias="NUTGRAF_MAX_BODY_BYTES")
    """The most bytes a request's body may have."""
    max_batch_lines: Whole = Field(default=1_000_000, ge=1, validation_alias="NUTGRAF_MAX_BATCH_LINES")
    """The most lines of a batch over HTTP."""
    max_batch_bytes: Whole = Field(default=4 * 1024**3, ge=1, validation_alias="NUTGRAF_MAX_BATCH_BYTES")
    """The most bytes of a batch over HTTP."""
    max_characters: Whole = Field(default=2_000_000, ge=1, validation_alias="NUTGRAF_MAX_CHARACTERS")
    """The most characters (Unicode code points) a text may have."""
    max_sentences: Whole = Field(default=20_000, ge=1, validation_alias="NUTGRAF_MAX_SENTENCES")
    """The most sentences a text may have."""
    deadline_seconds: float = Field(
        default=10, gt=0, le=3600, allow_inf_nan=False, validation_alias="NUTGRAF_DEADLINE_SECONDS"
    )
    """The most seconds one summary may take."""
    read_seconds: float = Field(default=30, gt=0, le=3600, allow_inf_nan=False, validation_alias="NUTGRAF_READ_SECONDS")
    """The most seconds a request may take to arrive, and its reply to be taken."""
    url_prefix: Annotated[str, AfterValidator(_prefix)] = Field(default="", validation_alias="NUTGRAF_URL_PREFIX")
    """The path that a proxy serves Nutgraf under, such as /nutgraf; links carry it."""
    trusted_proxies: Whole = Field(default=0, ge=0, le=16, validation_alias="NUTGRAF_TRUSTED_PROXIES")
    """How many proxies stand in front and set X-Forwarded-For, -Proto and -Host; 0 believes none of these."""
    api_keys: Annotated[frozenset[bytes], NoDecode, BeforeValidator(_keys)] = Field(
        default=frozenset(), repr=False, validation_alias="NUTGRAF_API_KEYS"
    )
    """API keys, with commas between them; with any, all but probes, page and documentation asks for one."""
    api_keys_file: Path | None = Field(default=None, validation_alias="NUTGRAF_API_KEYS_FILE")
    """A file with one API key a line, read anew when it changes."""
    rate_limit: Annotated[RateLimit | None, NoDecode, BeforeValidator(_rate_limit)] = Field(
        default=None, validation_alias="NUTGRAF_RATE_LIMIT"
    )
    """The most requests of one key, or of one client without a key, such as 600/minute."""
    redis_url: Annotated[str, AfterValidator(_redis_url)] = Field(
        default="", repr=False, validation_alias="NUTGRAF_REDIS_URL"
    )
    """The Redis that counts for all workers and replicas; without one each worker counts for itself."""
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        default=(), validation_alias="NUTGRAF_CORS_ORIGINS"
    )
    """Sites whose pages may call the API from a browser, with commas between them; * for all."""
    log_level: LogLevel = Field(default="info", validation_alias="NUTGRAF_LOG_LEVEL")
    """The least level that is logged: debug, info, warning, error or critical."""
    docs: bool = Field(default=True, validation_alias="NUTGRAF_DOCS")
    """Whether /docs is served: on or off."""


class Setting(NamedTuple):
    """One line of the table of settings."""

    name: str
    default: str
    help: str


_FIELDS = {str(field.validation_alias): (name, field) for name, field in Settings.model_fields.items()}
_SHOWN = {"workers": "the CPUs that affinity and quota give", "docs": "on"} | dict.fromkeys(
    ("url_prefix", "api_keys", "api_keys_file", "rate_limit", "redis_url", "cors_origins"), "empty"
)
_SECRET = {"NUTGRAF_API_KEYS", "NUTGRAF_REDIS_URL"}

SETTINGS: tuple[Setting, ...] = tuple(
    Setting(name, _SHOWN.get(field_name, str(field.default)), field.description or "")
    for name, (field_name, field) in _FIELDS.items()
)
"""Every setting: its variable, its default and what it does, for `--help` and for the tests of the documentation."""

# What Kubernetes sets in every container of a namespace that has a Service called nutgraf, or nutgraf-redis.
_KUBERNETES = re.compile(r"NUTGRAF_(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)")


class _Environment(EnvSettingsSource):
    """Reads the mapping it is given, where its parent reads the process's environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings, case_sensitive=True, env_ignore_empty=True)
        self.env_vars = {name: value for name, value in environ.items() if name in _FIELDS and value}


def settings_from_environ(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of `environ`, by default the process's own; an empty variable counts as not set.

    Raises `InvalidSettingError` with a sentence that names the variable, its value and what is wanted.
    """
    environ = os.environ if environ is None else environ
    _check_names(environ)
    return _settings(_Environment(environ))


def inherits_sockets(environ: Mapping[str, str] | None = None) -> bool:
    """Whether whoever started this process has bound its sockets already: systemd, or a gunicorn that renews itself."""
    return not {"LISTEN_FDS", "GUNICORN_FD"}.isdisjoint(os.environ if environ is None else environ)


def replaced(settings: Settings, **changes: Any) -> Settings:  # noqa: ANN401 - each field has a type of its own
    """Return `settings` with the fields of `changes`, checked as the environment's values are."""
    return _settings(InitSettingsSource(Settings, {**dict(settings), **changes}))


def _settings(source: PydanticBaseSettingsSource) -> Settings:
    try:
        settings = Settings(_build_sources=((source,), {}))
    except ValidationError as error:
        raise InvalidSettingError(" ".join(map(_sentence, error.errors(include_url=False)))) from None
    _check_threads(settings)
    return settings


def _check_threads(settings: Settings) -> None:
    """Refuse a pool of threads that slots and queue could fill: nobody would be left to answer a probe."""
    taken = settings.slots + settings.queue
    if settings.threads <= taken:
        raise InvalidSettingError(
            f"NUTGRAF_THREADS is '{settings.threads}'; wanted is more than NUTGRAF_SLOTS and NUTGRAF_QUEUE together, "
            f"which are {taken}."
        )


def _check_names(environ: Mapping[str, str]) -> None:
    """Refuse a NUTGRAF_ name that does nothing here."""
    for name in sorted(environ):
        if name == "NUTGRAF_PORT" and "://" not in environ[name]:
            raise InvalidSettingError("There is no setting NUTGRAF_PORT. The port is PORT.")
        if name.startswith("NUTGRAF_") and name not in _FIELDS and not _KUBERNETES.fullmatch(name):
            close = difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.75)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(_FIELDS)}."
            raise InvalidSettingError(f"There is no setting {name}. {hint}")


def _sentence(error: ErrorDetails) -> str:
    """Say which variable is wrong, what it has and what is wanted."""
    place = str(error["loc"][0])
    name = place if place in _FIELDS else str(Settings.model_fields[place].validation_alias)
    wanted = _WANTED.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    given = "not shown here, since it may be secret" if name in _SECRET else f"'{error['input']}'"
    return f"{name} is {given}; wanted is {wanted}."


_WANTED = {
    "greater_than_equal": "at least {ge}",
    "greater_than": "more than {gt}",
    "less_than_equal": "at most {le}",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "on or off",
    "literal_error": "{expected}",
}
