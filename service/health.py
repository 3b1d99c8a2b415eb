"""The health of the service: whether its parts are ready, and how long its queues are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from service.core import Core
from service.domain.errors import SchemaMismatch
from service.outages import StoreError
from service.store.accounts import usage
from service.store.comments import unjudged
from service.store.desk import queues
from service.store.server import durability, schema
from service.store.server.durability import Promise
from service.store.site import sites, workers

LATE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLoad:
    """A site's comments counted by queue, and those that are `late` for a verdict."""

    site: str
    queues: Mapping[str, int]
    late: int


def find_ready_parts(core: Core) -> dict[str, bool]:
    """Return for each part whether it is ready to accept and judge comments."""
    try:
        schema.ensure(core.redis)
        alive = workers.alive(core.redis, now=core.now())
        is_safe = core.may_lose or not find_broken_promises(core)
    except (StoreError, SchemaMismatch):
        return {"store": False, "workers": False, "model": False}
    return {"store": is_safe, "workers": bool(alive), "model": any(sign.model for sign in alive)}


def find_broken_promises(core: Core) -> list[Promise]:
    """List what the store no longer promises: its settings can be changed while it runs.

    :raises RedisError: it cannot be reached.
    """
    return [promise for promise in durability.promises(core.redis) if not promise.holds]


def count_workers(core: Core) -> int:
    """Count the workers that are alive."""
    return len(workers.alive(core.redis, now=core.now()))


def measure_load(core: Core) -> list[SiteLoad]:
    """Count the queues of each site."""
    return [_load(core, site.name) for site in sites.every(core.redis)]


def count_answers(core: Core) -> dict[str, int]:
    """Count the requests to the analysis protocols in all processes, by protocol and status."""
    return usage.requests(core.redis)


def _load(core: Core, site: str) -> SiteLoad:
    record = core.at(site)
    return SiteLoad(
        site=site,
        queues={state.value: count for state, count in queues.counts(record).items()},
        late=unjudged.due(record, now=core.now(), late=LATE),
    )
