"""Moderators sign in and out, and use their one-time set-up link."""

from flask import Blueprint, Response, make_response, render_template, request, url_for

from service.desk.account import accounts, entrance, passkeys
from service.domain.errors import (
    DomainError,
    Invalid,
    NotSignedIn,
    PasskeyRefused,
    TooMany,
    WrongPassword,
)
from service.domain.moderator import Moderator
from service.domain.session import Step
from service.store.accounts import moderators
from service.store.accounts import sessions as kept
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, pages

bp = Blueprint("sessions", __name__)


def moderator() -> Moderator:
    """Give the moderator who asks.

    :raises NotSignedIn: there is no session, it is over, or a second factor is still missing.
    """
    found, session = visits.present()
    if session.step is not Step.INSIDE:
        raise NotSignedIn
    return found


@bp.get("/welcome/<token>")
@needs(Right.NOTHING)
def get_welcome(token: str) -> str:
    """Ask whom a one-time link is for to choose a password."""
    return _welcome(token)


@bp.post("/welcome/<token>")
@needs(Right.NOTHING)
def post_welcome(token: str) -> Response:
    """Set the password, use the link up, and open the desk."""
    core = caller.core()
    try:
        joined = accounts.welcome(core, token, request.form.get("password", ""))
    except Invalid as wrong:
        return make_response(_welcome(token, fault=wrong.faults[0].detail), 422)
    entry = entrance.arrive(core, joined, visits.visit())
    return visits.enter(entry, url_for("review.get_sites"))


@bp.get("/sign-in")
@needs(Right.NOTHING)
def get_sign_in() -> str:
    """Ask for name and password, or for a passkey."""
    return _sign_in()


@bp.post("/sign-in")
@needs(Right.NOTHING)
def post_sign_in() -> Response:
    """Open a session, and go on where the moderator wanted to go."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    try:
        entry = entrance.sign_in(caller.core(), name, password, visits.visit())
    except (WrongPassword, TooMany) as refused:
        return _again(refused, name)
    return visits.enter(entry, visits.local(request.form.get("next", "")))


@bp.get("/sign-in/passkey")
@needs(Right.NOTHING)
def get_passkey() -> Response:
    """Give the browser what to ask a passkey for."""
    return Response(passkeys.ask(caller.core()), content_type="application/json")


@bp.post("/sign-in/passkey")
@needs(Right.NOTHING)
def post_passkey() -> Response:
    """Open a session for what the passkey has signed."""
    try:
        answer = request.form.get("credential", "")
        entry = entrance.by_passkey(caller.core(), answer, visits.visit())
    except (PasskeyRefused, TooMany) as refused:
        return _again(refused)
    return visits.enter(entry, visits.local(request.form.get("next", "")))


@bp.post("/sign-out")
@needs(Right.NOTHING)
def post_sign_out() -> Response:
    """End the session."""
    try:
        who, session = visits.present()
        kept.end(caller.core().redis, who.name, session.id)
    except NotSignedIn:
        pass  # it was over already
    return visits.leave()


def _again(refused: DomainError, name: str = "") -> Response:
    told = pages.explain(refused)
    more = f" {told.detail}" if isinstance(refused, TooMany) else ""
    return make_response(_sign_in(name, f"{told.title}.{more}"), told.status)


def _welcome(token: str, fault: str = "") -> str:
    invited = moderators.invited(caller.core().redis, token)
    return render_template(
        "review/welcome.html", invited=invited, fault=fault, least=accounts.MIN_PASSWORD
    )


def _sign_in(name: str = "", fault: str = "") -> str:
    there = visits.local(request.values.get("next", ""))
    us = passkeys.party(caller.core().public_url)
    return render_template(
        "review/sign-in.html",
        name=name,
        fault=fault,
        next=there,
        passkeys_at=us.origin,
        is_there=us.origin == request.host_url.rstrip("/"),
    )
