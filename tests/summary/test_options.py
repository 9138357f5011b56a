"""Options and their validation."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from service.errors import InvalidOptionsError
from service.summary.options import Length, SummaryOptions, options_from_leaves, validated


def problem(values: object) -> tuple[str | None, str]:
    """The one problem that the values have: its pointer and its sentence."""
    with pytest.raises(InvalidOptionsError) as caught:
        validated(SummaryOptions, values)
    [only] = caught.value.problems
    return only.pointer, only.detail


def test_defaults_are_those_of_the_interface() -> None:
    """Three sentences by fusion, up to five safe highlights of 25 words, in the text's order."""
    options = SummaryOptions()

    assert options == validated(SummaryOptions, {})
    assert (options.language, options.algorithm, options.order, options.offsets) == (
        "en",
        "fusion",
        "document",
        "codepoint",
    )
    assert options.length == Length(sentences=3)
    assert (options.highlights.count, options.highlights.compression, options.highlights.max_words) == (
        "auto",
        "safe",
        25,
    )
    assert options.include == frozenset()


@pytest.mark.parametrize(
    ("values", "pointer", "said"),
    [
        ({"length": {"sentences": -1}}, "/length/sentences", "at least 1; got -1"),
        ({"length": {"sentences": 0}}, "/length/sentences", "at least 1; got 0"),
        ({"length": {"sentences": 2.5}}, "/length/sentences", "whole number; got 2.5"),
        ({"length": {"sentences": True}}, "/length/sentences", "whole number; got true"),
        ({"length": {"words": "50"}}, "/length/words", "whole number; got '50'"),
        ({"length": {"words": None}}, "/length", "a number, not null"),
        ({"length": {"characters": 10**9}}, "/length/characters", "at most 1000000"),
        ({"length": {"ratio": 0}}, "/length/ratio", "over 0"),
        ({"length": {"ratio": 1.5}}, "/length/ratio", "at most 1"),
        ({"length": {"ratio": float("nan")}}, "/length/ratio", "must be a number; got nan"),
        ({"length": {"ratio": "0.5"}}, "/length/ratio", "must be a number"),
        ({"length": {}}, "/length", "exactly one of sentences, words, characters and ratio; it has none"),
        ({"length": {"words": 5, "ratio": 0.5}}, "/length", "it has words and ratio"),
        ({"length": 3}, "/length", "must be an object; got 3"),
        ({"lenght": {"words": 5}}, "/lenght", "no field 'lenght' here. Did you mean 'length'?"),
        ({"sentences": 2}, "/sentences", "no field 'sentences' here. Did you mean 'length.sentences'?"),
        ({"max_words": 20}, "/max_words", "Did you mean 'highlights.max_words'?"),
        ({"format": "html"}, "/format", "no field 'format' here."),
        ({"length": {"word": 5, "words": 5}}, "/length/word", "Did you mean 'words'?"),
        ({"algorithm": "texrank"}, "/algorithm", "'texrank' is not known here. Did you mean 'textrank'? Known: "),
        ({"algorithm": 7}, "/algorithm", "7 is not known here. Known: 'fusion'"),
        ({"language": "eng1"}, "/language", "eng1"),
        ({"language": 7}, "/language", "must be a text; got 7"),
        ({"highlights": {"count": -1}}, "/highlights/count", "'auto' or from 0 to 50; got -1"),
        ({"highlights": {"count": 51}}, "/highlights/count", "'auto' or from 0 to 50; got 51"),
        ({"highlights": {"count": "many"}}, "/highlights/count", "a whole number or 'auto'; got 'many'"),
        ({"highlights": {"max_words": 0}}, "/highlights/max_words", "at least 1"),
        ({"highlights": {"compression": "hard"}}, "/highlights/compression", "'hard' is not known here"),
        ({"include": "keywords"}, "/include", "must be a list of names; got 'keywords'"),
        ({"include": ["keyword"]}, "/include/0", "Did you mean 'keywords'?"),
        ({"order": "x" * 500}, "/order", "…"),
        ([1], "", "The body must be an object."),
        ("text", "", "The body must be an object; got a text."),
        ({"a/b~c": 1}, "/a~1b~0c", "no field 'a/b~c'"),
    ],
)
def test_each_wrong_value_is_named_with_the_way_out(values: object, pointer: str, said: str) -> None:
    """The pointer leads to the value, the sentence says what would be right."""
    found, detail = problem(values)

    assert found == pointer
    assert said in detail
    assert len(detail) < 400


