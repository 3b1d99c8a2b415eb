"""A moderator's browser: the cookies by which we know session and device, and what it is called."""

from flask import Response, g, make_response, redirect, request, url_for
from werkzeug.user_agent import UserAgent

from service.desk.account import entrance
from service.desk.account.entrance import Entry, Visit
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.store.accounts import sessions
from service.web.http import caller

DEVICE_LASTS = 180 * 86_400
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")
# In this order: each names itself after the ones below it too.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
MAX_AGENT = 300


def present() -> tuple[Moderator, Session]:
    """Give the moderator who asks and his session, however far he has come in.

    :raises NotSignedIn: there is no session, or it is over.
    """
    if "present" not in g:
        g.present = entrance.present(caller.core(), request.cookies.get(_name(), ""))
    found: tuple[Moderator, Session] = g.present
    return found


def visit() -> Visit:
    """Tell who knocks."""
    return Visit(
        address=caller.address(),
        device=device(request.user_agent),
        known=request.cookies.get(_name("-device"), ""),
    )


def device(agent: UserAgent) -> str:
    """Name a device as its owner would, e.g. "Firefox on Linux"; more of it is not kept."""
    text = agent.string[:MAX_AGENT]
    system = next((name for name in SYSTEMS if name in text), "another system")
    other = "Safari" if "Safari/" in text else "Another browser"
    browser = next((name for mark, name in BROWSERS if mark in text), other)
    return f"{browser} on {'Mac' if system == 'Macintosh' else system}"


def enter(entry: Entry, there: str) -> Response:
    """Let somebody in: to where he wanted, or to what is missing yet."""
    missing = {
        Step.SECOND: url_for("review.second.get_second", next=there),
        Step.SETUP: url_for("review.account.get_account"),
    }
    return carry(entry, make_response(redirect(missing.get(entry.session.step, there), 303)))


def carry(entry: Entry, response: Response) -> Response:
    """Let an answer carry the cookies of a session."""
    _keep(response, _name(), entry.token, int(sessions.LASTS.total_seconds()))
    if entry.device:
        _keep(response, _name("-device"), entry.device, DEVICE_LASTS)
    return response


def leave() -> Response:
    """Lead out, without the session's cookie."""
    response = make_response(redirect(url_for("review.sessions.get_sign_in"), 303))
    response.delete_cookie(_name(), path="/", secure=_is_secure(), httponly=True)
    return response


def local(there: str) -> str:
    """Give an address of the desk; "//elsewhere" is another host to a browser."""
    desk = url_for("review.get_sites")
    return there if there.startswith(desk) and "\\" not in there and "//" not in there else desk


def _keep(response: Response, name: str, value: str, seconds: int) -> None:
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


def _name(what: str = "") -> str:
    # The prefix makes a browser insist on https, on this host and on the whole path (RFC 6265bis).
    return f"__Host-folkmoot{what}" if _is_secure() else f"folkmoot{what}"
