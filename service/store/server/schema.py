"""The version of the key schema: what another version wrote is not touched."""

from typing import cast

from redis import Redis

from service.domain.errors import SchemaMismatch
from service.store import keys

VERSION = 3


def ensure(redis: Redis) -> None:
    """Mark a fresh store as ours, and refuse one that another version wrote.

    :raises SchemaMismatch: the store has another version.
    """
    redis.set(keys.SCHEMA, VERSION, nx=True)
    found = cast("str | None", redis.get(keys.SCHEMA))
    if found != str(VERSION):
        remedy = "run `folkmoot migrate`" if found and int(found) < VERSION else "update Folkmoot"
        raise SchemaMismatch(f"the store has schema {found}, this needs {VERSION}: {remedy}")
