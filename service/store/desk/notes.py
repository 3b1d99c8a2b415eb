"""Notes of moderators on a comment, and to which colleague it was sent."""

from collections.abc import Sequence
from typing import cast

from pydantic import TypeAdapter
from redis import Redis

from service.domain.note import Errand, Note
from service.store.keys import Keys

NOTE = TypeAdapter(Note)
ERRAND = TypeAdapter(Errand)


def add(redis: Redis, keys: Keys, comment: str, id_: str, note: Note) -> None:
    """Keep a note under an id; the same id again changes nothing."""
    redis.hsetnx(keys.notes(comment), id_, NOTE.dump_json(note).decode())


def of_comments(redis: Redis, keys: Keys, comments: Sequence[str]) -> list[list[Note]]:
    """Read the notes on comments, in their order, of each the oldest first."""
    with redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hgetall(keys.notes(comment))
        found = cast("list[dict[str, str]]", pipe.execute())
    return [[NOTE.validate_json(kept[id_]) for id_ in sorted(kept)] for kept in found]


def send(redis: Redis, keys: Keys, errand: Errand) -> None:
    """Send a comment to a colleague, whoever had it before."""
    redis.hset(keys.sent(), errand.comment, ERRAND.dump_json(errand).decode())


def sent(redis: Redis, keys: Keys) -> list[Errand]:
    """Read what is sent to somebody and not decided yet, the oldest first."""
    found = cast("list[str]", redis.hvals(keys.sent()))
    return sorted((ERRAND.validate_json(one) for one in found), key=lambda errand: errand.at)
