"""The moderators' desk: one queue after the other, one card a comment, one decision at a time."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from service import review as desk
from service.domain.comment import TRANSITIONS, Status
from service.domain.decision import Action
from service.domain.errors import (
    DomainError,
    ForeignOrigin,
    NotSignedIn,
    StaleStatus,
    StoreAway,
)
from service.store import sites
from service.store.queues import State
from service.web import caller, guard, pages, present, problems, reasons, sessions

bp = Blueprint("review", __name__, url_prefix="/review")
bp.register_blueprint(sessions.bp)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAYINGS = {
    "approved": "Approved: readers see it now.",
    "rejected": "Rejected: readers do not see it.",
    "removed": "Removed for good.",
    "held": "Held: it waits in the queue.",
}
BUTTONS = {
    Action.APPROVE: "Approve",
    Action.REJECT: "Reject",
    Action.REMOVE: "Remove for good",
}


@bp.before_request
def refuse_forged_forms() -> None:
    """Take forms from our own pages only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


@bp.after_request
def let_nobody_embed(response: Response) -> Response:
    """Forbid every frame: a decision must not be clicked unknowingly."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


@bp.get("/")
def get_sites() -> Response:
    """Choose a site; where there is only one, open it."""
    moderator = sessions.moderator()
    own = [site for site in sites.every(caller.core().redis) if moderator.may_see(site.name)]
    if len(own) == 1:
        return make_response(redirect(url_for(".get_queue", site=own[0].name), 303))
    page = render_template("review/sites.html", sites=own, moderator=moderator)
    return make_response(page)


@bp.get("/<site>")
def get_queue(site: str) -> str:
    """Open one page of a queue."""
    moderator, state = sessions.moderator(), _state()
    queue = desk.look(
        caller.core(), caller.site(), moderator, state, cursor=request.args.get("cursor", "")[:100]
    )
    return render_template(
        "review/queue.html",
        moderator=moderator,
        site=caller.site(),
        state=state,
        states=list(State),
        queue=queue,
        said=SAYINGS.get(request.args.get("said", ""), ""),
        actions=_actions,
        may_decide=moderator.may_decide(site),
        in_words=reasons.in_words,
        attributes=reasons.ATTRIBUTES,
        html=present.html,
        since=present.since,
        now=caller.core().now(),
    )


@bp.post("/<site>/comments/<comment>/decision")
def post_decision(site: str, comment: str) -> Response:
    """Carry out a decision on a comment as the moderator saw it."""
    moderator = sessions.moderator()
    status = desk.decide(
        caller.core(),
        caller.site(),
        moderator,
        comment,
        Action(request.form.get("action", "")),
        seen=Status(request.form.get("seen", "")),
        reason=request.form.get("reason", "").strip(),
    )
    there = url_for(".get_queue", site=site, state=_state().value, said=status.value)
    return make_response(redirect(there, 303))


@bp.errorhandler(NotSignedIn)
def ask_to_sign_in(error: NotSignedIn) -> Response:
    """Lead to the sign-in page, and back here afterwards."""
    asked = request.full_path.rstrip("?") if request.method == "GET" else None
    return make_response(redirect(url_for("review.sessions.get_sign_in", next=asked), 303))


@bp.errorhandler(StaleStatus)
def say_who_was_first(error: StaleStatus) -> tuple[str, int]:
    """Say who decided meanwhile, what, and when."""
    page = render_template(
        "review/stale.html",
        error=error,
        since=present.since,
        now=caller.core().now(),
        site=caller.site(),
        state=_state(),
    )
    return page, 409


@bp.errorhandler(DomainError)
def say(error: DomainError) -> tuple[str, int]:
    """Say in plain words what cannot be done."""
    told = pages.explain(error)
    return render_template("review/message.html", title=told.title, detail=told.detail), told.status


@bp.errorhandler(ValueError)
def say_unknown(error: ValueError) -> tuple[str, int]:
    """Say that a form named an action or a status that does not exist."""
    page = render_template(
        "review/message.html", title="There is no such action", detail="Nothing was changed."
    )
    return page, 422


@bp.errorhandler(HTTPException)
def say_http(error: HTTPException) -> tuple[str, int]:
    """Say in plain words what HTTP says in numbers."""
    page = render_template("review/message.html", title=error.name, detail=error.description or "")
    return page, error.code or 500


@bp.errorhandler(RedisError)
def away(error: RedisError) -> tuple[str, int, dict[str, str]]:
    """Say that the desk is away for the moment; nothing was decided."""
    page, status = say(StoreAway())
    return page, status, {"Retry-After": str(problems.RETRY_AFTER)}


def _state() -> State:
    asked = request.values.get("state", "")
    return State(asked) if asked in list(State) else State.HELD


def _actions(status: Status) -> list[tuple[str, str]]:
    """List the buttons that make sense for a status."""
    possible = [(action.value, label) for action, label in BUTTONS.items()]
    return [
        (value, label)
        for value, label in possible
        if Action(value).status in TRANSITIONS[status]
        and not (value == Action.REMOVE and status is not Status.APPROVED)
    ]
