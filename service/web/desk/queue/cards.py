"""One card by itself, and the words of a comment that raised one of its scores."""

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import NotFound

from service.desk import queue as desk
from service.domain.attribute import ATTRIBUTES
from service.domain.errors import NotScored
from service.web.desk.account import sessions
from service.web.desk.queue import filters, marking, page
from service.web.http import caller

bp = Blueprint("cards", __name__)


@bp.get("/<site>/comments/<comment>")
def get_card(site: str, comment: str) -> str:
    """Open one card, with its words marked if the address names an attribute."""
    moderator, choice = sessions.moderator(), filters.carried(request.args)
    card = desk.look_at(caller.core(), caller.site(), moderator, comment, likeness=page.likeness())
    shown = page.around(choice, moderator)
    attribute = request.args.get("explain", "")
    if attribute in ATTRIBUTES:
        shown |= {"marked": _marked(card.comment.body, attribute), "explained": attribute}
    latest = desk.latest(caller.core(), caller.site(), moderator)
    return render_template("review/comment.html", card=card, choice=choice, latest=latest, **shown)


@bp.get("/<site>/comments/<comment>/words")
def get_words(site: str, comment: str) -> Response:
    """Show a comment's text with the words that raised a score marked."""
    attribute = request.args.get("attribute", "")
    if attribute not in ATTRIBUTES:
        raise NotFound
    card = desk.look_at(caller.core(), caller.site(), sessions.moderator(), comment)
    response = make_response(_marked(card.comment.body, attribute))
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _marked(body: str, attribute: str) -> str:
    try:
        shares = caller.analyst().scorers.of(caller.site()).explain(body, attribute)
    except NotScored:
        current_app.logger.debug("no explanation")
        shares = []
    return marking.marked(body, shares)
