"""Single cards, and the words of a comment that raised one of its scores."""

from flask import Blueprint, Response, current_app, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from service.desk.queue import cards, undo
from service.domain.attribute import ATTRIBUTES
from service.domain.comment import Comment
from service.domain.errors import NotScored
from service.web.desk.account import visits
from service.web.desk.queue import filters, marks, page
from service.web.http import caller

bp = Blueprint("cards", __name__)


@bp.get("/<site>/comments/<comment>")
def get_card(site: str, comment: str) -> str:
    """Show one card, with words marked if the address names an attribute."""
    core, site_, moderator = caller.core(), caller.site(), visits.moderator()
    card = cards.open_card(core, site_, moderator, comment, page.likeness())
    attribute = request.args.get("explain", "")
    explained = attribute if attribute in ATTRIBUTES else ""
    return render_template(
        "review/comment.html",
        page=page.open_page(filters.read_valid(request.args)),
        card=card,
        undoable=undo.undoable(core, site_, moderator),
        explained=explained,
        marked=_marked(card.comment, explained) if explained else None,
    )


@bp.get("/<site>/comments/<comment>/words")
def get_words(site: str, comment: str) -> Response:
    """Return a comment's text with the words marked that raised a score."""
    attribute = request.args.get("attribute", "")
    if attribute not in ATTRIBUTES:
        raise NotFound
    card = cards.open_card(caller.core(), caller.site(), visits.moderator(), comment)
    response = make_response(_marked(card.comment, attribute))
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _marked(comment: Comment, attribute: str) -> Markup:
    scorer = caller.analyst().scorers.of(caller.site()).naming(comment.named_language)
    try:
        shares = scorer.explain(comment.body, attribute)
    except NotScored:
        current_app.logger.debug("no explanation")
        shares = []
    return marks.marked(comment.body, shares)
