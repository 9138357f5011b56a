"""Settings: the environment as one value, or one sentence that says what is wrong with it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from service.errors import InvalidSettingError
from service.processors import usable_processors
from service.settings import SETTINGS, RateLimit, Settings, replaced, settings_from_environ


def test_without_any_variable_the_defaults_hold() -> None:
    """The defaults are those of the design."""
    assert settings_from_environ({}).model_dump() == {
        "port": 8000,
        "host": "127.0.0.1",
        "workers": usable_processors(),
        "threads": 16,
        "max_requests": 0,
        "slots": 2,
        "queue": 8,
        "batches": 4,
        "max_body_bytes": 8 * 1024 * 1024,
        "max_batch_lines": 1_000_000,
        "max_batch_bytes": 4 * 1024**3,
        "max_characters": 2_000_000,
        "max_sentences": 20_000,
        "deadline_seconds": 10,
        "read_seconds": 30,
        "url_prefix": "",
        "trusted_proxies": 0,
        "api_keys": frozenset(),
        "api_keys_file": None,
        "rate_limit": None,
        "redis_url": "",
        "cors_origins": (),
        "log_level": "info",
        "docs": True,
    }


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("PORT", "0", "port", 0),
        ("NUTGRAF_HOST", "::", "host", "::"),
        ("NUTGRAF_HOST", "localhost", "host", "localhost"),
        ("NUTGRAF_WORKERS", "3", "workers", 3),
        ("NUTGRAF_THREADS", "14", "threads", 14),
        ("NUTGRAF_SLOTS", "7", "slots", 7),
        ("NUTGRAF_QUEUE", "0", "queue", 0),
        ("NUTGRAF_MAX_BODY_BYTES", "100", "max_body_bytes", 100),
        ("NUTGRAF_MAX_BATCH_LINES", "101", "max_batch_lines", 101),
        ("NUTGRAF_MAX_BATCH_BYTES", "102", "max_batch_bytes", 102),
        ("NUTGRAF_MAX_CHARACTERS", "7", "max_characters", 7),
        ("NUTGRAF_MAX_SENTENCES", "8", "max_sentences", 8),
        ("NUTGRAF_DEADLINE_SECONDS", "0.5", "deadline_seconds", 0.5),
        ("NUTGRAF_READ_SECONDS", "5", "read_seconds", 5),
        ("NUTGRAF_URL_PREFIX", "/a/b/", "url_prefix", "/a/b"),
        ("NUTGRAF_URL_PREFIX", "/", "url_prefix", ""),
        ("NUTGRAF_TRUSTED_PROXIES", "2", "trusted_proxies", 2),
        ("NUTGRAF_API_KEYS", "one,two, one", "api_keys", {sha256(b"one").digest(), sha256(b"two").digest()}),
        ("NUTGRAF_API_KEYS", f"sha256:{'0' * 64}", "api_keys", {bytes(32)}),
        ("NUTGRAF_API_KEYS_FILE", "/run/keys", "api_keys_file", Path("/run/keys")),
        ("NUTGRAF_RATE_LIMIT", "60/minute", "rate_limit", RateLimit(60, 60, "60/minute")),
        ("NUTGRAF_REDIS_URL", "redis://:pw@localhost:1/2", "redis_url", "redis://:pw@localhost:1/2"),
        ("NUTGRAF_REDIS_URL", "rediss://[::1]/0?protocol=3", "redis_url", "rediss://[::1]/0?protocol=3"),
        ("NUTGRAF_REDIS_URL", "unix:///run/redis.sock?db=2", "redis_url", "unix:///run/redis.sock?db=2"),
        ("NUTGRAF_CORS_ORIGINS", "https://a.org, http://b:81", "cors_origins", ("https://a.org", "http://b:81")),
        ("NUTGRAF_CORS_ORIGINS", "*", "cors_origins", ("*",)),
        ("NUTGRAF_LOG_LEVEL", "warning", "log_level", "warning"),
        ("NUTGRAF_DOCS", "off", "docs", False),
        ("NUTGRAF_DOCS", "on", "docs", True),
        ("NUTGRAF_THREADS", "", "threads", 16),
    ],
)
def test_each_variable_sets_its_field(name: str, value: str, field: str, expected: Any) -> None:  # noqa: ANN401
    """An empty variable counts as not set."""
    assert getattr(settings_from_environ({name: value}), field) == expected


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("PORT", "eighty", "a whole number"),
        ("PORT", "8_000", "a whole number"),
        ("PORT", "8000.0", "a whole number"),
        ("PORT", "65536", "at most 65535"),
        ("PORT", "-1", "at least 0"),
        ("NUTGRAF_HOST", "not a host", "an address or a host name"),
        ("NUTGRAF_WORKERS", "0", "at least 1"),
        ("NUTGRAF_DEADLINE_SECONDS", "0", "more than 0"),
        ("NUTGRAF_DEADLINE_SECONDS", "nan", "a finite number"),
        ("NUTGRAF_DEADLINE_SECONDS", "soon", "a number"),
        ("NUTGRAF_URL_PREFIX", "nutgraf", "a path such as /nutgraf"),
        ("NUTGRAF_URL_PREFIX", "/a b", "a path such as /nutgraf"),
        ("NUTGRAF_RATE_LIMIT", "60", "a number and a period"),
        ("NUTGRAF_RATE_LIMIT", "0/minute", "a number and a period"),
        ("NUTGRAF_RATE_LIMIT", "5/fortnight", "a number and a period"),
        ("NUTGRAF_CORS_ORIGINS", "example.org", "origins such as https://example.org"),
        ("NUTGRAF_CORS_ORIGINS", "https://a.org/", "origins such as https://example.org"),
        ("NUTGRAF_LOG_LEVEL", "loud", "'debug', 'info', 'warning', 'error' or 'critical'"),
        ("NUTGRAF_DOCS", "perhaps", "on or off"),
    ],
)
def test_a_bad_value_is_one_sentence(name: str, value: str, wanted: str) -> None:
    """It names the setting, the value and what is wanted."""
    with pytest.raises(InvalidSettingError) as raised:
        settings_from_environ({name: value})

    message = str(raised.value)
    assert message.startswith(f"{name} is '{value}'; wanted is {wanted}")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("NUTGRAF_MAX_BODY_BYTE", "Did you mean NUTGRAF_MAX_BODY_BYTES?"),
        ("NUTGRAF_WORKER", "Did you mean NUTGRAF_WORKERS?"),
        ("NUTGRAF_QUOKKA", "Known are PORT,"),
    ],
)
def test_an_unknown_name_stops_the_start(name: str, hint: str) -> None:
    """Who sets a limit or a key that this version does not have must not believe that it holds."""
    with pytest.raises(InvalidSettingError, match=f"There is no setting {name}. {hint}"):
        settings_from_environ({name: ""})


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("NUTGRAF_API_KEYS", "quokka secret", "keys with commas"),
        ("NUTGRAF_API_KEYS", "quökka", "keys with commas"),
        ("NUTGRAF_API_KEYS", "#quokka", "keys with commas"),
        ("NUTGRAF_API_KEYS", "quokka,", "keys with commas"),
        ("NUTGRAF_API_KEYS", ",", "keys with commas"),
        ("NUTGRAF_REDIS_URL", "http://quokka:secret@example.org", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@127.0.0.1:abc/0", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@127.0.0.1:99999/0", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@[::1/0", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@127.0.0.1/0?socket_timeout=x", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@127.0.0.1/0?foo=x", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "redis://:quokka@127.0.0.1/0?encoding=x", "an address such as redis://"),
        ("NUTGRAF_REDIS_URL", "rediss://:quokka@127.0.0.1/0?ssl_cert_reqs=x", "an address such as redis://"),
    ],
)
def test_a_bad_secret_is_not_shown(name: str, value: str, wanted: str) -> None:
    """Neither a key nor the password in an address."""
    with pytest.raises(InvalidSettingError) as raised:
        settings_from_environ({name: value})

    assert str(raised.value).startswith(f"{name} is not shown here, since it may be secret; wanted is {wanted}")
    assert "quokka" not in str(raised.value)


@pytest.mark.parametrize(("threads", "slots", "queue"), [("10", "2", "8"), ("1", "1", "0"), ("16", "2", "14")])
def test_slots_and_queue_leave_a_thread_for_probes(threads: str, slots: str, queue: str) -> None:
    """Otherwise a full service could not even say so."""
    with pytest.raises(InvalidSettingError, match=f"NUTGRAF_THREADS is '{threads}'; wanted is more than NUTGRAF_SLOTS"):
        settings_from_environ({"NUTGRAF_THREADS": threads, "NUTGRAF_SLOTS": slots, "NUTGRAF_QUEUE": queue})


def test_what_kubernetes_injects_is_no_setting() -> None:
    """A Service called nutgraf puts these into every container of its namespace."""
    injected = {
        "NUTGRAF_SERVICE_HOST": "10.0.0.1",
        "NUTGRAF_SERVICE_PORT": "80",
        "NUTGRAF_SERVICE_PORT_HTTP": "80",
        "NUTGRAF_PORT": "tcp://10.0.0.1:80",
        "NUTGRAF_PORT_8000_TCP": "tcp://10.0.0.1:80",
        "NUTGRAF_PORT_8000_TCP_PROTO": "tcp",
        "NUTGRAF_PORT_8000_TCP_PORT": "80",
        "NUTGRAF_PORT_8000_TCP_ADDR": "10.0.0.1",
        "NUTGRAF_CANARY_SERVICE_HOST": "10.0.0.2",
        "NUTGRAF_REDIS_PORT_6379_TCP": "tcp://10.0.0.3:6379",
    }

    assert settings_from_environ(injected) == settings_from_environ({})


def test_a_port_under_the_wrong_name_is_said() -> None:
    """Kubernetes sets that name too, but to an address."""
    with pytest.raises(InvalidSettingError, match=r"no setting NUTGRAF_PORT\. The port is PORT"):
        settings_from_environ({"NUTGRAF_PORT": "8001"})


def test_other_names_are_none_of_our_business() -> None:
    """Only names with the prefix are looked at."""
    assert settings_from_environ({"PATH": "/bin", "WORKERS": "x", "port": "1"}) == settings_from_environ({})


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an argument `os.environ` is read."""
    monkeypatch.setenv("NUTGRAF_THREADS", "17")

    assert settings_from_environ().threads == 17


def test_replacing_checks_like_the_environment() -> None:
    """The command line's options go through the same rules; the other fields stay."""
    settings = settings_from_environ({"NUTGRAF_THREADS": "17"})

    assert replaced(settings, port="81", host="0.0.0.0") == settings_from_environ(  # noqa: S104 - not bound
        {"NUTGRAF_THREADS": "17", "PORT": "81", "NUTGRAF_HOST": "0.0.0.0"}  # noqa: S104
    )
    with pytest.raises(InvalidSettingError, match="PORT is 'x'; wanted is a whole number"):
        replaced(settings, port="x")


def test_settings_are_frozen() -> None:
    """Nothing changes them once they are read."""
    with pytest.raises(ValidationError):
        settings_from_environ({}).port = 1  # type: ignore[misc]


def test_the_table_has_every_setting_with_its_help() -> None:
    """`--help` and the documentation are made of it."""
    assert len(SETTINGS) == len(Settings.model_fields)
    assert all(one.help.endswith(".") and one.default for one in SETTINGS)
    assert {one.name for one in SETTINGS} >= {"PORT", "NUTGRAF_WORKERS"}
