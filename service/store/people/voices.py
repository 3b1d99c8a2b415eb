"""Voices: the networks that voted on a comment or an article, and the votes set apart."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import cast

from service.domain import ids, moments
from service.domain.voice import ApartCount, ApartVote, Voice, Voices, Why, is_over
from service.store import scripts
from service.store.comments import threads
from service.store.people import votes
from service.store.people.votes import Ballot
from service.store.record import Record
from service.store.scripts import Argument, Call

LOOK_EVERY = timedelta(minutes=10)
MOST_TARGETS = 100
HOUSEHOLDS = "*"

# Tells how many votes of each network may count by now.
Allow = Callable[[Voices, Sequence[str]], Sequence[int]]


def of_networks(record: Record, target: str, networks: Sequence[str]) -> Voices:
    """Read what is known about some networks that voted on a comment or an article."""
    entries = cast(
        "list[str | None]", record.redis.hmget(record.keys.voices(target), [HOUSEHOLDS, *networks])
    )
    rows = dict(zip(networks, entries[1:], strict=True))
    return Voices(
        int(entries[0] or 0), {name: _voice(entry) for name, entry in rows.items() if entry}
    )


def counts_apart(record: Record, targets: Sequence[str]) -> list[ApartCount]:
    """Count the votes that are set apart on each of these comments."""
    with record.redis.pipeline(transaction=False) as pipe:
        for target in targets:
            pipe.hvals(record.keys.apart(target))
        rows = cast("list[list[str]]", pipe.execute())
    reasons = [[entry.split(" ")[1] for entry in row] for row in rows]
    return [ApartCount(row.count(Why.BURST), row.count(Why.OWN)) for row in reasons]


def settle_due(record: Record, allow: Allow, *, now: datetime) -> dict[str, int]:
    """Look at the votes set apart that are due, and count how many now count or were dropped."""
    done = {"counted": 0, "dropped": 0}
    for target in _due(record, now):
        _plan(record, target, now)
        for answer in _settle(record, target, allow, now):
            if answer in done:
                done[answer] += 1
        _forget_if_empty(record, target, now)
    return done


def _due(record: Record, now: datetime) -> list[str]:
    aparts, size = record.keys.aparts(), MOST_TARGETS
    due = record.redis.zrangebyscore(aparts, "-inf", moments.to_ms(now), start=0, num=size)
    # Nothing is planned for later than that: the clock was set back.
    latest = f"({moments.to_ms(now + 2 * LOOK_EVERY)}"
    ahead = record.redis.zrangebyscore(aparts, latest, "+inf", start=0, num=size)
    return cast("list[str]", [*due, *ahead])


def _settle(record: Record, target: str, allow: Allow, now: datetime) -> list[str]:
    comment = target if ids.is_id(target) else ""
    thread = threads.of_comments(record, [comment]).get(comment, target) if comment else target
    places = votes.keys_of(record.keys, target, thread)
    del places["aparts"]
    calls = [
        Call(keys=places, args={"comment": comment, **args})
        for args in _settlements(record, target, allow, now)
    ]
    return cast("list[str]", scripts.run_many(record.redis, "settle_vote", calls))


def _settlements(
    record: Record, target: str, allow: Allow, now: datetime
) -> Iterator[dict[str, Argument]]:
    rows = cast("dict[str, str]", record.redis.hgetall(record.keys.apart(target)))
    waiting = sorted((_apart(*row) for row in rows.items()), key=lambda vote: (vote.at, vote.voter))
    known = of_networks(
        record, target, sorted({network for vote in waiting for network in vote.networks})
    )
    for vote in waiting:
        ballot = Ballot(now, now, vote.networks, allow(known, vote.networks))
        if is_over(vote, now=now):
            yield {"voter": vote.voter, "what": "drop", **ballot.args()}
        elif vote.why is Why.BURST:
            yield {"voter": vote.voter, "what": "count", **ballot.args()}


def _plan(record: Record, target: str, now: datetime) -> None:
    record.redis.zadd(record.keys.aparts(), {target: moments.to_ms(now + LOOK_EVERY)})


def _forget_if_empty(record: Record, target: str, now: datetime) -> None:
    apart = record.keys.apart(target)
    if not record.redis.exists(apart):
        record.redis.zrem(record.keys.aparts(), target)
        # A vote that is set apart between these two calls plans nothing, one after them does.
        if record.redis.exists(apart):
            _plan(record, target, now)


def _voice(entry: str) -> Voice:
    count, _, since = entry.partition(" ")
    return Voice(int(count), moments.from_ms(since))


def _apart(voter: str, entry: str) -> ApartVote:
    _, why, at, *networks = entry.split(" ")
    return ApartVote(voter, Why(why), moments.from_ms(at), tuple(networks))
