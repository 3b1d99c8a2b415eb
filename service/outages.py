"""An outage: what the store throws while it is away, for those who do not know the store."""

from redis.exceptions import RedisError

from service.store.server.outages import is_outage

StoreError = RedisError

__all__ = ["StoreError", "is_outage"]
