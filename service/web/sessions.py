"""Moderators sign in and out, and use their one-time set-up link."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service import accounts
from service.domain.errors import Invalid, TooMany, WrongPassword
from service.domain.moderator import Moderator
from service.store import moderators
from service.web import caller, pages

bp = Blueprint("sessions", __name__)


def moderator() -> Moderator:
    """Give the moderator who asks.

    :raises NotSignedIn: there is no session, or it is over.
    """
    return moderators.signed_in(caller.core().redis, request.cookies.get(_name(), ""))


@bp.get("/welcome/<token>")
def get_welcome(token: str) -> str:
    """Ask whom a one-time link is for to choose a password."""
    return _welcome(token)


@bp.post("/welcome/<token>")
def post_welcome(token: str) -> Response:
    """Set the password, use the link up, and open the desk."""
    try:
        _, session = accounts.welcome(caller.core(), token, request.form.get("password", ""))
    except Invalid as wrong:
        return make_response(_welcome(token, fault=wrong.faults[0].detail), 422)
    return _enter(session, url_for("review.get_sites"))


@bp.get("/sign-in")
def get_sign_in() -> str:
    """Ask for name and password."""
    return _sign_in()


@bp.post("/sign-in")
def post_sign_in() -> Response:
    """Open a session, and go on where the moderator wanted to go."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    try:
        _, session = accounts.sign_in(caller.core(), name, password, caller.address())
    except (WrongPassword, TooMany) as refused:
        told = pages.explain(refused)
        wait = f" {told.detail}" if isinstance(refused, TooMany) else ""
        return make_response(_sign_in(name, f"{told.title}.{wait}"), told.status)
    return _enter(session, _local(request.form.get("next", "")))


@bp.post("/sign-out")
def post_sign_out() -> Response:
    """End the session."""
    moderators.sign_out(caller.core().redis, request.cookies.get(_name(), ""))
    response = make_response(redirect(url_for(".get_sign_in"), 303))
    response.delete_cookie(_name(), path="/", secure=_is_secure(), httponly=True)
    return response


def _enter(session: str, there: str) -> Response:
    response = make_response(redirect(there, 303))
    response.set_cookie(
        _name(),
        session,
        max_age=int(moderators.SESSION_LASTS.total_seconds()),
        path="/",
        httponly=True,
        secure=_is_secure(),
        samesite="Strict",
    )
    return response


def _welcome(token: str, fault: str = "") -> str:
    invited = moderators.invited(caller.core().redis, token)
    return render_template(
        "review/welcome.html", invited=invited, fault=fault, least=accounts.MIN_PASSWORD
    )


def _sign_in(name: str = "", fault: str = "") -> str:
    there = _local(request.values.get("next", ""))
    return render_template("review/sign-in.html", name=name, fault=fault, next=there)


def _local(there: str) -> str:
    # Only a path of the desk: "//elsewhere" and "/\elsewhere" are other hosts to a browser.
    desk = url_for("review.get_sites")
    return there if there.startswith(desk) and "\\" not in there and "//" not in there else desk


def _is_secure() -> bool:
    return caller.core().public_url.startswith("https://")


def _name() -> str:
    # The prefix makes a browser insist on https, on this host and on the whole path (RFC 6265bis).
    return "__Host-folkmoot" if _is_secure() else "folkmoot"
