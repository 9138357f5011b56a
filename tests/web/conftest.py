"""An application with its client for the many small cases, and a real server for what only a server shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from service.settings import Settings, settings_from_environ
from service.web.app import create_app
from tests.web.servers import RunningServer, running_server


@pytest.fixture
def make_client() -> Callable[..., FlaskClient]:
    """Return a function from settings, as the environment writes them, to a client."""

    def make(**environ: str) -> FlaskClient:
        return create_app(settings_from_environ(environ)).test_client()

    return make


@pytest.fixture(scope="session")
def settings() -> Settings:
    """All defaults."""
    return settings_from_environ({})


@pytest.fixture(scope="session")
def app(settings: Settings) -> OpenAPI:
    """The application with all defaults."""
    return create_app(settings)


@pytest.fixture
def client(app: OpenAPI) -> FlaskClient:
    """A client of `app`."""
    return app.test_client()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real server with two workers and a small limit on bodies."""
    with running_server(tmp_path_factory.mktemp("server"), NUTGRAF_WORKERS="2", NUTGRAF_MAX_BODY_BYTES="100000") as one:
        yield one
