"""Workers: which of them are alive, and with which model."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain import moments
from service.store import keys

ALIVE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Sign:
    """A worker's last sign of life."""

    worker: str
    model: str
    at: datetime


def sign(redis: Redis, worker: str, model: str, *, now: datetime) -> None:
    """Tell that a worker is alive, and with which model."""
    redis.hset(keys.WORKERS, worker, f"{moments.to_ms(now)},{model}")


def alive(redis: Redis, *, now: datetime) -> list[Sign]:
    """List the workers that gave a sign within the last 30 seconds."""
    rows = cast("dict[str, str]", redis.hgetall(keys.WORKERS))
    signs = [Sign(w, m, moments.from_ms(at)) for w, (at, m) in _split(rows)]
    return [sign for sign in signs if now - sign.at < ALIVE]


def forget(redis: Redis, *, now: datetime) -> None:
    """Forget workers that have been silent for ten times that long."""
    for worker, (at, _) in _split(cast("dict[str, str]", redis.hgetall(keys.WORKERS))):
        if now - moments.from_ms(at) > 10 * ALIVE:
            redis.hdel(keys.WORKERS, worker)


def _split(rows: dict[str, str]) -> list[tuple[str, tuple[str, str]]]:
    return [(worker, (v.split(",", 1)[0], v.split(",", 1)[1])) for worker, v in rows.items()]
