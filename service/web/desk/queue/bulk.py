"""Decisions on many comments at once: a preview with a sample, then one decision."""

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from service.desk.queue import bulk
from service.domain.decision import Action
from service.domain.queue_filters import QueueFilters
from service.web.desk.account import visits
from service.web.desk.queue import filters, page
from service.web.desk.queue.decisions import reason
from service.web.desk.queue.responses import respond
from service.web.http import caller, forms

bp = Blueprint("bulk", __name__)


@bp.get("/<site>/bulk")
def get_bulk(site: str) -> str:
    """Preview one decision: the number of comments and a random sample."""
    shown = page.open_page(filters.read(request.args))
    preview = bulk.preview(caller.core(), shown.site, shown.moderator, _chosen(request.args))
    return render_template("review/bulk.html", page=shown, preview=preview)


@bp.post("/<site>/bulk")
def post_bulk(site: str) -> Response:
    """Carry out one decision on the previewed comments; `undo` joins it to an earlier part."""
    core, site_, moderator, form = caller.core(), caller.site(), visits.moderator(), request.form
    part = form.get("comments", "").split()
    seen = bulk.read_preview(core, site_, moderator, form.get("preview", ""), part)
    decision = bulk.decide_all(
        core,
        site_,
        moderator,
        seen,
        forms.one_of(Action, "action"),
        reason=reason(),
        token=form.get("undo", ""),
    )
    count = str(len(decision.decided))
    return respond("together", decision, undo=decision.undo, count=count)


def _chosen(args: MultiDict[str, str]) -> QueueFilters | list[str]:
    """Return the chosen comments: picked ones, those similar to one, or a whole queue."""
    if picked := args.getlist("comment"):
        return picked
    if comment := args.get("like", ""):
        return page.likeness().of(caller.core().at(caller.site().name), comment)
    return filters.read(args)
