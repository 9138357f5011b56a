"""Spark, in a real JVM: the answers of every other way in, whatever is in the data and whoever dies.

`make test-spark` runs these; PySpark is imported in fixtures alone, since nothing else installs it.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
import pytest

from service.bulk.records import Terms, answer_line
from service.errors import InvalidOptionsError
from service.web.schemas import ProblemReply, SummaryReply
from tests.bulk.lines import BROKEN_LINES, MAX_LINE_BYTES, STORY
from tests.bulk.recombined import story_lines
from tests.conftest import IN_CI
from tests.web.servers import environment

pytestmark = pytest.mark.spark

ALL_PARTS = ["keywords", "blocks", "explanation", "text"]


def need(found: object, what: str) -> None:
    """Skip the test where something is missing, but fail in CI."""
    if not found:
        message = f"needs {what}"
        pytest.fail(message) if IN_CI else pytest.skip(message)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two tasks at a time in one JVM, each tried four times; Python workers as on a cluster."""
    need(shutil.which("java"), "java, 17 or later")
    need(find_spec("pyspark"), "PySpark (requirements-spark.lock, as `make test-spark` installs it)")
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("NUTGRAF_MAX_BODY_BYTES", str(MAX_LINE_BYTES))
        session = (
            SparkSession.builder.master("local[2,4]")
            .config("spark.driver.memory", "1g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.files.openCostInBytes", str(MAX_LINE_BYTES))  # small files in several parts too
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def stories(root: Path) -> list[bytes]:
    """Five thousand lines."""
    return list(story_lines(root, 5000))


def answers_of(folder: Path) -> bytes:
    """All parts of a folder of JSON lines, in their order."""
    return b"".join(part.read_bytes() for part in sorted(folder.glob("part-*")))


def by_line(lines: bytes) -> list[bytes]:
    """Answers by their numbers."""
    return sorted(lines.splitlines(), key=lambda line: int(orjson.loads(line)["line"]))


def written(path: Path, lines: list[bytes]) -> str:
    """The name of a file of lines."""
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return str(path)


def run_files(spark: Any, source: str, target: Path, **given: Any) -> tuple[int, int]:  # noqa: ANN401 - Spark has no types here
    """Run the job in this process's session; from and to are JSON unless given."""
    from service.bulk.spark_job import summarize_files

    settings = {"from_format": "jsonl", "to_format": "jsonl", "options": {}, **given}
    counts: tuple[int, int] = summarize_files(spark, source, str(target), **settings)
    return counts


def without_nulls(value: Any) -> Any:  # noqa: ANN401 - any value
    """A row's values without those that are not there."""
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


# ---------------------------------------------------------------------------------------------------------- DataFrames


def test_a_dataframe_gains_the_reply_as_columns(spark: Any) -> None:  # noqa: ANN401
    """Field for field what HTTP answers; other columns pass through; a row's own options win."""
    from service.bulk.spark import summarize_dataframe

    rows = [(1, STORY, "desk", None, [1.5]), (2, STORY, "wire", 20, None)]
    df = spark.createDataFrame(rows, "id long, text string, author string, words int, other array<double>")
    options = {"include": ALL_PARTS, "length": {"sentences": 2}}

    first, second = summarize_dataframe(df, options).orderBy("id").collect()

    assert (first.id, first.author, first.other, first.status, first.problem) == (1, "desk", [1.5], 200, None)
    line = orjson.dumps({"text": STORY})
    assert without_nulls(first.result.asDict(recursive=True)) == without_nulls(
        orjson.loads(answer_line(line, 1, Terms(options)).result or b"")
    )
    assert len(first.result.highlights[0].spans[0]) == 2
    assert second.result.stats.summary_words <= 20


@pytest.mark.parametrize(("page", "table"), [("spark", "stories"), ("batches", "archive")])
def test_the_pages_run(
    spark: Any,  # noqa: ANN401
    page: str,
    table: str,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The Python of the how-to pages, with a table of that name in this folder."""
    monkeypatch.chdir(tmp_path)
    spark.createDataFrame([("a", STORY)], "id string, text string").write.parquet(f"{tmp_path}/{table}.parquet")
    text = (root / "docs/how-to" / f"{page}.md").read_text("utf-8").replace('"archive.', f'"{tmp_path}/archive.')
    [code] = re.findall(r"```python\n(.*?)```", text.replace('"stories.', f'"{tmp_path}/stories.'), re.DOTALL)

    exec(code.replace('"summaries.', f'"{tmp_path}/summaries.'), {"spark": spark})  # noqa: S102 - our own pages


def test_what_was_not_included_is_null(spark: Any) -> None:  # noqa: ANN401
    """Not an empty list, which would say that there is none."""
    from service.bulk.spark import summarize_dataframe

    [row] = summarize_dataframe(spark.createDataFrame([(STORY,)], "text string")).collect()

    assert (row.result.keywords, row.result.blocks, row.result.explanation, row.result.text) == (None,) * 4
    assert row.result.warnings == []


def test_bad_rows_are_problems_and_the_rest_goes_on(spark: Any) -> None:  # noqa: ANN401
    """Null and blank texts, values that cannot be meant, bytes that are no UTF-8."""
    from pyspark.sql import functions as f

    from service.bulk.spark import summarize_dataframe

    rows = [
        (0, STORY, "en", 3),
        (1, None, "en", 3),
        (2, " \n ", "en", 3),
        (3, STORY, "xx", 3),
        (4, STORY, "en", 0),
        (5, "x" * 3_000_000, "en", 3),
        (6, "not utf-8", "en", 3),
        (7, STORY, None, None),
    ]
    df = spark.createDataFrame(rows, "id long, text string, language string, sentences int").coalesce(1)
    broken = f.unhex(f.lit("4DE469")).cast("string")  # Spark takes any bytes for a text
    df = df.withColumn("text", f.when(f.col("id") == 6, broken).otherwise(f.col("text")))

    found = {row.id: row for row in summarize_dataframe(df).collect()}

    slugs = {n: row.problem.type.removeprefix("urn:nutgraf:") for n, row in found.items() if row.problem}
    assert slugs == {
        1: "invalid-options",
        2: "invalid-text",
        3: "invalid-options",
        4: "invalid-options",
        5: "text-too-long",
        6: "undecodable-body",
    }
    assert all((row.result is None) == (row.status != 200) for row in found.values())
    assert found[1].problem.errors[0].pointer == "/text"
    assert found[5].problem.limit == 2_000_000


def test_columns_that_will_not_do_are_refused_at_once(spark: Any) -> None:  # noqa: ANN401
    """With the way out; options too."""
    from service.bulk.spark import summarize_dataframe

    with pytest.raises(InvalidOptionsError, match=r"no column 'text' here, but body"):
        summarize_dataframe(spark.createDataFrame([(STORY,)], "body string"))
    with pytest.raises(InvalidOptionsError, match=r"columns status have names that the answers need"):
        summarize_dataframe(spark.createDataFrame([(STORY, 1)], "text string, status int"))
    with pytest.raises(InvalidOptionsError, match="sideways"):
        summarize_dataframe(spark.createDataFrame([(STORY,)], "text string"), {"order": "sideways"})


def test_the_columns_are_the_fields_of_the_interface(spark: Any) -> None:  # noqa: ANN401
    """Of the reply and of a problem, to the last inner one, but for the request id, which a record has not."""
    from service.bulk import spark as columns

    assert spark
    assert names(columns.RESULT) == fields(SummaryReply.model_json_schema())
    assert names(columns.PROBLEM) == fields(ProblemReply.model_json_schema()) - {"request_id"}


def names(kind: Any, path: str = "") -> set[str]:  # noqa: ANN401
    """The fields of a Spark type, with those that are in them."""
    kind = getattr(kind, "elementType", kind)
    if not hasattr(kind, "fields"):
        return set()
    inner = (names(field.dataType, f"{path}{field.name}.") for field in kind.fields)
    return {f"{path}{field.name}" for field in kind.fields}.union(*inner)


def fields(schema: dict[str, Any], part: dict[str, Any] | None = None, path: str = "") -> set[str]:
    """The same of a JSON schema."""
    part = schema if part is None else part
    part = part.get("items", part)
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
    own = part.get("properties", {})
    inner = (fields(schema, one, f"{path}{name}.") for name, one in own.items())
    return {f"{path}{name}" for name in own}.union(*inner)


def test_workers_use_one_thread_each(spark: Any) -> None:  # noqa: ANN401
    """OpenBLAS's threads would only wait for each other; Spark itself says so to OpenMP, which OpenBLAS heeds."""
    seen = spark.sparkContext.parallelize([0], 1).map(lambda _: dict(os.environ)).collect()[0]

    assert "1" in {seen.get("OPENBLAS_NUM_THREADS"), seen.get("OMP_NUM_THREADS")}


# ---------------------------------------------------------------------------------------------------------------- files


def test_five_thousand_stories_are_answered_as_on_the_command_line(
    spark: Any,  # noqa: ANN401
    stories: list[bytes],
    tmp_path: Path,
) -> None:
    """Byte for byte, in the same order, though two tasks did them."""
    source = written(tmp_path / "stories.jsonl", stories)
    command = [sys.executable, "-m", "service.cli", "batch", source, str(tmp_path / "batch.jsonl")]
    subprocess.run(command, check=True, env=environment(), capture_output=True)

    assert run_files(spark, source, tmp_path / "spark") == (5000, 0)

    assert len(list((tmp_path / "spark").glob("part-*"))) > 1
    assert answers_of(tmp_path / "spark") == (tmp_path / "batch.jsonl").read_bytes()


def test_a_worker_that_is_killed_changes_nothing(spark: Any, stories: list[bytes], tmp_path: Path) -> None:  # noqa: ANN401
    """Its task is run again, from its beginning; what it had written is not there."""
    stories = stories[:2500]
    source = written(tmp_path / "stories.jsonl", stories)
    failures: list[int] = []
    killer = threading.Thread(target=kill_a_worker, args=(spark, failures))
    killer.start()

    assert run_files(spark, source, tmp_path / "spark") == (2500, 0)

    killer.join()
    assert failures[0] >= 1
    terms = Terms(max_line_bytes=MAX_LINE_BYTES)
    expected = (answer_line(line, number, terms).as_line() for number, line in enumerate(stories, 1))
    assert answers_of(tmp_path / "spark") == b"".join(expected)


def kill_a_worker(spark: Any, failures: list[int]) -> None:  # noqa: ANN401
    """Kill a Python worker in the middle of its work, and note how many tasks of its stage failed."""
    tracker = spark.sparkContext.statusTracker()
    before = {worker: cpu_seconds(worker) for worker in python_workers()}
    at_work: list[int] = []
    while not at_work:
        time.sleep(0.05)
        at_work = [one for one in python_workers() if cpu_seconds(one) > before.get(one, 1) + 0.5]
    [stage] = tracker.getActiveStageIds()
    os.kill(at_work[0], signal.SIGKILL)
    while not tracker.getStageInfo(stage).numFailedTasks and stage in tracker.getActiveStageIds():
        time.sleep(0.05)
    failures.append(tracker.getStageInfo(stage).numFailedTasks)


def python_workers() -> list[int]:
    """The processes that PySpark's daemon has forked under this one."""
    daemons, parents = set(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, state = (folder / "cmdline").read_bytes(), (folder / "stat").read_text()
        except OSError:
            continue  # it has ended meanwhile
        if b"pyspark.daemon" in command:
            daemons.add(int(folder.name))
            parents[int(folder.name)] = int(state.rsplit(")", 1)[1].split()[1])
    return [child for child, parent in parents.items() if parent in daemons]


def cpu_seconds(process: int) -> float:
    """What a process has taken so far, its start included; 0 for one that has ended."""
    try:
        used = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def test_broken_lines_are_reported_with_their_numbers(spark: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Over a dozen kinds among good ones: each line has the answer that it has everywhere."""
    good = orjson.dumps({"id": "good", "text": STORY})
    lines = [content for broken in BROKEN_LINES for content in (good, broken.content, b" \r")]

    counts = run_files(spark, written(tmp_path / "in.jsonl", lines), tmp_path / "out")

    assert counts == (len(BROKEN_LINES), len(BROKEN_LINES))
    terms = Terms(max_line_bytes=MAX_LINE_BYTES)
    assert answers_of(tmp_path / "out") == b"".join(
        answer_line(content, number, terms).as_line() for number, content in enumerate(lines, 1) if content.strip()
    )


def test_several_files_are_numbered_as_cat_would_join_them(spark: Any, stories: list[bytes], tmp_path: Path) -> None:  # noqa: ANN401
    """The first by name first, however Spark spreads them; compressed ones too."""
    (tmp_path / "in").mkdir()
    written(tmp_path / "in/b.jsonl", stories[100:400])
    written(tmp_path / "in/c.jsonl", stories[400:450])
    (tmp_path / "in/a.jsonl.gz").write_bytes(gzip.compress(b"\n".join(stories[:100]) + b"\n"))

    run_files(spark, str(tmp_path / "in"), tmp_path / "out")
    run_files(spark, str(tmp_path / "in"), tmp_path / "spread", partitions=3)

    expected = [answer_line(line, number, Terms()).as_line()[:-1] for number, line in enumerate(stories[:450], 1)]
    assert by_line(answers_of(tmp_path / "out")) == expected
    assert by_line(answers_of(tmp_path / "spread")) == expected


def test_parquet_goes_in_and_out(spark: Any, stories: list[bytes], tmp_path: Path) -> None:  # noqa: ANN401
    """Lines to a table, and that table's kind to lines and to a table, with the same answers."""
    records = [orjson.loads(line) for line in stories[:60]]
    source = written(tmp_path / "in.jsonl", stories[:60])
    rows = [(one["id"], one["text"], one.get("title"), one.get("format")) for one in records]
    schema = "id string, text string, title string, format string"
    spark.createDataFrame(rows, schema).coalesce(1).write.parquet(str(tmp_path / "in.parquet"))

    run_files(spark, source, tmp_path / "lines")
    run_files(spark, source, tmp_path / "table", to_format="parquet")
    run_files(spark, str(tmp_path / "in.parquet"), tmp_path / "lines2", from_format="parquet")
    run_files(spark, str(tmp_path / "in.parquet"), tmp_path / "table2", from_format="parquet", to_format="parquet")

    assert answers_of(tmp_path / "lines2") == answers_of(tmp_path / "lines")
    table = spark.read.parquet(str(tmp_path / "table")).orderBy("line").collect()
    assert [row.result for row in table] == [
        row.result for row in spark.read.parquet(str(tmp_path / "table2")).collect()
    ]
    results = [orjson.loads(line)["result"] for line in answers_of(tmp_path / "lines").splitlines()]
    assert [without_nulls(row.result.asDict(recursive=True)) for row in table] == [
        without_nulls(one) for one in results
    ]


@pytest.mark.parametrize("launcher", ["module", "spark-submit"])
def test_the_job_runs_as_it_is_shown(spark: Any, launcher: str, root: Path, tmp_path: Path) -> None:  # noqa: ANN401
    """As a module on a laptop and under spark-submit; options are the leaf names."""
    assert spark
    script = root / "service/bulk/spark_job.py"
    source = written(tmp_path / "in.jsonl", [orjson.dumps({"id": 1, "text": STORY}), b"nothing"])
    commands = {
        "module": [sys.executable, "-m", "service.bulk.spark_job"],
        "spark-submit": [str(Path(sys.executable).with_name("spark-submit")), "--master", "local[2]", str(script)],
    }
    command = [*commands[launcher], source, str(tmp_path / "out.jsonl"), "--sentences", "1", "--highlights", "1"]
    environ = environment(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")

    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "answered: 1, problems: 1" in done.stdout + done.stderr  # spark-submit joins the two
    terms = Terms({"length": {"sentences": 1}, "highlights": {"count": 1}})
    first, second = answers_of(tmp_path / "out.jsonl").splitlines(keepends=True)
    assert first == answer_line(orjson.dumps({"id": 1, "text": STORY}), 1, terms).as_line()
    assert second == answer_line(b"nothing", 2, terms).as_line()
    assert STORY[:20] not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in.csv", "out.jsonl"], "'in.csv' ends neither in .jsonl nor in .parquet"),
        (["in.jsonl", "out.jsonl", "--words", "0"], "'words' must be at least 1; got 0."),
        (["missing.jsonl", "out.jsonl"], "PATH_NOT_FOUND"),
        (["in.jsonl", "there.jsonl"], "PATH_ALREADY_EXISTS"),
    ],
)
def test_a_job_that_cannot_be_meant_says_why(
    spark: Any,  # noqa: ANN401
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one sentence, before any work."""
    from service.bulk import spark_job

    assert spark
    (tmp_path / "in.jsonl").write_bytes(b"{}\n")
    (tmp_path / "there.jsonl").mkdir()
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)

    assert spark_job.run([str(tmp_path / one) if one.endswith("jsonl") else one for one in arguments]) == 2
    assert said in capsys.readouterr().err
