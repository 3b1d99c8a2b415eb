"""Alerts: each site's limits, and which letters were sent recently."""

from datetime import timedelta
from typing import cast

from redis import Redis

from service.domain.alert import Alert
from service.store import keys as names
from service.store.accounts.sessions import digest
from service.store.record import Record


def get(record: Record) -> Alert:
    """Read a site's limits."""
    fields = cast("dict[str, str]", record.redis.hgetall(record.keys.alert()))
    return Alert(
        depth=int(fields.get("depth", 0)),
        minutes=int(fields.get("minutes", 0)),
        webhook=fields.get("webhook", ""),
        said=fields.get("said", ""),
    )


def put(record: Record, alert: Alert) -> None:
    """Store a site's limits."""
    fields = {"depth": alert.depth, "minutes": alert.minutes, "webhook": alert.webhook}
    record.redis.hset(record.keys.alert(), mapping=fields)  # type: ignore[arg-type]  # numbers are accepted


def note(record: Record, outcome: str) -> None:
    """Store the result of the last call of a site's webhook."""
    record.redis.hset(record.keys.alert(), "said", outcome)


def tell_once(redis: Redis, what: str, lasts: timedelta) -> bool:
    """Claim the right to write about something; False if that was done recently."""
    return bool(redis.set(names.notified(digest(what)), "1", nx=True, px=lasts))


def forget(redis: Redis, what: str) -> None:
    """Allow something to be written about again at once."""
    redis.delete(names.notified(digest(what)))
