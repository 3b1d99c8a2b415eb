"""Moderators: their accounts, and their one-time links, stored only as hashes."""

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
    """Store a new account; False if there is one by that name."""
    text = ADAPTER.dump_json(moderator).decode()
    return bool(redis.hsetnx(keys.MODERATORS, moderator.name, text))


def revise(
    redis: Redis, name: str, change: Callable[[Moderator], Moderator]
) -> tuple[Moderator, Moderator]:
    """Change an account without losing concurrent changes; return it before and after.

    Only the current account is changed: no request can restore rights that were taken away
    meanwhile, or an account that was removed.

    :raises ModeratorNotFound: there is no such account, or no longer.
    :raises ChangedMeanwhile: concurrent changes went on and on.
    """
    revised = entries.revise(redis, keys.MODERATORS, name, ADAPTER, change)
    if revised is None:
        raise ModeratorNotFound(name)
    return revised


def find(redis: Redis, name: str) -> Moderator | None:
    """Read an account, None if there is none."""
    text = cast("str | None", redis.hget(keys.MODERATORS, name))
    return ADAPTER.validate_json(text) if text else None


def is_same(redis: Redis, moderator: Moderator) -> bool:
    """Return whether an account still exists with the same password."""
    account = find(redis, moderator.name)
    return account is not None and account.password == moderator.password


def every(redis: Redis) -> list[Moderator]:
    """Read all accounts, by name."""
    texts = cast("dict[str, str]", redis.hgetall(keys.MODERATORS))
    return [ADAPTER.validate_json(texts[name]) for name in sorted(texts)]


def remove(redis: Redis, name: str) -> bool:
    """Delete an account; its sessions end with its next request."""
    redis.hdel(keys.INVITED, name)
    return bool(redis.hdel(keys.MODERATORS, name))


def invite(redis: Redis, token: str, name: str) -> None:
    """Store a one-time link to an account; an earlier link to it becomes invalid."""
    redis.set(keys.invitation(digest(token)), name, px=INVITATION_LASTS)
    redis.hset(keys.INVITED, name, digest(token))


def invited(redis: Redis, token: str) -> Moderator:
    """Read the account of a one-time link without using the link up.

    :raises InvitationOver: the link was used, has expired, or was replaced by another.
    """
    return _invited(redis, cast("str | None", redis.get(keys.invitation(digest(token)))), token)


def redeem(redis: Redis, token: str) -> Moderator:
    """Use up a one-time link and return its account, with the current role and sites.

    :raises InvitationOver: the link was used, has expired, or was replaced by another.
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
