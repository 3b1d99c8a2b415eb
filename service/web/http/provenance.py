"""Provenance: a header that says which model scored the texts of a request, and how well."""

from collections.abc import Iterable

from flask import Response, after_this_request

from service.domain.verdict import Depth

HEADER = "Folkmoot-Model"
LEAST_CERTAIN_FIRST = tuple(Depth)


def declare(model: str, depths: Iterable[Depth]) -> None:
    """Name the model in a header of this answer, and how the least certain scores came about.

    `folkmoot-1.3.0; read=twice`; `read` is missing if no text was read.
    """
    read = [depth for depth in depths if depth is not Depth.UNREAD]
    least = min(read, key=LEAST_CERTAIN_FIRST.index, default=None)

    def add(answer: Response) -> Response:
        answer.headers[HEADER] = f"{model}; read={least}" if least else model
        return answer

    after_this_request(add)
