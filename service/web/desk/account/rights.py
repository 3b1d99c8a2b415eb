"""Access rights of the desk's pages: one right per view, checked by one guard."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Response, current_app, make_response, redirect, request, url_for

from service.domain.errors import NotAllowed, NotSignedIn
from service.domain.moderator import Moderator
from service.domain.session import Step
from service.web.desk.account import confirmation, visits

View = TypeVar("View", bound=Callable[..., object])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Right(StrEnum):
    """What a page requires: nothing, a partial sign-in, a full one, or a right on the site.

    `halfway` admits moderators who owe a second factor, `setup` those who must set one up first.
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


def needs(right: Right, *, proof: str = "") -> Callable[[View], View]:
    """Declare a view's right where its address and method do not imply it.

    `proof` says for what the caller has to prove again who they are, if that was long ago.
    """

    def mark(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]  # read by `needed` alone
        view.proof = proof  # type: ignore[attr-defined]  # read by `admit` alone
        return view

    return mark


def needed(view: object, method: str, has_site: bool) -> Right:
    """Return the right a view requires: by default, GET means seeing and POST means deciding."""
    marked: Right | None = getattr(view, "right", None)
    if marked is not None:
        return marked
    if method in SAFE:
        return Right.SEE if has_site else Right.OWN_ACCOUNT
    return Right.DECIDE if has_site else Right.MANAGE


def covers(moderator: Moderator, right: Right, site: str | None) -> bool:
    """Tell whether a moderator has a right on the site named in the address."""
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
    """Check that the caller has the right that the view requires.

    :raises NotSignedIn: nobody is signed in.
    :raises NotAllowed: the moderator's role or sites do not cover this.
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
    purpose = getattr(view, "proof", "")
    return confirmation.insist(purpose) if purpose else None


def _lead_to_missing_factor(step: Step) -> Response:
    if request.method not in SAFE:
        raise NotSignedIn
    view = "second.get_second" if step is Step.SECOND else "account.get_account"
    return make_response(redirect(url_for(f"review.{view}"), 303))
