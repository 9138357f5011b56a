"""What may never be in a commit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# Spelt so that this file does not hold what it looks for.
REGISTRY = re.compile(r"py(?:thonhosted|pi)[.]org|npm(?:js)[.](?:org|com)|deb[.]deb(?:ian)[.]")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home|work|Users)/[\w.]")
PINNED = re.compile(
    r"^[a-z0-9][a-z0-9._-]*==[^ ]+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", re.MULTILINE
)
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock", "requirements-spark.lock"]


def test_no_file_names_a_package_registry(committed_texts: dict[str, str]) -> None:
    """Files name packages, never the host they come from: every site has its own mirror."""
    assert [name for name, text in committed_texts.items() if REGISTRY.search(text)] == []


def test_no_file_names_a_path_of_one_machine(root: Path, committed_texts: dict[str, str]) -> None:
    """A checkout works wherever it lies, so no file holds an absolute path of a home or of this checkout."""
    found = [name for name, text in committed_texts.items() if MACHINE_PATH.search(text) or f"{root}/" in text]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_hold_hash_pinned_names_and_nothing_else(root: Path, lock: str) -> None:
    """A lock file is a list of `name==version` with hashes: no index, no option, no address."""
    assert PINNED.sub("", (root / lock).read_text("utf-8")).strip() == ""


def test_lock_files_agree(root: Path) -> None:
    """The others pin exactly what the developers' lock, which the tests run with, pins; Spark's has more."""
    runtime, developers, build, spark = (_pins(root / lock) for lock in LOCKS)
    names = {pin.partition("==")[0] for pin in developers}

    assert runtime <= developers
    assert build <= developers
    assert {pin for pin in spark if pin.partition("==")[0] in names} <= developers


def test_no_passage_of_the_shared_texts_is_copied(shared: Path, committed_texts: dict[str, str]) -> None:
    """The seed pages and the evaluation data belong to their publishers: no twelve words in a row stand here too."""
    ours = {run: name for name, text in committed_texts.items() for run in _runs(_words(text))}
    files = [*shared.glob("seeds/0*.txt"), *shared.glob("data/*.jsonl")]
    # JSON escapes what is not ASCII and every line break: decoded, so that words are words.
    texts = (_strings(path) for path in files)

    assert files
    assert {ours[run] for strings in texts for text in strings for run in _runs(_words(text)) if run in ours} == set()


def test_no_sentence_of_the_splitting_cases_is_copied(shared: Path, committed_texts: dict[str, str]) -> None:
    """The cases for sentence splitting are measured with where they lie: tests here write their own."""
    cases = json.loads((shared / "data/sentence-splitting-cases.json").read_text("utf-8"))
    sentences = {sentence for case in cases for sentence in case["s"] if len(sentence) > 40}

    assert sentences
    assert [name for name, text in committed_texts.items() for sentence in sentences if sentence in text] == []


def _pins(lock: Path) -> set[str]:
    """The `name==version; condition` lines of a lock file."""
    return set(re.findall(r"^[a-z0-9].*(?= \\$)", lock.read_text("utf-8"), re.MULTILINE))


def _strings(path: Path) -> Iterator[str]:
    """The text of a page, or every string in a file of JSON lines."""
    text = path.read_text("utf-8")
    if path.suffix != ".jsonl":
        yield text
        return
    for line in filter(None, text.split("\n")):
        for value in json.loads(line).values():
            yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str))


def _words(text: str) -> list[str]:
    """The words of a text in lower case, its punctuation and line breaks gone."""
    return re.findall(r"\w+", text.lower())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Every twelve words in a row."""
    return zip(*(words[start:] for start in range(12)), strict=False)
