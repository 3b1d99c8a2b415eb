"""Who may open which page of the desk: one guard before every view, one right for each of them."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Response, current_app, make_response, redirect, request, url_for

from service.domain.errors import NotAllowed, NotSignedIn
from service.domain.moderator import Moderator
from service.domain.session import Step
from service.web.desk.account import visits

View = TypeVar("View", bound=Callable[..., object])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Right(StrEnum):
    """What a page asks for: nothing; to be signing in; to be signed in; or a right on the site.

    `halfway` is for those who owe a second factor, `setup` for those who have to set one up first.
    """

    NOTHING = "nothing"
    HALFWAY = "halfway"
    SETUP = "setup"
    OWN_ACCOUNT = "own account"
    SEE = "see"
    DECIDE = "decide"
    OWN = "own"
    MANAGE = "manage"
    RULE = "rule"


OPEN_AT = {Step.SECOND: Right.HALFWAY, Step.SETUP: Right.SETUP}


def needs(right: Right) -> Callable[[View], View]:
    """Say what a view asks for, where it is not what its address and method say."""

    def mark(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]  # read by `needed` alone
        return view

    return mark


def needed(view: object, method: str, has_site: bool) -> Right:
    """Tell what a view asks for: to read is to see the site, to send is to decide there."""
    marked: Right | None = getattr(view, "right", None)
    if marked is not None:
        return marked
    if method in SAFE:
        return Right.SEE if has_site else Right.OWN_ACCOUNT
    return Right.DECIDE if has_site else Right.MANAGE


def covers(moderator: Moderator, right: Right, site: str | None) -> bool:
    """Tell whether a moderator has a right, on the site that the address names."""
    name = site or ""
    match right:
        case Right.SEE:
            return moderator.may_see(name)
        case Right.DECIDE:
            return moderator.may_decide(name)
        case Right.OWN:
            return moderator.may_own(name)
        case Right.MANAGE:
            return moderator.may_manage(moderator.sites)
        case Right.RULE:
            return moderator.may_rule
        case _:
            return True


def admit() -> Response | None:
    """Let nobody into a view without the right to it.

    :raises NotSignedIn: nobody is signed in.
    :raises NotAllowed: the role or the sites do not cover this.
    """
    site = (request.view_args or {}).get("site")
    view = current_app.view_functions[str(request.endpoint)]
    right = needed(view, request.method, site is not None)
    if right is Right.NOTHING:
        return None
    moderator, session = visits.current()
    if session.step is not Step.INSIDE:
        return None if right is OPEN_AT[session.step] else _lead_to_missing_factor(session.step)
    if not covers(moderator, right, site):
        raise NotAllowed(site)
    return None


def _lead_to_missing_factor(step: Step) -> Response:
    if request.method not in SAFE:
        raise NotSignedIn
    view = "second.get_second" if step is Step.SECOND else "account.get_account"
    return make_response(redirect(url_for(f"review.{view}"), 303))
