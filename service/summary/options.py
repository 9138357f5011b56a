"""What can be asked for, and the one place where it is checked.

HTTP, the form, the command line and bulk jobs all build a `SummaryOptions` here: from nested values as JSON has them
(`validated`) or from flat leaf names as a query string has them (`options_from_leaves`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from service.article.detection import AUTO, can_detect
from service.article.languages import LANGUAGES, get_language
from service.errors import InvalidOptionsError, OptionProblem, UnsupportedLanguageError, nearest

AlgorithmName = Literal["fusion", "textrank", "lexrank", "lead", "lsa", "luhn", "kl", "sum-basic", "reduction"]
Compression = Literal["none", "safe", "tight"]
Order = Literal["document", "rank"]
OffsetUnit = Literal["codepoint", "utf16", "utf8"]
Inclusion = Literal["keywords", "blocks", "explanation", "text"]

Model = TypeVar("Model", bound=BaseModel)

MAX_COUNT = 1_000_000
MAX_HIGHLIGHTS = 50
LENGTH_UNITS = ("sentences", "words", "characters", "ratio")


def _whole_number(value: object) -> object:
    """Take 3.0 for 3, as JSON Schema does, and refuse true, 2.5, NaN and text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("whole_number", "must be a whole number")
    return value


def _finite_number(value: object) -> object:
    """Refuse true, NaN, infinity and text, which pydantic alone would take for numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PydanticCustomError("finite_number", "must be a number")
    return value


def _highlight_count(value: object) -> object:
    """Take `auto` or a whole number, and say both when the value is neither."""
    if value == "auto":
        return value
    if isinstance(value, str):
        raise PydanticCustomError("highlight_count", "must be a whole number or 'auto'")
    count = _whole_number(value)
    if not isinstance(count, int) or not 0 <= count <= MAX_HIGHLIGHTS:
        raise PydanticCustomError("highlight_count", f"must be 'auto' or from 0 to {MAX_HIGHLIGHTS}")
    return count


def _known_language(code: str) -> str:
    """Refuse a code that is not in the table of languages; give the table's own spelling of one that is.

    `auto` passes where languages can be detected.
    """
    if code.strip().lower() == AUTO:
        if can_detect():
            return AUTO
        detail = "'language' cannot be 'auto' here: that needs py3langid (in the checkout: pip install '.[lang]')."
        raise PydanticCustomError("language", "{reason}", {"reason": f"{detail} Name a code: {', '.join(LANGUAGES)}."})
    try:
        return get_language(code).code
    except UnsupportedLanguageError as error:
        raise PydanticCustomError("language", "{reason}", {"reason": str(error)}) from error


Count = Annotated[int, Field(ge=1, le=MAX_COUNT), BeforeValidator(_whole_number)]
Ratio = Annotated[float, Field(gt=0, le=1), BeforeValidator(_finite_number)]
HighlightCount = Annotated[
    int | Literal["auto"],
    BeforeValidator(
        _highlight_count,
        json_schema_input_type=Literal["auto"] | Annotated[int, Field(ge=0, le=MAX_HIGHLIGHTS)],
    ),
]
LanguageCode = Annotated[str, AfterValidator(_known_language), Field(json_schema_extra={"enum": [AUTO, *LANGUAGES]})]


class _Options(BaseModel):
    """Frozen, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _one_unit_schema(schema: dict[str, Any]) -> None:
    """Say in JSON Schema what `_has_one_unit` checks: one property, and null is not a length."""
    schema.update(minProperties=1, maxProperties=1)
    for name in LENGTH_UNITS:
        unit = schema["properties"][name]
        number = next(option for option in unit.pop("anyOf") if option["type"] != "null")
        del unit["default"]
        unit.update(number)


class Length(_Options):
    """How long the summary may be, in exactly one unit."""

    model_config = ConfigDict(json_schema_extra=_one_unit_schema)

    sentences: Count | None = None
    """At most this many sentences."""
    words: Count | None = None
    """At most this many words, counted as `wc -w` does; a Chinese, Japanese or Thai letter counts as one."""
    characters: Count | None = None
    """At most this many characters (Unicode code points), the spaces between the sentences included."""
    ratio: Ratio | None = None
    """At most this share of the body's words: over 0, up to 1."""

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        given = [unit for unit in LENGTH_UNITS if unit in self.model_fields_set]
        if len(given) != 1:
            names = " and ".join(given) or "none"
            detail = f"must have exactly one of sentences, words, characters and ratio; it has {names}"
            raise PydanticCustomError("one_length", detail)
        if getattr(self, given[0]) is None:
            raise PydanticCustomError("null_length", "must be a number, not null")
        return self


