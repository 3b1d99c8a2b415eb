"""Second factors: authenticator apps, recovery codes, and single-use values."""

from collections.abc import Iterable
from datetime import timedelta
from typing import cast

from redis import Redis

from service.store import keys, scripts
from service.store.accounts.sessions import digest
from service.store.scripts import Argument


def put_app(redis: Redis, moderator: str, nonce: str) -> bool:
    """Store the nonce that a moderator's app secret is derived from; False if there is one.

    The secret itself is not stored.
    """
    return bool(redis.hsetnx(keys.FACTORS, moderator, nonce))


def app(redis: Redis, moderator: str) -> str | None:
    """Read the nonce that a moderator's app secret is derived from."""
    return cast("str | None", redis.hget(keys.FACTORS, moderator))


def replace_app(redis: Redis, moderator: str, old: str, new: str) -> bool:
    """Replace what an app's secret follows from; False if the app was removed meanwhile."""
    args: dict[str, Argument] = {"name": moderator, "old": old, "new": new}
    answer = scripts.run(redis, "replace_entry", keys={"entries": keys.FACTORS}, args=args)
    return bool(answer == "replaced")


def put_codes(redis: Redis, moderator: str, digests: Iterable[str]) -> None:
    """Store recovery codes, replacing earlier ones."""
    drop_codes(redis, moderator)
    redis.hset(keys.RECOVERY, mapping={_field(moderator, code): "1" for code in digests})


def use_code(redis: Redis, moderator: str, code: str) -> bool:
    """Use up a recovery code; False if there is no such code."""
    return bool(redis.hdel(keys.RECOVERY, _field(moderator, code)))


def codes_left(redis: Redis, moderator: str) -> int:
    """Count the unused recovery codes."""
    return len(_codes(redis, moderator))


def clear(redis: Redis, moderator: str) -> None:
    """Delete a moderator's app and recovery codes."""
    drop_app(redis, moderator)
    drop_codes(redis, moderator)


def drop_app(redis: Redis, moderator: str) -> None:
    """Delete a moderator's app."""
    redis.hdel(keys.FACTORS, moderator)


def drop_codes(redis: Redis, moderator: str) -> None:
    """Delete a moderator's recovery codes."""
    if fields := _codes(redis, moderator):
        redis.hdel(keys.RECOVERY, *fields)


def spend(redis: Redis, what: str, lasts: timedelta) -> bool:
    """Mark a value as used for as long as it is valid; False if it was used before."""
    return bool(redis.set(keys.spent(digest(what)), "1", nx=True, px=lasts))


def _codes(redis: Redis, moderator: str) -> list[str]:
    every = cast("list[str]", redis.hkeys(keys.RECOVERY))
    return [field for field in every if field.startswith(_field(moderator, ""))]


def _field(moderator: str, code: str) -> str:
    return f"{digest(moderator)} {code}"
