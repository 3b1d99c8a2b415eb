"""The page with the alert limits of a site."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.office import alerts
from service.domain.alert import Alert
from service.domain.errors import Fault, Invalid
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller

bp = Blueprint("alerts", __name__)


@bp.get("/<site>/alerts")
@needs(Right.OWN)
def get_alerts(site: str) -> str:
    """Show the limits and the webhook's secret."""
    limits = alerts.limits(caller.core(), caller.site())
    typed = {"depth": str(limits.depth), "minutes": str(limits.minutes), "webhook": limits.webhook}
    return _page(typed)


@bp.post("/<site>/alerts")
@needs(Right.OWN)
def post_alerts(site: str) -> Response:
    """Save the limits."""
    typed = {name: request.form.get(name, "").strip() for name in ("depth", "minutes", "webhook")}
    try:
        alerts.set_limits(caller.core(), visits.moderator(), caller.site(), _read(typed))
    except Invalid as wrong:
        faults = {fault.field: fault.detail for fault in wrong.faults}
        return make_response(_page(typed, faults), 422)
    return make_response(redirect(url_for(".get_alerts", site=site, said="kept"), 303))


def _read(typed: dict[str, str]) -> Alert:
    detail = "A number, please; 0 is no limit."
    numbers = {name: typed[name] or "0" for name in ("depth", "minutes")}
    wrong = [
        Fault(name, "number", detail)
        for name, text in numbers.items()
        if not (text.isascii() and text.isdigit() and len(text) < 10)
    ]
    if wrong:
        raise Invalid(*wrong)
    depth, minutes = map(int, numbers.values())
    return Alert(depth=depth, minutes=minutes, webhook=typed["webhook"])


def _page(typed: dict[str, str], faults: dict[str, str] | None = None) -> str:
    core, site = caller.core(), caller.site()
    return render_template(
        "review/alerts.html",
        typed=typed,
        faults=faults or {},
        secret=alerts.webhook_secret(core, site),
        last_call=alerts.limits(core, site).said,
        message="Kept." if request.args.get("said") == "kept" else "",
    )
