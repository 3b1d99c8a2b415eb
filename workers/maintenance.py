"""Keep house: ring again for what was forgotten, and forget what is over."""

from datetime import timedelta

import structlog

from service.core import Core
from service.store import sites, unjudged, workers

log = structlog.get_logger(__name__)

OVERDUE = timedelta(seconds=3)


def sweep(core: Core) -> None:
    """Ring for every site with comments due for three seconds: bells, jobs and workers get lost."""
    for site in sites.every(core.redis):
        keys = core.keys(site.name)
        late = unjudged.due(core.redis, keys, before=core.now() - OVERDUE)
        if late and unjudged.touch_bell(core.redis, keys, lasts=OVERDUE):
            log.info("ringing again", site=site.name, late=late)
            core.ring(site.name)


def forget_workers(core: Core) -> None:
    """Forget workers that have been silent for long."""
    workers.forget(core.redis, now=core.now())
