"""API keys: who has none is told how to send one, and who has one is served."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.errors import InvalidSettingError
from service.settings import settings_from_environ
from service.web import keys as keys_module
from service.web.access import OPEN_ENDPOINTS
from service.web.app import create_app
from service.web.examples import ARTICLE
from service.web.keys import ApiKeys
from tests.web.problem_shape import assert_problem
from tests.web.servers import RunningServer, running_server, until

PATH = "/v1/summaries"
KEY = "quokka-5f0c"

MakeClient = Callable[..., FlaskClient]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the file at every request."""
    monkeypatch.setattr(keys_module, "_LOOK_SECONDS", -1.0)


@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, 'Bearer realm="nutgraf"'),
        ("", 'Bearer realm="nutgraf"'),
        ("Bearer wrong", 'Bearer realm="nutgraf", error="invalid_token"'),
        (KEY, 'Bearer realm="nutgraf", error="invalid_token"'),
        (f"Basic {KEY}", 'Bearer realm="nutgraf", error="invalid_token"'),
        (f"Bearer {KEY}x", 'Bearer realm="nutgraf", error="invalid_token"'),
        ("Bearer é\udcff", 'Bearer realm="nutgraf", error="invalid_token"'),
    ],
)
def test_without_a_key_of_ours_the_answer_is_401(
    make_client: MakeClient, authorization: str | None, challenge: str
) -> None:
    """With the challenge of RFC 6750, and before the body is looked at."""
    headers = (
        {} if authorization is None else {"Authorization": authorization.encode("utf-8", "replace").decode("latin-1")}
    )

    reply = make_client(NUTGRAF_API_KEYS=f"other,{KEY}").post(PATH, data=b"\xff", headers=headers)

    assert KEY not in assert_problem(reply, 401, "unauthorized")["detail"]
    assert reply.headers["WWW-Authenticate"] == challenge


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_with_a_key_the_answer_is_the_summary(make_client: MakeClient, scheme: str) -> None:
    """Any of the keys; the scheme's case does not matter."""
    client = make_client(NUTGRAF_API_KEYS=f"other,{KEY}")

    for key in ("other", KEY):
        reply = client.post(PATH, json={"text": ARTICLE}, headers={"Authorization": f"{scheme} {key}"})
        assert reply.status_code == 200


def test_every_address_is_closed_unless_it_is_listed_as_open(make_client: MakeClient) -> None:
    """A new address is closed until somebody opens it."""
    client = make_client(NUTGRAF_API_KEYS=KEY)
    for rule in client.application.url_map.iter_rules():
        method = "POST" if "POST" in (rule.methods or set()) else "GET"
        path = rule.rule.replace("<path:filename>", "page.css").replace("<path:name>", "index.css")
        status = client.open(path, method=method, buffered=True).status_code
        assert (status == 401) == (rule.endpoint not in OPEN_ENDPOINTS), rule.endpoint
        assert client.open(path, method="OPTIONS").status_code == 200


def test_the_form_says_it_too(make_client: MakeClient) -> None:
    """The page without JavaScript cannot send a key, and shows the problem."""
    reply = make_client(NUTGRAF_API_KEYS=KEY).post("/", data={"text": ARTICLE})

    assert (reply.status_code, reply.mimetype) == (401, "text/html")


def test_the_document_declares_the_scheme(make_client: MakeClient, client: FlaskClient) -> None:
    """Always as a scheme; as a need only where keys are set."""
    closed = make_client(NUTGRAF_API_KEYS=KEY).get("/openapi.json").get_json()
    open_one = client.get("/openapi.json").get_json()

    for document in (closed, open_one):
        assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert closed["paths"][PATH]["post"]["security"] == [{"key": []}]
    assert "security" not in closed["paths"]["/livez"]["get"]
    assert "security" not in open_one["paths"][PATH]["post"]


