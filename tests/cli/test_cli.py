"""The command line: answers, exit codes, and errors of one sentence."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.article.languages import LANGUAGES
from service.cli import cli, run, serve, summarize
from service.ranking.rankers import ALGORITHMS
from service.settings import SETTINGS, settings_from_environ
from service.summary.options import LEAVES
from service.web.app import create_app
from service.web.examples import ARTICLE, ARTICLE_HTML
from tests.web.servers import environment

Outcome = tuple[int, str, str]
Runner = Callable[..., Outcome]


@pytest.fixture
def runner(capfdbinary: pytest.CaptureFixture[bytes]) -> Runner:
    """Return a function from arguments to exit code, standard output and standard error."""

    def call(*arguments: str | Path) -> Outcome:
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with the sample."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_a_file_is_summarized_as_text(runner: Runner, article: Path) -> None:
    """Bullets first, then the paragraph: what the API gives as text/plain."""
    code, out, err = runner("summarize", article)

    client = create_app(settings_from_environ({})).test_client()
    reply = client.post("/v1/summaries", json={"text": ARTICLE}, headers={"Accept": "text/plain"})
    assert (code, out) == (0, reply.text)
    assert err.splitlines() == [f"warning: {one}" for one in _warnings(client)]


def _warnings(client: object) -> list[str]:
    from flask.testing import FlaskClient

    assert isinstance(client, FlaskClient)
    return [one["detail"] for one in client.post("/v1/summaries", json={"text": ARTICLE}).get_json()["warnings"]]


@pytest.mark.parametrize(
    ("to", "media_type"), [("markdown", "text/markdown"), ("html", "text/html"), ("text", "text/plain")]
)
def test_every_format_is_the_apis(runner: Runner, article: Path, to: str, media_type: str) -> None:
    """The renderings are the same, so a command can stand in for a request."""
    code, out, _ = runner("summarize", article, "--to", to, "--words", "60", "--highlights", "2")

    reply = (
        create_app(settings_from_environ({}))
        .test_client()
        .post(
            "/v1/summaries?words=60&highlights=2",
            data=ARTICLE,
            content_type="text/plain",
            headers={"Accept": media_type},
        )
    )
    assert (code, out) == (0, reply.text)


def test_json_is_the_apis_and_keeps_its_warnings(runner: Runner, article: Path) -> None:
    """The whole reply on one line; nothing on standard error."""
    code, out, err = runner("summarize", article, "--to", "json", "--sentences", "99", "--include", "keywords,blocks")

    reply = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert {"keywords", "blocks"} <= reply.keys()
    assert reply["warnings"][0]["code"] == "short-text"


def test_warnings_go_to_standard_error(runner: Runner, article: Path) -> None:
    """They do not mix with the answer."""
    code, out, err = runner("summarize", article, "--sentences", "99")

    assert code == 0
    assert "warning: 99 sentences were asked for" in err
    assert "warning" not in out


def test_all_options_are_those_of_the_api(runner: Runner, article: Path) -> None:
    """Each leaf name is a flag, with hyphens, and reaches the options."""
    flags = {option for parameter in summarize.params for option in parameter.opts}
    assert {f"--{leaf.replace('_', '-')}" for leaf in LEAVES} <= flags

    values = {
        "--ratio": "0.5", "--highlights": "1", "--compression": "none", "--max-words": "40", "--title": "Ferry",
        "--language": "en", "--algorithm": "lead", "--order": "rank", "--offsets": "utf8", "--include": "text",
    }  # fmt: skip
    arguments = [part for pair in values.items() for part in pair]
    code, out, _ = runner("summarize", article, "--to", "json", *arguments)

    reply = json.loads(out)
    assert (code, reply["algorithm"], reply["text"]) == (0, "lead", ARTICLE)


@pytest.mark.parametrize("name", ["page.html", "PAGE.HTM"])
def test_html_is_told_by_the_name(runner: Runner, tmp_path: Path, name: str) -> None:
    """.html and .htm are read as pages, in the charset that they name."""
    page = tmp_path / name
    page.write_bytes(f"<meta charset=koi8-r>{ARTICLE_HTML}".encode("koi8-r"))

    code, out, _ = runner("summarize", page)

    assert code == 0
    assert "<p>" not in out
    assert runner("summarize", page, "--input", "text", "--encoding", "koi8-r")[1] != out


def test_standard_input_is_the_default(runner: Runner, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` and nothing both read it, as text or as what --input says."""
    for arguments, sent in (((), ARTICLE), (("-",), ARTICLE), (("-", "--input", "html"), ARTICLE_HTML)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent.encode())))

        code, out, _ = runner("summarize", *arguments)

        assert (code, out) == (0, runner("summarize", article)[1])


