"""Headers that tell where the numbers of an answer come from."""

from collections.abc import Iterable
from contextlib import suppress

from flask import Response

from service.domain.errors import NotScored
from service.scoring import Scorer

MODEL, SUBSTITUTED = "Folkmoot-Model", "Folkmoot-Substituted"


def tell(response: Response, scorer: Scorer, substituted: Iterable[str] = ()) -> Response:
    """Add the model's name and version, and the attributes for which another number stands in."""
    with suppress(NotScored):
        response.headers[MODEL] = scorer.model
    return tell_substituted(response, substituted)


def tell_substituted(response: Response, substituted: Iterable[str]) -> Response:
    """Add the attributes for which another number stands in, if there are any."""
    if names := ", ".join(dict.fromkeys(substituted)):
        response.headers[SUBSTITUTED] = names
    return response
