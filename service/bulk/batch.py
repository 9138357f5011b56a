"""`nutgraf batch`: an input, some processes, an output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import orjson

from service import __version__
from service.bulk.inputs import Input, input_for
from service.bulk.outputs import Output, Progress, output_for
from service.bulk.pool import in_order
from service.bulk.records import Terms

Watcher = Callable[[Progress], None]
"""Told of the progress: once at the start, then after every chunk."""


def run_batch(
    name: str,
    results: str,
    problems: str | None,
    terms: Terms,
    *,
    n_processes: int,
    overwrite: bool,
    watch: Callable[[Input], Watcher],
) -> Progress:
    """Answer every record of the input `name`; return how far it came, which is to the end.

    An earlier run that was interrupted is taken up. `watch` is given the input before anything is read of it. Memory
    is bounded by a few chunks for each process. Raises `BatchError` for an input that cannot be read, an output
    that must not be written, and processes that cannot begin.
    """
    source = input_for(name, max_line_bytes=terms.max_line_bytes)
    with output_for(name, results, problems, _fingerprint(source, terms), overwrite=overwrite) as output:
        told = watch(source)
        if not output.progress.is_whole:
            _answer(source, output, terms, n_processes, told)
        output.finish()
        told(output.progress)
        return output.progress


def _answer(source: Input, output: Output, terms: Terms, n_processes: int, told: Watcher) -> None:
    told(output.progress)
    chunks = source.chunks(output.progress.position)
    with closing(in_order(chunks, terms, n_processes=n_processes, encodings=output.encodings)) as pairs:
        for chunk, answered in pairs:
            output.write(answered, chunk.end)
            told(output.progress)


def _fingerprint(source: Input, terms: Terms) -> Mapping[str, Any] | None:
    """Return what must be the same for a run to be taken up: version, terms and input."""
    of_input = source.fingerprint()
    if of_input is None:
        return None
    return {
        "version": __version__,
        "terms": sha256(orjson.dumps(asdict(terms), option=orjson.OPT_SORT_KEYS)).hexdigest(),
        "kind": type(source).__name__,
        "input": of_input,
    }
