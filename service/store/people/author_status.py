"""Author statuses: how a site, or all sites, treat an author."""

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
    """Store an author's status for this site, also by person, and for all sites if it says so.

    After clearing the browser one is a new author, but the same person by name and network.
    """
    text = ADAPTER.dump_json(status).decode()
    fields: dict[FieldT, EncodableT] = {author: text}
    if person:
        fields[person] = text
    record.redis.hset(record.keys.author_statuses(), mapping=fields)
    if status.everywhere and person:
        record.redis.hset(names.AUTHOR_STATUSES, person, text)


def lift(record: Record, author: str, person: str, *, everywhere: bool) -> None:
    """Remove an author's status."""
    record.redis.hdel(record.keys.author_statuses(), author, *([person] if person else []))
    if everywhere and person:
        record.redis.hdel(names.AUTHOR_STATUSES, person)


def carry_over(record: Record, old: tuple[str, str], new: tuple[str, str]) -> None:
    """Move statuses to the pseudonyms that a new secret gives an author and a person."""
    here, redis = record.keys.author_statuses(), record.redis
    places = [*zip((here, here), old, new, strict=True), (names.AUTHOR_STATUSES, old[1], new[1])]
    for place, former, present in places:
        text = redis.hget(place, former) if former != present else None
        if text is not None:
            redis.hsetnx(place, present, cast("str", text))
            # A status that is lifted later must not come back from here.
            redis.hdel(place, former)


def of_many(
    record: Record, who: Sequence[tuple[str, str]], *, now: datetime
) -> list[AuthorStatus | None]:
    """Read the current status of authors, given as (pseudonym, person), here and on all sites.

    If they differ, the gravest counts: a site's ban outweighs trust on all sites, and a ban on all
    sites outweighs trust here.
    """
    if not who:
        return []
    # HMGET needs a field name; "-" is never a pseudonym.
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
    """Mark a warning as read, unless another status has replaced it since."""
    read = replace(status, told=True)
    places = [
        (record.keys.author_statuses(), author),
        (record.keys.author_statuses(), person),
        (names.AUTHOR_STATUSES, person),
    ]
    for place, field in places:
        if field:
            entries.replace(record.redis, place, field, ADAPTER, status, read)


def _gravest(texts: Sequence[str | None], now: datetime) -> AuthorStatus | None:
    statuses = [ADAPTER.validate_json(text) for text in texts if text]
    # The author may have read on another site what is still unread here.
    read = [status for status in statuses if status.told]
    current = (
        status
        for status in statuses
        if status.holds(now) and (status.told or not any(map(status.is_copy_of, read)))
    )
    return max(current, key=lambda status: status.weight, default=None)
