"""Fixtures and profiles that every folder of tests uses. `app`, `client` and `runner` are tests/web/conftest.py's."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).resolve().parents[1]

# No deadline for single examples and no complaint about slow ones: the machines that run this have two busy cores.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=100,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# CI repeats itself: a change fails there for what it does, not for the luck of the draw.
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if IN_CI else "default")


# A script's background job starts with interrupts ignored, and so would all that the tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seed pages and data beside the checkout; without it the test is skipped, but fails in CI."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        message = "needs ../shared (seed pages and data), which is not beside this checkout"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture
def untraced(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test, and what it starts, run at full speed: traced, our code takes two to three times as long.

    For what takes long and runs only lines that other tests run too.

    pytest-cov's `no_cover` does not do it: a worker of xdist is a subprocess, which coverage also traces by itself.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # by which coverage tells subprocesses
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


if "MUTANT_UNDER_TEST" in os.environ:  # mutmut's

    @pytest.fixture(autouse=True)
    def _unread() -> None:
        """Let each test read its words itself: mutmut runs against a mutant only the tests that reached its code."""
        from service.article import words
        from service.article.languages import LANGUAGES
        from service.summary.lexicon import WORDS

        for cache in words._CACHES.values():  # noqa: SLF001
            cache.clear()
        WORDS.clear()
        for language in LANGUAGES.values():
            language.__dict__.pop("stop_words", None)
