"""Migrations from one version of the key schema to the next; each step may run twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from redis import Redis

from service.domain import ids
from service.domain.comment import Status
from service.domain.errors import SchemaMismatch
from service.store import keys
from service.store.comments import comments, index
from service.store.record import Record
from service.store.server import schema
from service.store.upkeep import addresses, census, moves, repair


@dataclass(frozen=True, slots=True)
class Migration:
    """A step: the version it leads to, a description, and the function that runs it."""

    to: int
    does: str
    run: Callable[[Redis], None]


# To add a step: raise schema.VERSION, append a step that may be run again after an interruption,
# and describe the change in docs/keys.md.
def _find_exchanges(redis: Redis) -> None:
    for name in cast("list[str]", redis.hkeys(keys.SITES)):
        record = Record(redis, keys.Keys(name))
        # Sorted by age, so that a comment has its root before its answers need it.
        for batch in census.batches(census.names(record, "c")):
            repair.reroot(record, batch)
            repair.mend_comments(record, batch, datetime.now(UTC))


def _fill_queues(redis: Redis) -> None:
    for part in census.walk(redis):
        if part.kind == "c":
            repair.mend_comments(Record(redis, part.keys), part.names, datetime.now(UTC))


def _index_words(redis: Redis) -> None:
    # A comment keeps its column; the bits of its former words stay, and only cost a comparison.
    for part in census.walk(redis):
        if part.kind == "c":
            record = Record(redis, part.keys)
            batch = comments.get_many(record, filter(ids.is_id, part.names))
            index.add(record, [c for c in batch if c.status is Status.APPROVED])


def _join_addresses(redis: Redis) -> None:
    for name in cast("list[str]", redis.hkeys(keys.SITES)):
        record = Record(redis, keys.Keys(name))
        for old, new in list(addresses.outdated(record)):
            moves.begin(record, old, new, now=datetime.now(UTC))
            # Maintenance goes on with what an interruption leaves.
            for _ in moves.advance(record, old.id):
                pass


MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "Every answer knows the exchange that it belongs to", _find_exchanges),
    Migration(3, "What is held is found by thread, author, reason and score", _fill_queues),
    Migration(4, "Words of all scripts are found", _index_words),
    Migration(5, "Comments are under the addresses that readers have", _join_addresses),
)


def migrate(redis: Redis, steps: tuple[Migration, ...] = MIGRATIONS) -> Iterator[Migration]:
    """Run the missing steps in order, yielding each when it is done.

    :raises SchemaMismatch: a later version wrote the record.
    """
    version = int(cast("str | None", redis.get(keys.SCHEMA)) or schema.VERSION)
    target = max((step.to for step in steps), default=schema.VERSION)
    if version > max(target, schema.VERSION):
        raise SchemaMismatch(f"the store has schema {version}, this program knows up to {target}")
    for step in steps:
        if step.to > version:
            step.run(redis)
            redis.set(keys.SCHEMA, step.to)
            yield step
