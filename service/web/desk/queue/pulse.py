"""The pulse: counts and claims, asked for every few seconds and rarely changed."""

from flask import Blueprint, Response, current_app, make_response, request

from service.desk import queue as desk
from service.web.desk.account import sessions
from service.web.http import caller

bp = Blueprint("live", __name__)


@bp.get("/<site>/live")
def get_live(site: str) -> Response:
    """Give counts and claims, or 304 if nothing has changed."""
    pulse = desk.pulse(caller.core(), caller.site(), sessions.moderator())
    counts = {state.value: count for state, count in pulse.counts.items()}
    shown = {"counts": counts | {"appeals": pulse.appeals}, "claims": pulse.claims}
    response = make_response(current_app.json.response(shown))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
