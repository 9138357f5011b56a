"""Lines that are no good, of every kind, and a story that is."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

MAX_LINE_BYTES = 100_000

STORY = (
    "The harbour of Brennick will close for two weeks in May, its master said on Tuesday. Divers found that the old "
    "wall has moved by nine centimetres since the storms of last winter. Ferries are to land at Osterby instead, where "
    "the town is building a second pier. Fishermen fear that the detour will cost them the best of the season. The "
    "council has promised them 40,000 euros, a sum they call too small. Work on the wall is to end before the regatta "
    "in June."
)


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that cannot be answered."""

    name: str
    content: bytes
    status: int
    slug: str
    """What it is answered with."""
    as_http: bool = True
    """Whether a single request of these bytes has the same problem; one with another limit has not."""


def _record(**fields: object) -> bytes:
    return orjson.dumps({"text": STORY, **fields})


BROKEN_LINES = (
    BrokenLine("not-json", b"The harbour will close.", 400, "malformed-json"),
    BrokenLine("cut-off", _record()[:-20], 400, "malformed-json"),
    BrokenLine("not-utf-8", _record().replace(b"May", b"M\xe4i"), 400, "undecodable-body"),
    BrokenLine("nul-bytes", b'{"text": "\x00\x00"}', 400, "malformed-json"),
    BrokenLine("no-object", b'["a", "list"]', 422, "invalid-options"),
    BrokenLine("too-large", _record(title="x" * MAX_LINE_BYTES), 413, "body-too-large", as_http=False),
    BrokenLine("deep", b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400, "malformed-json"),
    BrokenLine("huge-number", b'{"text": "A text.", "length": {"words": 1' + b"0" * 400 + b"}}", 400, "malformed-json"),
    BrokenLine("lone-surrogate", b'{"text": "half a pair: \\ud83d."}', 400, "malformed-json"),
    BrokenLine("wrong-type", b'{"text": 5}', 422, "invalid-options"),
    BrokenLine("no-text", b'{"id": "a"}'.replace(b'"id"', b'"title"'), 422, "invalid-options"),
    BrokenLine("blank-text", b'{"text": " \\n "}', 422, "invalid-text"),
    BrokenLine("unknown-field", _record(langauge="en"), 422, "invalid-options"),
    BrokenLine("unknown-language", _record(language="xx"), 422, "invalid-options"),
)
"""Over a dozen kinds; each has its own reason."""
