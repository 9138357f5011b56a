"""Which type a reply has: what the client likes best of what there is."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable


def best_type(request: Request, types: Sequence[str]) -> str:
    """Return the one of `types` that `Accept` likes best, the first without it. Raises `NotAcceptable`."""
    if not request.accept_mimetypes:
        return types[0]
    # parameters such as charset=utf-8 do not matter: every type comes in one form only
    accepted = MIMEAccept((kind.partition(";")[0].strip(), quality) for kind, quality in request.accept_mimetypes)
    best = accepted.best_match(types)
    if best is None:
        raise NotAcceptable(f"Replies come as {', '.join(dict.fromkeys(types))}; Accept allows none of them.")
    return str(best)
