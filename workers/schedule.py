"""The periodic jobs, and the two loops that run them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread

import structlog
from redis.exceptions import RedisError

from service.core import Core
from workers import maintenance
from workers.outbox.delivery import Delivery
from workers.steadiness import Steadiness

log = structlog.get_logger(__name__)

TICK = 0.5


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job and the seconds between its runs; one that `deletes` waits after the clock jumped."""

    seconds: float
    job: Callable[[Core], None]
    deletes: bool = False


PROMPT = (
    Periodic(1, maintenance.sweep),
    Periodic(60, maintenance.forget_workers),
    Periodic(60, maintenance.roll_up),
    Periodic(5, maintenance.finish_moves),
    Periodic(60, maintenance.settle_votes),
    Periodic(60, maintenance.watch_store),
)
# These walk through the whole store; the prompt jobs must not wait for them.
LONG = (
    Periodic(600, maintenance.purge, deletes=True),
    Periodic(3600, maintenance.mend),
)


def of_delivery(delivery: Delivery) -> tuple[Periodic, ...]:
    """Return the periodic jobs of the outbox."""
    return Periodic(60, delivery.write), Periodic(5, delivery.deliver)


def run(
    core: Core, stop: Event, prompt: Sequence[Periodic], long: Sequence[Periodic] = LONG
) -> None:
    """Run due jobs until `stop` is set; while the store is away, keep trying."""
    # A daemon: a walk may be cut off anywhere, so stopping does not wait for it.
    Thread(target=_run, args=(core, stop, long), daemon=True, name="long").start()
    _run(core, stop, prompt)


def _run(core: Core, stop: Event, periodics: Sequence[Periodic]) -> None:
    due, steadiness = dict.fromkeys(periodics, 0.0), Steadiness(core.now)
    while not stop.wait(TICK):
        for periodic, moment in due.items():
            if time.monotonic() >= moment:
                due[periodic] = time.monotonic() + periodic.seconds
                attempt(periodic, core, steadiness)


def attempt(periodic: Periodic, core: Core, steadiness: Steadiness) -> None:
    """Run a job; a failure is logged, and one that deletes waits while the clock is in doubt."""
    if periodic.deletes and not steadiness.is_kept():
        job = periodic.job.__name__
        log.warning("clock jumped", job=job, do="if the clock is right now, restart maintenance")
        return
    try:
        periodic.job(core)
    except RedisError as error:
        log.warning("postponed", job=periodic.job.__name__, error=type(error).__name__)
    except Exception:
        # The next job, and the next run of this one, may succeed; the log has the traceback.
        log.exception("failed", job=periodic.job.__name__)
