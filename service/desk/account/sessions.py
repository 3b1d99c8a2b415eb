"""Sessions: opened under a fresh token, found by it, and ended by their owner."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from service.core import Core
from service.desk.account import continuity, devices
from service.desk.account.devices import Visit
from service.domain.errors import NotSignedIn
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.store.accounts import moderators, sessions

LASTS = sessions.LASTS
# How long a proof is enough for what gives others power over the installation.
FRESH = timedelta(minutes=5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session with its token, and the token that identifies the device."""

    token: str
    session: Session
    device: str = ""


def open_session(
    core: Core, moderator: Moderator, visit: Visit, step: Step = Step.INSIDE
) -> OpenedSession:
    """Open a session under a fresh random token.

    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    token, now = secrets.token_urlsafe(24), core.now()
    session = Session(
        id=sessions.digest(token),
        moderator=moderator.name,
        opened=now,
        seen=now,
        device=visit.device,
        step=step,
        proved=now if step is Step.INSIDE else None,
    )
    sessions.put(core.redis, session)
    continuity.insist(core, moderator, partial(end, core, moderator, session.id))
    device = devices.new_token(core, moderator.name) if step is Step.INSIDE else ""
    # Who is refused is logged with all refusals of the desk.
    log.info("signed in", who=moderator.name, step=step.value)
    return OpenedSession(token, session, device)


def find(core: Core, token: str, *, is_active: bool = True) -> tuple[Moderator, Session]:
    """Return a token's session and its moderator, with their current role and sites.

    Only an active request, one that a person has made, keeps the session from becoming idle.

    :raises NotSignedIn: there is no such session, it has expired, or was idle for too long.
    """
    session = sessions.find(core.redis, token)
    moderator = moderators.find(core.redis, session.moderator) if session else None
    if session is None or moderator is None:
        raise NotSignedIn
    if is_idle(core, session):
        end(core, moderator, session.id)
        raise NotSignedIn
    if is_active:
        sessions.see(core.redis, session, core.now())
    return moderator, session


def is_idle(core: Core, session: Session) -> bool:
    """Tell whether a session was not used for longer than the installation allows."""
    return core.now() - session.seen > core.session_idle


def is_fresh(core: Core, session: Session) -> bool:
    """Tell whether a session's owner has proved a moment ago who they are."""
    return session.proved is not None and core.now() - session.proved <= FRESH


def prove(core: Core, session: Session) -> None:
    """Store that a session's owner has just proved who they are."""
    sessions.prove(core.redis, session, core.now())


def end(core: Core, moderator: Moderator, session_id: str) -> None:
    """End one of a moderator's own sessions; anybody else's stays open."""
    sessions.end(core.redis, moderator.name, session_id)


def end_others(core: Core, moderator: Moderator, session: Session) -> None:
    """End all sessions of a moderator except this one."""
    sessions.end_all(core.redis, moderator.name, but=session.id)
