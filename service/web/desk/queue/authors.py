"""An author's drawer: his record, his latest comments, and how he is treated."""

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from service.desk import queue as desk
from service.domain.footing import FootingKind
from service.web.desk.account import sessions
from service.web.desk.queue import filters, page
from service.web.http import caller, forms

bp = Blueprint("authors", __name__)


@bp.get("/<site>/authors/<author>")
def get_author(site: str, author: str) -> str:
    """Open an author's drawer."""
    if not filters.AUTHOR.fullmatch(author):
        raise NotFound
    moderator, choice = sessions.moderator(), filters.carried(request.args)
    drawer = desk.open_drawer(caller.core(), caller.site(), moderator, author)
    shown = page.around(choice, moderator)
    return render_template("review/author.html", drawer=drawer, choice=choice, **shown)


@bp.post("/<site>/comments/<comment>/author")
def post_footing(site: str, comment: str) -> Response:
    """Say how the author of a comment is treated from now on."""
    core, site_, moderator = caller.core(), caller.site(), sessions.moderator()
    everywhere = bool(request.form.get("everywhere"))
    if request.form.get("footing", "") == "lift":
        desk.lift(core, site_, moderator, comment, everywhere=everywhere)
        return page.answer("treated", {"footing": ""})
    footing = desk.treat(
        core,
        site_,
        moderator,
        comment,
        forms.one_of(FootingKind, "footing"),
        days=forms.number("days"),
        why=request.form.get("why", ""),
        everywhere=everywhere,
    )
    until = footing.until.isoformat() if footing.until else None
    return page.answer("treated", {"footing": footing.kind.value, "until": until})
