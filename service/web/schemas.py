"""What goes back over the wire. Requests are validated by their own model, in `service.summary.request`.

Replies are built by `rendering.as_dict`; the tests hold them to these models, and `/openapi.json` shows them.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.article.models import Role


class _Reply(BaseModel):
    """Replies may gain fields in 1.x; clients ignore those they do not know."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow", strict=True)


class SentenceReply(_Reply):
    """A chosen sentence."""

    index: int = Field(ge=0)
    """Place among the body's sentences, from 0."""
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    score: float = Field(ge=0, le=1)
    """1 is the best of this text."""
    rank: int = Field(ge=1)
    """Place by score."""
    pick: int = Field(ge=1)
    """Order of choice; a shorter summary is a prefix of a longer one."""


class HighlightReply(_Reply):
    """A bullet."""

    text: str
    sentence: int = Field(ge=0)
    """Index of the sentence it was made from."""
    spans: list[list[int]]
    """What was kept of the text, as pairs of start and end."""
    compressed: bool
    """Whether anything was cut."""
    pick: int = Field(ge=1)


class KeywordReply(_Reply):
    """A ranked phrase."""

    text: str
    score: float = Field(ge=0, le=1)


class BlockReply(_Reply):
    """A paragraph or line and what it was taken for; only `body` is ranked."""

    role: Role
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class NeighbourReply(_Reply):
    """A sentence that is like the one explained."""

    index: int = Field(ge=0)
    similarity: float = Field(ge=0, le=1)
    """LexRank's cosine of the two."""
    words: list[str]
    """The content words that both have, as the explained sentence writes them; those that say most first."""


class ExplainedSentenceReply(_Reply):
    """Why a sentence has its score. A part is missing where the algorithm does not use it."""

    index: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    score: float = Field(ge=0, le=1)
    rank: int = Field(ge=1)
    pick: int | None
    """Its place in the longest summary there is; null when it repeats a better sentence."""
    textrank: float = Field(default=0, ge=0, le=1)
    lexrank: float = Field(default=0, ge=0, le=1)
    position: float = Field(default=0, ge=0, le=1)
    neighbours: list[NeighbourReply]
    """Up to three sentences most like it, the nearest first."""


class ExplanationReply(_Reply):
    """Every sentence of the body, explained."""

    sentences: list[ExplainedSentenceReply]


class StatsReply(_Reply):
    """Sizes of what came in and what goes out."""

    characters: int = Field(ge=0)
    words: int = Field(ge=0)
    """Words of the body."""
    sentences: int = Field(ge=0)
    """Sentences of the body."""
    summary_words: int = Field(ge=0)
    reduction: float = Field(ge=0, le=1)
    """The share of the body's words that was left out."""


class WarningReply(_Reply):
    """Something worth knowing about this answer; `/v1/capabilities` lists the codes."""

    code: str
    detail: str


class SummaryReply(_Reply):
    """The summary of one article."""

    summary: str
    """The chosen sentences, joined."""
    sentences: list[SentenceReply]
    highlights: list[HighlightReply]
    keywords: list[KeywordReply] = Field(default=[])
    """When included."""
    blocks: list[BlockReply] = Field(default=[])
    """When included."""
    explanation: ExplanationReply = Field(default=ExplanationReply(sentences=[]))
    """When included."""
    text: str = ""
    """What offsets point into: for HTML, and when included."""
    language: str
    algorithm: str
    stats: StatsReply
    warnings: list[WarningReply]
    version: str


class AlgorithmReply(_Reply):
    """A way to rank sentences."""

    name: str
    summary: str
    max_sentences: int | None
    """The most sentences it takes, where that is less than the service's own limit."""
    max_words: int | None
    """The most words it takes, where it has such a limit."""


class LanguageReply(_Reply):
    """A language that texts may be in."""

    code: str
    name: str


class LimitsReply(_Reply):
    """What is refused for its size, and when work is stopped."""

    max_body_bytes: int
    max_batch_lines: int
    max_batch_bytes: int
    max_characters: int
    max_sentences: int
    deadline_seconds: float


class CapabilitiesReply(_Reply):
    """What this service can do, as it is set up."""

    algorithms: list[AlgorithmReply]
    languages: list[LanguageReply]
    language_detection: bool
    """Whether `language` may be `auto`."""
    lengths: list[str]
    """The units a length may be in."""
    compressions: list[str]
    orders: list[str]
    offsets: list[str]
    includes: list[str]
    warnings: list[WarningReply]
    limits: LimitsReply
    version: str


class StatusReply(_Reply):
    """Answer of a probe."""

    status: Literal["ok"]


class ErrorPlace(_Reply):
    """One value that is wrong, and what would be right."""

    detail: str
    pointer: str = ""
    """Where in the JSON body, as a JSON Pointer (RFC 6901)."""
    parameter: str = ""
    """Which parameter of the query string, or field of the form."""


class LineProblem(_Reply):
    """Problem details (RFC 9457) of a line: those of a single request, less the request id."""

    type: str = Field(pattern=r"^urn:nutgraf:[a-z-]+$")
    """Stable in 1.x."""
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[ErrorPlace] = Field(default=[])
    limit: int = 0
    """For what is too large: the most that is accepted."""
    size: int = 0
    """For what is too large: what it has, where that is known."""


class ProblemReply(LineProblem):
    """Problem details (RFC 9457)."""

    request_id: str


class BatchAnswer(_Reply):
    """What one record of a batch is answered: a result or a problem."""

    id: str | int | None
    """The record's own; null where it has none, or none that can be."""
    line: int = Field(ge=1)
    """Which record it was, from 1: the line, or the place in an array."""
    status: int = Field(ge=200, le=599)
    """What a single request would be answered with."""
    result: SummaryReply | None = None
    """What a single request would be answered; only with status 200."""
    problem: LineProblem | None = None
    """Why there is no result."""
