"""The list of sites, and pages of a queue."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import overview
from service.desk.queue import pulse, queue, undo
from service.web.desk.account import visits
from service.web.desk.queue import filters, labels, page
from service.web.http import caller

bp = Blueprint("queue", __name__)


@bp.get("/")
def get_sites() -> Response:
    """List the sites; if there is only one, redirect to it."""
    sites = overview.visible_sites(caller.core(), visits.moderator())
    if len(sites) == 1:
        return make_response(redirect(url_for(".get_queue", site=sites[0].name), 303))
    held = pulse.held_on(caller.core(), sites)
    return make_response(render_template("review/sites.html", sites=sites, held=held))


@bp.get("/<site>")
def get_queue(site: str) -> str:
    """Show one page of a queue."""
    core, site_, moderator = caller.core(), caller.site(), visits.moderator()
    chosen = filters.read(request.args)
    opened = queue.open_queue(
        core,
        site_,
        moderator,
        chosen,
        cursor=request.args.get("cursor", "")[:100],
        likeness=page.likeness(),
        facets=labels.FACETS,
    )
    return render_template(
        "review/queue.html",
        page=page.open_page(chosen),
        queue=opened,
        undoable=undo.undoable(core, site_, moderator),
    )
