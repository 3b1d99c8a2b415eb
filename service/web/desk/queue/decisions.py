"""A moderator claims, decides, takes back, notes and sends: one form a verb."""

from flask import Blueprint, Response, request

from service.desk import queue as desk
from service.domain.comment import Badge, Status
from service.domain.decision import Action, Seen
from service.readers.intake.submit import submit
from service.web.desk.account import sessions
from service.web.desk.queue import page
from service.web.http import caller, forms

bp = Blueprint("decisions", __name__)


@bp.post("/<site>/comments/<comment>/decision")
def post_decision(site: str, comment: str) -> Response:
    """Carry out a decision on a comment as the moderator saw it."""
    action = forms.one_of(Action, "action")
    decided = desk.decide(
        caller.core(),
        caller.site(),
        sessions.moderator(),
        comment,
        action,
        seen=Seen(forms.one_of(Status, "seen"), forms.number("revision")),
        reason=reason(),
    )
    said = "kept" if action is Action.KEEP else decided.status.value
    return page.answer(said, decided, undo=decided.undo)


@bp.post("/<site>/comments/<comment>/claim")
def post_claim(site: str, comment: str) -> Response:
    """Take a comment in hand, or keep it there."""
    claimed = desk.claim(caller.core(), caller.site(), sessions.moderator(), comment)
    return page.answer("", claimed)


@bp.post("/<site>/comments/<comment>/release")
def post_release(site: str, comment: str) -> Response:
    """Give a comment back."""
    desk.release(caller.core(), caller.site(), sessions.moderator(), comment)
    return page.answer("", {})


@bp.post("/<site>/undo")
def post_undo(site: str) -> Response:
    """Take a decision back."""
    token = request.form.get("undo", "")
    back = desk.take_back(caller.core(), caller.site(), sessions.moderator(), token)
    return page.answer("undone", {"comments": back})


@bp.post("/<site>/comments/<comment>/note")
def post_note(site: str, comment: str) -> Response:
    """Leave a note for the colleagues."""
    words = request.form.get("note", "")
    kept = desk.note(caller.core(), caller.site(), sessions.moderator(), comment, words)
    return page.answer("noted", {"by": kept.by, "text": kept.text})


@bp.post("/<site>/comments/<comment>/answer")
def post_answer(site: str, comment: str) -> Response:
    """Answer a reader in public, with the badge of the newsroom or of the article's author."""
    words = request.form.get("words", "")
    badge = forms.one_of(Badge, "badge") if "badge" in request.form else Badge.STAFF
    sent = desk.answer(caller.core(), caller.site(), sessions.moderator(), comment, words, badge)
    taken = submit(caller.core(), caller.site(), sent).comment
    return page.answer("answered", {"comment": taken.id, "status": taken.status.value})


@bp.post("/<site>/comments/<comment>/send")
def post_send(site: str, comment: str) -> Response:
    """Send a comment to a colleague."""
    to, words = request.form.get("to", ""), request.form.get("note", "").strip()
    errand = desk.send(caller.core(), caller.site(), sessions.moderator(), comment, to, words)
    return page.answer("sent", {"to": errand.to})


def reason() -> str:
    """Give the reason: one of the site's list, words of one's own, or both."""
    parts = (request.form.get("listed", "").strip(), request.form.get("reason", "").strip())
    return " ".join(part for part in parts if part)
