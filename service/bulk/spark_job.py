"""A job for `spark-submit`: records from JSONL or Parquet, answers to Parquet or JSONL.

    spark-submit service/bulk/spark_job.py stories.jsonl answers.parquet --words 60
    python -m service.bulk.spark_job stories.parquet answers.jsonl

IN and OUT are paths as Spark takes them, folders and addresses too. Answers in JSON are the lines of `nutgraf batch`,
results and problems together. A job writes all of OUT or, if it fails, nothing that has a `_SUCCESS` in it. It is a
module of its own so that Spark's workers find what they run in `service.bulk.spark`, and not in a script.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from pyspark import SparkConf
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as f

from service.bulk.records import Terms
from service.bulk.spark import json_from_lines, json_from_rows, summarize_dataframe, summarize_lines
from service.bulk.tables import COLUMNS
from service.errors import InputError, InvalidSettingError
from service.settings import settings_from_environ
from service.summary.options import LEAVES, values_from_leaves

DONE, WRONG_USAGE = 0, 2
FORMATS = ("jsonl", "parquet")

_CONFIGURATION = {
    "spark.app.name": "nutgraf",
    "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",  # a task has one core; more threads only wait for each other
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",  # ten thousand long texts at once would be gigabytes
}
"""Where `spark-submit --conf` says nothing else."""


def summarize_files(
    spark: SparkSession,
    source: str,
    target: str,
    *,
    from_format: str,
    to_format: str,
    options: Mapping[str, Any],
    partitions: int | None = None,
) -> tuple[int, int]:
    """Write the answers to the records at `source` to `target`; return how many were answered, and how many not.

    Order: a part has its records in the order of the input, and the parts of a single file follow each other. With
    `partitions` the records are first spread over so many tasks, and come in no order.
    """
    read, answer = _WAYS[from_format, to_format]
    records = read(spark, source)
    if partitions:
        records = records.repartition(partitions)
    counts = Observation()
    answers = answer(records, options).observe(
        counts,
        f.count_if(f.col("status") == 200).alias("answered"),  # noqa: PLR2004 - HTTP's OK
        f.count_if(f.col("status") != 200).alias("problems"),  # noqa: PLR2004
    )
    if to_format == "jsonl":
        answers.select("value").write.text(target)
    else:
        answers.write.parquet(target)
    return counts.get["answered"], counts.get["problems"]


def numbered_lines(spark: SparkSession, path: str) -> DataFrame:
    """Return `line` and `content` of each line at `path`, numbered as `cat` would join the files.

    Cost: the files are read twice, the first time to count. Of a line over the limit no more is kept than tells so.
    """
    most_bytes = settings_from_environ().max_body_bytes
    lines = spark.read.text(path, lineSep="\n").select(
        # Spark keeps a text's bytes as they are, so what is not UTF-8 can still be told from what is
        f.substring(f.col("value").cast("binary"), 1, most_bytes + 1).alias("content"),
        f.col("_metadata.file_path").alias("file"),
        f.col("_metadata.file_block_start").alias("block"),
        f.monotonically_increasing_id().alias("row"),
    )
    return _with_line(spark, lines).select("line", "content")


def numbered_rows(spark: SparkSession, path: str) -> DataFrame:
    """Return the rows at `path`, the columns that count alone, with `line`; numbered like lines."""
    table = spark.read.parquet(path)
    rows = table.select(
        *(name for name in table.columns if name in COLUMNS),
        f.col("_metadata.file_path").alias("file"),
        f.lit(0).alias("block"),
        f.col("_metadata.row_index").alias("row"),
    )
    return _with_line(spark, rows).drop("file", "block", "row")


def _rows(spark: SparkSession, path: str) -> DataFrame:
    return spark.read.parquet(path)


_WAYS: Mapping[tuple[str, str], tuple[Callable[..., DataFrame], Callable[..., DataFrame]]] = {
    ("jsonl", "jsonl"): (numbered_lines, json_from_lines),
    ("jsonl", "parquet"): (numbered_lines, summarize_lines),
    ("parquet", "jsonl"): (numbered_rows, json_from_rows),
    ("parquet", "parquet"): (_rows, summarize_dataframe),
}
"""What is read and what is written -> how."""


def _with_line(spark: SparkSession, records: DataFrame) -> DataFrame:
    """Return `records` with `line`; within a block of a file `row` goes up by one, and files go by name."""
    sizes = records.groupBy("file", "block").agg(f.min("row").alias("first"), f.count("*").alias("size"))
    blocks = sorted(sizes.collect(), key=lambda block: (block.file, block.block))
    before = accumulate((block.size for block in blocks), initial=0)
    shifts = [(block.file, block.block, n + 1 - block.first) for block, n in zip(blocks, before, strict=False)]
    table = spark.createDataFrame(shifts, "file string, block long, shift long")
    return records.join(f.broadcast(table), ["file", "block"]).withColumn("line", f.col("row") + f.col("shift"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="spark_job", description="Records from JSONL or Parquet, answers to Parquet or JSONL."
    )
    parser.add_argument("source", metavar="IN", help="a file or folder, as Spark takes them")
    parser.add_argument("target", metavar="OUT", help="a folder that is not there yet")
    parser.add_argument("--from", dest="from_format", choices=FORMATS, help="what IN holds; by default, its name tells")
    parser.add_argument("--to", dest="to_format", choices=FORMATS, help="what OUT is to hold; by default, likewise")
    parser.add_argument("--partitions", type=int, metavar="N", help="spread the records over N tasks, in no order")
    options = parser.add_argument_group("options of a summary, for records that give none")
    options.add_argument("--input", choices=["text", "html"], help="what the records' texts hold")
    for name in LEAVES.keys() - {"title"}:
        options.add_argument(f"--{name.replace('_', '-')}", metavar="VALUE", dest=name)
    return parser


def _options(given: Mapping[str, Any]) -> dict[str, Any]:
    leaves = {name: [given[name]] for name in LEAVES if given.get(name) is not None}
    return values_from_leaves(leaves) | ({"format": given["input"]} if given["input"] else {})


def _format(path: str, given: str | None) -> str:
    """Return the format that was given, or that the name tells."""
    name = path.rstrip("/").removesuffix(".gz")
    found = given or next((one for one in FORMATS if name.endswith(f".{one}")), None)
    if found is None:
        raise InputError(f"'{path}' ends neither in .jsonl nor in .parquet. Say which it is: --from or --to.")
    return found


def _session() -> SparkSession:
    conf = SparkConf()
    for name, value in _CONFIGURATION.items():
        conf.setIfMissing(name, value)
    return SparkSession.builder.config(conf=conf).getOrCreate()


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the job and return its exit code; records that have a problem are no failure of the job."""
    given = vars(_parser().parse_args(arguments))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # where nothing else is said, workers are as the driver is
    try:
        from_format = _format(given["source"], given["from_format"])
        to_format = _format(given["target"], given["to_format"])
        options = Terms(_options(given)).options  # which checks them, before a JVM starts
        answered, problems = summarize_files(
            _session(),
            given["source"],
            given["target"],
            from_format=from_format,
            to_format=to_format,
            options=options,
            partitions=given["partitions"],
        )
    except AnalysisException as error:  # no such file, or OUT is there already
        sys.stderr.write(f"nutgraf: {error.getMessage()}\n")
        return WRONG_USAGE
    except (InputError, InvalidSettingError) as error:
        sys.stderr.write(f"nutgraf: {error}\n")
        return WRONG_USAGE
    sys.stderr.write(f"answered: {answered:,}, problems: {problems:,}\n")
    return DONE


if __name__ == "__main__":
    sys.exit(run())
