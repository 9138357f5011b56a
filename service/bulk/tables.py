"""Rows of tables (CSV, Parquet, a DataFrame) to records.

A column counts by its name: `id`, `text`, `title`, `format`, and the options by their leaf names, as in a query string
(`words`, `highlights`, `max_words`, …). An empty cell is an option not given. Other columns are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.summary.options import LEAVES, values_from_leaves

COLUMNS = frozenset({"id", "text", "format", *LEAVES})
"""The names of columns that count."""


def ignored_columns(names: Iterable[str]) -> list[str]:
    """Return the names of columns that do not count, in order."""
    return [name for name in names if name not in COLUMNS]


def record_from_row(row: Mapping[str, object]) -> dict[str, Any]:
    """Return the record of a row, its options nested as in JSON.

    A cell without a value (None, or an empty text but for `text`) is left out; an option may be given as text.
    """
    record: dict[str, Any] = {}
    for name, value in row.items():
        if name not in COLUMNS or value is None or (value == "" and name != "text"):
            continue
        if name not in LEAVES:
            record[name] = value
        elif isinstance(value, str):
            _merge(record, values_from_leaves({name: [value]}))
        else:
            _merge(record, _nested(LEAVES[name], value))
    return record


def _nested(place: tuple[str, ...], value: object) -> dict[str, Any]:
    *parents, last = place
    nested: dict[str, Any] = {last: value}
    for parent in reversed(parents):
        nested = {parent: nested}
    return nested


def _merge(record: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Add `values`, which are nested one deep at most."""
    for name, value in values.items():
        if isinstance(value, dict):
            record.setdefault(name, {}).update(value)
        else:
            record[name] = value
