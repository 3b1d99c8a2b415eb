"""Windows: search the first comments of a sorted set one by one, if no set fits the filters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain import ids, moments
from service.domain.queue_filters import QueueFilters, QueueOrder
from service.store import codec
from service.store.record import Record

# Reading and comparing this many comments takes about a tenth of a second.
SIZE = 1500
LATELY = timedelta(hours=24)
# Comments without a score come last by score, and first among the unsure.
UNKNOWN = -1.0
FIELDS = ("t", "a", "y", "i", "z", "k", "h", "n")


@dataclass(frozen=True, slots=True)
class Row:
    """A matching comment and its sort key; the smallest comes first."""

    key: float
    id: str


def first(
    redis: Redis,
    place: str,
    *,
    bottom: str | int = "-inf",
    top: str | int = "+inf",
    descending: bool = False,
    size: int | None = None,
) -> tuple[list[str], bool]:
    """Read the first ids of a sorted set, and return whether these are all."""
    most = size or SIZE
    if descending:
        members = redis.zrevrangebyscore(place, top, bottom, start=0, num=most + 1)
    else:
        members = redis.zrangebyscore(place, bottom, top, start=0, num=most + 1)
    first_ids = cast("list[str]", members)
    return first_ids[:most], len(first_ids) <= most


def look(record: Record, choice: QueueFilters, comments: list[str], *, now: datetime) -> list[Row]:
    """Return the comments that match the filters, sorted in their order."""
    rows = _read(record, comments, bodies=bool(choice.words))
    matching = {id_: row for id_, row in rows.items() if _matches(choice, row)}
    sorting = _sorting(record, choice.sorted_by, matching, now)
    return sorted((Row(key, id_) for id_, key in sorting.items()), key=lambda r: (r.key, r.id))


def cut(rows: list[Row], limit: int, cursor: str) -> tuple[list[str], str]:
    """Cut one page out of sorted rows; cursors stay valid while comments come and go."""
    key, _, last = cursor.partition("~")
    if last and codec.is_number(key):
        rows = [row for row in rows if (row.key, row.id) > (float(key), last)]
    page = rows[:limit]
    return [row.id for row in page], f"{page[-1].key!r}~{page[-1].id}" if len(rows) > limit else ""


def _read(record: Record, comments: list[str], *, bodies: bool) -> dict[str, dict[str, str]]:
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in comments:
            pipe.hmget(record.keys.comment(id_), *FIELDS)
        if bodies:
            for id_ in comments:
                pipe.get(record.keys.body(id_))
        answers = pipe.execute()
    hashes, texts = answers[: len(comments)], answers[len(comments) :]
    rows = {
        id_: dict(zip(FIELDS, (value or "" for value in row), strict=True))
        for id_, row in zip(comments, hashes, strict=True)
        if row[0]
    }
    for id_, body in zip(comments, texts, strict=False):
        if id_ in rows:
            rows[id_]["body"] = body or ""
    return rows


def _matches(choice: QueueFilters, row: dict[str, str]) -> bool:
    filters = {"t": choice.thread, "a": choice.author, "i": choice.language}
    if any(value and row[field] != value for field, value in filters.items()):
        return False
    if choice.reason and choice.reason not in row["y"].split(","):
        return False
    if choice.host and choice.host not in row["h"].split(" "):
        return False
    if choice.words and not _contains(choice.words, row):
        return False
    band = choice.band
    return band is None or band.holds(codec.scores_from(row["z"]).get(band.attribute))


def _contains(words: str, row: dict[str, str]) -> bool:
    text = f"{row['n']}\n{row['body']}".casefold()
    return all(word in text for word in words.casefold().split())


def _sorting(
    record: Record, order: QueueOrder, rows: dict[str, dict[str, str]], now: datetime
) -> dict[str, float]:
    """Return the sort key of each comment, the smallest first."""
    match order:
        case QueueOrder.OLDEST:
            return {id_: moments.to_ms(ids.made_at(id_)) for id_ in rows}
        case QueueOrder.NEWEST:
            return {id_: -moments.to_ms(ids.made_at(id_)) for id_ in rows}
        case QueueOrder.SCORE:
            return {id_: -_highest_score(row["z"]) for id_, row in rows.items()}
        case QueueOrder.UNSURE:
            return {id_: float(row["k"] or UNKNOWN) for id_, row in rows.items()}
        case QueueOrder.FLAGS:
            return _by_flags(record, list(rows))
        case QueueOrder.TRAFFIC:
            return _by_traffic(record, {id_: row["t"] for id_, row in rows.items()}, now)


def _highest_score(scores: str) -> float:
    return max((float(score) for score in scores.split(",") if score), default=UNKNOWN)


def _by_flags(record: Record, comments: list[str]) -> dict[str, float]:
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in comments:
            pipe.hlen(record.keys.flags(id_))
        return {id_: -float(count) for id_, count in zip(comments, pipe.execute(), strict=True)}


def _by_traffic(record: Record, threads: dict[str, str], now: datetime) -> dict[str, float]:
    """Sort by the comments published on each article in a day, since page views are unknown."""
    since, distinct = moments.to_ms(now - LATELY), sorted(set(threads.values()))
    with record.redis.pipeline(transaction=False) as pipe:
        for thread in distinct:
            pipe.zcount(record.keys.thread_new(thread), since, "+inf")
        busy = dict(zip(distinct, pipe.execute(), strict=True))
    return {id_: -float(busy[thread]) for id_, thread in threads.items()}
