"""The widget: two scripts for news pages, and the frame for reading, voting and writing."""

from flask import Blueprint, Response, request

from service.domain.errors import CommentNotFound, DomainError, NotVotable, TooMany
from service.domain.vote import Direction
from service.readers.vote import vote_on_article, vote_on_comment
from service.web.api import present
from service.web.assets import assets
from service.web.frame import form, frame, guard, identity
from service.web.http import caller

bp = Blueprint("widget", __name__)
guard.register(bp)

SCRIPT_FRESH = "public, max-age=300, stale-while-revalidate=86400"
UNVOTABLE: dict[type[DomainError], str] = {
    NotVotable: "own-vote",
    CommentNotFound: "gone",
    TooMany: "too-many",
}


@bp.get("/embed.js")
def get_embed() -> Response:
    """Return the script that embeds the frame in a news page."""
    return _script("embed.js")


@bp.get("/counts.js")
def get_counts() -> Response:
    """Return the script that fills in comment counts."""
    return _script("counts.js")


@bp.get("/frame/<site>")
def get_frame(site: str) -> Response:
    """Show an article's comments and the form for a new one."""
    return frame.show(form.show(form.begin()))


@bp.post("/frame/<site>/votes")
def post_vote(site: str) -> Response:
    """Set, change or withdraw a vote on a comment, or on the article."""
    token = identity.token()
    comment, thread = request.form.get("comment", ""), request.form.get("thread", "")
    said = _vote(thread, comment, identity.pseudonym(token))
    anchor = f"comment-{comment}" if comment else "article"
    response = frame.back(thread, request.form.get("title", ""), anchor, said=said)
    identity.keep_reader(response, token)
    return response


def _vote(thread: str, comment: str, reader: str | None) -> str:
    direction = _direction(request.form.get("direction", ""))
    core, site, address = caller.core(), caller.site(), caller.address()
    try:
        if comment:
            vote_on_comment(core, site, comment, reader, direction, address)
        else:
            vote_on_article(core, site, thread, reader, direction, address)
    except tuple(UNVOTABLE) as refusal:
        return UNVOTABLE[type(refusal)]
    return "withdrawn" if direction is Direction.NONE else "voted"


def _direction(word: str) -> Direction:
    return next((way for way, name in present.WORDS.items() if name == word), Direction.NONE)


def _script(name: str) -> Response:
    return assets.send(assets.every()[name], SCRIPT_FRESH)
