"""Pages for signing in and out, and for one-time links."""

from flask import Blueprint, Response, make_response, render_template, request, url_for

from service.desk.account import accounts, entrance, passkeys, sessions
from service.domain.errors import (
    Busy,
    DomainError,
    Invalid,
    NotSignedIn,
    PasskeyRefused,
    TooMany,
    WrongPassword,
)
from service.web.desk.account import visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, pages

bp = Blueprint("sessions", __name__)


@bp.get("/welcome/<token>")
@needs(Right.NOTHING)
def get_welcome(token: str) -> str:
    """Show the form for choosing a password with a one-time link."""
    return _welcome_page(token)


@bp.post("/welcome/<token>")
@needs(Right.NOTHING)
def post_welcome(token: str) -> Response:
    """Set the password, redeem the link, and open the desk."""
    password = request.form.get("password", "")
    try:
        opened = entrance.join(caller.core(), token, password, visits.visit())
    except Invalid as wrong:
        return make_response(_welcome_page(token, fault=wrong.faults[0].detail), 422)
    except Busy as refused:
        # The form again: the link is still valid.
        explanation = pages.explain(refused)
        page = _welcome_page(token, explanation.detail)
        return make_response(page, explanation.status, explanation.headers)
    return visits.enter(opened, url_for("review.queue.get_sites"))


@bp.get("/sign-in")
@needs(Right.NOTHING)
def get_sign_in() -> str:
    """Show the sign-in form."""
    return _sign_in_page()


@bp.post("/sign-in")
@needs(Right.NOTHING)
def post_sign_in() -> Response:
    """Open a session and redirect to the page that the moderator requested."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    try:
        opened = entrance.sign_in(caller.core(), name, password, visits.visit())
    except (WrongPassword, Busy, TooMany) as refused:
        return _refused(refused, name)
    return visits.enter(opened, visits.desk_address(request.form.get("next", "")))


@bp.get("/sign-in/passkey")
@needs(Right.NOTHING)
def get_passkey() -> Response:
    """Return the options for signing in by passkey."""
    return Response(passkeys.ask(caller.core()), content_type="application/json")


@bp.post("/sign-in/passkey")
@needs(Right.NOTHING)
def post_passkey() -> Response:
    """Open a session for a passkey's answer."""
    try:
        answer = request.form.get("credential", "")
        opened = entrance.by_passkey(caller.core(), answer, visits.visit())
    except (PasskeyRefused, TooMany) as refused:
        return _refused(refused)
    return visits.enter(opened, visits.desk_address(request.form.get("next", "")))


@bp.post("/sign-out")
@needs(Right.NOTHING)
def post_sign_out() -> Response:
    """End the session."""
    try:
        moderator, session = visits.current()
        sessions.end(caller.core(), moderator, session.id)
    except NotSignedIn:
        pass  # it was over already
    return visits.leave()


def _refused(refused: DomainError, name: str = "") -> Response:
    explanation = pages.explain(refused)
    more = f" {explanation.detail}" if isinstance(refused, TooMany) else ""
    page = _sign_in_page(name, f"{explanation.title}.{more}")
    return make_response(page, explanation.status, explanation.headers)


def _welcome_page(token: str, fault: str = "") -> str:
    return render_template(
        "review/welcome.html",
        invited=accounts.invited(caller.core(), token),
        fault=fault,
        least=accounts.MIN_PASSWORD,
    )


def _sign_in_page(name: str = "", fault: str = "") -> str:
    return render_template(
        "review/sign-in.html",
        name=name,
        fault=fault,
        next=visits.desk_address(request.values.get("next", "")),
    )
