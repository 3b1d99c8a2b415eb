"""The widget: two scripts for news pages, and the frame in which readers read, vote and write."""

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template
from flask import request, url_for
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from service import intake, reading, voting
from service.domain.comment import Comment
from service.domain.errors import (
    CommentNotFound,
    DomainError,
    ForeignOrigin,
    NotVotable,
    StoreAway,
    TooMany,
)
from service.domain.vote import Direction
from service.web import caller, conversation, guard, pages, present, problems, readership, writing
from service.web.readership import Own
from service.web.writing import Form

bp = Blueprint("widget", __name__)

SCRIPT_FRESH = "public, max-age=300, stale-while-revalidate=86400"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
UNVOTABLE: dict[type[DomainError], str] = {
    NotVotable: "own-vote",
    CommentNotFound: "gone",
    TooMany: "too-many",
}
SAYINGS = {
    "voted": "Your vote is counted.",
    "withdrawn": "Your vote is withdrawn.",
    "own-vote": "This comment takes no vote of yours.",
    "gone": "This comment is no longer here.",
    "too-many": "That was quick. Please wait a moment before you vote again.",
}


@bp.before_request
def refuse_forged_forms() -> None:
    """Take forms from our own frame only.

    :raises ForeignOrigin: another page sent it.
    """
    if request.method == "POST" and not guard.is_same_origin():
        raise ForeignOrigin


@bp.after_request
def let_the_site_embed(response: Response) -> Response:
    """Let the site's own pages, and nobody else, put the frame into theirs."""
    if response.mimetype == "text/html":
        # A page that says only that something is away needs no such care, and may not know the site.
        ancestors = " ".join((*g.site.origins, "'self'")) if "site" in g else "*"
        response.headers["Content-Security-Policy"] = POLICY.format(ancestors)
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


@bp.get("/embed.js")
def get_embed() -> Response:
    """Hand out the script that puts the frame into a news page."""
    return _script("embed.js")


@bp.get("/counts.js")
def get_counts() -> Response:
    """Hand out the script that fills in the numbers of comments."""
    return _script("counts.js")


@bp.get("/frame/<site>")
def get_frame(site: str) -> Response:
    """Show an article's comments and the form for a new one."""
    return _page(writing.show(writing.fresh()))


@bp.post("/frame/<site>/comments")
def post_comment(site: str) -> Response:
    """Submit a comment; what is wrong is told next to it, and nothing typed is lost."""
    draft = writing.sent()
    if "another" in request.form:
        return _page(writing.show(draft.with_new_code()))
    token = readership.token()
    try:
        submitted = intake.submit(
            caller.core(), caller.site(), draft.submission(readership.pseudonym(token))
        )
    except writing.REFUSALS as refusal:
        return _page(*writing.refused(draft, refusal))
    response = _back(draft.thread, draft.title, "mine")
    readership.keep_reader(response, token)
    readership.keep_own(response, Own(submitted.comment.id, submitted.receipt))
    return response


@bp.get("/frame/<site>/comments/<comment>")
def get_own_comment(site: str, comment: str) -> str:
    """Show its author a comment with its state, as a part of the page."""
    found = reading.read_comment(caller.core(), caller.site(), comment, caller.receipt())
    return render_template("frame/own.html", comment=found, thread=request.args.get("thread", ""))


@bp.post("/frame/<site>/votes")
def post_vote(site: str) -> Response:
    """Set, change or withdraw a vote on a comment, or on the article."""
    token = readership.token()
    comment, thread = request.form.get("comment", ""), request.form.get("thread", "")
    said = _vote(thread, comment, readership.pseudonym(token))
    anchor = f"comment-{comment}" if comment else "article"
    response = _back(thread, request.form.get("title", ""), anchor, said=said)
    readership.keep_reader(response, token)
    return response


@bp.errorhandler(DomainError)
def say(error: DomainError) -> tuple[str, int] | Response:
    """Say in plain words what cannot be done."""
    if isinstance(error, StoreAway):
        return away(error)
    told = pages.explain(error)
    return render_template("frame/message.html", title=told.title, detail=told.detail), told.status


@bp.errorhandler(HTTPException)
def say_http(error: HTTPException) -> tuple[str, int]:
    """Say in plain words what HTTP says in numbers."""
    page = render_template("frame/message.html", title=error.name, detail=error.description or "")
    return page, error.code or 500


@bp.errorhandler(RedisError)
def away(error: Exception) -> Response:
    """Say that comments are away for the moment, and keep what was typed."""
    draft = writing.sent() if request.method == "POST" else None
    response = make_response(render_template("frame/away.html", draft=draft), 503)
    response.headers["Retry-After"] = str(problems.RETRY_AFTER)
    return response


def _page(form: Form, status: int = 200) -> Response:
    draft = form.draft
    shown = conversation.read(draft.thread)
    page = render_template(
        "frame/page.html",
        site=caller.site(),
        shown=shown,
        form=form,
        reader=readership.known(),
        mine=_own_comments(shown.thread.id),
        said=SAYINGS.get(request.args.get("said", ""), ""),
        html=present.html,
    )
    return make_response(page, status)


def _own_comments(thread: str) -> list[Comment]:
    found = []
    for own in readership.own():
        try:
            comment = reading.read_comment(
                caller.core(), caller.site(), own.comment, own.receipt
            )
        except CommentNotFound:
            continue
        if comment.thread == thread:
            found.append(comment)
    return found


def _vote(thread: str, comment: str, reader: str | None) -> str:
    way = present.DIRECTIONS.get(request.form.get("direction", ""), Direction.NONE)
    core, site, address = caller.core(), caller.site(), caller.address()
    try:
        if comment:
            voting.vote_on_comment(core, site, comment, reader, way, address)
        else:
            voting.vote_on_article(core, site, thread, reader, way, address)
    except tuple(UNVOTABLE) as refusal:
        return UNVOTABLE[type(refusal)]
    return "withdrawn" if way is Direction.NONE else "voted"


def _back(thread: str, title: str, anchor: str, **more: str) -> Response:
    asked = {"thread": thread, "title": title, **more}
    there = url_for(".get_frame", site=caller.site().name, _anchor=anchor, **asked)
    return make_response(redirect(there, 303))


def _script(name: str) -> Response:
    response = current_app.send_static_file(name)
    response.headers["Cache-Control"] = SCRIPT_FRESH
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
