"""API keys: what each may do, with its settings; the keys themselves are not kept."""

from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.key import ApiKey
from service.store import keys

ADAPTER = TypeAdapter(ApiKey)


def put(redis: Redis, key: ApiKey) -> None:
    """Keep what a key may do."""
    redis.hset(keys.API_KEYS, key.id, ADAPTER.dump_json(key).decode())


def find(redis: Redis, id_: str) -> ApiKey | None:
    """Read a key, revoked or not; None where there was never one."""
    text = cast("str | None", redis.hget(keys.API_KEYS, id_))
    return ADAPTER.validate_json(text) if text else None


def every(redis: Redis) -> dict[str, ApiKey]:
    """Read all keys by id, revoked ones too, so that a revoked key is told from an unknown one."""
    texts = cast("dict[str, str]", redis.hgetall(keys.API_KEYS))
    return {id_: ADAPTER.validate_json(texts[id_]) for id_ in sorted(texts)}
