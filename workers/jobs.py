"""The job that RQ calls: judge a site's pending comments; safe to run twice or to lose."""

import time
from datetime import timedelta

import structlog

from service.domain.comment import Comment
from service.domain.errors import SiteNotFound
from service.domain.reason import POISON
from service.domain.site import Site
from service.domain.verdict import Opinion, Outcome, Verdict
from service.judging.pipeline import judge
from service.store.comments import comments, unjudged
from workers import evidence, proposals, runtime
from workers.runtime import Runtime
from workers.watchdog import guarded

log = structlog.get_logger(__name__)

BATCH = 64
# A drain ends well before RQ's time-out for a job, and rings again if comments are left.
SHIFT = timedelta(seconds=20)
LINGER = 0.01
TRIES = 3


def drain(site: str) -> None:
    """Judge a site's pending comments in batches until none are left or the shift is over."""
    here = runtime.current()
    record = here.core.at(site)
    end = time.monotonic() + SHIFT.total_seconds()
    try:
        settings = here.core.sites.get(site)
    except SiteNotFound:
        log.warning("bell of a site that has gone", site=site)
        return
    while time.monotonic() < end:
        if _drain_batch(here, settings):
            continue
        # Under load the next comment is milliseconds away and is cheaper here than in a new job.
        time.sleep(LINGER)
        if _drain_batch(here, settings):
            continue
        unjudged.silence_bell(record)
        if not _drain_batch(here, settings):
            return
    here.core.ring(site)


def _drain_batch(here: Runtime, site: Site) -> bool:
    """Judge one batch of due comments; return whether there were any."""
    record = here.core.at(site.name)
    claimed = unjudged.claim(record, limit=BATCH, now=here.core.now())
    if len(claimed) == BATCH:
        # More work than one worker can do: let the next comment call another.
        unjudged.silence_bell(record)
    if claimed:
        moderate(here, site, claimed)
    return bool(claimed)


def moderate(here: Runtime, site: Site, claimed: list[tuple[str, int]]) -> None:
    """Judge a claimed batch; a comment that broke three workers goes to a person."""
    core = here.core
    record = core.at(site.name)
    tries = dict(claimed)
    pending = comments.get_many(record, tries)
    for missing in tries.keys() - {comment.id for comment in pending}:
        unjudged.drop(record, missing)
    poison = [comment for comment in pending if tries[comment.id] > TRIES]
    if poison:
        held = Verdict(Outcome.HOLD, (Opinion(POISON.code, Outcome.HOLD),))
        _save(here, site, [(comment, held) for comment in poison])
    batch = [comment for comment in pending if tries[comment.id] <= TRIES]
    if batch:
        # A full batch means that more are waiting: then what is surely calm is read only once.
        is_flood = len(claimed) >= BATCH
        with guarded():
            _judge(here, site, batch, is_flood)


def _judge(here: Runtime, site: Site, batch: list[Comment], is_flood: bool) -> None:
    scorer, now = here.scorers.of(site), here.core.now()
    scorer = scorer.hurrying() if is_flood else scorer
    record = here.core.at(site.name)
    # First, so that the verdict on a comment finds its title judged.
    proposals.judge(record, scorer, here.captions, site, batch)
    cases = evidence.gather(record, scorer, here.likeness, here.captions, site, batch, now=now)
    verdicts = [judge(case, model=scorer.model) for case in cases]
    _save(here, site, list(zip(batch, verdicts, strict=True)))


def _save(here: Runtime, site: Site, judged: list[tuple[Comment, Verdict]]) -> None:
    core = here.core
    record = core.at(site.name)
    statuses = comments.judge_many(record, judged, now=core.now())
    for (comment, verdict), status in zip(judged, statuses, strict=True):
        # None: a person decided, or the author edited or withdrew it; an edit is due again anyway.
        reasons = list(verdict.reasons)
        log.info(
            "judged",
            site=site.name,
            comment=comment.id,
            status=status,
            reasons=reasons,
            read=verdict.depth,
        )
