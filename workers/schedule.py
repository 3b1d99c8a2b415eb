"""The table of periodic jobs, and the loop that runs them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import structlog
from redis.exceptions import RedisError

from service.core import Core
from workers import maintenance
from workers.postman import Postman

log = structlog.get_logger(__name__)

TICK = 0.5


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job and how many seconds lie between two runs of it."""

    seconds: float
    job: Callable[[Core], None]


SCHEDULE = (
    Periodic(1, maintenance.sweep),
    Periodic(60, maintenance.forget_workers),
    Periodic(60, maintenance.roll_up),
    Periodic(600, maintenance.purge),
    Periodic(3600, maintenance.mend),
)


def posts(postman: Postman) -> tuple[Periodic, ...]:
    """Give the jobs of the postman, who knows the settings."""
    return Periodic(60, postman.write), Periodic(5, postman.deliver)


def run(core: Core, stop: Event, more: tuple[Periodic, ...] = ()) -> None:
    """Run what is due until told to stop; a store that is away is tried again."""
    due = {periodic: 0.0 for periodic in (*SCHEDULE, *more)}
    while not stop.wait(TICK):
        for periodic, moment in due.items():
            if time.monotonic() >= moment:
                due[periodic] = time.monotonic() + periodic.seconds
                _attempt(periodic, core)


def _attempt(periodic: Periodic, core: Core) -> None:
    try:
        periodic.job(core)
    except RedisError as error:
        log.warning("postponed", job=periodic.job.__name__, error=type(error).__name__)
