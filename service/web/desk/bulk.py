"""Many comments at once: what it is about with a sample to look at, then one decision."""

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from service import review as desk
from service.domain.choice import Choice
from service.domain.comment import Status
from service.domain.decision import Action
from service.web import caller
from service.web.desk import choices, decisions, showing
from service.web.staff import sessions

bp = Blueprint("bulk", __name__)

STANDS = {"held": Status.HELD, "rejected": Status.REJECTED}


@bp.get("/<site>/bulk")
def get_bulk(site: str) -> str:
    """Show what one decision would be about: a number, and a random sample."""
    moderator, choice = sessions.moderator(), choices.read(request.args)
    seen = desk.preview(caller.core(), caller.site(), moderator, _chosen(request.args))
    return render_template(
        "review/bulk.html",
        named=seen.named,
        sample=seen.sample,
        window=seen.window,
        like=request.args.get("like", "")[:26],
        picked=request.args.getlist("comment"),
        until=max(seen.named, default=""),
        stands=STANDS.get(choice.state.value, Status.APPROVED),
        choice=choice,
        **showing.around(choice, moderator),
    )


@bp.post("/<site>/bulk")
def post_bulk(site: str) -> Response:
    """Carry out one decision on many comments; with `undo` it goes on with an earlier part."""
    core, site_, moderator, given = caller.core(), caller.site(), sessions.moderator(), request.form
    done = desk.decide_all(
        core,
        site_,
        moderator,
        _named(given) or desk.preview(core, site_, moderator, _chosen(given), size=0).named,
        Action(given.get("action", "")),
        seen=Status(given.get("seen", "")),
        reason=decisions.reason(),
        until=given.get("until", ""),
        token=given.get("undo", ""),
    )
    shown = {"decided": done.decided, "stale": done.stale, "undo": done.undo}
    return showing.answer("together", shown, undo=done.undo, count=str(len(done.decided)))


def _named(given: MultiDict[str, str]) -> list[str]:
    return " ".join(given.getlist("comments") + given.getlist("comment")).split()


def _chosen(given: MultiDict[str, str]) -> Choice | list[str]:
    """Give what one decision is about: picked comments, those like one, or all of a choice."""
    if picked := given.getlist("comment"):
        return picked
    if like := given.get("like", ""):
        return showing.likeness().of(caller.core(), caller.site(), like)
    return choices.read(given)
