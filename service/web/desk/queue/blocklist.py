"""A word from a comment goes onto the site's list."""

from flask import Blueprint, Response, request

from service.desk import queue as desk
from service.web.desk.account import sessions
from service.web.desk.queue import page
from service.web.http import caller

bp = Blueprint("words", __name__)


@bp.post("/<site>/words")
def post_word(site: str) -> Response:
    """Block a word, a phrase or a pattern from now on."""
    word = request.form.get("word", "")
    blocked = desk.block(caller.core(), caller.site(), sessions.moderator(), word)
    return page.answer("blocked", {"word": blocked})
