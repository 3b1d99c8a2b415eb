"""Moderators: their accounts, one-time links and sessions. Tokens are kept only as hashes."""

import hashlib
from datetime import timedelta
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.errors import InvitationOver, NotSignedIn
from service.domain.moderator import Moderator
from service.store import keys

ADAPTER = TypeAdapter(Moderator)
INVITATION_LASTS = timedelta(days=7)
SESSION_LASTS = timedelta(hours=12)


def put(redis: Redis, moderator: Moderator) -> None:
    """Keep an account."""
    redis.hset(keys.MODERATORS, moderator.name, ADAPTER.dump_json(moderator).decode())


def find(redis: Redis, name: str) -> Moderator | None:
    """Read an account, None where there is none."""
    found = cast("str | None", redis.hget(keys.MODERATORS, name))
    return ADAPTER.validate_json(found) if found else None


def every(redis: Redis) -> list[Moderator]:
    """Read all accounts, by name."""
    found = cast("dict[str, str]", redis.hgetall(keys.MODERATORS))
    return [ADAPTER.validate_json(found[name]) for name in sorted(found)]


def remove(redis: Redis, name: str) -> bool:
    """Forget an account; its sessions end with its next request."""
    return bool(redis.hdel(keys.MODERATORS, name))


def invite(redis: Redis, token: str, moderator: Moderator) -> None:
    """Keep whom a one-time link is for."""
    value = ADAPTER.dump_json(moderator).decode()
    redis.set(keys.invitation(_digest(token)), value, px=INVITATION_LASTS)


def invited(redis: Redis, token: str) -> Moderator:
    """Tell whom a one-time link is for, without using it up.

    :raises InvitationOver: the link was used or is too old.
    """
    found = cast("str | None", redis.get(keys.invitation(_digest(token))))
    if found is None:
        raise InvitationOver
    return ADAPTER.validate_json(found)


def redeem(redis: Redis, token: str) -> Moderator:
    """Use a one-time link up and tell whom it was for.

    :raises InvitationOver: the link was used or is too old.
    """
    found = cast("str | None", redis.getdel(keys.invitation(_digest(token))))
    if found is None:
        raise InvitationOver
    return ADAPTER.validate_json(found)


def sign_in(redis: Redis, token: str, name: str) -> None:
    """Open a session under a fresh random token."""
    redis.set(keys.session(_digest(token)), name, px=SESSION_LASTS)


def signed_in(redis: Redis, token: str) -> Moderator:
    """Tell whose session a token is; roles and sites are those of this moment.

    :raises NotSignedIn: there is no such session, or its moderator has gone.
    """
    name = cast("str | None", redis.get(keys.session(_digest(token)))) if token else None
    moderator = find(redis, name) if name else None
    if moderator is None:
        raise NotSignedIn
    return moderator


def sign_out(redis: Redis, token: str) -> None:
    """End a session."""
    redis.delete(keys.session(_digest(token)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:32]
