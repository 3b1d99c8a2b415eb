"""Queues: the comments that stand in one state, for moderators to work through."""

from enum import StrEnum

from redis import Redis

from service.domain.comment import Status
from service.store import threads
from service.store.keys import Keys


class State(StrEnum):
    """What a queue holds."""

    HELD = "held"
    FLAGGED = "flagged"
    PENDING = "pending"
    REJECTED = "rejected"
    APPROVED = "approved"


def page(
    redis: Redis, keys: Keys, state: State, *, limit: int, cursor: str = "", oldest: bool = True
) -> tuple[list[str], str]:
    """Give one page of a queue and the cursor of the next; flagged: the most flagged first."""
    ascending = oldest and state is not State.FLAGGED
    return threads.walk(redis, _key(keys, state), limit=limit, cursor=cursor, ascending=ascending)


def counts(redis: Redis, keys: Keys) -> dict[State, int]:
    """Count every queue; nothing is counted along, so nothing drifts."""
    with redis.pipeline(transaction=False) as pipe:
        for state in State:
            pipe.zcard(_key(keys, state))
        return dict(zip(State, pipe.execute(), strict=True))


def _key(keys: Keys, state: State) -> str:
    match state:
        case State.PENDING:
            return keys.unjudged()
        case State.FLAGGED:
            return keys.flagged()
        case _:
            return keys.home(Status(state.value))
