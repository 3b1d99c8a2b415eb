"""Moderators' browsers: the cookies of session and device, and the device's name."""

import re

from flask import Response, g, make_response, redirect, request, url_for
from werkzeug.user_agent import UserAgent

from service.desk.account import sessions
from service.desk.account.devices import Visit
from service.desk.account.sessions import OpenedSession
from service.domain.errors import NotSignedIn
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.web.http import caller

DEVICE_LASTS = 180 * 86_400
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")
# Order matters: each user agent also names the browsers below it.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
MAX_AGENT = 300
# Pages ask this by themselves, even where nobody sits any more.
UNATTENDED = frozenset({"review.pulse.get_pulse"})
# Our own addresses need no more. Whatever browsers read as another host ("//evil", "/\\evil", and
# both with tabs or line breaks inside), as a way up ("..") or as a header's end is not among them.
PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._~-]*(?:/(?=.)|$))*")
QUERY = re.compile(r"[!-\[\]-~]*")
MAX_ADDRESS = 2000


def current() -> tuple[Moderator, Session]:
    """Return the calling moderator and their session, even if a factor is still missing.

    :raises NotSignedIn: there is no session, or it has expired.
    """
    if "session" not in g:
        token, is_active = request.cookies.get(_cookie(), ""), request.endpoint not in UNATTENDED
        g.session = sessions.find(caller.core(), token, is_active=is_active)
    current_session: tuple[Moderator, Session] = g.session
    return current_session


def moderator() -> Moderator:
    """Return the calling moderator.

    :raises NotSignedIn: there is no session, it has expired, or a second factor is missing.
    """
    account, session = current()
    if session.step is not Step.INSIDE:
        raise NotSignedIn
    return account


def visit() -> Visit:
    """Return the origin of the request."""
    return Visit(
        address=caller.address(),
        device=device(request.user_agent),
        known=request.cookies.get(_cookie("-device"), ""),
    )


def device(agent: UserAgent) -> str:
    """Name a device as its owner would, e.g. "Firefox on Linux"; nothing more is stored."""
    text = agent.string[:MAX_AGENT]
    system = next((name for name in SYSTEMS if name in text), "another system")
    other = "Safari" if "Safari/" in text else "Another browser"
    browser = next((name for mark, name in BROWSERS if mark in text), other)
    return f"{browser} on {'Mac' if system == 'Macintosh' else system}"


def enter(opened: OpenedSession, address: str) -> Response:
    """Redirect after sign-in to the requested page, or to the missing factor."""
    missing = {
        Step.SECOND: url_for("review.second.get_second", next=address),
        Step.SETUP: url_for("review.account.get_account"),
    }
    response = make_response(redirect(missing.get(opened.session.step, address), 303))
    return set_cookies(opened, response)


def set_cookies(opened: OpenedSession, response: Response) -> Response:
    """Set the cookies of a session on a response."""
    _set_cookie(response, _cookie(), opened.token, int(sessions.LASTS.total_seconds()))
    if opened.device:
        _set_cookie(response, _cookie("-device"), opened.device, DEVICE_LASTS)
    return response


def leave() -> Response:
    """Redirect to the sign-in page; delete the session's cookie and what the browser has cached."""
    response = make_response(redirect(url_for("review.sessions.get_sign_in"), 303))
    response.headers["Clear-Site-Data"] = '"cache"'
    response.delete_cookie(_cookie(), path="/", secure=_is_secure(), httponly=True)
    return response


def desk_address(requested: str) -> str:
    """Return the requested address if it is one of the desk's, else the desk's first page."""
    desk = url_for("review.queue.get_sites")
    path, _, query = requested.partition("?")
    rest = path.removeprefix(desk)
    is_ours = path.startswith(desk) and PATH.fullmatch(rest) and QUERY.fullmatch(query)
    return requested if is_ours and len(requested) <= MAX_ADDRESS else desk


def _set_cookie(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=_is_secure(),
        samesite="Strict",
    )


def _is_secure() -> bool:
    return caller.core().public_url.startswith("https://")


def _cookie(suffix: str = "") -> str:
    # The prefix makes browsers require https, this host and the whole path (RFC 6265bis).
    return f"__Host-folkmoot{suffix}" if _is_secure() else f"folkmoot{suffix}"
