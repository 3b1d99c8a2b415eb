"""What other systems' clients are told when a request is refused before it is looked at."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response

from service.analysis import coral as phase
from service.web.wire import akismet, coral, openai, perspective, perspective_errors

HELP = "We could not take this request; try again later."


def of(path: str, status: HTTPStatus) -> Response | None:
    """Return the refusal in the words of the protocol to which a path belongs, None for ours."""
    known = (answer for prefix, answer in ANSWERS if path.startswith(prefix))
    answer = next(known, None)
    return answer(status) if answer else None


def publishes_on_errors(path: str, agent: str) -> bool:
    """Tell whether a client takes an error for a yes; it must not be refused to save time."""
    is_perspective = _perspective in (a for prefix, a in ANSWERS if path.startswith(prefix))
    return is_perspective and agent.startswith(perspective.FAILING_OPEN)


def _perspective(status: HTTPStatus) -> Response:
    return perspective_errors.error(status, status.phrase)


def _akismet(status: HTTPStatus) -> Response:
    return akismet.words("invalid", status, help_=HELP)


def _openai(status: HTTPStatus) -> Response:
    return openai.error(status, status.phrase, "server_error")


def _coral(_: HTTPStatus) -> Response:
    # Coral publishes what is answered with an error, so the comment waits for a person.
    return coral.decision(phase.WAITS)


ANSWERS: tuple[tuple[str, Callable[[HTTPStatus], Response]], ...] = (
    ("/comments:", _perspective),
    ("/v1alpha1/", _perspective),
    ("/1.1/", _akismet),
    ("/1.2/", _akismet),
    ("/v1/moderations", _openai),
    ("/coral/", _coral),
)
