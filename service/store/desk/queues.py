"""Queues: the comments in one state, for moderators to work through.

Held comments are found in sorted sets that the door maintains (lib/queue.lua). Where filters are
combined, or an order has no set, a window is searched instead, and the page says how large it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain import moments
from service.domain.comment import Status
from service.domain.queue_filters import Band, QueueFilters, QueueOrder
from service.domain.queue_filters import State as State
from service.store.comments import threads
from service.store.desk import claims, notes, windows
from service.store.keys import Keys
from service.store.record import Record

# A worker takes a second or two; a minute is unusual.
PATIENCE = timedelta(minutes=1)
BY_AGE = (QueueOrder.OLDEST, QueueOrder.NEWEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdPage:
    """The ids of one page; `total` comments match, among the first `window` if that is set."""

    ids: list[str]
    next: str
    total: int
    window: int | None = None


def page(
    record: Record,
    choice: QueueFilters,
    *,
    limit: int,
    now: datetime,
    cursor: str = "",
    moderator: str = "",
) -> IdPage:
    """Return one page of a queue."""
    order = choice.sorted_by
    if (place := _sorted_place(record.keys, choice)) is not None:
        ascending = order in (QueueOrder.OLDEST, QueueOrder.UNSURE)
        ids, after = threads.walk(
            record.redis, place, limit=limit, cursor=cursor, ascending=ascending
        )
        return IdPage(ids=ids, next=after, total=int(record.redis.zcard(place)))
    ids, is_complete = _candidates(record, choice, now, moderator)
    rows = windows.look(record, choice, ids, now=now)
    cut, after = windows.cut(rows, limit, cursor)
    return IdPage(ids=cut, next=after, total=len(rows), window=None if is_complete else len(ids))


def everything(
    record: Record, choice: QueueFilters, *, limit: int, now: datetime, moderator: str = ""
) -> tuple[list[str], int | None]:
    """Return all matching ids up to a limit, and the size of the window if it was cut."""
    if choice.band and choice.state is State.HELD and not (choice.facets or choice.words):
        place, low, high = _band(record.keys, choice.band)
        ids, _ = windows.first(record.redis, place, bottom=low, top=high, size=limit)
        return ids, None
    ids, cursor, window = list[str](), "", None
    while len(ids) < limit:
        size = min(1000, limit - len(ids))
        part = page(record, choice, limit=size, now=now, cursor=cursor, moderator=moderator)
        ids, cursor, window = [*ids, *part.ids], part.next, part.window
        if not cursor:
            break
    return ids, window


def counts(record: Record) -> dict[State, int]:
    """Count every queue of a site from its sorted set, so that no count can drift."""
    of_status = (State.HELD, State.REJECTED, State.APPROVED)
    with record.redis.pipeline(transaction=False) as pipe:
        for state in of_status:
            pipe.zcard(record.keys.home(Status(state.value)))
        pipe.zcard(record.keys.flagged())
        pipe.zcard(record.keys.unjudged())
        return dict(zip((*of_status, State.FLAGGED, State.PENDING), pipe.execute(), strict=True))


def counts_for(record: Record, moderator: str, *, now: datetime) -> dict[State, int]:
    """Count every queue as one moderator sees it: only overdue comments, and their own."""
    sizes = counts(record) | {
        State.PENDING: int(record.redis.zcount(record.keys.unjudged(), "-inf", _late(now))),
        State.MINE: len(_mine(record, moderator, now)),
    }
    return {state: sizes[state] for state in State}


def facet_counts(record: Record, names: list[str]) -> dict[str, int]:
    """Count the held comments in some facets, leaving out empty ones."""
    with record.redis.pipeline(transaction=False) as pipe:
        for name in names:
            pipe.zcard(record.keys.facet(name))
        return {name: size for name, size in zip(names, pipe.execute(), strict=True) if size}


def _sorted_place(keys: Keys, choice: QueueFilters) -> str | None:
    """Return the sorted set that is this queue in this order, None if there is none."""
    order, facets = choice.sorted_by, choice.facets
    if choice.band or choice.words or choice.state in (State.MINE, State.PENDING):
        return None
    if choice.state is State.FLAGGED:
        return keys.flagged() if order is QueueOrder.FLAGS and not facets else None
    if choice.state is not State.HELD:
        home = keys.home(Status(choice.state.value))
        return home if order in BY_AGE and not facets else None
    if order in BY_AGE and len(facets) <= 1:
        return keys.facet(facets[0]) if facets else keys.home(Status.HELD)
    facet_of = {QueueOrder.SCORE: "most", QueueOrder.UNSURE: "margin"}
    return keys.facet(facet_of[order]) if order in facet_of and not facets else None


def _candidates(
    record: Record, choice: QueueFilters, now: datetime, moderator: str
) -> tuple[list[str], bool]:
    """Return the ids to search, and whether these are all."""
    newest = choice.sorted_by is QueueOrder.NEWEST
    if choice.state is State.MINE:
        return _mine(record, moderator, now), True
    if choice.state is State.PENDING:
        return windows.first(record.redis, record.keys.unjudged(), top=_late(now))
    if choice.state is State.FLAGGED:
        return windows.first(record.redis, record.keys.flagged(), descending=True)
    if choice.state is not State.HELD:
        home = record.keys.home(Status(choice.state.value))
        return windows.first(
            record.redis, home, descending=choice.sorted_by is not QueueOrder.OLDEST
        )
    places = [record.keys.facet(name) for name in choice.facets] or [record.keys.home(Status.HELD)]
    if choice.band:
        score, low, high = _band(record.keys, choice.band)
        size = int(record.redis.zcount(score, low, high))
        if size <= min(int(record.redis.zcard(place)) for place in places):
            return windows.first(record.redis, score, bottom=low, top=high, descending=True)
    smallest = min(places, key=lambda place: int(record.redis.zcard(place)))
    return windows.first(record.redis, smallest, descending=newest)


def _band(keys: Keys, band: Band) -> tuple[str, int, int]:
    place = keys.facet(f"score:{band.attribute}")
    return place, round(band.low * 1000), round(band.high * 1000)


def _mine(record: Record, moderator: str, now: datetime) -> list[str]:
    sent = [referral.comment for referral in notes.sent(record) if referral.to == moderator]
    holders = claims.current(record, now=now)
    claimed = (comment for comment, holder in holders.items() if holder == moderator)
    return sorted({*sent, *claimed})


def _late(now: datetime) -> str:
    return str(moments.to_ms(now - PATIENCE))
