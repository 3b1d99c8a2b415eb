"""Footings: how a site, or all sites, treat an author."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from redis.typing import EncodableT, FieldT

from service.domain.footing import Footing
from service.store import entries
from service.store import keys as names
from service.store.record import Record

ADAPTER = TypeAdapter(Footing)


def put(record: Record, author: str, person: str, footing: Footing) -> None:
    """Keep how an author is treated here; by name and network too, and so everywhere.

    Who clears the browser is a new author, but the same person by name and network.
    """
    text = ADAPTER.dump_json(footing).decode()
    known: dict[FieldT, EncodableT] = {author: text}
    if person:
        known[person] = text
    record.redis.hset(record.keys.footings(), mapping=known)
    if footing.everywhere and person:
        record.redis.hset(names.FOOTINGS, person, text)


def lift(record: Record, author: str, person: str, *, everywhere: bool) -> None:
    """Treat an author like everybody again."""
    record.redis.hdel(record.keys.footings(), author, *([person] if person else []))
    if everywhere and person:
        record.redis.hdel(names.FOOTINGS, person)


def of_many(
    record: Record, who: Sequence[tuple[str, str]], *, now: datetime
) -> list[Footing | None]:
    """Read how authors are treated now, by pseudonym and person, here and on all sites.

    Where that is not the same, the gravest counts: a site's ban holds against trust on all sites,
    and a ban on all sites against trust here.
    """
    if not who:
        return []
    # No pseudonym is "-"; Redis wants some field to look for.
    with record.redis.pipeline(transaction=False) as pipe:
        pipe.hmget(record.keys.footings(), [part or "-" for pair in who for part in pair])
        pipe.hmget(names.FOOTINGS, [person or "-" for _, person in who])
        here, everywhere = pipe.execute()
    rows = zip(
        cast("list[str | None]", everywhere),
        cast("list[str | None]", here[::2]),
        cast("list[str | None]", here[1::2]),
        strict=True,
    )
    return [_gravest(row, now) for row in rows]


def mark_told(record: Record, author: str, person: str, footing: Footing) -> None:
    """Remember that a warned author has read the warning; what was set since stays as it is."""
    read = replace(footing, told=True)
    places = [
        (record.keys.footings(), author),
        (record.keys.footings(), person),
        (names.FOOTINGS, person),
    ]
    for place, who in places:
        if who:
            entries.replace(record.redis, place, who, ADAPTER, footing, read)


def _gravest(texts: Sequence[str | None], now: datetime) -> Footing | None:
    footings = [ADAPTER.validate_json(text) for text in texts if text]
    # Another site may have told the author what stands here untold yet.
    told = [footing for footing in footings if footing.told]
    holding = (
        footing
        for footing in footings
        if footing.holds(now) and (footing.told or not any(map(footing.is_copy_of, told)))
    )
    return max(holding, key=lambda footing: footing.weight, default=None)
