"""Headers that tell where the numbers of an answer come from."""

from collections.abc import Iterable
from contextlib import suppress

from flask import Response

from service.domain.errors import NotScored
from service.domain.verdict import Depth
from service.scoring import Scorer

MODEL, SUBSTITUTED = "Folkmoot-Model", "Folkmoot-Substituted"
LEAST_CERTAIN_FIRST = tuple(Depth)


def tell(
    response: Response,
    scorer: Scorer,
    substituted: Iterable[str] = (),
    depths: Iterable[Depth] = (),
) -> Response:
    """Add the model, how the least certain scores came about, and what another number stands for.

    `Folkmoot-Model: folkmoot-1.3.0; read=twice`; `read` is missing if no text was read.
    """
    read = [depth for depth in depths if depth is not Depth.UNREAD]
    least = min(read, key=LEAST_CERTAIN_FIRST.index, default=None)
    with suppress(NotScored):
        response.headers[MODEL] = f"{scorer.model}; read={least}" if least else scorer.model
    return tell_substituted(response, substituted)


def tell_substituted(response: Response, substituted: Iterable[str]) -> Response:
    """Add the attributes for which another number stands in, if there are any."""
    if names := ", ".join(dict.fromkeys(substituted)):
        response.headers[SUBSTITUTED] = names
    return response
