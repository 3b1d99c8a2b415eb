"""The version of the key schema; a store written by another version is refused."""

from typing import cast

from redis import Redis

from service.domain.errors import SchemaMismatch
from service.store import keys

VERSION = 5


def ensure(redis: Redis) -> None:
    """Mark an empty store with our version, and refuse one that another version wrote.

    :raises SchemaMismatch: the store has another version.
    """
    redis.set(keys.SCHEMA, VERSION, nx=True)
    version = cast("str | None", redis.get(keys.SCHEMA))
    if version != str(VERSION):
        remedy = (
            "run `folkmoot migrate`" if version and int(version) < VERSION else "update Folkmoot"
        )
        raise SchemaMismatch(f"the store has schema {version}, this needs {VERSION}: {remedy}")
