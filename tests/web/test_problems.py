"""The table of problems is whole: every failure that there is has its kind, and unexpected ones tell nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug import exceptions as http
from werkzeug.routing import RequestRedirect

from service import errors
from service.problems import INTERNAL_ERROR
from service.settings import settings_from_environ
from service.web import batches, bodies, documentation, page, probes, problems, summaries
from service.web.app import create_app
from service.web.problems import EXAMPLES, PROBLEMS, problem_for
from tests.web.problem_shape import assert_problem

CATCH_ALLS = {errors.NutgrafError, errors.InputError, errors.TooLargeError}


def descendants(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Yield every subclass of `kind` that this project has."""
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


def test_every_error_of_the_tree_is_in_the_table() -> None:
    """A new exception needs a status before it can be raised."""
    assert set(descendants(errors.NutgrafError)) - CATCH_ALLS <= set(PROBLEMS)


@pytest.mark.parametrize("module", [batches, bodies, documentation, page, probes, problems, summaries])
def test_every_http_exception_that_the_web_names_is_in_the_table(module: object) -> None:
    """Whatever a module of the web could raise has its own kind."""
    named = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, http.HTTPException)]
    named = [one for one in named if one is not RequestRedirect]  # no failure
    assert all(problem_for(one.__new__(one)) is not INTERNAL_ERROR for one in named)


def test_slugs_are_stable_names_with_one_status_and_an_example() -> None:
    """A type means one thing, and the documentation has an example of each."""
    by_slug = {problem.slug: problem for problem in PROBLEMS.values()}

    assert all(by_slug[problem.slug] == problem for problem in PROBLEMS.values())
    assert set(by_slug) == set(EXAMPLES)


@pytest.mark.parametrize(
    "error",
    [ValueError("the caller's text"), errors.RankingDidNotConvergeError("text"), KeyError("text"), RecursionError()],
)
def test_an_unexpected_error_tells_nothing(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    """The reply has a request id and no word of the error; the log has its kind and place, and no word either."""
    app = create_app(settings_from_environ({}))

    def fail() -> str:
        raise error

    app.add_url_rule("/fail", view_func=fail)

    reply = app.test_client().get("/fail")

    problem = assert_problem(reply, 500, "internal-error")
    logged = capsys.readouterr().out
    assert problem["request_id"] in logged
    assert type(error).__qualname__ in logged
    assert "fail" in logged
    assert "text" not in reply.text + logged


def test_a_redirection_is_no_problem() -> None:
    """Werkzeug's redirections pass."""
    app = create_app(settings_from_environ({}))
    app.add_url_rule("/folder/", view_func=lambda: "")

    assert app.test_client().get("/folder").status_code == 308


def test_an_unsatisfiable_range_is_a_problem(client: FlaskClient) -> None:
    """Files answer ranges, and 416 has the same shape as every error."""
    reply = client.get("/static/page.css", headers={"Range": "bytes=9999999-"})

    assert_problem(reply, 416, "range-not-satisfiable")
