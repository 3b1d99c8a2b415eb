"""The page of a moderator's own account: password, second factors, sessions and mails."""

from dataclasses import dataclass, field

from babel.dates import format_timedelta
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import (
    accounts,
    entrance,
    factors,
    overview,
    passkeys,
    profile,
    sessions,
)
from service.desk.account.factors import AppSetup
from service.desk.account.overview import OwnAccount
from service.domain.errors import (
    AppThere,
    DomainError,
    Invalid,
    PasskeyRefused,
    WrongCode,
)
from service.domain.moderator import Letters
from service.domain.session import Session, Step
from service.web.desk.account import qr, visits
from service.web.desk.account.qr import QrCode
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, pages

bp = Blueprint("account", __name__, url_prefix="/account")

MESSAGES = {
    "password": "Your password is changed; all other sessions are over.",
    "app": "The app is no longer asked for.",
    "passkey": "The passkey is set up.",
    "forgotten": "The passkey is no longer accepted.",
    "session": "The session is over.",
    "sessions": "All other sessions are over.",
    "letters": "Kept.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """The content of the page; passkeys work only at `origin`.

    `faults` belong to the form of the view `refused`; `chosen` is the passkey in that form.
    """

    session: Session
    account: OwnAccount
    setup: AppSetup | None
    origin: str
    requires_second_factor: bool
    message: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    refused: str | None = None
    chosen: str = ""
    min_password: int = accounts.MIN_PASSWORD
    idle: str = ""
    longest: str = format_timedelta(sessions.LASTS, locale="en")

    @property
    def is_inside(self) -> bool:
        """Whether the moderator is fully signed in, not still setting up a second factor."""
        return self.session.step is Step.INSIDE

    @property
    def is_at_origin(self) -> bool:
        """Whether passkeys work at the address that the browser shows."""
        return self.origin == request.host_url.rstrip("/")

    @property
    def qr_code(self) -> QrCode | None:
        """The QR code of the offered app secret."""
        return qr.draw(self.setup.address) if self.setup else None

    def fault(self, name: str, view: str) -> str:
        """Return the fault of a field in the form of a view."""
        return self.faults.get(name, "") if self.refused == f"review.account.{view}" else ""


@bp.get("")
@needs(Right.SETUP)
def get_account() -> str:
    """Show the moderator's own account."""
    return render_template("review/account.html", page=_page())


@bp.post("/password")
@needs(Right.OWN_ACCOUNT)
def post_password() -> Response:
    """Change the password."""
    moderator, session = visits.current()
    old, new = request.form.get("old", ""), request.form.get("password", "")
    try:
        entrance.limit(caller.core(), moderator, visits.visit())
        profile.change_password(caller.core(), moderator, old, new, session.id)
    except Invalid as wrong:
        return _refused(wrong)
    return _done("password")


@bp.post("/app")
@needs(Right.SETUP)
def post_app() -> Response:
    """Set up an authenticator app that has proved its secret, and show recovery codes."""
    moderator, session = visits.current()
    core, nonce = caller.core(), request.form.get("nonce", "")
    try:
        _vouch()
        codes = factors.set_up(core, moderator, nonce, request.form.get("code", ""))
    except (Invalid, WrongCode, AppThere) as wrong:
        return _refused(wrong, nonce=nonce)
    return _show_codes(session.step, codes)


@bp.post("/app/remove")
@needs(Right.OWN_ACCOUNT)
def post_app_remove() -> Response:
    """Remove the app and the recovery codes, after checking the password again."""
    moderator, _ = visits.current()
    try:
        _vouch()
    except Invalid as wrong:
        return _refused(wrong)
    factors.remove_app(caller.core(), moderator)
    return _done("app")


@bp.post("/codes")
@needs(Right.OWN_ACCOUNT)
def post_codes() -> Response:
    """Create new recovery codes, after checking the password again."""
    moderator, session = visits.current()
    try:
        _vouch()
    except Invalid as wrong:
        return _refused(wrong)
    return _show_codes(session.step, factors.new_codes(caller.core(), moderator))


@bp.post("/passkeys/options")
@needs(Right.SETUP)
def post_passkey_options() -> Response:
    """Return the options for a new passkey, after checking the password."""
    moderator, session = visits.current()
    _vouch()
    options = passkeys.offer(caller.core(), moderator, session)
    return Response(options, content_type="application/json")


@bp.post("/passkeys")
@needs(Right.SETUP)
def post_passkey() -> Response:
    """Store a new passkey; the first factor comes with recovery codes."""
    moderator, session = visits.current()
    core, label = caller.core(), request.form.get("label", "") or session.device
    try:
        entrance.check_is_first_factor(core, moderator, session)
        passkeys.register(core, moderator, session, request.form.get("credential", ""), label)
    except PasskeyRefused as refused:
        return _refused(refused)
    if factors.has_codes(core, moderator):
        return _done("passkey")
    return _show_codes(session.step, factors.new_codes(core, moderator))


@bp.post("/passkeys/remove")
@needs(Right.OWN_ACCOUNT)
def post_passkey_remove() -> Response:
    """Remove a passkey, after checking the password again."""
    moderator, _ = visits.current()
    passkey = request.form.get("passkey", "")
    try:
        _vouch()
    except Invalid as wrong:
        return _refused(wrong, chosen=passkey)
    passkeys.remove(caller.core(), moderator, passkey)
    return _done("forgotten")


@bp.post("/sessions/end")
@needs(Right.OWN_ACCOUNT)
def post_sessions_end() -> Response:
    """End one session, or all except this one."""
    moderator, session = visits.current()
    chosen = request.form.get("session", "")
    if not chosen:
        sessions.end_others(caller.core(), moderator, session)
        return _done("sessions")
    sessions.end(caller.core(), moderator, chosen)
    return _done("session")


@bp.post("/letters")
@needs(Right.OWN_ACCOUNT)
def post_letters() -> Response:
    """Store the e-mail address and the subscriptions."""
    moderator, _ = visits.current()
    kinds = tuple(kind for kind in Letters if kind.value in request.form.getlist("letters"))
    try:
        profile.want_letters(caller.core(), moderator, request.form.get("email", ""), kinds)
    except Invalid as wrong:
        return _refused(wrong)
    return _done("letters")


def _vouch() -> None:
    moderator, session = visits.current()
    typed = request.form.get("password", "")
    entrance.vouch(caller.core(), moderator, session, typed, visits.visit())


def _show_codes(step: Step, codes: list[str]) -> Response:
    """Show new recovery codes once; a moderator setting up their first factor is then signed in."""
    moderator, session = visits.current()
    response = make_response(render_template("review/codes.html", codes=codes))
    if step is Step.INSIDE:
        return response
    sessions.end(caller.core(), moderator, session.id)
    opened = sessions.open_session(caller.core(), moderator, visits.visit())
    return visits.set_cookies(opened, response)


def _done(message: str) -> Response:
    return make_response(redirect(url_for(".get_account", said=message), 303))


def _refused(wrong: DomainError, nonce: str = "", chosen: str = "") -> Response:
    explanation = pages.explain(wrong)
    by_field = wrong.faults if isinstance(wrong, Invalid) else ()
    faults = {fault.field: fault.detail for fault in by_field}
    page = _page(nonce, faults or {"code": f"{explanation.title}."}, chosen)
    return make_response(render_template("review/account.html", page=page), explanation.status)


def _page(nonce: str = "", faults: dict[str, str] | None = None, chosen: str = "") -> AccountPage:
    core, (moderator, session) = caller.core(), visits.current()
    account = overview.own_account(core, moderator)
    return AccountPage(
        session=session,
        account=account,
        setup=None if account.has_app else factors.offer(core, moderator, nonce),
        origin=passkeys.relying_party(core.public_url).origin,
        requires_second_factor=profile.requires_second_factor(core),
        message=MESSAGES.get(request.args.get("said", ""), ""),
        faults=faults or {},
        refused=request.endpoint,
        chosen=chosen,
        idle=format_timedelta(core.session_idle, threshold=1.5, locale="en"),
    )
