"""Responses to the queue's forms: JSON for our scripts, a redirect for browsers."""

from dataclasses import asdict
from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for

from service.domain import ids
from service.web.desk.queue import filters
from service.web.http import caller


def wants_json() -> bool:
    """Tell whether one of our scripts calls, rather than a browser without it."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def respond(message: str, content: Any, **more: str) -> Response:
    """Return the content as JSON, or redirect to the form's page with a message."""
    if wants_json():
        members = content if isinstance(content, dict) else asdict(content)
        return make_response(current_app.json.response(members))
    return _redirect_back(message, **more)


def _redirect_back(message: str, **more: str) -> Response:
    args: dict[str, Any] = {**filters.write(filters.read_valid(request.form)), "said": message}
    args |= {"site": caller.site().name, **more}
    comment = request.form.get("card", "")
    if ids.is_id(comment):
        address = url_for("review.cards.get_card", comment=comment, **args)
    else:
        address = url_for("review.queue.get_queue", **args)
    return make_response(redirect(address, 303))
