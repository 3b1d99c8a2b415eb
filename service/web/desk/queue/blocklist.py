"""Adding a word from a comment to the site's blocked words."""

from flask import Blueprint, Response, request

from service.desk.queue import blocklist
from service.web.desk.account import visits
from service.web.desk.queue.responses import respond
from service.web.http import caller

bp = Blueprint("blocklist", __name__)


@bp.post("/<site>/words")
def post_word(site: str) -> Response:
    """Block a word, a phrase or a pattern."""
    typed = request.form.get("word", "")
    word = blocklist.block(caller.core(), caller.site(), visits.moderator(), typed)
    return respond("blocked", {"word": word})
