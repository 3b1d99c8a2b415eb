"""The widget: two scripts for news pages, and the frame in which readers read, vote and write."""

from contextlib import suppress

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from service import reading, voting
from service.domain.comment import Comment
from service.domain.errors import CommentNotFound, DomainError, NotVotable, TooMany
from service.domain.thread import Thread
from service.domain.vote import Direction
from service.web import caller, conversation, frame_guard, present, readership, writing
from service.web.readership import Own
from service.web.writing import Form, Refused

bp = Blueprint("widget", __name__)
frame_guard.register(bp)

SCRIPT_FRESH = "public, max-age=300, stale-while-revalidate=86400"
WAYS: dict[str, Direction] = {word: way for way, word in present.WAYS.items()}
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
    taken = writing.submit(draft, readership.pseudonym(token))
    if isinstance(taken, Refused):
        return _page(taken.form, taken.status)
    response = _back(draft.thread, draft.title, "mine")
    readership.keep_reader(response, token)
    readership.keep_own(response, Own(taken.comment.id, taken.receipt))
    return response


@bp.get("/frame/<site>/comments/<comment>")
def get_own_comment(site: str, comment: str) -> str:
    """Show its author a comment with its state, as a part of the page."""
    found = reading.read_comment(caller.core(), caller.site(), comment, caller.receipt())
    thread = Thread(id=found.thread, url=request.args.get("thread", ""))
    return render_template("frame/own.html", comment=found, thread=thread, html=present.html)


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


def _page(form: Form, status: int = 200) -> Response:
    draft = form.draft
    # One's own comments first: what is said to be published must then be found in the list.
    mine = _own_comments()
    shown = conversation.read(draft.thread)
    page = render_template(
        "frame/page.html",
        site=caller.site(),
        shown=shown,
        thread=shown.thread,
        title=draft.title or shown.thread.title,
        form=form,
        reader=readership.known(),
        mine=[comment for comment in mine if comment.thread == shown.thread.id],
        said=SAYINGS.get(request.args.get("said", ""), ""),
        html=present.html,
    )
    return make_response(page, status)


def _own_comments() -> list[Comment]:
    core, site = caller.core(), caller.site()
    found = []
    for own in readership.own():
        with suppress(CommentNotFound):
            found.append(reading.read_comment(core, site, own.comment, own.receipt))
    return found


def _vote(thread: str, comment: str, reader: str | None) -> str:
    way = WAYS.get(request.form.get("direction", ""), Direction.NONE)
    core, site, address = caller.core(), caller.site(), caller.address()
    try:
        if comment:
            voting.vote_on_comment(core, site, comment, reader, way, address)
        else:
            voting.vote_on_article(core, site, thread, reader, way, address)
    except tuple(UNVOTABLE) as refusal:
        return UNVOTABLE[type(refusal)]
    return "withdrawn" if way is Direction.NONE else "voted"


def _back(thread: str, title: str, anchor: str, said: str | None = None) -> Response:
    site = caller.site().name
    there = url_for(".get_frame", site=site, thread=thread, title=title, said=said, _anchor=anchor)
    return make_response(redirect(there, 303))


def _script(name: str) -> Response:
    response = current_app.send_static_file(name)
    response.headers["Cache-Control"] = SCRIPT_FRESH
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
