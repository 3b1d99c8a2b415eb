"""The policy page: an owner tries thresholds and words on what was written, then saves."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service import blocklist
from service.desk.office import dryrun, policy
from service.domain.errors import Fault, StaleStatus
from service.domain.site import Site
from service.store.site import sites
from service.web.api import present
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.desk.office import plots, policy_form
from service.web.desk.queue import reasons
from service.web.http import caller

bp = Blueprint("policy", __name__)

MAX_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, with the entry that matches it, "" for none."""

    text: str
    entry: str = ""


@bp.get("/<site>/policy")
def get_policy(site: str) -> str:
    """Show the policy; owners may change it."""
    found = _site(site)
    return _page(found, policy_form.show(found), sites.version(found))


@bp.post("/<site>/policy")
@needs(Right.OWN)
def post_policy(site: str) -> Response:
    """Try what was typed, or save it."""
    old, typed = _site(site), request.form.to_dict()
    new, faults = policy_form.read(old, typed)
    faults += [fault for fault in policy.check(new) if fault.field not in _named(faults)]
    act, seen = request.form.get("act", ""), request.form.get("seen", "")
    if act == "save" and not faults:
        return _save(old, new, seen)
    more: dict[str, Any] = {}
    if act == "words":
        more = {"pieces": _pieces(typed.get("sample", ""), new), "tried": "words"}
    elif act == "try" and not faults:
        rows = dryrun.latest(caller.core(), old)
        more = {"rehearsal": dryrun.rehearse(rows, old, new), "rows": rows, "tried": "scores"}
    status = 422 if faults and act != "words" else 200
    return make_response(_page(old, typed, seen, new=new, faults=faults, **more), status)


def _save(old: Site, new: Site, seen: str) -> Response:
    by = visits.present()[0]
    try:
        changed = policy.change(caller.core(), by, old, new, seen=seen)
    except StaleStatus as stale:
        page = render_template("review/policy-stale.html", site=old, moderator=by, by=stale.by)
        return make_response(page, 409)
    there = url_for(".get_policy", site=old.name, changed=len(changed))
    return make_response(redirect(there, 303))


def _pieces(sample: str, site: Site) -> list[Piece]:
    """Cut a text at what a site's word list matches; patterns that cannot be used are left out."""
    text, at = sample[:MAX_SAMPLE], 0
    usable = tuple(entry for entry in site.policy.blocked_words if not blocklist.refused(entry))
    pieces = []
    for entry, start, end in blocklist.places(text, usable):
        if start >= at:
            pieces += [Piece(text[at:start]), Piece(text[start:end], entry)]
            at = end
    return [*pieces, Piece(text[at:])]


def _page(
    site: Site,
    typed: dict[str, str],
    seen: str,
    *,
    new: Site | None = None,
    faults: list[Fault] | None = None,
    rows: list[dryrun.JudgedComment] | None = None,
    **more: Any,
) -> str:
    core, moderator = caller.core(), visits.present()[0]
    judged = dryrun.latest(core, site) if rows is None else rows
    shown = new or site
    return render_template(
        "review/policy.html",
        site=site,
        moderator=moderator,
        may_own=moderator.may_own(site.name),
        typed=typed,
        seen=seen,
        faults={fault.field: fault.detail for fault in faults or []},
        groups=policy_form.GROUPS,
        words=policy_form.LINES["blocked_words"],
        mode=policy_form.LINES["mode"],
        attributes=reasons.ATTRIBUTES,
        plots={
            name: plots.histogram(counts, shown.policy.threshold(name))
            for name, counts in dryrun.histograms(judged).items()
        },
        judged=len(judged),
        changed=request.args.get("changed", type=int),
        last_by=policy.last_changed_by(core, site.name),
        since=present.since,
        **more,
    )


def _site(name: str) -> Site:
    # Not from memory: what is saved must be compared with what is.
    return sites.get(caller.core().redis, name)


def _named(faults: list[Fault]) -> set[str]:
    return {fault.field for fault in faults}
