"""Gathers the evidence about a batch: all reads and scoring, so that the phases are pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from service.blocklist import blocked_in
from service.domain import links
from service.domain.actor import Actor
from service.domain.comment import Comment, Status
from service.domain.site import Mode, Site
from service.domain.thread_state import ThreadState
from service.judging.case import Case
from service.likeness.memory import Likeness
from service.likeness.signature import signature
from service.scoring import Scorer
from service.store.comments import fingerprints, history, threads
from service.store.people import author_status, authors
from service.store.record import Record
from workers import captions
from workers.captions import CaptionScores

OWN_AND_MACHINE = frozenset({Actor.AUTHOR, Actor.MACHINE, Actor.MODE})


def gather(
    record: Record,
    scorer: Scorer,
    likeness: Likeness,
    memory: CaptionScores,
    site: Site,
    batch: Sequence[Comment],
    *,
    now: datetime,
) -> list[Case]:
    """Make a case of each comment, with one scoring and a few reads; store the fingerprints."""
    # Stored first, so that the comments of a batch are compared with each other too.
    sketches = _store_sketches(record, batch)
    latest = likeness.latest(record)
    records = authors.records(record, [comment.author for comment in batch])
    statuses = author_status.of_many(record, [(c.author, c.person) for c in batch], now=now)
    held = _held_before(record, batch)
    read = scorer.read([c.body for c in batch], [c.named_language for c in batch])
    names = captions.gather(scorer, memory, site.policy, [c.name for c in batch])
    modes = _modes(record, site, batch)
    return [
        replace(
            _alone(scorer, site, comment),
            mode=modes[comment.thread],
            scores=text.scores,
            depth=text.depth,
            record=author_record,
            author_status=status,
            alike=latest.count_before(comment.id, comment.author, sketches[comment.id]),
            name=names[comment.name],
            was_held=comment.id in held,
        )
        for comment, text, author_record, status in zip(batch, read, records, statuses, strict=True)
    ]


def _alone(scorer: Scorer, site: Site, comment: Comment) -> Case:
    """Make a case of what a comment shows by itself."""
    return Case(
        policy=site.policy,
        body=comment.body,
        language=scorer.language(comment.body),
        blocked=blocked_in(comment.body, site.policy.blocked_words),
        domains=links.hosts_linked(comment.body),
        mentions=links.hosts_named(comment.body),
        own=site.hosts,
        doubts=comment.doubts,
    )


def _store_sketches(record: Record, batch: Sequence[Comment]) -> dict[str, bytes | None]:
    sketches = {comment.id: signature(comment.body) for comment in batch}
    fingerprints.add(
        record,
        [(c.id, c.author, sketch) for c in batch if (sketch := sketches[c.id]) is not None],
    )
    return sketches


def _modes(record: Record, site: Site, batch: Sequence[Comment]) -> dict[str, Mode]:
    """Return the mode of each article: under some a person reads everything first."""
    states = threads.states(record, [comment.thread for comment in batch])
    first = ThreadState.PREMODERATED
    return {id_: Mode.PRE if state is first else site.mode for id_, state in states.items()}


def _held_before(record: Record, batch: Sequence[Comment]) -> set[str]:
    """Find the edited comments that readers or moderators had held and not approved since."""
    edited = [comment for comment in batch if comment.revision]
    chains = history.of_comments(record, edited)
    return {
        comment.id
        for comment, chain in zip(edited, chains, strict=True)
        if next((entry.new for entry in chain if entry.by not in OWN_AND_MACHINE), "")
        == Status.HELD
    }
