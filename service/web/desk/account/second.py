"""The second step of signing in: six digits or a recovery code."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import entrance, factors
from service.domain.errors import TooMany, WrongCode
from service.domain.session import Step
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, pages

bp = Blueprint("second", __name__)


@bp.get("/second-factor")
@needs(Right.HALFWAY)
def get_second() -> Response:
    """Ask for the second factor."""
    _, session = visits.current()
    if session.step is not Step.SECOND:
        return make_response(redirect(url_for("review.queue.get_sites"), 303))
    return make_response(_page())


@bp.post("/second-factor")
@needs(Right.HALFWAY)
def post_second() -> Response:
    """Verify the second factor and open the full session."""
    _, half = visits.current()
    address = visits.desk_address(request.form.get("next", ""))
    if half.step is not Step.SECOND:
        return make_response(redirect(address, 303))
    try:
        typed = request.form.get("code", "")
        opened = entrance.second(caller.core(), half, typed, visits.visit())
    except (WrongCode, TooMany) as refused:
        explanation = pages.explain(refused)
        fault = f"{explanation.title}. {explanation.detail}"
        return make_response(_page(fault), explanation.status, explanation.headers)
    return visits.enter(opened, address)


def _page(fault: str = "") -> str:
    moderator, _ = visits.current()
    return render_template(
        "review/second.html",
        fault=fault,
        next=visits.desk_address(request.values.get("next", "")),
        has_app=factors.has_app(caller.core(), moderator),
    )
