"""What other systems' clients are told when a request is refused before it is looked at."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Response

from service.analysis import coral as phase
from service.web.wire import akismet, coral, openai, perspective, perspective_errors

HELP = "We could not take this request; try again later."


def protocol(path: str) -> str:
    """Return the beginning of a path that tells the protocol, "" for ours."""
    return next((prefix for prefix in ANSWERS if path.startswith(prefix)), "")


def of(protocol: str, status: HTTPStatus) -> Response:
    """Return the refusal in the words of a protocol."""
    return ANSWERS[protocol](status)


def publishes_on_errors(path: str, agent: str) -> bool:
    """Tell whether a client takes an error for a yes; it must not be refused to save time."""
    is_perspective = ANSWERS.get(protocol(path)) is _perspective
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


ANSWERS: dict[str, Callable[[HTTPStatus], Response]] = {
    "/comments:": _perspective,
    "/v1alpha1/": _perspective,
    "/batch": _perspective,
    "/$discovery/": _perspective,
    "/discovery/": _perspective,
    "/1.1/": _akismet,
    "/1.2/": _akismet,
    "/v1/moderations": _openai,
    "/coral/": _coral,
}
