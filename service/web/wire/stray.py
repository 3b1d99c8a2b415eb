"""Requests that hit the neighbourhood of a protocol, but none of its methods."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from service.web.wire import refusal

bp = Blueprint("stray", __name__)
UNSIGNED = ("/coral/",)


@bp.before_app_request
def refuse_in_its_words() -> Response | None:
    """Answer a wrong path or method in the words of the protocol that the path belongs to."""
    wrong = request.routing_exception
    if wrong is None or wrong.code not in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return None
    protocol = refusal.protocol(request.path)
    # Coral takes an answer for an instruction, and would not know what this one is about.
    if not protocol or protocol in UNSIGNED:
        return None
    return refusal.of(protocol, HTTPStatus(wrong.code))
