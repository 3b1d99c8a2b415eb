"""An author's own comments in the frame: submit, view, edit, withdraw and appeal."""

from flask import Blueprint, Response, make_response, render_template, request

from service.domain.errors import EditWindowOver, Invalid, NotAppealable, StaleStatus
from service.readers import appeal, authorship
from service.readers.own_comment import OwnComment
from service.web.api import present
from service.web.frame import form, frame, guard, identity, own_comments, parts
from service.web.frame.form import RefusedForm
from service.web.frame.identity import KeptReceipt
from service.web.http import caller, pages

bp = Blueprint("authorship", __name__)
guard.register(bp)


@bp.post("/frame/<site>/comments")
def post_comment(site: str) -> Response:
    """Submit a comment; faults are shown next to their fields, and nothing typed is lost."""
    entries = form.read()
    if "another" in request.form:
        return frame.show(form.show(entries.with_new_code()))
    token = identity.token_to_write()
    result = form.send(entries, identity.pseudonym(token))
    if isinstance(result, RefusedForm):
        return frame.show(result.form, result.status)
    said = frame.AGAIN if result.repeated else frame.SENT
    response = frame.back(entries.thread, entries.title, "mine", said=said)
    identity.keep_reader(response, token)
    identity.keep_receipt(response, KeptReceipt(result.comment.id, result.receipt))
    return response


@bp.get("/frame/<site>/mine")
def get_mine(site: str) -> Response:
    """Show readers all their comments with their statuses, including old ones."""
    page = render_template(
        "frame/mine.html",
        site=caller.site(),
        mine=own_comments.look_at_all(),
        thread=request.args.get("thread", ""),
        html=present.html,
        now=caller.core().now(),
    )
    return make_response(page)


@bp.get("/frame/<site>/comments/<comment>")
def get_own(site: str, comment: str) -> str:
    """Return the card of a comment for its author, as a part of the page."""
    return _card(own_comments.look_at(comment))


@bp.get("/frame/<site>/comments/<comment>/edit")
def get_edit(site: str, comment: str) -> str:
    """Show the form for editing."""
    own = own_comments.look_at(comment)
    return parts.page("edit", own, typed=own.comment.body)


@bp.post("/frame/<site>/comments/<comment>/edit")
def post_edit(site: str, comment: str) -> Response:
    """Change the text; it is judged again."""
    typed = request.form.get("body", "")
    try:
        receipt = identity.receipt(comment)
        authorship.edit(caller.core(), caller.site(), comment, receipt, typed)
    except Invalid as wrong:
        return parts.again("edit", own_comments.look_at(comment), wrong, typed=typed)
    return _done(comment)


@bp.get("/frame/<site>/comments/<comment>/withdraw")
def get_withdraw(site: str, comment: str) -> str:
    """Ask for confirmation, since withdrawing is final."""
    return parts.page("withdraw", own_comments.look_at(comment))


@bp.post("/frame/<site>/comments/<comment>/withdraw")
def post_withdraw(site: str, comment: str) -> Response:
    """Withdraw the comment."""
    receipt = identity.receipt(comment)
    authorship.withdraw(caller.core(), caller.site(), comment, receipt)
    return _done(comment)


@bp.get("/frame/<site>/comments/<comment>/appeal")
def get_appeal(site: str, comment: str) -> str:
    """Show the form for an appeal."""
    return parts.page("appeal", own_comments.look_at(comment), typed="")


@bp.post("/frame/<site>/comments/<comment>/appeal")
def post_appeal(site: str, comment: str) -> Response:
    """Lodge the appeal."""
    typed = request.form.get("text", "")
    try:
        receipt = identity.receipt(comment)
        appeal.lodge(caller.core(), caller.site(), comment, receipt, typed)
    except Invalid as wrong:
        return parts.again("appeal", own_comments.look_at(comment), wrong, typed=typed)
    return _done(comment)


@bp.errorhandler(EditWindowOver)
@bp.errorhandler(StaleStatus)
@bp.errorhandler(NotAppealable)
def say_too_late(error: EditWindowOver | StaleStatus | NotAppealable) -> Response:
    """Explain what is no longer possible, above the comment's current state."""
    own = own_comments.look_at((request.view_args or {})["comment"])
    explanation = pages.explain(error)
    page = parts.page("late", own, title=explanation.title)
    return make_response(page, explanation.status)


def _done(comment: str) -> Response:
    own = own_comments.look_at(comment)
    if parts.is_wanted():
        return make_response(_card(own))
    return frame.back(own.thread.url, own.thread.title, "mine")


def _card(own: OwnComment) -> str:
    now = caller.core().now()
    return render_template("frame/own.html", own_comment=own, html=present.html, now=now)
