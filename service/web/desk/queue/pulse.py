"""The pulse: counts and claims, polled every few seconds and rarely changed."""

from flask import Blueprint, Response, current_app, make_response, request

from service.desk.queue import pulse
from service.web.desk.account import visits
from service.web.http import caller

bp = Blueprint("pulse", __name__)


@bp.get("/<site>/live")
def get_pulse(site: str) -> Response:
    """Return counts and claims, or 304 if nothing has changed."""
    current = pulse.take_pulse(caller.core(), caller.site(), visits.moderator())
    counts = {state.value: count for state, count in current.counts.items()}
    content = {"counts": counts | {"appeals": current.appeals}, "claims": current.claims}
    response = make_response(current_app.json.response(content))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
