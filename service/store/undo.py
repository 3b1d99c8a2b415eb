"""What a decision changed, kept for ten minutes, so that it can be taken back as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from redis import Redis
from redis.typing import EncodableT, FieldT

from service.domain.comment import Status
from service.store.keys import Keys

LASTS = timedelta(minutes=10)
BY = "by"


@dataclass(frozen=True, slots=True)
class Before:
    """Where a comment stood, until when its flags were answered, and the entry that changed it."""

    status: Status
    answered: str
    entry: str


def keep(
    redis: Redis, keys: Keys, undo: str, moderator: str, changed: Mapping[str, Before]
) -> None:
    """Remember where comments stood before one decision, or one part of a large one."""
    rows: dict[FieldT, EncodableT] = {
        id_: f"{was.status.value} {was.answered or '0'} {was.entry}" for id_, was in changed.items()
    }
    with redis.pipeline(transaction=True) as pipe:
        pipe.hset(keys.undo(undo), BY, moderator, mapping=rows)
        pipe.pexpire(keys.undo(undo), LASTS)
        pipe.execute()


def read(redis: Redis, keys: Keys, undo: str) -> tuple[str, dict[str, Before]]:
    """Tell who decided and where the comments stood; "" and nothing if it is over."""
    found = cast("dict[str, str]", redis.hgetall(keys.undo(undo)))
    by = found.pop(BY, "")
    return by, {id_: _read(row) for id_, row in found.items()}


def drop(redis: Redis, keys: Keys, undo: str) -> None:
    """Forget it once it is taken back."""
    redis.delete(keys.undo(undo))


def _read(row: str) -> Before:
    status, answered, entry = row.split(" ")
    return Before(Status(status), answered, entry)
