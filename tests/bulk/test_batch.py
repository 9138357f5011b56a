"""`nutgraf batch` as a process: what it writes, what it survives, what it tells."""

from __future__ import annotations

import csv
import gzip
import json
import os
import pty
import random
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from service.bulk.chunks import Chunk, LineChunk, Position
from service.bulk.inputs import CsvTable, Folder, Input, Lines, ParquetTable
from service.bulk.pool import Encodings, answered, encode, in_order
from service.bulk.records import Terms, answer_line
from tests.bulk.killing import KillingChunk
from tests.bulk.lines import BROKEN_LINES, MAX_LINE_BYTES, STORY
from tests.bulk.stories import broken, story

TERMS = Terms(max_line_bytes=MAX_LINE_BYTES)


def environment(**more: str) -> dict[str, str]:
    """Ours, with a limit that short lines reach."""
    return {**os.environ, "NUTGRAF_MAX_BODY_BYTES": str(MAX_LINE_BYTES), **more}


def command(*arguments: object) -> list[str]:
    """The command line of a batch."""
    return [sys.executable, "-m", "service.cli", "batch", *map(str, arguments)]


def batch(*arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401 - of subprocess
    """Run a batch to its end."""
    more = {"env": environment(), **more}
    return subprocess.run(command(*arguments), capture_output=True, check=False, **more)


def write_lines(path: Path, lines: Iterable[bytes]) -> Path:
    """Write a file of lines."""
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


LONG = 8_000
"""Stories that no machine is done with before a test has looked: four seconds on a fast one."""


def stories(n_stories: int) -> list[bytes]:
    """Lines that can be answered."""
    return [orjson.dumps(story(number)) for number in range(n_stories)]


def with_broken(n_lines: int) -> list[bytes]:
    """Lines of which one in ten cannot be answered, of every kind, and one in forty is blank."""
    return [
        b"" if number % 40 == 39 else broken(number // 10) if number % 10 == 5 else orjson.dumps(story(number))
        for number in range(n_lines)
    ]


def expected(lines: Sequence[bytes]) -> tuple[bytes, bytes]:
    """What a batch of `lines` has to write: results and problems."""
    answers = [answer_line(line, number, TERMS) for number, line in enumerate(lines, 1) if line.strip()]
    results = b"".join(answer.as_line() for answer in answers if answer.result)
    return results, b"".join(answer.as_line() for answer in answers if not answer.result)


def test_every_good_line_is_answered_and_every_bad_one_reported(tmp_path: Path) -> None:
    """In order, in two files, which are as one process would have written them; nothing else is left."""
    lines = with_broken(300)
    records, out = write_lines(tmp_path / "in.jsonl", lines), tmp_path / "out.jsonl"

    done = batch(records, out, "--processes", 2)

    results, problems = expected(lines)
    assert done.returncode == 1, done.stderr
    assert out.read_bytes() == results
    assert (tmp_path / "out.jsonl.errors.jsonl").read_bytes() == problems
    assert {orjson.loads(line)["problem"]["type"] for line in problems.splitlines()} == {
        f"urn:nutgraf:{one.slug}" for one in BROKEN_LINES
    }
    assert done.stderr.decode() == f"nutgraf: 30 of 293 records refused; see {out}.errors.jsonl.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "out.jsonl.errors.jsonl"]


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    """Results go on, problems to standard error; nothing is written to a file."""
    lines = with_broken(30)

    done = batch("-", "-", input=b"\n".join(lines), cwd=tmp_path, env=environment(PYTHONPATH=os.getcwd()))  # noqa: PTH109

    assert (done.stdout, done.stderr) == expected(lines)
    assert done.returncode == 1
    assert not list(tmp_path.iterdir())


def test_options_hold_for_all_records_that_have_none() -> None:
    """The flags are those of `nutgraf summarize`."""
    lines = [orjson.dumps(story(1)), orjson.dumps({**story(2), "length": {"sentences": 2}})]

    done = batch("-", "-", "--sentences", 1, "--highlights", 0, "--processes", 1, input=b"\n".join(lines))

    first, second = (orjson.loads(line)["result"] for line in done.stdout.splitlines())
    assert (len(first["sentences"]), len(second["sentences"])) == (1, 2)
    assert first["highlights"] == second["highlights"] == []
    assert done.returncode == 0


def as_file(kind: str, folder: Path, n_stories: int) -> Path:
    """The same stories in a file of some kind."""
    records = [story(number) for number in range(n_stories)]
    path = folder / f"in.{kind}"
    match kind:
        case "jsonl":
            write_lines(path, map(orjson.dumps, records))
        case "jsonl.gz":
            path.write_bytes(gzip.compress(b"".join(orjson.dumps(one) + b"\n" for one in records)))
        case "csv":
            with path.open("w", newline="") as file:
                writer = csv.DictWriter(file, ["text", "id"])
                writer.writeheader()
                writer.writerows(records)
        case "parquet":
            parquet.write_table(pa.Table.from_pylist(records), path, row_group_size=50)
        case "folder":
            path.mkdir()
            (path / "below").mkdir()
            for number, record in enumerate(records):
                (path / ("below" if number % 2 else ".") / f"{number:04}.txt").write_text(str(record["text"]))
            (path / "other.pdf").touch()
    return path


KINDS = ["jsonl", "jsonl.gz", "csv", "parquet", "folder"]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_every_kind_of_input_has_the_same_results(tmp_path: Path, kind: str) -> None:
    """Of a folder the ids are the paths, in order."""
    out = tmp_path / "out.jsonl"

    done = batch(as_file(kind, tmp_path, 120), out, "--processes", 2)

    answers = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    wanted = {str(story(number)["id"]): answer_line(line, 1, TERMS).result for number, line in enumerate(stories(120))}
    assert done.returncode == 0, done.stderr
    assert len(answers) == 120
    if kind == "folder":
        names = [str(answer["id"]) for answer in answers]
        assert names == sorted(names)
        assert names[0] == "0000.txt"
        assert names[-1] == "below/0119.txt"
        wanted = {f"{'below/' if n % 2 else ''}{n:04}.txt": wanted[f"story-{n}"] for n in range(120)}
    assert {answer["id"]: orjson.dumps(answer["result"]) for answer in answers} == wanted


def input_of(kind: str, path: Path) -> Input:
    """A file as an input."""
    match kind:
        case "csv":
            return CsvTable(path, MAX_LINE_BYTES)
        case "parquet":
            return ParquetTable(path)
        case "folder":
            return Folder(path)
        case _:
            return Lines(str(path), MAX_LINE_BYTES)


def without_progress(chunk: Any) -> Any:  # noqa: ANN401 - any kind of chunk
    """A chunk less what is only shown: of a compressed file it counts what was read ahead."""
    return replace(chunk, end=replace(chunk.end, progress=0))


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_goes_on_at_the_end_of_a_chunk_reads_the_same_chunks(tmp_path: Path, kind: str) -> None:
    """So a run in pieces writes what a run without a break does."""
    source = input_of(kind, as_file(kind, tmp_path, 700))

    chunks = list(source.chunks(Position()))

    assert len(chunks) > 2
    for number, chunk in enumerate(chunks, 1):
        assert [without_progress(one) for one in source.chunks(chunk.end)] == [
            without_progress(one) for one in chunks[number:]
        ]
    total = source.total or 0
    assert 0.8 * total <= chunks[-1].end.progress <= total


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_a_run_that_is_killed_goes_on_and_writes_the_same(tmp_path: Path, suffix: str) -> None:
    """`kill -9` at any moment, first at its beginning; until it is whole the file has another name."""
    records = write_lines(tmp_path / "in.jsonl", with_broken(600))
    whole, out = tmp_path / f"whole.{suffix}", tmp_path / f"out.{suffix}"
    started = time.monotonic()
    assert batch(records, whole, "--processes", 2).returncode == 1
    seconds = time.monotonic() - started

    n_kills = 0
    for _ in range(40):
        process = subprocess.Popen(
            command(records, out, "--processes", 2), env=environment(), stderr=subprocess.DEVNULL
        )
        if not n_kills:
            wait_for(Path(f"{out}.partial").exists)
        try:
            process.wait(seconds * random.uniform(0.2, 0.9) if n_kills else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            n_kills += 1
            assert not out.exists() or out.read_bytes() == whole.read_bytes()
        if out.exists() and not Path(f"{out}.progress").exists():
            break
        if n_kills == 3:
            assert batch(records, out, "--processes", 1).returncode == 1

    assert n_kills
    assert out.read_bytes() == whole.read_bytes()
    assert Path(f"{out}.errors.jsonl").read_bytes() == Path(f"{whole}.errors.jsonl").read_bytes()
    assert not list(tmp_path.glob("*.partial")) + list(tmp_path.glob("*.progress*"))


@pytest.mark.usefixtures("untraced")
def test_a_second_run_does_only_what_is_missing(tmp_path: Path) -> None:
    """What was certain at the kill is not done again: its file is not written to before its end."""
    records, out = write_lines(tmp_path / "in.jsonl", stories(LONG)), tmp_path / "out.jsonl"
    process = subprocess.Popen(command(records, out, "--processes", 1), env=environment(), stderr=subprocess.PIPE)
    journal = Path(f"{out}.progress")
    wait_for(lambda: journal.exists() and orjson.loads(journal.read_bytes())["progress"]["n_results"] > 0)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]

    assert process.returncode == 130
    assert said.decode() == "nutgraf: interrupted; the same command goes on from here.\n"
    n_before = orjson.loads(journal.read_bytes())["progress"]["n_results"]
    assert 0 < n_before < LONG
    partial = Path(f"{out}.partial")
    marked = partial.read_bytes().replace(b'"id":"story-0"', b'"id":"mark--0"', 1)
    partial.write_bytes(marked)

    assert batch(records, out, "--processes", 2).returncode == 0
    assert out.read_bytes().startswith(b'{"id":"mark--0"')
    assert len(out.read_bytes().splitlines()) == LONG


def wait_for(condition: Any) -> None:  # noqa: ANN401 - a function
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.usefixtures("untraced")
def test_no_process_is_left_after_a_kill(tmp_path: Path) -> None:
    """Each ends by itself when there is nobody to answer."""
    records = write_lines(tmp_path / "in.jsonl", stories(LONG))
    process = subprocess.Popen(command(records, tmp_path / "out.jsonl", "--processes", 2), env=environment())
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_for(lambda: len(children.read_text().split()) >= 3)  # two, and multiprocessing's own
    pids = children.read_text().split()
    process.kill()
    process.wait()

    wait_for(lambda: not any(is_alive(pid) for pid in pids))


def is_alive(pid: str) -> bool:
    """Whether a process runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_answered(out: Path) -> bool:
    """Whether some of a run's answers are certain."""
    progress = Path(f"{out}.progress")
    return progress.exists() and json.loads(progress.read_bytes())["progress"]["results_bytes"] > 0


def test_a_run_that_answered_nothing_is_in_nobodys_way(tmp_path: Path) -> None:
    """The input is corrected, and the same command does."""
    records, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    records.write_text('body\n"Two ferries met at dawn in the fog."\n', "utf-8")
    failed = batch(records, out)
    records.write_text('text\n"Two ferries met at dawn in the fog."\n', "utf-8")

    done = batch(records, out)

    assert (failed.returncode, done.returncode) == (2, 0)
    assert len(out.read_text("utf-8").splitlines()) == 1


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("change", ["options", "input", "none"])
def test_a_run_is_taken_up_only_with_the_same_input_and_options(tmp_path: Path, change: str) -> None:
    """Otherwise one file would hold two runs."""
    records, out = write_lines(tmp_path / "in.jsonl", stories(LONG)), tmp_path / "out.jsonl"
    process = subprocess.Popen(command(records, out, "--processes", 1), env=environment(), stderr=subprocess.PIPE)
    wait_for(lambda: is_answered(out))
    locked = batch(records, out)
    process.kill()
    process.communicate()
    assert b"another run" in locked.stderr
    assert locked.returncode == 2
    if change == "none":
        return

    more = ["--words", 20] if change == "options" else []
    if change == "input":
        write_lines(records, stories(2))
    done = batch(records, out, *more)

    assert done.returncode == 2
    assert b"another input, with other options" in done.stderr
    write_lines(records, stories(2))
    assert batch(records, out, *more, "--overwrite").returncode == 0
    assert len(out.read_bytes().splitlines()) == 2


def test_what_is_whole_is_not_written_over(tmp_path: Path) -> None:
    """Unless that is asked for."""
    records, out = write_lines(tmp_path / "in.jsonl", stories(2)), tmp_path / "out.jsonl"
    out.write_text("something of mine")

    refused = batch(records, out)

    assert (refused.returncode, out.read_text()) == (2, "something of mine")
    assert b"--overwrite" in refused.stderr
    assert batch(records, out, "--overwrite").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["in.jsonl", "in.jsonl", "--overwrite"], "IN and OUT are the same file"),
        (["in.jsonl", "out.jsonl", "--errors", "./in.jsonl", "--overwrite"], "IN and the file for errors are the same"),
        (["in.jsonl", "-", "--errors", "in.jsonl", "--overwrite"], "IN and the file for errors are the same"),
        (["in.jsonl", "out.jsonl", "--errors", "out.jsonl"], "OUT and the file for errors are the same"),
        (["in.jsonl", "-", "--errors", "mine.txt"], "'mine.txt' is there already"),
        (["in.jsonl", "folder.jsonl", "--overwrite"], "'folder.jsonl' is a folder"),
        (["in.jsonl", "gone/out.jsonl"], "'gone/out.jsonl.partial': no such file"),
        (["in.jsonl", "taken.jsonl"], "'taken.jsonl.progress' cannot be read"),
    ],
)
def test_no_file_is_lost_to_a_wrong_name(tmp_path: Path, arguments: list[str], reason: str) -> None:
    """Neither the input nor what is there already; nothing is begun."""
    content = b"\n".join(stories(2))
    for name in ("in.jsonl", "mine.txt"):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "taken.jsonl.progress").write_text("[]")
    (tmp_path / "folder.jsonl").mkdir()

    done = batch(*arguments, cwd=tmp_path, env=environment(PYTHONPATH=os.getcwd()))  # noqa: PTH109

    assert (done.returncode, done.stdout) == (2, b"")
    assert reason in done.stderr.decode()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {
        "in.jsonl": content, "mine.txt": content, "taken.jsonl.progress": b"[]"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("in.xml", b"<a/>", "Known: .jsonl"),
        ("in.csv", b"a,b\n1,2\n", "no column 'text'"),
        ("in.csv", b"text,id,id\n1,2,3\n", "more than one column 'id'"),
        ("in.parquet", b"text", "no Parquet file"),
        ("in.jsonl.gz", b"text", "cannot be read on after line 0"),
        ("in.jsonl.gz", gzip.compress(b"".join(stories(20)), mtime=0)[:-20], "cannot be read on after line 0"),
        ("gone.jsonl", None, "no such file"),
    ],
)
def test_an_input_that_cannot_be_read_is_said(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    """In one sentence, with exit code 2; nothing that looks whole is left."""
    if content is not None:
        (tmp_path / name).write_bytes(content)

    done = batch(tmp_path / name, tmp_path / "out.jsonl", "--processes", 1)

    assert done.returncode == 2
    assert reason in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.jsonl").exists()


def test_parquet_without_pyarrow_names_the_extra(tmp_path: Path) -> None:
    """The package does not need it for anything else."""
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    (tmp_path / "in.parquet").touch()

    done = batch(tmp_path / "in.parquet", "-", env=environment(PYTHONPATH=f"{tmp_path}:{os.getcwd()}"))  # noqa: PTH109

    assert done.returncode == 2
    assert b"pip install '.[parquet]'" in done.stderr


def test_bad_rows_of_a_table_are_reported_by_the_line_they_begin_on(tmp_path: Path) -> None:
    """Rows may have line breaks in their cells; columns that nobody knows are told once."""
    rows = [
        b"id,text,words,author",
        b'a,"' + STORY.replace(". ", ".\n\n").encode() + b'",,me',
        b"b,one,2,3,4,5",
        b"",
        b"c,a text that is n\xf6t UTF-8,,",
        b'd,"' + b"x" * (MAX_LINE_BYTES + 1) + b'",,',
        b"e,A text of " + b"x " * (MAX_LINE_BYTES + 5) + b",,",
        b'f,"' + STORY.encode() + b'",many,me',
        b'g,"' + STORY.encode() + b'",12',
    ]
    write_lines(tmp_path / "in.csv", rows)
    first = 2 + STORY.count(". ") * 2 + 1

    done = batch(tmp_path / "in.csv", tmp_path / "out.jsonl", "--processes", 1)

    problems = [orjson.loads(line) for line in (tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines()]
    found = [(one["line"], one["problem"]["type"].rpartition(":")[2]) for one in problems]
    assert found == [
        (first, "invalid-options"),
        (first + 2, "undecodable-body"),
        (first + 3, "invalid-options"),
        (first + 4, "invalid-options"),
        (first + 5, "invalid-options"),
    ]
    assert [orjson.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()] == ["a", "g"]
    assert b"ignored: author." in done.stderr


def test_a_folder_tells_what_it_passes_over(tmp_path: Path) -> None:
    """So that a folder of files in another format is not silently none."""
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "a.md").write_text("Two ferries met in the fog.")

    done = batch(folder, "-", "--processes", 1)

    assert (done.returncode, done.stdout) == (0, b"")
    assert b"Files that end in none of .htm, .html, .txt: 1." in done.stderr


def test_a_folder_tells_its_bad_files(tmp_path: Path) -> None:
    """By their paths."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(f"<html><body><article><p>{STORY}</p></article></body></html>")
    (folder / "b.txt").write_bytes(b"n\xf6t UTF-8")
    (folder / "c.txt").write_bytes(b"x" * (MAX_LINE_BYTES + 1))
    (folder / "d.txt").write_text(" ")

    done = batch(folder, "-", "--processes", 1)

    [result] = [orjson.loads(line) for line in done.stdout.splitlines()]
    problems = [orjson.loads(line) for line in done.stderr.splitlines()]
    assert (result["id"], bool(result["result"]["text"])) == ("a.html", True)
    assert [(one["id"], one["status"]) for one in problems] == [("b.txt", 400), ("c.txt", 413), ("d.txt", 422)]


@pytest.mark.parametrize("encodings", [Encodings(), Encodings(results="gzip")])
def test_a_process_that_is_killed_costs_no_answer(tmp_path: Path, encodings: Encodings) -> None:
    """Its chunk is done again record by record, and the bytes are the same."""
    chunks: list[Chunk] = [KillingChunk(1 + 5 * n, 5, killing=8, survives_after=tmp_path / "killed") for n in range(4)]

    pairs = list(in_order(iter(chunks), Terms(), n_processes=2, encodings=encodings))

    assert (tmp_path / "killed").exists()
    assert [chunk for chunk, _ in pairs] == chunks
    assert [found for _, found in pairs] == [answered(chunk, Terms(), encodings) for chunk in chunks]


def test_a_record_that_kills_twice_is_a_problem() -> None:
    """The rest of its chunk is answered."""
    chunk = KillingChunk(1, 5, killing=3)

    [(_, found)] = list(in_order(iter([chunk]), Terms(), n_processes=1, encodings=Encodings()))

    problem = orjson.loads(found.problems)
    assert (problem["line"], problem["status"], found.n_results) == (3, 500, 4)
    assert "killed, twice" in problem["problem"]["detail"]


def test_an_empty_input_is_an_empty_output(tmp_path: Path) -> None:
    """Also of gzip, whose empty file has bytes."""
    (tmp_path / "in.jsonl").touch()

    assert batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl.gz").returncode == 0
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b""
    assert encode(b"", "gzip") == b""


# The kernel counts a process's peak from before its exec, when it is still a copy of the tests' own process, which may
# be large; so a small process in between starts the command and writes down the peak of what it started, in kB.
LAUNCHER = """
import pathlib, resource, subprocess, sys
subprocess.run(sys.argv[2:])
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def test_of_a_line_without_end_only_the_limit_is_read(tmp_path: Path) -> None:
    """A gigabyte takes no more memory than an article; the lines around it are answered."""
    records = tmp_path / "in.jsonl"
    with records.open("wb") as file:
        file.write(stories(1)[0] + b"\n")
        file.truncate(2**30)
        file.seek(2**30)
        file.write(b"\n" + stories(2)[1] + b"\n")

    launched = subprocess.run(
        [sys.executable, "-c", LAUNCHER, tmp_path / "peak", *command(records, "-", "--processes", 1)],
        env=environment(),
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert [orjson.loads(line)["line"] for line in launched.stdout.splitlines()] == [1, 3]
    assert orjson.loads(launched.stderr)["line"] == 2
    assert int((tmp_path / "peak").read_text()) * 1024 < 500e6


def test_only_a_few_chunks_are_read_ahead() -> None:
    """However long the file: while the first record is not answered, reading waits."""
    n_read = 0

    def chunks() -> Iterable[Chunk]:
        nonlocal n_read
        for number in range(1, 200):
            n_read = number
            yield LineChunk(number, stories(1)[0], Position(number))

    pairs = in_order(iter(chunks()), Terms(), n_processes=2, encodings=Encodings())
    next(pairs)

    assert n_read <= 32 + 1
    assert sum(1 for _ in pairs) == 198
    pairs.close()


def test_the_bar_is_for_terminals_only(tmp_path: Path) -> None:
    """With the rate and the time left; elsewhere nothing is said."""
    records = write_lines(tmp_path / "in.jsonl", stories(200))
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 120))

    subprocess.run(command(records, tmp_path / "a.jsonl"), env=environment(), stderr=theirs, check=True)
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()

    assert "200 records, 0 refused" in drawn
    assert "/s [" in drawn
    assert "<" in drawn
    assert batch(records, tmp_path / "b.jsonl").stderr == b""


def test_a_reader_that_has_seen_enough_ends_the_batch(tmp_path: Path) -> None:
    """As with `head`: no traceback."""
    records = write_lines(tmp_path / "in.jsonl", stories(LONG))
    process = subprocess.Popen(command(records, "-"), env=environment(), stdout=-1, stderr=-1)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()

    said = process.stderr.read()
    process.stderr.close()

    assert process.wait(60) == 130
    assert said == b""
