"""API keys: their scopes and settings; the secrets themselves are not stored."""

from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.key import ApiKey
from service.store import keys

ADAPTER = TypeAdapter(ApiKey)


def put(redis: Redis, key: ApiKey) -> None:
    """Store a key's settings."""
    redis.hset(keys.API_KEYS, key.id, ADAPTER.dump_json(key).decode())


def find(redis: Redis, id_: str) -> ApiKey | None:
    """Read a key, revoked or not; None if it never existed."""
    text = cast("str | None", redis.hget(keys.API_KEYS, id_))
    return ADAPTER.validate_json(text) if text else None


def every(redis: Redis) -> dict[str, ApiKey]:
    """Read all keys by id, including revoked ones, to distinguish these from unknown ones."""
    texts = cast("dict[str, str]", redis.hgetall(keys.API_KEYS))
    return {id_: ADAPTER.validate_json(texts[id_]) for id_ in sorted(texts)}
