"""Maintenance jobs: ring for overdue comments, delete expired ones, repair indexes."""

from datetime import timedelta
from itertools import islice

import structlog

from service import health
from service.core import Core
from service.desk.office import statistics
from service.readers import vote
from service.store.comments import unjudged
from service.store.site import sites, workers
from service.store.upkeep import moves, repair, retention

log = structlog.get_logger(__name__)

OVERDUE = timedelta(seconds=3)
RECOUNTED = timedelta(hours=20)
# Batches of one move in one run: a thousand comments, or ten thousand votes.
STEPS = 20


def sweep(core: Core) -> None:
    """Ring for sites with comments overdue by three seconds: a bell, job or worker was lost."""
    for site in sites.every(core.redis):
        record = core.at(site.name)
        late = unjudged.due(record, now=core.now(), late=OVERDUE)
        if late and unjudged.touch_bell(record, lasts=OVERDUE):
            log.info("ringing again", site=site.name, late=late)
            core.ring(site.name)


def forget_workers(core: Core) -> None:
    """Remove workers that have not been heard of for a long time."""
    workers.forget(core.redis, now=core.now())


def watch_store(core: Core) -> None:
    """Warn while the store would lose data: its settings can be changed while it runs."""
    for promise in health.find_broken_promises(core):
        log.warning("store unsafe", promise=promise.name, found=promise.found, do=promise.remedy)


def settle_votes(core: Core) -> None:
    """Count the votes that were set apart and look honest by now; drop those that never did."""
    for site in sites.every(core.redis):
        if any((settled := vote.settle(core, site)).values()):
            log.info("settled votes", site=site.name, **settled)


def roll_up(core: Core) -> None:
    """Count the completed hours, for dashboards and reports."""
    for site in sites.every(core.redis):
        statistics.roll_up(core, site)


def purge(core: Core) -> None:
    """Delete comments refused before each site's retention period, and expired articles."""
    for site in sites.every(core.redis):
        record, now = core.at(site.name), core.now()
        before = now - timedelta(days=site.policy.retention_days)
        if gone := retention.purge(record, refused_before=before, now=now):
            log.info("purged", site=site.name, comments=gone)
        if gone := retention.purge_threads(record, now=now):
            log.info("purged", site=site.name, articles=gone)


def finish_moves(core: Core) -> None:
    """Take along what is left of articles that have moved: a command or process was killed."""
    for site in sites.every(core.redis):
        record = core.at(site.name)
        for thread in moves.unfinished(record):
            # Not for long at a time: other jobs wait.
            moved = sum(islice(moves.advance(record, thread), STEPS))
            log.info("moved", site=site.name, thread=thread, comments=moved)


def mend(core: Core) -> None:
    """Compare indexes and tallies with the comments, and repair the differences."""
    every = {site.name: site for site in sites.every(core.redis)}
    for name, wrong in repair.mend_sites(core.redis, every, now=core.now()).items():
        if wrong:
            log.warning("mended", site=name, **wrong)
        # No further back: comments purged since then could not be counted again.
        if hours := statistics.recount(core, every[name], core.now() - RECOUNTED):
            log.warning("recounted", site=name, hours=hours)
