"""Gathers the evidence about a batch: all reads and scoring, so that the phases are pure."""

from collections.abc import Sequence
from datetime import datetime

from service.blocklist import blocked_in
from service.domain.actor import Actor
from service.domain.comment import Comment, Status
from service.domain.links import host_of, links_in
from service.domain.site import Site
from service.judging.case import Case
from service.likeness.memory import Likeness
from service.likeness.signature import signature
from service.scoring import Scorer
from service.store.comments import fingerprints, history
from service.store.people import author_status, authors
from service.store.record import Record

OWN_AND_MACHINE = frozenset({Actor.AUTHOR, Actor.MACHINE, Actor.MODE})


def gather(
    record: Record,
    scorer: Scorer,
    likeness: Likeness,
    site: Site,
    batch: Sequence[Comment],
    *,
    now: datetime,
) -> list[Case]:
    """Make a case of each comment, with one scoring and a few reads; store the fingerprints."""
    sketches = {comment.id: signature(comment.body) for comment in batch}
    # Stored first, so that the comments of a batch are compared with each other too.
    fingerprints.add(
        record,
        [(c.id, c.author, sketch) for c in batch if (sketch := sketches[c.id]) is not None],
    )
    latest = likeness.latest(record)
    records = authors.records(record, [comment.author for comment in batch])
    statuses = author_status.of_many(record, [(c.author, c.person) for c in batch], now=now)
    held = _held_before(record, batch)
    scores = scorer.score([comment.body for comment in batch])
    return [
        Case(
            policy=site.policy,
            mode=site.mode,
            body=comment.body,
            scores=score,
            language=scorer.language(comment.body),
            record=author_record,
            author_status=status,
            alike=latest.count_before(comment.id, comment.author, sketches[comment.id]),
            blocked=blocked_in(f"{comment.name}\n{comment.body}", site.policy.blocked_words),
            domains=tuple(map(host_of, links_in(comment.body))),
            was_held=comment.id in held,
            doubts=comment.doubts,
        )
        for comment, score, author_record, status in zip(
            batch, scores, records, statuses, strict=True
        )
    ]


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