class HighlightOptions(_Options):
    """How many bullets, how long, and how far a sentence may be shortened for one."""

    count: HighlightCount = "auto"
    """A number, 0 for none, or `auto`: three to five, as the story needs."""
    compression: Compression = "safe"
    """`none`: whole sentences; `safe`: drops only what cannot change the meaning; `tight`: as for a ticker."""
    max_words: Count = 25
    """The most words a bullet may have; in Chinese, Japanese and Thai three letters are one."""


class SummaryOptions(_Options):
    """All options of a summary, with their defaults."""

    language: LanguageCode = "en"
    """Code of the text's language, or `auto`; `/v1/capabilities` lists them."""
    algorithm: AlgorithmName = "fusion"
    """How sentences are ranked; `/v1/capabilities` says what each does."""
    length: Length = Length(sentences=3)
    """How long the summary may be."""
    highlights: HighlightOptions = HighlightOptions()
    """How many bullets, and of what kind."""
    order: Order = "document"
    """Whether sentences and bullets come as the text has them, or best first."""
    offsets: OffsetUnit = "codepoint"
    """What `start`, `end` and `spans` count: Unicode code points, UTF-16 units (JavaScript, Java) or UTF-8 bytes."""
    include: frozenset[Inclusion] = frozenset()
    """What else the reply is to hold."""


LEAVES: Mapping[str, tuple[str, ...]] = {
    "sentences": ("length", "sentences"),
    "words": ("length", "words"),
    "characters": ("length", "characters"),
    "ratio": ("length", "ratio"),
    "highlights": ("highlights", "count"),
    "compression": ("highlights", "compression"),
    "max_words": ("highlights", "max_words"),
    "title": ("title",),
    "language": ("language",),
    "algorithm": ("algorithm",),
    "order": ("order",),
    "offsets": ("offsets",),
    "include": ("include",),
}
"""Leaf name in a query string, a form and the command line -> its place in the JSON body."""

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_NUMBERS = {"sentences", "words", "characters", "ratio", "highlights", "max_words"}
_MAX_SHOWN = 64
_UNQUOTED = {"text", "title"}  # the caller's words must not come back in an error


_MOST_PROBLEMS = 20
"""Of a request; a body may have a hundred thousand unknown fields, and each costs a search for the nearest name."""