def test_several_wrong_values_are_all_named() -> None:
    """One round trip shows every mistake."""
    with pytest.raises(InvalidOptionsError) as caught:
        validated(SummaryOptions, {"order": "best", "offsets": "bytes", "length": {"words": 0}})

    assert [found.pointer for found in caught.value.problems] == ["/length/words", "/order", "/offsets"]


@pytest.mark.parametrize("values", [{"length": {"sentences": 3.0}}, {"highlights": {"count": 0.0, "max_words": 9.0}}])
def test_a_whole_number_may_be_written_with_a_point(values: dict[str, Any]) -> None:
    """JSON Schema calls 1.0 an integer, and so do we."""
    options = validated(SummaryOptions, values)

    assert options.length.sentences == 3
    assert options.highlights.count == values.get("highlights", {}).get("count", "auto")


def test_without_the_model_auto_is_refused_and_the_extra_named() -> None:
    """In a process that cannot import it."""
    script = (
        "import sys; sys.modules['py3langid'] = None\n"
        "from service.errors import InvalidOptionsError\n"
        "from service.summary.options import SummaryOptions, validated\n"
        "try:\n    validated(SummaryOptions, {'language': 'auto'})\n"
        "except InvalidOptionsError as error:\n    print(error.problems[0].pointer, error.problems[0].detail)"
    )

    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout

    assert shown.startswith("/language ")
    assert "'.[lang]'" in shown


def test_a_language_may_be_written_with_its_region() -> None:
    """The reply then names the language as the table does."""
    assert validated(SummaryOptions, {"language": "pt-BR"}).language == "pt"


def test_leaves_become_nested_options() -> None:
    """A query string's flat names reach the same options as JSON's nested ones."""
    leaves = {
        "words": ["50"],
        "highlights": ["4"],
        "max_words": ["12"],
        "compression": ["tight"],
        "include": ["keywords,blocks", "text"],
        "order": ["rank"],
    }

    nested = {
        "length": {"words": 50},
        "highlights": {"count": 4, "max_words": 12, "compression": "tight"},
        "include": ["keywords", "blocks", "text"],
        "order": "rank",
    }
    assert options_from_leaves(SummaryOptions, leaves) == validated(SummaryOptions, nested)


@pytest.mark.parametrize(
    ("leaves", "parameter", "said"),
    [
        ({"sentence": ["3"]}, "sentence", "no option 'sentence'. Did you mean 'sentences'?"),
        ({"sentences": ["3", "4"]}, "sentences", "given 2 times"),
        ({"sentences": ["three"]}, "sentences", "whole number; got 'three'"),
        ({"sentences": ["nan"]}, "sentences", "whole number; got 'nan'"),
        ({"sentences": ["1_0"]}, "sentences", "whole number; got '1_0'"),
        ({"sentences": ["٣"]}, "sentences", "whole number; got '٣'"),
        ({"sentences": [""]}, "sentences", "whole number; got ''"),
        ({"ratio": ["1e400"]}, "ratio", "must be a number; got inf"),
        ({"sentences": ["3"], "words": ["9"]}, "sentences", "it has sentences and words"),
        ({"highlights": ["some"]}, "highlights", "a whole number or 'auto'"),
        ({"include": ["all"]}, "include", "'all' is not known here"),
        ({"algorithm": ["LexRank"]}, "algorithm", "Did you mean 'lexrank'?"),
    ],
)
def test_a_wrong_leaf_is_named_as_the_caller_wrote_it(leaves: dict[str, list[str]], parameter: str, said: str) -> None:
    """Query strings have parameters, not pointers."""
    with pytest.raises(InvalidOptionsError) as caught:
        options_from_leaves(SummaryOptions, leaves)

    [only] = caught.value.problems
    assert (only.parameter, only.pointer) == (parameter, None)
    assert said in only.detail


def test_the_schema_says_what_the_validation_does() -> None:
    """One length, no null, and the ranges of counts stand in the JSON Schema."""
    schema = SummaryOptions.model_json_schema()
    length = schema["$defs"]["Length"]

    assert (length["minProperties"], length["maxProperties"], length["additionalProperties"]) == (1, 1, False)
    assert length["properties"]["sentences"]["type"] == "integer"
    assert (length["properties"]["words"]["minimum"], length["properties"]["words"]["maximum"]) == (1, 1_000_000)
    assert length["properties"]["ratio"]["exclusiveMinimum"] == 0
    count = schema["$defs"]["HighlightOptions"]["properties"]["count"]
    assert {"minimum": 0, "maximum": 50, "type": "integer"} in count["anyOf"]
    assert "en" in schema["properties"]["language"]["enum"]
