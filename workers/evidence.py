"""Gather the cases of a batch: all the reading and scoring, so that the phases are pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from redis import Redis

from models import Classifier
from service.domain.comment import Comment
from service.domain.site import Site
from service.store import authors, fingerprints, footings
from service.store.keys import Keys
from service.words import blocked_in
from workers.case import Case
from workers.likeness import Recent, signature

LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)


def gather(
    redis: Redis,
    classifier: Classifier,
    recent: Recent,
    site: Site,
    batch: Sequence[Comment],
    *,
    now: datetime,
) -> list[Case]:
    """Make a case of each comment: one scoring, a few reads, and its fingerprint is remembered."""
    keys = Keys(site.name)
    sketches = {comment.id: signature(comment.body) for comment in batch}
    # Remembered first, so that comments of one batch are compared with each other too.
    fingerprints.add(
        redis,
        keys,
        [(c.id, c.author, sketch) for c in batch if (sketch := sketches[c.id]) is not None],
    )
    recent.learn(fingerprints.since(redis, keys, recent.last))
    records = authors.records(redis, keys, [comment.author for comment in batch])
    treated = footings.of_many(redis, keys, [(c.author, c.person) for c in batch], now=now)
    scores = classifier.score([comment.body for comment in batch])
    return [
        Case(
            comment=comment,
            policy=site.policy,
            mode=site.mode,
            scores=score,
            language=classifier.language(comment.body),
            record=record,
            footing=footing,
            alike=recent.alike(comment.id, comment.author, sketches[comment.id]),
            blocked=blocked_in(f"{comment.name}\n{comment.body}", site.policy.blocked_words),
            domains=domains_in(comment.body),
        )
        for comment, score, record, footing in zip(batch, scores, records, treated, strict=True)
    ]


def domains_in(text: str) -> tuple[str, ...]:
    """List the hosts that a text links to; a link that cannot be read counts as itself."""
    return tuple(_host(found) for found in LINK.findall(text))


def _host(link: str) -> str:
    try:
        parts = urlsplit(link if "://" in link else f"//{link}")
        return (parts.hostname or link).removeprefix("www.")
    except ValueError:
        return link
