"""A moderator's browser: the cookies by which we know session and device, and what it is called."""

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
# In this order: each names itself after the ones below it too.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
MAX_AGENT = 300


def current() -> tuple[Moderator, Session]:
    """Give the moderator who asks and their session, even if a factor is still missing.

    :raises NotSignedIn: there is no session, or it is over.
    """
    if "session" not in g:
        g.session = sessions.find(caller.core(), request.cookies.get(_cookie(), ""))
    current_session: tuple[Moderator, Session] = g.session
    return current_session


def moderator() -> Moderator:
    """Give the moderator who asks.

    :raises NotSignedIn: there is no session, it is over, or a second factor is still missing.
    """
    account, session = current()
    if session.step is not Step.INSIDE:
        raise NotSignedIn
    return account


def visit() -> Visit:
    """Tell where the request comes from."""
    return Visit(
        address=caller.address(),
        device=device(request.user_agent),
        known=request.cookies.get(_cookie("-device"), ""),
    )


def device(agent: UserAgent) -> str:
    """Name a device as its owner would, e.g. "Firefox on Linux"; more of it is not kept."""
    text = agent.string[:MAX_AGENT]
    system = next((name for name in SYSTEMS if name in text), "another system")
    other = "Safari" if "Safari/" in text else "Another browser"
    browser = next((name for mark, name in BROWSERS if mark in text), other)
    return f"{browser} on {'Mac' if system == 'Macintosh' else system}"


def enter(opened: OpenedSession, address: str) -> Response:
    """Lead somebody who signs in to where they wanted to go, or to what is missing yet."""
    missing = {
        Step.SECOND: url_for("review.second.get_second", next=address),
        Step.SETUP: url_for("review.account.get_account"),
    }
    response = make_response(redirect(missing.get(opened.session.step, address), 303))
    return set_cookies(opened, response)


def set_cookies(opened: OpenedSession, response: Response) -> Response:
    """Let an answer bring the cookies of a session."""
    _set_cookie(response, _cookie(), opened.token, int(sessions.LASTS.total_seconds()))
    if opened.device:
        _set_cookie(response, _cookie("-device"), opened.device, DEVICE_LASTS)
    return response


def leave() -> Response:
    """Lead out, without the session's cookie."""
    response = make_response(redirect(url_for("review.sessions.get_sign_in"), 303))
    response.delete_cookie(_cookie(), path="/", secure=_is_secure(), httponly=True)
    return response


def desk_address(wanted: str) -> str:
    """Give an address of the desk, whatever was wanted; "//elsewhere" is another host."""
    desk = url_for("review.queue.get_sites")
    is_ours = wanted.startswith(desk) and "\\" not in wanted and "//" not in wanted
    return wanted if is_ours else desk


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
    # The prefix makes a browser insist on https, on this host and on the whole path (RFC 6265bis).
    return f"__Host-folkmoot{suffix}" if _is_secure() else f"folkmoot{suffix}"
