"""An author's own comments in the frame: sent, looked after, edited, withdrawn, appealed for."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.domain.errors import EditWindowOver, Invalid, NotAppealable, StaleStatus
from service.readers import appeals, authorship
from service.readers.own_comment import Standing
from service.web.api import present
from service.web.frame import form, frame, guard, mine, parts, reader
from service.web.frame.form import Refused
from service.web.frame.reader import Own
from service.web.http import caller, pages

bp = Blueprint("authoring", __name__)
guard.register(bp)


@bp.post("/frame/<site>/comments")
def post_comment(site: str) -> Response:
    """Submit a comment; what is wrong is told next to it, and nothing typed is lost."""
    draft = form.sent()
    if "another" in request.form:
        return frame.show(form.show(draft.with_new_code()))
    token = reader.token()
    taken = form.submit(draft, reader.pseudonym(token))
    if isinstance(taken, Refused):
        return frame.show(taken.form, taken.status)
    response = frame.back(draft.thread, draft.title, "mine")
    reader.keep_reader(response, token)
    reader.keep_own(response, Own(taken.comment.id, taken.receipt))
    return response


@bp.get("/frame/<site>/mine")
def get_mine(site: str) -> Response:
    """Show a reader his comments with their states, also those from long ago."""
    found = mine.every()
    page = render_template(
        "frame/mine.html",
        site=caller.site(),
        mine=found,
        thread=request.args.get("thread", ""),
        html=present.html,
        now=caller.core().now(),
    )
    return make_response(page)


@bp.get("/frame/<site>/comments/<comment>")
def get_own(site: str, comment: str) -> str:
    """Show its author a comment with its state, as a part of the page."""
    return _card(mine.one(comment))


@bp.get("/frame/<site>/comments/<comment>/edit")
def get_edit(site: str, comment: str) -> str:
    """Ask for the new text."""
    found = mine.one(comment)
    return parts.page("edit", found, typed=found.comment.body)


@bp.post("/frame/<site>/comments/<comment>/edit")
def post_edit(site: str, comment: str) -> Response:
    """Change the text; it is judged again."""
    typed = request.form.get("body", "")
    try:
        receipt = reader.receipt(comment)
        authorship.edit(caller.core(), caller.site(), comment, receipt, typed)
    except Invalid as wrong:
        return parts.again("edit", mine.one(comment), wrong, typed=typed)
    return _done(comment)


@bp.get("/frame/<site>/comments/<comment>/withdraw")
def get_withdraw(site: str, comment: str) -> str:
    """Ask whether it is meant: a withdrawn comment does not come back."""
    return parts.page("withdraw", mine.one(comment))


@bp.post("/frame/<site>/comments/<comment>/withdraw")
def post_withdraw(site: str, comment: str) -> Response:
    """Withdraw the comment."""
    receipt = reader.receipt(comment)
    authorship.withdraw(caller.core(), caller.site(), comment, receipt)
    return _done(comment)


@bp.get("/frame/<site>/comments/<comment>/appeal")
def get_appeal(site: str, comment: str) -> str:
    """Ask why the comment should be published after all."""
    return parts.page("appeal", mine.one(comment), typed="")


@bp.post("/frame/<site>/comments/<comment>/appeal")
def post_appeal(site: str, comment: str) -> Response:
    """Lodge the appeal."""
    typed = request.form.get("text", "")
    try:
        receipt = reader.receipt(comment)
        appeals.lodge(caller.core(), caller.site(), comment, receipt, typed)
    except Invalid as wrong:
        return parts.again("appeal", mine.one(comment), wrong, typed=typed)
    return _done(comment)


@bp.errorhandler(EditWindowOver)
@bp.errorhandler(StaleStatus)
@bp.errorhandler(NotAppealable)
def say_too_late(error: EditWindowOver | StaleStatus | NotAppealable) -> Response:
    """Say what is no longer possible, above the comment as it stands now."""
    found = mine.one((request.view_args or {})["comment"])
    told = pages.explain(error)
    return make_response(parts.page("late", found, title=told.title), told.status)


def _done(comment: str) -> Response:
    found = mine.one(comment)
    if parts.is_wanted():
        return make_response(_card(found))
    site, thread = caller.site().name, found.thread
    there = url_for(
        "widget.get_frame", site=site, thread=thread.url, title=thread.title, _anchor="mine"
    )
    return make_response(redirect(there, 303))


def _card(found: Standing) -> str:
    now = caller.core().now()
    return render_template("frame/own.html", standing=found, html=present.html, now=now)