@pytest.mark.usefixtures("eager")
def test_a_file_of_keys_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    """Old key out, new key in, without a restart; the file may be replaced as Kubernetes does."""
    file = tmp_path / "keys"
    file.write_text(f"# ours\n\n{KEY}\nsha256:{sha256(b'hashed').hexdigest()}\n")
    client = create_app(
        settings_from_environ({"NUTGRAF_API_KEYS": "set", "NUTGRAF_API_KEYS_FILE": str(file)})
    ).test_client()

    def served(key: str) -> bool:
        return client.get("/v1/capabilities", headers={"Authorization": f"Bearer {key}"}).status_code == 200

    assert [served(key) for key in (KEY, "hashed", "set", "# ours", "new")] == [True, True, True, False, False]
    (tmp_path / "next").write_text("new\n")
    (tmp_path / "next").replace(file)
    assert [served(key) for key in (KEY, "hashed", "set", "new")] == [False, False, True, True]


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("content", [None, "", "# none\n", "two words\n", "é\n"])
def test_a_file_that_has_become_useless_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    """The keys before it stay; nobody gets in, nobody is locked out, and the log says it once, without a key."""
    file, failures = tmp_path / "keys", []
    file.write_text(f"{KEY}\n")
    keys = ApiKeys(frozenset(), file, failed=lambda: failures.append(1))
    file.unlink()
    if content is not None:
        file.write_text(content)

    for _ in range(3):
        assert keys.digest(f"Bearer {KEY}")
        assert keys.digest("Bearer other") is None

    assert len(failures) == 1
    assert "NUTGRAF_API_KEYS_FILE" in capsys.readouterr().out


def test_the_file_is_not_looked_at_more_than_once_a_second(tmp_path: Path) -> None:
    """A look is a system call, and on some systems one over the network."""
    file = tmp_path / "keys"
    file.write_text(KEY)
    keys = ApiKeys(frozenset(), file, failed=lambda: None)
    file.write_text("new-one")
    os.utime(file, (1, 1))

    assert keys.digest("Bearer new-one") is None
    time.sleep(1.1)
    assert keys.digest("Bearer new-one")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read"), ("", "has no key in it"), ("two words", "one key a line")]
)
def test_a_useless_file_stops_the_start(tmp_path: Path, content: str | None, words: str) -> None:
    """A service that was to be closed does not open; the sentence quotes no line of the file."""
    file = tmp_path / "keys"
    if content is not None:
        file.write_text(content)

    with pytest.raises(InvalidSettingError, match=words) as raised:
        create_app(settings_from_environ({"NUTGRAF_API_KEYS_FILE": str(file)}))

    assert "two words" not in str(raised.value)


def test_a_real_server_reads_the_file_and_never_logs_a_key(tmp_path: Path) -> None:
    """In every worker, within two seconds or so."""
    file = tmp_path / "keys"
    file.write_text(KEY)
    with running_server(tmp_path, NUTGRAF_WORKERS="2", NUTGRAF_API_KEYS_FILE=str(file)) as server:
        assert server.request("GET", "/v1/capabilities", Authorization=f"Bearer {KEY}").status_code == 200
        assert server.request("GET", "/v1/capabilities").status_code == 401
        file.write_text("second-key")
        time.sleep(1.2)
        for _ in range(8):
            server.request("GET", "/v1/capabilities", Authorization=f"Bearer {KEY}")
        assert {
            server.request("GET", "/v1/capabilities", Authorization=f"Bearer {KEY}").status_code for _ in range(8)
        } == {401}

        logged = server.log_file.read_text("utf-8")
        assert KEY not in logged
        assert "second-key" not in logged


def test_a_revoked_key_stays_revoked_in_a_new_worker(tmp_path: Path) -> None:
    """Even where the file cannot be used when the worker starts: then none of its keys hold."""
    file = tmp_path / "keys"
    file.write_text(KEY)
    with running_server(tmp_path, NUTGRAF_WORKERS="1", NUTGRAF_API_KEYS_FILE=str(file)) as server:

        def status(key: str) -> int:
            return server.request("GET", "/v1/capabilities", Authorization=f"Bearer {key}").status_code

        file.write_text("second-key")
        end_worker(server)
        assert (status(KEY), status("second-key")) == (401, 200)
        file.write_text("")
        end_worker(server)
        assert (status(KEY), status("second-key")) == (401, 401)


def end_worker(server: RunningServer) -> None:
    """Kill the one worker and wait for the next."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    old = children.read_text("ascii")
    os.kill(int(old), signal.SIGKILL)
    until(lambda: children.read_text("ascii").strip() not in {"", old.strip()}, seconds=30)
    until(lambda: server.request("GET", "/livez").status_code == 200, seconds=30)


def test_a_missing_file_stops_a_real_start_with_a_sentence(tmp_path: Path) -> None:
    """Not with a traceback."""
    missing = tmp_path / "missing"
    with (
        pytest.raises(AssertionError, match=r"NUTGRAF_API_KEYS_FILE is .* which cannot be read") as raised,
        running_server(tmp_path, NUTGRAF_API_KEYS_FILE=str(missing)),
    ):
        pass

    assert "Traceback" not in str(raised.value)
