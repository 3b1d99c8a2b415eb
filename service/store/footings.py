"""Footings: how a site, or all of them, treat an author."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from redis import Redis
from redis.typing import EncodableT, FieldT

from service.domain.footing import Footing
from service.store import keys as names
from service.store.keys import Keys

ADAPTER = TypeAdapter(Footing)


def put(redis: Redis, keys: Keys, author: str, person: str, footing: Footing) -> None:
    """Keep how an author is treated here; under his name and network too, and so everywhere.

    Who clears his browser is a new author, but the same person by name and network.
    """
    kept = ADAPTER.dump_json(footing).decode()
    known: dict[FieldT, EncodableT] = {author: kept}
    if person:
        known[person] = kept
    redis.hset(keys.footings(), mapping=known)
    if footing.everywhere and person:
        redis.hset(names.FOOTINGS, person, kept)


def lift(redis: Redis, keys: Keys, author: str, person: str, *, everywhere: bool) -> None:
    """Treat an author like everybody again."""
    redis.hdel(keys.footings(), author, *([person] if person else []))
    if everywhere and person:
        redis.hdel(names.FOOTINGS, person)


def of_many(
    redis: Redis, keys: Keys, who: Sequence[tuple[str, str]], *, now: datetime
) -> list[Footing | None]:
    """Read how authors are treated now, by pseudonym and person; what all sites say goes first."""
    if not who:
        return []
    # No pseudonym is "-"; Redis wants some field to look for.
    with redis.pipeline(transaction=False) as pipe:
        pipe.hmget(keys.footings(), [part or "-" for pair in who for part in pair])
        pipe.hmget(names.FOOTINGS, [person or "-" for _, person in who])
        here, everywhere = pipe.execute()
    rows = zip(
        cast("list[str | None]", everywhere),
        cast("list[str | None]", here[::2]),
        cast("list[str | None]", here[1::2]),
        strict=True,
    )
    return [_first(row, now) for row in rows]


def mark_told(redis: Redis, keys: Keys, author: str, person: str, footing: Footing) -> None:
    """Remember that a warned author has read his warning."""
    put(redis, keys, author, person, replace(footing, told=True))


def _first(kept: Sequence[str | None], now: datetime) -> Footing | None:
    found = (ADAPTER.validate_json(one) for one in kept if one)
    return next((footing for footing in found if footing.holds(now)), None)
