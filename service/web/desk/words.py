"""A word from a comment goes onto the site's list."""

from flask import Blueprint, Response, request

from service import review as desk
from service.web import caller
from service.web.desk import showing
from service.web.staff import sessions

bp = Blueprint("words", __name__)


@bp.post("/<site>/words")
def post_word(site: str) -> Response:
    """Block a word, a phrase or a pattern from now on."""
    word = request.form.get("word", "")
    blocked = desk.block(caller.core(), caller.site(), sessions.moderator(), word)
    return showing.answer("blocked", {"word": blocked})
