"""The page where owners invite, change, reset and remove accounts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import accounts, overview, profile
from service.desk.account.overview import ManagedAccount
from service.domain.errors import Invalid, LastOwner
from service.domain.moderator import Moderator, Role
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, forms, pages

bp = Blueprint("people", __name__, url_prefix="/people")

MESSAGES = {
    "changed": "Changed; it holds from now on, also in sessions that are open.",
    "removed": "Removed, and signed out everywhere.",
    "required": "From the next sign-in on, everybody needs a second factor.",
    "optional": "A second factor is everybody’s own choice.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The accounts that an owner manages; `link` is shown once, to pass on to its `owner`."""

    accounts: list[ManagedAccount]
    sites: list[str]
    requires_second_factor: bool
    message: str
    faults: dict[str, str] = field(default_factory=dict)
    typed: Moderator | None = None
    link: str = ""
    owner: str = ""
    roles: tuple[Role, ...] = tuple(Role)


@bp.get("")
@needs(Right.MANAGE)
def get_people() -> str:
    """List the accounts that this owner may manage."""
    return _page()


@bp.post("")
@needs(Right.MANAGE, proof="invite somebody")
def post_person() -> Response:
    """Invite somebody, and show the one-time link."""
    name = request.form.get("name", "").strip()
    typed = Moderator(name=name, role=_role(), sites=_sites())
    try:
        link = accounts.add(caller.core(), visits.moderator(), typed)
    except Invalid as wrong:
        faults = {fault.field: fault.detail for fault in wrong.faults}
        return make_response(_page(faults, typed), 422)
    return make_response(_page(link=link, owner=name))


@bp.post("/change")
@needs(Right.MANAGE, proof="change what somebody may do")
def post_change() -> Response:
    """Change somebody's role and sites."""
    return _answer(
        "changed", lambda by: accounts.change(caller.core(), by, _name(), _role(), _sites())
    )


@bp.post("/reset")
@needs(Right.MANAGE, proof="take away somebody’s password and second factors")
def post_reset() -> Response:
    """Reset an account's password and second factors, and show a new one-time link."""
    link = accounts.reset(caller.core(), _name(), visits.moderator())
    return make_response(_page(link=link, owner=_name()))


@bp.post("/remove")
@needs(Right.MANAGE, proof="remove an account")
def post_remove() -> Response:
    """Remove an account."""
    return _answer("removed", lambda by: accounts.remove(caller.core(), _name(), by))


@bp.post("/second-factor")
@needs(Right.RULE, proof="change what everybody needs to sign in")
def post_second_factor() -> Response:
    """Make a second factor required or optional for everybody."""
    is_required = request.form.get("required") == "yes"
    profile.require_second_factor(caller.core(), visits.moderator(), is_required)
    return _done("required" if is_required else "optional")


def _answer(message: str, change: Callable[[Moderator], object]) -> Response:
    try:
        change(visits.moderator())
    except LastOwner as refused:
        explanation = pages.explain(refused)
        faults = {"form": f"{explanation.title}. {explanation.detail}"}
        return make_response(_page(faults), explanation.status)
    return _done(message)


def _done(message: str) -> Response:
    return make_response(redirect(url_for(".get_people", said=message), 303))


def _name() -> str:
    return request.form.get("name", "")


def _role() -> Role:
    return forms.one_of(Role, "role")


def _sites() -> tuple[str, ...]:
    return tuple(dict.fromkeys(request.form.getlist("sites")))


def _page(
    faults: dict[str, str] | None = None,
    typed: Moderator | None = None,
    link: str = "",
    owner: str = "",
) -> str:
    core, moderator = caller.core(), visits.moderator()
    page = PeoplePage(
        accounts=overview.managed_accounts(core, moderator),
        sites=[site.name for site in overview.visible_sites(core, moderator)],
        requires_second_factor=profile.requires_second_factor(core),
        message=MESSAGES.get(request.args.get("said", ""), ""),
        faults=faults or {},
        typed=typed,
        link=link,
        owner=owner,
    )
    return render_template("review/people.html", page=page)
