"""Forms of a card: decide, claim, release, undo, note, reply and refer."""

from flask import Blueprint, Response, request

from service.desk.queue import decisions, notes, referrals, reply, undo
from service.domain.comment import Badge, Status
from service.domain.decision import Action, Seen
from service.readers.intake.submit import submit
from service.web.desk.account import visits
from service.web.desk.queue.responses import respond
from service.web.http import caller, forms

bp = Blueprint("decisions", __name__)


@bp.post("/<site>/comments/<comment>/decision")
def post_decision(site: str, comment: str) -> Response:
    """Carry out a decision on a comment as the moderator saw it."""
    action = forms.one_of(Action, "action")
    decided = decisions.decide(
        caller.core(),
        caller.site(),
        visits.moderator(),
        comment,
        action,
        seen=Seen(forms.one_of(Status, "seen"), forms.number("revision")),
        reason=reason(),
    )
    message = "kept" if action is Action.KEEP else decided.status.value
    return respond(message, decided, undo=decided.undo)


@bp.post("/<site>/comments/<comment>/claim")
def post_claim(site: str, comment: str) -> Response:
    """Claim a comment, or renew the claim."""
    claimed = decisions.claim(caller.core(), caller.site(), visits.moderator(), comment)
    return respond("", claimed)


@bp.post("/<site>/comments/<comment>/release")
def post_release(site: str, comment: str) -> Response:
    """Release the claim on a comment."""
    decisions.release(caller.core(), caller.site(), visits.moderator(), comment)
    return respond("", {})


@bp.post("/<site>/undo")
def post_undo(site: str) -> Response:
    """Undo a decision."""
    token = request.form.get("undo", "")
    restored = undo.take_back(caller.core(), caller.site(), visits.moderator(), token)
    return respond("undone", {"comments": restored})


@bp.post("/<site>/comments/<comment>/note")
def post_note(site: str, comment: str) -> Response:
    """Add a note for colleagues."""
    words = request.form.get("note", "")
    note = notes.add_note(caller.core(), caller.site(), visits.moderator(), comment, words)
    return respond("noted", {"by": note.by, "text": note.text})


@bp.post("/<site>/comments/<comment>/answer")
def post_answer(site: str, comment: str) -> Response:
    """Reply to a reader in public, with the badge of the newsroom or of the article's author."""
    words, moderator = request.form.get("words", ""), visits.moderator()
    badge = forms.one_of(Badge, "badge") if "badge" in request.form else Badge.STAFF
    answer = reply.compose(caller.core(), caller.site(), moderator, comment, words, badge)
    accepted = submit(caller.core(), caller.site(), answer).comment
    return respond("answered", {"comment": accepted.id, "status": accepted.status.value})


@bp.post("/<site>/comments/<comment>/send")
def post_send(site: str, comment: str) -> Response:
    """Refer a comment to a colleague."""
    to, words = request.form.get("to", ""), request.form.get("note", "").strip()
    moderator = visits.moderator()
    referral = referrals.refer(caller.core(), caller.site(), moderator, comment, to, words)
    return respond("sent", {"to": referral.to})


def reason() -> str:
    """Return the reason: one from the site's list, the moderator's own words, or both."""
    parts = (request.form.get("listed", "").strip(), request.form.get("reason", "").strip())
    return " ".join(part for part in parts if part)
