"""The people of the desk: owners invite, change, reset and remove accounts."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import accounts, factors, profile
from service.domain.errors import Invalid, LastOwner
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators, sessions
from service.store.site import sites, wishes
from service.web.api import present
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, forms, pages

bp = Blueprint("people", __name__, url_prefix="/people")

SAYINGS = {
    "changed": "Changed; it holds from now on, also in sessions that are open.",
    "removed": "Removed, and signed out everywhere.",
    "required": "From the next sign-in on, everybody needs a second factor.",
    "optional": "A second factor is everybody’s own choice.",
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account as owners see it."""

    account: Moderator
    second_factor: bool
    seen: list[Any] = field(default_factory=list)


@bp.get("")
@needs(Right.MANAGE)
def get_people() -> str:
    """List the accounts that this owner may have to do with."""
    return _page()


@bp.post("")
@needs(Right.MANAGE)
def post_person() -> Response:
    """Invite somebody, and show the one-time link."""
    by, typed = visits.present()[0], request.form
    wanted = Moderator(name=typed.get("name", "").strip(), role=_role(), sites=_sites())
    try:
        link = accounts.add(caller.core(), by, wanted)
    except Invalid as wrong:
        return make_response(_page(faults=_faults(wrong), typed=wanted), 422)
    return make_response(_page(link=link, whose=wanted.name))


@bp.post("/change")
@needs(Right.MANAGE)
def post_change() -> Response:
    """Change somebody's role and sites."""
    return _done(
        "changed", lambda by: accounts.change(caller.core(), by, _name(), _role(), _sites())
    )


@bp.post("/reset")
@needs(Right.MANAGE)
def post_reset() -> Response:
    """Take password and second factors from an account, and show a new link to it."""
    link = accounts.reset(caller.core(), _name(), visits.present()[0])
    return make_response(_page(link=link, whose=_name()))


@bp.post("/remove")
@needs(Right.MANAGE)
def post_remove() -> Response:
    """Remove an account."""
    return _done("removed", lambda by: accounts.remove(caller.core(), _name(), by))


@bp.post("/second-factor")
@needs(Right.RULE)
def post_second_factor() -> Response:
    """Ask everybody for a second factor, or nobody."""
    wanted = request.form.get("required") == "yes"
    profile.want_second_factor(caller.core(), visits.present()[0], wanted)
    return _back("required" if wanted else "optional")


def _done(said: str, change: Any) -> Response:
    try:
        change(visits.present()[0])
    except LastOwner as refused:
        told = pages.explain(refused)
        return make_response(_page(faults={"form": f"{told.title}. {told.detail}"}), told.status)
    return _back(said)


def _back(said: str) -> Response:
    return make_response(redirect(url_for(".get_people", said=said), 303))


def _name() -> str:
    return request.form.get("name", "")


def _role() -> Role:
    return forms.one_of(Role, "role")


def _sites() -> tuple[str, ...]:
    return tuple(dict.fromkeys(request.form.getlist("sites")))


def _faults(wrong: Invalid) -> dict[str, str]:
    return {fault.field: fault.detail for fault in wrong.faults}


def _page(faults: dict[str, str] | None = None, typed: Moderator | None = None, **more: Any) -> str:
    core, by = caller.core(), visits.present()[0]
    managed = [one for one in moderators.every(core.redis) if by.may_manage(one.sites)]
    return render_template(
        "review/people.html",
        moderator=by,
        people=[
            Person(one, factors.has_any(core, one), sessions.every(core.redis, one.name))
            for one in managed
        ],
        roles=list(Role),
        sites=[site.name for site in sites.every(core.redis) if by.may_see(site.name)],
        required=wishes.wants_second_factor(core.redis),
        said=SAYINGS.get(request.args.get("said", ""), ""),
        faults=faults or {},
        typed=typed,
        since=present.since,
        now=core.now(),
        **more,
    )
