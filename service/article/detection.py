"""Which language a text is in, for `language: auto`: py3langid's naive Bayes over byte n-grams, in our languages only.

The model is an optional package (the extra `lang`) and takes 90 MB and a third of a second when it is first asked;
nobody pays for it who names the language. Lui and Baldwin, "langid.py: An off-the-shelf language identification tool"
(2012).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from service.article.languages import get_language
from service.errors import UnsupportedLanguageError

AUTO = "auto"
"""What stands for the code of a language that is to be found out."""
SAMPLE_CHARACTERS = 6_000
"""How much of the text is looked at: about a thousand words."""
_WITHOUT_LANGUAGE = "zxx"
_FALLBACK = "en"
_MIN_SURE = 0.5
"""A language that we do not have is only named where it is so likely."""


@dataclass(frozen=True, slots=True)
class Detected:
    """What a text is to be read as."""

    code: str
    """Code of the likeliest language that we have."""
    unsupported: str | None = None
    """ISO 639 code of the language that it is more likely in, and that we do not have."""


def can_detect() -> bool:
    """Say whether the package that tells languages apart is installed."""
    return find_spec("py3langid") is not None


def detect_language(text: str) -> Detected:
    """Return the likeliest of our languages for a text; English where it has no letter.

    Reads the first `SAMPLE_CHARACTERS`. Cost: under a millisecond, but for the first call. Raises ModuleNotFoundError
    where `can_detect` says no.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if not any(map(str.isalpha, sample)):
        return Detected(_FALLBACK)
    ranked = [(code, chance) for code, chance in _rank(sample) if code != _WITHOUT_LANGUAGE]
    best, highest = ranked[0]
    code = next(known for likely, _ in ranked if (known := _known(likely)))
    return Detected(code, None if _known(best) or highest < _MIN_SURE else best)


def _known(code: str) -> str | None:
    try:
        return get_language(code).code
    except UnsupportedLanguageError:
        return None


_loading = threading.Lock()


def _rank(text: str) -> list[tuple[str, float]]:
    """Return (code, chance) for every language of the model, best first."""
    with _loading:  # two threads that come first together would load it twice
        identifier = _identifier()
    ranked: list[tuple[str, float]] = identifier.rank(text)
    return ranked


@cache
def _identifier() -> Any:  # noqa: ANN401 # of an optional package
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
