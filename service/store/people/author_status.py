"""Footings: how a site, or all sites, treat an author."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from redis.typing import EncodableT, FieldT

from service.domain.author_status import AuthorStatus
from service.store import entries
from service.store import keys as names
from service.store.record import Record

ADAPTER = TypeAdapter(AuthorStatus)


def put(record: Record, author: str, person: str, status: AuthorStatus) -> None:
    """Keep how an author is treated here; by name and network too, and so everywhere.

    Who clears the browser is a new author, but the same person by name and network.
    """
    text = ADAPTER.dump_json(status).decode()
    known: dict[FieldT, EncodableT] = {author: text}
    if person:
        known[person] = text
    record.redis.hset(record.keys.author_statuses(), mapping=known)
    if status.everywhere and person:
        record.redis.hset(names.AUTHOR_STATUSES, person, text)


def lift(record: Record, author: str, person: str, *, everywhere: bool) -> None:
    """Treat an author like everybody again."""
    record.redis.hdel(record.keys.author_statuses(), author, *([person] if person else []))
    if everywhere and person:
        record.redis.hdel(names.AUTHOR_STATUSES, person)


def of_many(
    record: Record, who: Sequence[tuple[str, str]], *, now: datetime
) -> list[AuthorStatus | None]:
    """Read how authors are treated now, by pseudonym and person, here and on all sites.

    Where that is not the same, the gravest counts: a site's ban holds against trust on all sites,
    and a ban on all sites against trust here.
    """
    if not who:
        return []
    # No pseudonym is "-"; Redis wants some field to look for.
    with record.redis.pipeline(transaction=False) as pipe:
        pipe.hmget(record.keys.author_statuses(), [part or "-" for pair in who for part in pair])
        pipe.hmget(names.AUTHOR_STATUSES, [person or "-" for _, person in who])
        here, everywhere = pipe.execute()
    rows = zip(
        cast("list[str | None]", everywhere),
        cast("list[str | None]", here[::2]),
        cast("list[str | None]", here[1::2]),
        strict=True,
    )
    return [_gravest(row, now) for row in rows]


def mark_told(record: Record, author: str, person: str, status: AuthorStatus) -> None:
    """Remember that a warned author has read the warning; what was set since stays as it is."""
    read = replace(status, told=True)
    places = [
        (record.keys.author_statuses(), author),
        (record.keys.author_statuses(), person),
        (names.AUTHOR_STATUSES, person),
    ]
    for place, who in places:
        if who:
            entries.replace(record.redis, place, who, ADAPTER, status, read)


def _gravest(texts: Sequence[str | None], now: datetime) -> AuthorStatus | None:
    statuses = [ADAPTER.validate_json(text) for text in texts if text]
    # Another site may have told the author what stands here untold yet.
    told = [status for status in statuses if status.told]
    holding = (
        status
        for status in statuses
        if status.holds(now) and (status.told or not any(map(status.is_copy_of, told)))
    )
    return max(holding, key=lambda status: status.weight, default=None)
