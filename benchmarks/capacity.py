"""How many cores a load needs, by HTTP and on Spark: the arithmetic of docs/explanation/capacity.md for other numbers.

    python -m benchmarks.capacity --articles 1000000 --hours 24 --peak 4
    python -m benchmarks.capacity --articles 10000000 --hours 8 --words 1200 --workers 8

Nothing is measured here. The costs are what docs/explanation/performance.md and capacity.md have measured on one
machine; give yours with --summary-ms, --http-ms and --spark-ms.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STORY_WORDS = 680
"""Of the story that the costs were measured with."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked for, and what it costs; the names are the script's options."""

    articles: float
    hours: float
    peak: float
    words: float
    used: float
    workers: float
    replica_mib: float
    summary_ms: float
    fixed_ms: float
    http_ms: float
    spark_ms: float
    spark_used: float
    worker_mib: float
    heap_mib: float

    @property
    def article_ms(self) -> float:
        """CPU of a summary of so many words: bullets cost the same for every text, the rest grows with it."""
        return self.fixed_ms + (self.summary_ms - self.fixed_ms) * self.words / STORY_WORDS


OPTIONS: Sequence[tuple[str, float, str]] = (
    ("articles", 1_000_000, "articles that come, or have to be done"),
    ("hours", 24, "in so many hours"),
    ("peak", 1, "the busiest minutes' rate over the mean rate"),
    ("words", STORY_WORDS, "words an article"),
    ("used", 0.6, "share of a core that is busy at the peak; the rest keeps waits short"),
    ("workers", 2, "workers of a replica, one a core"),
    ("replica-mib", 256, "memory of a replica, MiB"),
    ("summary-ms", 2.5, f"CPU of a summary with highlights of {STORY_WORDS} words, ms"),
    ("fixed-ms", 1.3, "of that, what is the same for every text: the highlights, ms"),
    ("http-ms", 0.8, "CPU that HTTP adds, ms"),
    ("spark-ms", 1.0, "CPU that Spark adds, in Python and in the JVM, ms"),
    ("spark-used", 0.7, "share of a job's core hours that is work, not starting and waiting for the last tasks"),
    ("worker-mib", 300, "memory of a Python worker on Spark, MiB; there is one a core"),
    ("heap-mib", 1024, "memory of an executor's JVM, MiB; one for up to four cores here"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the arithmetic for the load that the options tell."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    for name, default, text in OPTIONS:
        parser.add_argument(f"--{name}", type=float, default=default, metavar="N", help=f"{text} (%(default)s)")
    print(report(Load(**vars(parser.parse_args(arguments)))))


def report(load: Load) -> str:
    """Return the arithmetic, a line a step."""
    lines = [f"{load.articles:,.0f} articles of {load.words:,.0f} words in {load.hours:g} hours", ""]
    for part in (_http(load), _spark(load)):
        lines += [f"{what:<14} {how:<48} = {result}" if how else what for what, how, result in part]
        lines.append("")
    return "\n".join(lines[:-1])


Step = tuple[str, str, str]
"""What, how, and how much."""


def _http(load: Load) -> Iterator[Step]:
    mean = load.articles / (load.hours * 3600)
    rate = mean * load.peak
    cost_ms = load.article_ms + load.http_ms
    busy = rate * cost_ms / 1000
    cores = math.ceil(busy / load.used)
    replicas = math.ceil(cores / load.workers)
    yield "HTTP", "", ""
    yield "mean rate", f"{load.articles:,.0f} / ({load.hours:g} × 3,600 s)", f"{mean:,.1f} articles/s"
    yield "peak rate", f"{mean:,.1f} × {load.peak:g}", f"{rate:,.1f} articles/s"
    yield "CPU an article", f"{load.article_ms:.1f} ms summary + {load.http_ms:g} ms HTTP", f"{cost_ms:.1f} ms"
    yield "busy cores", f"{rate:,.1f} × {cost_ms:.1f} ms", f"{busy:.2f}"
    yield "cores", f"{busy:.2f} / {load.used:.0%} busy, rounded up", f"{cores:,}"
    yield "replicas", f"{cores:,} / {load.workers:g} workers, rounded up, + 1 spare", f"{replicas + 1:,}"
    yield "memory", f"{replicas + 1:,} × {load.replica_mib:g} MiB", _gib((replicas + 1) * load.replica_mib)


def _spark(load: Load) -> Iterator[Step]:
    cost_ms = load.article_ms + load.spark_ms
    core_hours = load.articles * cost_ms / 3_600_000
    cores = math.ceil(core_hours / load.hours / load.spark_used)
    executors = math.ceil(cores / 4)
    mib = executors * load.heap_mib + cores * load.worker_mib
    yield "Spark", "", ""
    yield "CPU an article", f"{load.article_ms:.1f} ms summary + {load.spark_ms:g} ms Spark", f"{cost_ms:.1f} ms"
    yield "work", f"{load.articles:,.0f} × {cost_ms:.1f} ms", f"{core_hours:,.1f} core hours"
    yield "cores", f"{core_hours:,.1f} h / {load.hours:g} h / {load.spark_used:.0%}, rounded up", f"{cores:,}"
    how = f"{executors:,} × {load.heap_mib:g} MiB JVM + {cores:,} × {load.worker_mib:g} MiB Python"
    yield "memory", how, _gib(mib)
    minutes = core_hours * 60 / load.spark_used / 16
    yield "on 16 cores", f"{core_hours:,.1f} h / 16 / {load.spark_used:.0%}", f"{minutes:,.0f} minutes"


def _gib(mib: float) -> str:
    return f"{mib / 1024:.1f} GiB"


if __name__ == "__main__":
    main()
