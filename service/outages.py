"""Outages of the store, for modules that must not import the store itself."""

from redis.exceptions import RedisError

from service.store.server.outages import is_outage, plainly

StoreError = RedisError

__all__ = ["StoreError", "is_outage", "plainly"]
