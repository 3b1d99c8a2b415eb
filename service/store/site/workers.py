"""Workers: their heartbeats, with the model each one uses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain import moments
from service.store import keys

ALIVE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Sign:
    """A worker's last heartbeat."""

    worker: str
    model: str
    at: datetime


def sign(redis: Redis, worker: str, model: str, *, now: datetime) -> None:
    """Store a worker's heartbeat."""
    redis.hset(keys.WORKERS, worker, f"{moments.to_ms(now)},{model}")


def alive(redis: Redis, *, now: datetime) -> list[Sign]:
    """List the workers with a heartbeat in the last 30 seconds."""
    rows = cast("dict[str, str]", redis.hgetall(keys.WORKERS))
    signs = [Sign(worker, model, moments.from_ms(ms)) for worker, (ms, model) in _split(rows)]
    return [sign for sign in signs if abs(now - sign.at) < ALIVE]


def forget(redis: Redis, *, now: datetime) -> None:
    """Remove workers that have been silent for ten times that long."""
    for worker, (ms, _) in _split(cast("dict[str, str]", redis.hgetall(keys.WORKERS))):
        # A sign of the future is as old: the clock was set back.
        if abs(now - moments.from_ms(ms)) > 10 * ALIVE:
            redis.hdel(keys.WORKERS, worker)


def _split(rows: dict[str, str]) -> list[tuple[str, tuple[str, str]]]:
    return [(worker, (v.split(",", 1)[0], v.split(",", 1)[1])) for worker, v in rows.items()]