def test_an_encoding_can_be_named(runner: Runner, tmp_path: Path) -> None:
    """Text in another charset is read as it was meant."""
    path = tmp_path / "artikel.txt"
    path.write_bytes("Die Brücke wurde geöffnet. Der Fluss war ruhig.".encode("cp1252"))

    code, out, _ = runner("summarize", path, "--encoding", "windows-1252", "--language", "de")

    assert code == 0
    assert "Brücke" in out


def test_latin_1_is_what_browsers_take_it_for(runner: Runner, tmp_path: Path) -> None:
    """As over HTTP: the quotation marks of windows-1252."""
    path = tmp_path / "page.html"
    path.write_bytes("<p>“The ferry” returns in April.</p>".encode("cp1252"))

    assert "“The ferry” returns" in runner("summarize", path, "--encoding", "latin-1")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--highlights", "100"], "--highlights must be 'auto' or from 0 to 50; got 100"),
        (["--words", "x"], "--words must be a whole number; got 'x'"),
        (["--max-words", "0"], "--max-words must be at least 1; got 0"),
        (["--algorithm", "textrang"], "Did you mean 'textrank'?"),
        (["--language", "xx"], "--language"),
        (["--words", "5", "--sentences", "2"], "exactly one"),
        (["--encoding", "utf-9"], "--encoding: 'utf-9' is not known. Did you mean 'utf-8'?"),
        (["--to", "pdf"], "'pdf' is not one of"),
        (["--sentense", "2"], "No such option"),
    ],
)
def test_wrong_usage_is_exit_code_two(runner: Runner, article: Path, arguments: list[str], words: str) -> None:
    """One line on standard error says what is wrong, by the name of the flag."""
    code, out, err = runner("summarize", article, *arguments)

    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert words in err


def test_a_missing_file_is_exit_code_two(runner: Runner, tmp_path: Path) -> None:
    """So is a folder."""
    for path, words in ((tmp_path / "none.txt", "no such file"), (tmp_path, "is a directory")):
        code, _, err = runner("summarize", path)
        assert (code, len(err.splitlines())) == (2, 1)
        assert words in err


def test_a_refused_text_is_exit_code_one(runner: Runner, tmp_path: Path) -> None:
    """Blank texts and bytes that do not fit their encoding are refused in a sentence."""
    for content, words in ((b" \n", "The text is blank."), (b"Caf\xe9", "not valid utf-8: the byte at offset 3")):
        path = tmp_path / "text.txt"
        path.write_bytes(content)

        code, out, err = runner("summarize", path)

        assert (code, out, len(err.splitlines())) == (1, "", 1)
        assert words in err


@pytest.mark.parametrize(
    ("name", "value", "expected", "words"),
    [
        ("NUTGRAF_MAX_CHARACTERS", "10", 1, "at most 10"),
        ("NUTGRAF_DEADLINE_SECONDS", "0.000001", 1, "stopped after"),
        ("NUTGRAF_DEADLINE_SECONDS", "soon", 2, "wanted is a number"),
    ],
)
def test_settings_bound_the_command_too(
    runner: Runner, article: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: int, words: str
) -> None:
    """A limit or the deadline refuses with 1, a bad setting with 2."""
    monkeypatch.setenv(name, value)

    code, out, err = runner("summarize", article)

    assert (code, out, len(err.splitlines())) == (expected, "", 1)
    assert words in err


