"""Moderators: their accounts, and the one-time links to them, kept only as hashes."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.errors import InvitationOver, ModeratorNotFound
from service.domain.moderator import Moderator
from service.store import entries, keys
from service.store.accounts.sessions import digest

ADAPTER = TypeAdapter(Moderator)
INVITATION_LASTS = timedelta(days=7)


def add(redis: Redis, moderator: Moderator) -> bool:
    """Keep a new account; False where there is one of that name."""
    text = ADAPTER.dump_json(moderator).decode()
    return bool(redis.hsetnx(keys.MODERATORS, moderator.name, text))


def revise(
    redis: Redis, name: str, change: Callable[[Moderator], Moderator]
) -> tuple[Moderator, Moderator]:
    """Change something of an account; gives what it was and what it is.

    Only what is there at this moment is changed: nobody gets back what was taken from them while
    they were asking, nor comes back once they are removed.

    :raises ModeratorNotFound: there is no such account, or no longer.
    :raises ChangedMeanwhile: it is changed again and again.
    """
    revised = entries.revise(redis, keys.MODERATORS, name, ADAPTER, change)
    if revised is None:
        raise ModeratorNotFound(name)
    return revised


def find(redis: Redis, name: str) -> Moderator | None:
    """Read an account, None where there is none."""
    text = cast("str | None", redis.hget(keys.MODERATORS, name))
    return ADAPTER.validate_json(text) if text else None


def is_same(redis: Redis, moderator: Moderator) -> bool:
    """Tell whether an account still exists with the same password."""
    account = find(redis, moderator.name)
    return account is not None and account.password == moderator.password


def every(redis: Redis) -> list[Moderator]:
    """Read all accounts, by name."""
    texts = cast("dict[str, str]", redis.hgetall(keys.MODERATORS))
    return [ADAPTER.validate_json(texts[name]) for name in sorted(texts)]


def remove(redis: Redis, name: str) -> bool:
    """Forget an account; its sessions end with its next request."""
    redis.hdel(keys.INVITED, name)
    return bool(redis.hdel(keys.MODERATORS, name))


def invite(redis: Redis, token: str, name: str) -> None:
    """Keep whom a one-time link is for; an earlier link to the same account ends."""
    redis.set(keys.invitation(digest(token)), name, px=INVITATION_LASTS)
    redis.hset(keys.INVITED, name, digest(token))


def invited(redis: Redis, token: str) -> Moderator:
    """Tell whom a one-time link is for, without using it up.

    :raises InvitationOver: the link was used, is too old, or another was made since.
    """
    return _invited(redis, cast("str | None", redis.get(keys.invitation(digest(token)))), token)


def redeem(redis: Redis, token: str) -> Moderator:
    """Use up a one-time link and tell whom it was for, with their present role and sites.

    :raises InvitationOver: the link was used, is too old, or another was made since.
    """
    name = cast("str | None", redis.getdel(keys.invitation(digest(token))))
    moderator = _invited(redis, name, token)
    redis.hdel(keys.INVITED, moderator.name)
    return moderator


def _invited(redis: Redis, name: str | None, token: str) -> Moderator:
    account = find(redis, name) if name else None
    if account is None or redis.hget(keys.INVITED, account.name) != digest(token):
        raise InvitationOver
    return account