def validated(model: type[Model], values: object) -> Model:
    """Return `values`, nested as in JSON, as a `model`; `InvalidOptionsError` names each value that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False)[:_MOST_PROBLEMS]
        raise InvalidOptionsError(_problem(model, detail) for detail in details) from None


def values_from_leaves(leaves: Mapping[str, list[str]]) -> dict[str, Any]:
    """Nest flat, textual leaf values as JSON has them: `{"words": ["50"]}` becomes `{"length": {"words": 50}}`.

    A name may come once, but for `include`, which may come often and hold commas. Raises `InvalidOptionsError` for
    an unknown name and for one given twice.
    """
    problems = [problem for name, values in leaves.items() if (problem := _leaf_problem(name, values))]
    if problems:
        raise InvalidOptionsError(problems[:_MOST_PROBLEMS])
    nested: dict[str, Any] = {}
    for name, values in leaves.items():
        *parents, last = LEAVES[name]
        place = nested
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = _leaf_value(name, values)
    return nested


def options_from_leaves(model: type[Model], leaves: Mapping[str, list[str]], **more: str) -> Model:
    """Return a `model` from flat leaf values and `more` fields; problems then name the leaf, not a pointer."""
    values = values_from_leaves(leaves)
    try:
        return validated(model, {**values, **more})
    except InvalidOptionsError as error:
        raise InvalidOptionsError(_as_parameter(problem, leaves) for problem in error.problems) from None


def _leaf_problem(name: str, values: list[str]) -> OptionProblem | None:
    if name not in LEAVES:
        detail = f"There is no option '{name[:_MAX_SHOWN]}'.{nearest(name, LEAVES)}"
        return OptionProblem(detail=detail, parameter=name[:_MAX_SHOWN])
    if len(values) > 1 and name != "include":
        detail = f"'{name}' is given {len(values)} times; give it once."
        return OptionProblem(detail=detail, parameter=name)
    return None


def _leaf_value(name: str, values: list[str]) -> object:
    if name == "include":
        return [part.strip() for value in values for part in value.split(",") if part.strip()]
    [value] = values
    return _number(value) if name in _NUMBERS else value


def _number(value: str) -> float | str:
    """Return the number that `value` writes, or `value` itself for the validation to refuse."""
    if not _DECIMAL.fullmatch(value):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _as_parameter(problem: OptionProblem, leaves: Mapping[str, list[str]]) -> OptionProblem:
    """Name the leaf where a problem has a pointer: the first one given that is at it, below it or above it."""
    pointer = f"{problem.pointer}/"
    places = {name: f"/{'/'.join(LEAVES[name])}/" for name in leaves}
    meant = [name for name, place in places.items() if place.startswith(pointer) or pointer.startswith(place)]
    if not meant:
        return problem
    # "'highlights' must be …": in a query string nothing is called `count`
    detail = problem.detail.replace(f"'{pointer.split('/')[-2]}'", f"'{meant[0]}'", 1)
    return OptionProblem(detail=detail, parameter=meant[0])


def _problem(model: type[BaseModel], error: ErrorDetails) -> OptionProblem:
    """Return what pydantic found as a sentence that names the field, the value and the way out."""
    place = [str(part) for part in error["loc"]]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in place)
    name = place[-1] if place else "the body"
    return OptionProblem(detail=_sentence(model, place, name, error), pointer=pointer[:256])


def _sentence(model: type[BaseModel], place: list[str], name: str, error: ErrorDetails) -> str:
    kind, context, message = error["type"], error.get("ctx", {}), error["msg"]
    if kind == "extra_forbidden":
        hint = nearest(name, _fields_beside(model, place))
        if name in LEAVES and len(place) == 1:  # as a query string names it
            hint = f" Did you mean '{'.'.join(LEAVES[name])}'?"
        return f"There is no field '{name[:_MAX_SHOWN]}' here.{hint}"
    if kind == "missing":
        return f"'{name}' is required."
    if kind == "language":
        return message
    if kind == "literal_error":
        known = context["expected"]
        hint = nearest(error["input"], _names(known)) if isinstance(error["input"], str) else ""
        return f"{_shown(place, error)} is not known here.{hint} Known: {known}."
    wanted = _WANTED.get(kind, message).format(**context)
    owner = f"'{name}'" if place else "The body"
    return f"{owner} {wanted}{_got(place, error)}."


_WANTED = {
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be over {gt}",
    "less_than_equal": "must be at most {le}",
    "string_type": "must be a text",
    "model_type": "must be an object",
    "frozen_set_type": "must be a list of names",
}


def _got(place: list[str], error: ErrorDetails) -> str:
    scalar = error["input"] is None or isinstance(error["input"], str | int | float)
    return f"; got {_shown(place, error)}" if scalar and error["type"] != "one_length" else ""


def _shown(place: list[str], error: ErrorDetails) -> str:
    """Return the wrong value for a message, as JSON names it: short, and never the caller's text."""
    wrong = error["input"]
    if isinstance(wrong, bool) or wrong is None:
        return {True: "true", False: "false", None: "null"}[wrong]
    if not place or place[0] in _UNQUOTED:
        return "a text" if isinstance(wrong, str) else "a number"
    value = repr(wrong)
    return value if len(value) <= _MAX_SHOWN else f"{value[:60]}…"


def _names(expected: str) -> list[str]:
    return [name.strip("' ") for name in expected.replace(" or ", ", ").split(",")]


def _fields_beside(model: type[BaseModel], place: list[str]) -> list[str]:
    """Return the names that are known where an unknown one stands."""
    for part in place[:-1]:
        inner = model.model_fields[part].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)
