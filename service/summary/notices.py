"""The warnings that an answer can carry: things worth knowing, none of them an error."""

from __future__ import annotations

from collections.abc import Mapping

NOTICES: Mapping[str, str] = {
    "short-text": "The text has fewer sentences to choose from than were asked for.",
    "few-highlights": "Fewer highlights than asked for were true, whole and short enough.",
    "budget-too-small": "No sentence fits the length; the detail names the smallest that would do.",
    "language-mismatch": "The text looks like another language than the one it was read as; no highlight is shortened.",
    "control-characters": "Control characters in the text were read as white space.",
}
"""Code -> what it means."""
