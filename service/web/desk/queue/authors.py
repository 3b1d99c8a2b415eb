"""An author's page: record, latest comments and status."""

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from service.desk.queue import authors
from service.domain.author_status import AuthorStatusKind
from service.web.desk.account import visits
from service.web.desk.queue import filters, page
from service.web.desk.queue.responses import respond
from service.web.http import caller, forms

bp = Blueprint("authors", __name__)


@bp.get("/<site>/authors/<author>")
def get_author(site: str, author: str) -> str:
    """Show an author's record and latest comments."""
    if not filters.AUTHOR.fullmatch(author):
        raise NotFound
    about = authors.open_author(caller.core(), caller.site(), visits.moderator(), author)
    shown = page.open_page(filters.read_valid(request.args))
    return render_template("review/author.html", page=shown, author=about)


@bp.post("/<site>/comments/<comment>/author")
def post_footing(site: str, comment: str) -> Response:
    """Set or remove the status of a comment's author."""
    core, site_, moderator = caller.core(), caller.site(), visits.moderator()
    everywhere = bool(request.form.get("everywhere"))
    if request.form.get("footing", "") == "lift":
        authors.lift(core, site_, moderator, comment, everywhere=everywhere)
        return respond("treated", {"footing": ""})
    status = authors.treat(
        core,
        site_,
        moderator,
        comment,
        forms.one_of(AuthorStatusKind, "footing"),
        days=forms.number("days"),
        why=request.form.get("why", ""),
        everywhere=everywhere,
    )
    until = status.until.isoformat() if status.until else None
    return respond("treated", {"footing": status.kind.value, "until": until})
