"""Many comments at once: what it is about with a sample to look at, then one decision."""

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from service.desk import queue as desk
from service.domain.choice import Choice
from service.domain.decision import Action
from service.web.desk.account import sessions
from service.web.desk.queue import decisions, filters, page
from service.web.http import caller, forms

bp = Blueprint("bulk", __name__)


@bp.get("/<site>/bulk")
def get_bulk(site: str) -> str:
    """Show what one decision would be about: a number, and a random sample."""
    moderator, choice = sessions.moderator(), filters.read(request.args)
    seen = desk.preview(caller.core(), caller.site(), moderator, _chosen(request.args))
    return render_template(
        "review/bulk.html", preview=seen, choice=choice, **page.around(choice, moderator)
    )


@bp.post("/<site>/bulk")
def post_bulk(site: str) -> Response:
    """Carry out one decision on what was looked at; with `undo` it goes on with an earlier part."""
    core, site_, moderator, given = caller.core(), caller.site(), sessions.moderator(), request.form
    part = given.get("comments", "").split()
    done = desk.decide_all(
        core,
        site_,
        moderator,
        desk.previewed(core, site_, moderator, given.get("preview", ""), part),
        forms.one_of(Action, "action"),
        reason=decisions.reason(),
        token=given.get("undo", ""),
    )
    shown = {"decided": done.decided, "stale": done.stale, "undo": done.undo}
    return page.answer("together", shown, undo=done.undo, count=str(len(done.decided)))


def _chosen(given: MultiDict[str, str]) -> Choice | list[str]:
    """Give what one decision is about: picked comments, those like one, or all of a choice."""
    if picked := given.getlist("comment"):
        return picked
    if like := given.get("like", ""):
        return page.likeness().of(caller.core().at(caller.site().name), like)
    return filters.read(given)
