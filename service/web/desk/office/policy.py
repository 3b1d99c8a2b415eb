"""The policy page, where owners try thresholds and words on real comments, then save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service import blocklist
from service.desk.office import dryrun, policy
from service.domain.errors import Fault, StaleStatus
from service.domain.site import Site
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.desk.office import plots, policy_form
from service.web.desk.office.charts import Chart
from service.web.http import caller

bp = Blueprint("policy", __name__)

MAX_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, with the entry that matches it, or ""."""

    text: str
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial of the typed policy: its faults, matched words, or a rehearsal."""

    site: Site
    faults: Sequence[Fault] = ()
    pieces: Sequence[Piece] = ()
    rehearsal: dryrun.Rehearsal | None = None
    rows: list[dryrun.JudgedComment] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """The form as typed, its trial, and plots of the scores concerned.

    `seen` is the version of the policy that was shown; `changed` counts the lines just saved.
    """

    typed: Mapping[str, str]
    seen: str
    trial: Trial
    plots: Mapping[str, Chart]
    judged: int
    changed: int | None
    last_by: str

    @property
    def faults(self) -> dict[str, str]:
        """The faults by line."""
        return {fault.field: fault.detail for fault in self.trial.faults}


@bp.get("/<site>/policy")
def get_policy(site: str) -> str:
    """Show the policy; owners may change it."""
    current = _site()
    return _page(current, policy_form.show(current), policy.version(current), Trial(site=current))


@bp.post("/<site>/policy")
@needs(Right.OWN)
def post_policy(site: str) -> Response:
    """Try the typed policy, or save it."""
    old, typed = _site(), request.form.to_dict()
    new, faults = policy_form.read(old, typed)
    faults += [fault for fault in policy.check(new) if fault.field not in _named(faults)]
    act, seen = request.form.get("act", ""), request.form.get("seen", "")
    if act == "save" and not faults:
        return _save(old, new, seen)
    trial = Trial(site=new, faults=faults)
    if act == "words":
        trial = replace(trial, pieces=_pieces(typed.get("sample", ""), new))
    elif act == "try" and not faults:
        rows = dryrun.latest(caller.core(), old)
        trial = replace(trial, rows=rows, rehearsal=dryrun.rehearse(rows, old, new))
    status = 422 if faults and act != "words" else 200
    return make_response(_page(old, typed, seen, trial), status)


def _save(old: Site, new: Site, seen: str) -> Response:
    try:
        changed = policy.change(caller.core(), visits.moderator(), old, new, seen=seen)
    except StaleStatus as stale:
        return make_response(render_template("review/policy-stale.html", by=stale.by), 409)
    address = url_for(".get_policy", site=old.name, changed=len(changed))
    return make_response(redirect(address, 303))


def _pieces(sample: str, site: Site) -> list[Piece]:
    """Split a text at the matches of a site's word list, ignoring unusable patterns."""
    text, done = sample[:MAX_SAMPLE], 0
    usable = tuple(entry for entry in site.policy.blocked_words if not blocklist.refused(entry))
    pieces = []
    for entry, start, end in blocklist.places(text, usable):
        if start >= done:
            pieces += [Piece(text[done:start]), Piece(text[start:end], entry)]
            done = end
    return [*pieces, Piece(text[done:])]


def _page(site: Site, typed: dict[str, str], seen: str, trial: Trial) -> str:
    core = caller.core()
    rows = dryrun.latest(core, site) if trial.rows is None else trial.rows
    page = PolicyPage(
        typed=typed,
        seen=seen,
        trial=trial,
        plots={
            name: plots.histogram(counts, trial.site.policy.threshold(name))
            for name, counts in dryrun.histograms(rows).items()
        },
        judged=len(rows),
        changed=request.args.get("changed", type=int),
        last_by=policy.last_changed_by(core, site.name),
    )
    return render_template(
        "review/policy.html",
        page=page,
        groups=policy_form.GROUPS,
        words=policy_form.LINES["blocked_words"],
        mode=policy_form.LINES["mode"],
    )


def _site() -> Site:
    return policy.current(caller.core(), caller.site())


def _named(faults: list[Fault]) -> set[str]:
    return {fault.field for fault in faults}
