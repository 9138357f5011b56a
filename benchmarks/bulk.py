"""Articles a second in bulk: files, batches over HTTP, single requests beside them, and sumy in a process pool.

    make bench-bulk                                   100,000 stories on all cores; an hour
    python -m benchmarks.bulk --stories 2000          to see it work

Stories are made anew for each run from the sentences of `../shared/data/news-dev.jsonl`, no two the same; none is kept.
Two independent loops in two processes, which parse a line, answer it and write the answer down, say what the
cores can do; every other row is compared to them, in one run. Everything is on loopback and shares the cores with its
clients. Memory is the proportional set size of all processes of a row, in MiB: the most in the first and in the last
quarter of its time.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import orjson

from benchmarks.contestants import CONTESTANTS, Summarizer
from benchmarks.http import started
from benchmarks.sampling import family_memory, repeated
from service.bulk.evaluation import plain_sentences
from service.bulk.records import Terms, answer_line, prepare
from service.processors import usable_processors

SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "news-dev.jsonl"
SENTENCES_A_PARAGRAPH = 2
SUMY_STORIES = 400
ALONE_STEP = 10
"""One loop alone is the slowest row, and its rate no surer for more stories than these."""
_SEED = 2026
_SAMPLE_SECONDS = 0.5
_SINGLE_PAUSE_SECONDS = 0.02
_APART_SECONDS = 0.2
"""Two connections that come in the same moment may meet in one worker."""


def stories(n_stories: int) -> Iterator[dict[str, object]]:
    """Yield distinct stories, each as long as a real one, of sentences of all of them."""
    with SHARED.open("rb") as lines:
        articles = [plain_sentences(orjson.loads(line)["article"], "en") for line in lines]
    sentences = [sentence for article in articles for sentence in article]
    chance = random.Random(_SEED)
    for number in range(n_stories):
        chosen = chance.sample(sentences, min(len(chance.choice(articles)), 200))
        starts = range(0, len(chosen), SENTENCES_A_PARAGRAPH)
        paragraphs = [" ".join(chosen[start : start + SENTENCES_A_PARAGRAPH]) for start in starts]
        yield {"id": number, "text": "\n\n".join(paragraphs)}


@dataclass
class Memory:
    """What the processes below one took, sampled while they ran."""

    samples: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the most of the first and of the last quarter."""
        quarter = max(1, len(self.samples) // 4)
        first, last = self.samples[:quarter], self.samples[-quarter:]
        return f"{max(first, default=0):,.0f}, {max(last, default=0):,.0f}"


@contextmanager
def watched(roots: Sequence[int]) -> Iterator[Memory]:
    """Sample the memory of some processes and of all below them."""
    memory = Memory()
    with repeated(
        lambda: memory.samples.append(sum(map(family_memory, roots))),
        pause_seconds=_SAMPLE_SECONDS,
    ):
        yield memory


# ------------------------------------------------------------------------------------------------------ loops and files


def loop(file: Path, start: int, step: int) -> None:
    """Answer every `step`th line of a file once a line comes on standard input; say how many seconds it took."""
    terms = Terms()
    prepare(terms)
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.monotonic()
    with file.open("rb") as lines, Path(os.devnull).open("wb") as out:
        out.writelines(
            answer_line(line, number, terms).as_line()
            for number, line in enumerate(islice(lines, start, None, step), 1)
        )
    print(time.monotonic() - begun, flush=True)


def loops(file: Path, n_loops: int, step: int) -> tuple[float, Memory]:
    """Run loops at the same time, each over every `step`th line; return the slowest's seconds, and their memory."""
    command = [sys.executable, "-m", "benchmarks.bulk", "--loop", str(file)]
    running = [
        subprocess.Popen([*command, str(start), str(step)], stdin=-1, stdout=-1, text=True) for start in range(n_loops)
    ]
    for one in running:
        _said(one)
    with watched([one.pid for one in running]) as memory:
        for one in running:
            assert one.stdin is not None  # noqa: S101 - for the type checker
            one.stdin.write("go\n")
            one.stdin.flush()
        seconds = max(float(_said(one)) for one in running)
    for one in running:
        one.wait()
    return seconds, memory


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None  # noqa: S101 - for the type checker
    return process.stdout.readline()


def batch(file: Path, out: Path) -> tuple[float, Memory]:
    """Run `nutgraf batch`, its start included."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "service.cli", "batch", str(file), str(out)])
    with watched([process.pid]) as memory:
        if process.wait():
            raise SystemExit("nutgraf batch failed.")
    return time.monotonic() - begun, memory


# ---------------------------------------------------------------------------------------------------------------- HTTP


def stream(port: int, file: Path, start: int, step: int) -> int:
    """Send every `step`th line of a file as a batch, reading meanwhile; return how many answers came."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        sender = threading.Thread(target=_send, args=(connection, file, start, step))
        sender.start()
        reply = http.client.HTTPResponse(connection)
        reply.begin()
        n_answers = 0
        while piece := reply.read1(64 * 1024):
            n_answers += piece.count(b"\n")
        sender.join()
        return n_answers


def _send(connection: socket.socket, file: Path, start: int, step: int) -> None:
    connection.sendall(
        b"POST /v1/batches HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    with file.open("rb") as lines:
        for line in islice(lines, start, None, step):
            connection.sendall(b"%x\r\n%b\r\n" % (len(line), line))
    connection.sendall(b"0\r\n\r\n")


def streams(port: int, file: Path, n_streams: int, n_stories: int) -> float:
    """Send a file over some connections at the same time; return seconds."""
    begun = time.monotonic()
    n_answers: list[int] = []
    threads = [
        threading.Thread(target=lambda start=start: n_answers.append(stream(port, file, start, n_streams)))
        for start in range(n_streams)
    ]
    for thread in threads:
        thread.start()
        time.sleep(_APART_SECONDS)
    for thread in threads:
        thread.join()
    if sum(n_answers) != n_stories:
        raise SystemExit(f"{sum(n_answers):,} of {n_stories:,} stories were answered.")
    return time.monotonic() - begun


def singles(port: int, bodies: Sequence[bytes], go_on: Callable[[int], bool]) -> list[float]:
    """Send single requests, one after the other with a short pause; return milliseconds."""
    taken: list[float] = []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while go_on(len(taken)):
        begun = time.monotonic()
        connection.request(
            "POST", "/v1/summaries", bodies[len(taken) % len(bodies)], {"Content-Type": "application/json"}
        )
        reply = connection.getresponse()
        reply.read()
        if reply.status != http.HTTPStatus.OK:
            raise SystemExit(f"A single request was answered with {reply.status}.")
        taken.append(1000 * (time.monotonic() - begun))
        time.sleep(_SINGLE_PAUSE_SECONDS)
    connection.close()
    return taken


# ---------------------------------------------------------------------------------------------------------------- sumy

_summarizer: Summarizer | None = None


def _begin_sumy() -> None:
    global _summarizer  # noqa: PLW0603 - the process's own, as a pool has it
    _summarizer = CONTESTANTS["sumy LexRank"]()


def _sumy(text: str) -> int:
    assert _summarizer is not None  # noqa: S101 - for the type checker
    return len(str(_summarizer(text)))


def sumy_pool(texts: Sequence[str], n_processes: int) -> tuple[float, Memory]:
    """Summarize texts by sumy's LexRank in a pool of processes; return seconds, without its start."""
    with multiprocessing.get_context("spawn").Pool(n_processes, _begin_sumy) as pool:
        pool.map(_sumy, texts[: 2 * n_processes], chunksize=1)
        with watched([os.getpid()]) as memory:
            begun = time.monotonic()
            pool.map(_sumy, texts, chunksize=4)
            return time.monotonic() - begun, memory


# --------------------------------------------------------------------------------------------------------------- table


def row(name: str, rate: float, of_loops: float, memory: Memory | None = None) -> None:
    """Print a row of the table."""
    print(f"| {name} | {rate:,.0f} | {100 * rate / of_loops:.0f} % | {memory or ''} |", flush=True)


def percentile(values: Sequence[float], which: int) -> float:
    """Return a percentile."""
    return statistics.quantiles(values, n=100)[which - 1]


def measure(folder: Path, n_stories: int) -> None:
    """Make the stories and print the table."""
    file, n_cores = folder / "stories.jsonl", usable_processors()
    texts: list[str] = []
    with file.open("wb") as out:
        for story in stories(n_stories):
            out.write(orjson.dumps(story) + b"\n")
            texts += [str(story["text"])] if len(texts) < SUMY_STORIES else []
    size = file.stat().st_size
    print(f"{n_stories:,} stories, {size / n_stories:,.0f} bytes each on average; {n_cores} cores\n")
    print("| | stories a second | of the loops | memory, first and last quarter |\n| --- | ---: | ---: | ---: |")
    seconds, memory = loops(file, n_cores, step=n_cores)
    best = n_stories / seconds
    row(f"{n_cores} independent loops", best, best, memory)
    alone = len(range(0, n_stories, ALONE_STEP)) / loops(file, 1, step=ALONE_STEP)[0]
    row(f"one loop, over every {ALONE_STEP}th story", alone, best)
    seconds, memory = batch(file, folder / "answers.jsonl")
    in_bulk = n_stories / seconds
    row("`nutgraf batch`, with its start", in_bulk, best, memory)
    with started("nutgraf", n_cores) as served:
        measure_http(served.master, served.port, file, n_stories, best, alone, texts)
    seconds, memory = sumy_pool(texts, n_cores)
    row(f"sumy LexRank, pool of {n_cores}, {len(texts)} stories", len(texts) / seconds, best, memory)
    print(f"\n`nutgraf batch` does {in_bulk / (len(texts) / seconds):.1f} times what sumy's pool does.")


def measure_http(
    master: int, port: int, file: Path, n_stories: int, best: float, alone: float, texts: Sequence[str]
) -> None:
    """Print the rows of HTTP, and what single requests take beside a batch."""
    n_cores = usable_processors()
    bodies = [orjson.dumps({"text": text}) for text in texts]
    unloaded = singles(port, bodies, lambda n_taken: n_taken < SUMY_STORIES)
    with watched([master]) as memory:
        over_one = n_stories / streams(port, file, 1, n_stories)
    row(f"one connection ({100 * over_one / alone:.0f} % of one loop)", over_one, best, memory)
    with watched([master]) as memory:
        row(f"{n_cores} connections", n_stories / streams(port, file, n_cores, n_stories), best, memory)
    running = threading.Thread(target=streams, args=(port, file, n_cores, n_stories))
    running.start()
    beside = singles(port, bodies, lambda _: running.is_alive())
    running.join()
    p50, p99 = percentile(unloaded, 50), percentile(beside, 99)
    print(
        f"| single requests: p50 {p50:.1f} ms unloaded; beside {n_cores} batches p50 {percentile(beside, 50):.1f} ms, "
        f"p99 {p99:.1f} ms ({p99 / p50:.1f} ×) | | | |",
        flush=True,
    )


def main() -> None:
    """Print the table, or be one of the loops."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000, metavar="N")
    parser.add_argument("--loop", nargs=3, metavar=("FILE", "START", "STEP"), help="used by the program itself")
    asked = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if asked.loop:
        loop(Path(asked.loop[0]), int(asked.loop[1]), int(asked.loop[2]))
        return
    if not SHARED.exists():
        raise SystemExit("It needs ../shared/data, from which the stories are made.")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), asked.stories)


if __name__ == "__main__":
    main()
