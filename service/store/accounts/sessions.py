"""Sessions: stored under the hash of their token, and listed by moderator."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter, ValidationError
from redis import Redis

from service.domain import moments
from service.domain.session import Session, Step
from service.store import keys

ADAPTER = TypeAdapter(Session)
LASTS = timedelta(hours=12)
# Long enough to fetch a phone; short enough if somebody types a password and walks away.
HALF_LASTS = timedelta(minutes=10)
# "Last seen" is for people, so not every request writes it.
SEEN_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """Return the digest under which a secret is stored; the secret itself is not."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:32]


def put(redis: Redis, session: Session) -> None:
    """Store a new session."""
    lasts = LASTS if session.step is Step.INSIDE else HALF_LASTS
    place = keys.sessions(digest(session.moderator))
    # The list first: a session that is not listed could not be ended.
    redis.zadd(place, {session.id: moments.to_ms(session.opened)})
    redis.pexpire(place, LASTS)
    redis.set(keys.session(session.id), ADAPTER.dump_json(session), px=lasts)


def find(redis: Redis, token: str) -> Session | None:
    """Read the session of a token."""
    return _read(cast("str | None", redis.get(keys.session(digest(token))))) if token else None


def see(redis: Redis, session: Session, now: datetime) -> None:
    """Update when a session was last seen; one that has ended meanwhile stays ended."""
    if now - session.seen >= SEEN_EVERY:
        _write(redis, replace(session, seen=now))


def prove(redis: Redis, session: Session, now: datetime) -> None:
    """Store that a session's owner has proved who they are."""
    _write(redis, replace(session, seen=now, proved=now))


def every(redis: Redis, moderator: str) -> list[Session]:
    """List a moderator's sessions, the most recently used first."""
    ids = cast("list[str]", redis.zrange(keys.sessions(digest(moderator)), 0, -1))
    sessions = (_read(cast("str | None", redis.get(keys.session(id_)))) for id_ in ids)
    inside = [session for session in sessions if session and session.step is Step.INSIDE]
    return sorted(inside, key=lambda session: session.seen, reverse=True)


def end(redis: Redis, moderator: str, session: str) -> bool:
    """End one of a moderator's sessions; False if it was not theirs."""
    if not redis.zrem(keys.sessions(digest(moderator)), session):
        return False
    redis.delete(keys.session(session))
    return True


def end_all(redis: Redis, moderator: str, but: str = "") -> int:
    """End all sessions of a moderator, except `but`; count the ended ones."""
    ids = cast("list[str]", redis.zrange(keys.sessions(digest(moderator)), 0, -1))
    return sum(end(redis, moderator, id_) for id_ in ids if id_ != but)


def _write(redis: Redis, session: Session) -> None:
    # One that has ended meanwhile stays ended.
    redis.set(keys.session(session.id), ADAPTER.dump_json(session), xx=True, keepttl=True)


def _read(text: str | None) -> Session | None:
    try:
        return ADAPTER.validate_json(text) if text else None
    except ValidationError:
        return None  # written by an earlier version: no longer valid
