"""The widget: two scripts for news pages, and the frame for reading, voting and writing."""

from flask import Blueprint, Response, request

from service.domain.errors import CommentNotFound, DomainError, NotVotable, TooMany
from service.domain.vote import Direction
from service.readers.article import MAX_TITLE
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
    thread = request.form.get("thread", "")
    # A button's value is direction and comment; pages from before sent the comment by itself.
    direction, _, comment = request.form.get("direction", "").partition(" ")
    comment = comment or request.form.get("comment", "")
    said, token = _vote(thread, comment, _direction(direction))
    anchor = f"comment-{comment}" if comment else "article"
    title = request.form.get("title", "")[:MAX_TITLE]
    response = frame.back(thread, title, anchor, said=said)
    if token:
        identity.keep_reader(response, token)
    return response


def _vote(thread: str, comment: str, direction: Direction) -> tuple[str, str]:
    """Cast the vote; return what to say, and the reader's token if they have one now."""
    token = ""
    try:
        token = identity.token()
        return _cast(thread, comment, direction, identity.pseudonym(token)), token
    except tuple(UNVOTABLE) as refusal:
        return UNVOTABLE[type(refusal)], token


def _cast(thread: str, comment: str, direction: Direction, reader: str | None) -> str:
    core, site, address = caller.core(), caller.site(), caller.address()
    if comment:
        vote_on_comment(core, site, comment, reader, direction, address)
    else:
        vote_on_article(core, site, thread, reader, direction, address)
    return "withdrawn" if direction is Direction.NONE else "voted"


def _direction(word: str) -> Direction:
    return next((way for way, name in present.WORDS.items() if name == word), Direction.NONE)


def _script(name: str) -> Response:
    return assets.send(assets.every()[name], SCRIPT_FRESH)