def test_a_closed_pipe_is_quiet(article: Path) -> None:
    """As in `nutgraf summarize FILE | head -1`."""
    command = [sys.executable, "-m", "service.cli", "summarize", str(article)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    assert process.stderr is not None
    with process, process.stderr as stderr:
        process.stdout.close()
        errors = stderr.read()
        assert process.wait(60) == 0

    assert b"Traceback" not in errors
    assert b"Broken" not in errors


@pytest.mark.parametrize(
    ("redirected", "reason"),
    [
        ("summarize {} >/dev/full", "cannot be written: no space left"),
        ("summarize {} >&-", "Standard output is closed"),
        ("summarize - <&-", "Standard input is closed"),
        ("--help >/dev/full", "cannot be written: no space left"),
        ("batch - - >&-", "Standard output is closed"),
        ("batch - - <&-", "Standard input is closed"),
    ],
)
def test_what_cannot_be_read_or_written_is_said_in_a_sentence(article: Path, redirected: str, reason: str) -> None:
    """A full disk and closed streams leave one line on standard error, and no traceback."""
    script = f"exec {sys.executable} -m service.cli {redirected.format(article)}"

    done = subprocess.run(["/bin/sh", "-c", script], stderr=subprocess.PIPE, check=False, text=True)

    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_interrupt_is_exit_code_130() -> None:
    """Ctrl-C ends it without a traceback."""
    command = [sys.executable, "-m", "service.cli", "summarize"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"A ferry. " * 20_000)  # more than a pipe holds: it returns when the command is reading
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert b"Traceback" not in errors


@pytest.mark.parametrize("arguments", [["--help"], ["summarize", "--help"], ["serve", "-h"]])
def test_help_is_for_people(runner: Runner, arguments: list[str]) -> None:
    """Every help says what the exit codes mean and fits a terminal."""
    code, out, _ = runner(*arguments)

    assert code == 0
    assert "130  interrupted" in out
    assert max(map(len, out.splitlines())) <= 80


def test_help_names_every_option_algorithm_and_setting(runner: Runner) -> None:
    """Nothing can be added without its line."""
    options = " ".join(runner("summarize", "--help")[1].split())
    settings = runner("serve", "--help")[1]

    assert all(f"--{leaf.replace('_', '-')} " in options for leaf in LEAVES)
    assert all(name in options for name in ALGORITHMS)
    assert all(one.name in settings for one in SETTINGS)
    assert {parameter.name for parameter in serve.params} == {"host", "port", "workers"}
    assert {"en", "de", "fr"} <= set(LANGUAGES)


def test_help_is_quick() -> None:
    """Nothing heavy is imported for it."""
    heavy = ["numpy", "nltk", "sumy", "flask", "gunicorn", "pydantic", "trafilatura"]
    program = (
        "import sys; from service.cli import run; run(['--help']); "
        f"print('imported:', *(name for name in {heavy} if name in sys.modules))"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.endswith("imported:\n")


def test_without_a_command_the_help_is_shown(runner: Runner) -> None:
    """It is wrong usage all the same."""
    code, _, err = runner()

    assert code == 2
    assert "Usage: nutgraf" in err


def test_the_version_is_told(runner: Runner) -> None:
    """As `nutgraf X.Y.Z`."""
    code, out, _ = runner("--version")

    assert code == 0
    assert out.startswith("nutgraf ")


def test_serving_on_a_bad_port_is_exit_code_two(runner: Runner) -> None:
    """The options of `serve` are checked like the settings that they replace."""
    code, _, err = runner("serve", "--port", "x")

    assert (code, err) == (2, "nutgraf: PORT is 'x'; wanted is a whole number.\n")


@pytest.mark.parametrize(
    ("arguments", "example"),
    [
        (["--help"], "    nutgraf summarize article.txt\n"),
        (["summarize", "--help"], "    nutgraf summarize page.html --words 50 --highlights 3 --to markdown\n"),
    ],
)
def test_help_shows_each_example_on_a_line_of_its_own(arguments: list[str], example: str) -> None:
    """Examples are there to be copied; a rewrapped one cannot be."""
    result = CliRunner().invoke(cli, arguments)

    assert example in result.output
    assert "\\b" not in result.output


def test_evaluate_measures_a_file_and_skips_what_is_no_story(runner: Runner, tmp_path: Path) -> None:
    """The table names every system; a bad line is told on standard error."""
    story = {
        "article": "The ferry sank at the pier. Nobody was hurt. The council met.",
        "highlights": ["The ferry sank."],
    }
    path = tmp_path / "stories.jsonl"
    path.write_text(f"{json.dumps(story)}\nno story\n{json.dumps({**story, 'domain': 'b'})}\n", "utf-8")

    code, table, errors = runner("evaluate", path)
    _, as_json, _ = runner("evaluate", path, "--json", "--limit", "1", "--where", "domain=b")
    none = runner("evaluate", path, "--where", "domain=c")

    assert code == 0
    assert table.startswith("2 stories")
    assert "line 2 skipped: It is not JSON." in errors
    figures = json.loads(as_json)
    assert figures["stories"] == 1
    assert figures["systems"][0]["name"] == "Lead-3"
    assert none[0] == 1
    assert "no story to measure" in none[2]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--where", "domain"], "FIELD=VALUE"),
        (["--language", "xx"], "--language"),
        (["--limit", "0"], "--limit"),
    ],
)
def test_evaluate_says_what_is_wrong_with_an_option(
    runner: Runner, tmp_path: Path, arguments: list[str], part: str
) -> None:
    """Exit code 2 and one sentence."""
    path = tmp_path / "stories.jsonl"
    path.write_text("{}\n", "utf-8")

    code, _, errors = runner("evaluate", path, *arguments)

    assert code == 2
    assert part in errors


def test_what_only_json_can_show_is_said(runner: Runner, tmp_path: Path) -> None:
    """Nothing that was asked for is left out in silence."""
    story = tmp_path / "story.txt"
    story.write_text(ARTICLE)

    _, _, plain = runner("summarize", str(story), "--include", "keywords")
    _, out, json_errors = runner("summarize", str(story), "--include", "keywords", "--to", "json")

    assert "warning: what --include adds is in JSON only: --to json." in plain
    assert "--include" not in json_errors
    assert '"keywords"' in out
