"""A moderator's own account: password, second factors, sessions and mails."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from service.desk.account import accounts, entrance, factors, passkeys, profile
from service.domain.errors import (
    AppThere,
    DomainError,
    Invalid,
    PasskeyRefused,
    WrongCode,
)
from service.domain.moderator import Letters
from service.domain.session import Step
from service.store.accounts import factors as kept_factors
from service.store.accounts import passkeys as kept_passkeys
from service.store.accounts import sessions
from service.store.site import wishes
from service.web.api import present
from service.web.desk.account import qr, visits
from service.web.desk.account.rights import Right, needs
from service.web.http import caller, pages

bp = Blueprint("account", __name__, url_prefix="/account")

SAYINGS = {
    "password": "Your password is changed; all other sessions are over.",
    "app": "The app is no longer asked for.",
    "passkey": "The passkey is set up.",
    "forgotten": "The passkey is no longer accepted.",
    "session": "The session is over.",
    "sessions": "All other sessions are over.",
    "letters": "Kept.",
}


@bp.get("")
@needs(Right.SETUP)
def get_account() -> str:
    """Show one's own account."""
    return _page()


@bp.post("/password")
@needs(Right.OWN_ACCOUNT)
def post_password() -> Response:
    """Change the password."""
    moderator, session = visits.present()
    old, new = request.form.get("old", ""), request.form.get("password", "")
    try:
        entrance.limit(caller.core(), moderator, visits.visit())
        profile.change_password(caller.core(), moderator, old, new, session.id)
    except Invalid as wrong:
        return _again(wrong)
    return _back("password")


@bp.post("/app")
@needs(Right.SETUP)
def post_app() -> Response:
    """Set an authenticator app up, once it has shown that it has the secret; show the codes."""
    moderator, session = visits.present()
    core, nonce = caller.core(), request.form.get("nonce", "")
    try:
        _vouch()
        codes = factors.set_up(core, moderator, nonce, request.form.get("code", ""))
    except (Invalid, WrongCode, AppThere) as wrong:
        return _again(wrong, nonce=nonce)
    return _inside(session.step, codes)


@bp.post("/app/remove")
@needs(Right.OWN_ACCOUNT)
def post_app_remove() -> Response:
    """Forget the app and the recovery codes; asks for the password again."""
    moderator, _ = visits.present()
    try:
        _vouch()
    except Invalid as wrong:
        return _again(wrong)
    kept_factors.clear(caller.core().redis, moderator.name)
    return _back("app")


@bp.post("/codes")
@needs(Right.OWN_ACCOUNT)
def post_codes() -> Response:
    """Make new recovery codes; asks for the password again."""
    moderator, session = visits.present()
    try:
        _vouch()
    except Invalid as wrong:
        return _again(wrong)
    return _inside(session.step, factors.new_codes(caller.core(), moderator))


@bp.post("/passkeys/options")
@needs(Right.SETUP)
def post_passkey_options() -> Response:
    """Give the browser what to make a passkey of; asks for the password before a device does."""
    moderator, session = visits.present()
    _vouch()
    options = passkeys.offer(caller.core(), moderator, session)
    return Response(options, content_type="application/json")


@bp.post("/passkeys")
@needs(Right.SETUP)
def post_passkey() -> Response:
    """Keep a new passkey; the first factor comes with recovery codes."""
    moderator, session = visits.present()
    core, label = caller.core(), request.form.get("label", "") or session.device
    try:
        entrance.insist_on_the_first(core, moderator, session)
        passkeys.register(core, moderator, session, request.form.get("credential", ""), label)
    except PasskeyRefused as refused:
        return _again(refused)
    has_codes = bool(kept_factors.codes_left(core.redis, moderator.name))
    return (
        _back("passkey") if has_codes else _inside(session.step, factors.new_codes(core, moderator))
    )


@bp.post("/passkeys/remove")
@needs(Right.OWN_ACCOUNT)
def post_passkey_remove() -> Response:
    """Forget a passkey; asks for the password again."""
    moderator, _ = visits.present()
    try:
        _vouch()
    except Invalid as wrong:
        return _again(wrong, chosen=request.form.get("passkey", ""))
    kept_passkeys.remove(caller.core().redis, moderator.name, request.form.get("passkey", ""))
    return _back("forgotten")


@bp.post("/sessions/end")
@needs(Right.OWN_ACCOUNT)
def post_sessions_end() -> Response:
    """End one session, or all but this one."""
    moderator, session = visits.present()
    which = request.form.get("session", "")
    if not which:
        sessions.end_all(caller.core().redis, moderator.name, but=session.id)
        return _back("sessions")
    sessions.end(caller.core().redis, moderator.name, which)
    return _back("session")


@bp.post("/letters")
@needs(Right.OWN_ACCOUNT)
def post_letters() -> Response:
    """Keep where and about what to write."""
    moderator, _ = visits.present()
    wanted = tuple(one for one in Letters if one.value in request.form.getlist("letters"))
    try:
        profile.want_letters(caller.core(), moderator, request.form.get("email", ""), wanted)
    except Invalid as wrong:
        return _again(wrong)
    return _back("letters")


def _vouch() -> None:
    moderator, session = visits.present()
    typed = request.form.get("password", "")
    entrance.vouch(caller.core(), moderator, session, typed, visits.visit())


def _inside(step: Step, codes: list[str]) -> Response:
    """Show new recovery codes, once; who had to set up a factor is inside from here on."""
    moderator, session = visits.present()
    page = render_template("review/codes.html", codes=codes, moderator=moderator)
    if step is Step.INSIDE:
        return make_response(page)
    sessions.end(caller.core().redis, moderator.name, session.id)
    entry = entrance.open_session(caller.core(), moderator, visits.visit())
    return visits.carry(entry, make_response(page))


def _back(said: str) -> Response:
    return make_response(redirect(url_for(".get_account", said=said), 303))


def _again(wrong: DomainError, **more: Any) -> Response:
    told = pages.explain(wrong)
    named = wrong.faults if isinstance(wrong, Invalid) else ()
    faults = {fault.field: fault.detail for fault in named} or {"code": f"{told.title}."}
    return make_response(_page(faults=faults, where=request.endpoint, **more), told.status)


def _page(nonce: str = "", **more: Any) -> str:
    core, (moderator, session) = caller.core(), visits.present()
    us = passkeys.party(core.public_url)
    has_app = factors.has_app(core, moderator)
    return render_template(
        "review/account.html",
        moderator=moderator,
        session=session,
        is_inside=session.step is Step.INSIDE,
        said=SAYINGS.get(request.args.get("said", ""), ""),
        setup=None if has_app else factors.offer(core, moderator, nonce),
        codes_left=kept_factors.codes_left(core.redis, moderator.name),
        square=qr.square,
        passkeys=kept_passkeys.of(core.redis, moderator.name),
        passkeys_at=us.origin,
        is_there=us.origin == request.host_url.rstrip("/"),
        sessions=sessions.every(core.redis, moderator.name),
        required=wishes.wants_second_factor(core.redis),
        letters=list(Letters),
        least=accounts.MIN_PASSWORD,
        since=present.since,
        now=core.now(),
        faults=more.pop("faults", {}),
        where=more.pop("where", ""),
        chosen=more.pop("chosen", ""),
    )
