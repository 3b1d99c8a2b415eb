"""Passkeys: public keys of moderators' devices, by credential id."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.store import entries, keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One device's passkey; `id` and `public_key` are URL-safe base64."""

    id: str
    moderator: str
    public_key: str
    count: int
    label: str
    made: datetime
    used: datetime | None = None


ADAPTER = TypeAdapter(Passkey)


def put(redis: Redis, passkey: Passkey) -> bool:
    """Store a new passkey; False if the id is taken."""
    return bool(redis.hsetnx(keys.PASSKEYS, passkey.id, ADAPTER.dump_json(passkey).decode()))


def find(redis: Redis, id_: str) -> Passkey | None:
    """Read a passkey."""
    text = cast("str | None", redis.hget(keys.PASSKEYS, id_))
    return ADAPTER.validate_json(text) if text else None


def use(redis: Redis, passkey: Passkey, count: int, now: datetime) -> bool:
    """Store a passkey's use and its counter; False if it was deleted or used meanwhile."""
    used = replace(passkey, count=count, used=now)
    return entries.replace(redis, keys.PASSKEYS, passkey.id, ADAPTER, passkey, used)


def of(redis: Redis, moderator: str) -> list[Passkey]:
    """List a moderator's passkeys, the oldest first."""
    texts = cast("dict[str, str]", redis.hgetall(keys.PASSKEYS))
    every = (ADAPTER.validate_json(text) for text in texts.values())
    theirs = (passkey for passkey in every if passkey.moderator == moderator)
    return sorted(theirs, key=lambda passkey: passkey.made)


def remove(redis: Redis, moderator: str, id_: str) -> bool:
    """Delete a moderator's passkey; False if it was not theirs."""
    passkey = find(redis, id_)
    return bool(passkey and passkey.moderator == moderator and redis.hdel(keys.PASSKEYS, id_))
