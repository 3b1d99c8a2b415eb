"""Threads: articles with their counts, and the order of their comments."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from redis import Redis

from service.domain.moments import from_ms
from service.domain.thread import Order, Thread, thread_id
from service.store import codec
from service.store.record import Record


def get_many(record: Record, urls: Sequence[str]) -> list[Thread]:
    """Read threads with their counts, in the given order; an unknown one has zero counts."""
    ids = [thread_id(url) for url in urls]
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hmget(record.keys.thread(id_), "title", "u", "d")
            pipe.zcard(record.keys.thread_new(id_))
        rows = pipe.execute()
    return [
        Thread(id=id_, url=url, title=title or "", comments=count, up=int(u or 0), down=int(d or 0))
        for id_, url, (title, u, d), count in zip(ids, urls, rows[::2], rows[1::2], strict=True)
    ]


def get(record: Record, url: str) -> Thread:
    """Read one thread with its counts; an unknown one has zero counts."""
    return get_many(record, [url])[0]


def titles(record: Record, ids: Sequence[str]) -> dict[str, Thread]:
    """Read address and title of threads by their ids."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hmget(record.keys.thread(id_), "url", "title")
        rows = pipe.execute()
    return {
        id_: Thread(id=id_, url=url or "", title=title or "")
        for id_, (url, title) in zip(ids, rows, strict=True)
    }


def of_comments(record: Record, comments: Sequence[str]) -> dict[str, str]:
    """Return the thread of each comment, leaving out comments that have gone."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment in comments:
            pipe.hget(record.keys.comment(comment), "t")
        threads = cast("list[str | None]", pipe.execute())
    return {id_: thread for id_, thread in zip(comments, threads, strict=True) if thread}


def opened_at(record: Record, thread: str) -> datetime | None:
    """Return when a thread was first seen, None if it is unknown."""
    opened = cast("str | None", record.redis.hget(record.keys.thread(thread), "c"))
    return from_ms(int(opened)) if opened else None


def open_(record: Record, thread: Thread, *, now_ms: int) -> None:
    """Store a thread if it is new, so that it takes votes before its first comment."""
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.hsetnx(record.keys.thread(thread.id), "c", str(now_ms))
        pipe.hsetnx(record.keys.thread(thread.id), "url", thread.url)
        pipe.execute()


def page(
    record: Record, thread: str, order: Order, *, limit: int, cursor: str = ""
) -> tuple[list[str], str]:
    """Return the ids of one page, and the cursor of the next, "" at the end.

    A cursor is "score~id": it stays valid while comments come and go.
    """
    key = record.keys.thread_best(thread) if order is Order.BEST else record.keys.thread_new(thread)
    return walk(record.redis, key, limit=limit, cursor=cursor, ascending=order is Order.OLDEST)


def walk(
    redis: Redis, key: str, *, limit: int, cursor: str = "", ascending: bool = False
) -> tuple[list[str], str]:
    """Return one page of a sorted set from a cursor on; ties are in the order of ids."""
    rows = _from_cursor(redis, key, cursor, ascending, limit)
    page_, more = rows[:limit], len(rows) > limit
    return [id_ for id_, _ in page_], f"{page_[-1][1]!r}~{page_[-1][0]}" if more else ""


def cursor_before(redis: Redis, key: str, id_: str, *, ascending: bool) -> str | None:
    """Return the cursor of the page that begins with a member, None if it is missing."""
    rank = cast("int | None", redis.zrank(key, id_) if ascending else redis.zrevrank(key, id_))
    if not rank:
        return None if rank is None else ""
    [(before, score)] = _ranked(redis, key, rank - 1, 1, ascending)
    return f"{score!r}~{before}"


def _from_cursor(
    redis: Redis, key: str, cursor: str, ascending: bool, limit: int
) -> list[tuple[str, float]]:
    score, _, last = cursor.partition("~")
    rank = _rank(redis, key, score, last, ascending)
    if rank is not None:
        return _ranked(redis, key, rank + 1, limit + 1, ascending)
    return _after(redis, key, score, last, ascending, limit)


def _rank(redis: Redis, key: str, score: str, last: str, ascending: bool) -> int | None:
    """Return the rank of the last id seen, if its score has not changed."""
    if not last or not codec.is_number(score):
        return None
    with redis.pipeline(transaction=True) as pipe:
        pipe.zscore(key, last)
        if ascending:
            pipe.zrank(key, last)
        else:
            pipe.zrevrank(key, last)
        current, rank = pipe.execute()
    return cast("int", rank) if current == float(score) else None


def _ranked(
    redis: Redis, key: str, start: int, size: int, ascending: bool
) -> list[tuple[str, float]]:
    rows = redis.zrange(key, start, start + size - 1, desc=not ascending, withscores=True)
    return cast("list[tuple[str, float]]", [(row[0], row[1]) for row in rows])


def _after(
    redis: Redis, key: str, score: str, last: str, ascending: bool, limit: int
) -> list[tuple[str, float]]:
    start = score if codec.is_number(score) else ("-inf" if ascending else "+inf")
    offset, rows = 0, list[tuple[str, float]]()
    while len(rows) <= limit:
        chunk = _chunk(redis, key, start, ascending, offset, limit + 1)
        rows += [row for row in chunk if not last or _is_after(row, start, last, ascending)]
        offset += len(chunk)
        if len(chunk) <= limit:
            break
    return rows


def _chunk(
    redis: Redis, key: str, start: str, ascending: bool, offset: int, size: int
) -> list[tuple[str, float]]:
    if ascending:
        rows = redis.zrangebyscore(key, start, "+inf", start=offset, num=size, withscores=True)
    else:
        rows = redis.zrevrangebyscore(key, start, "-inf", start=offset, num=size, withscores=True)
    return cast("list[tuple[str, float]]", [(row[0], row[1]) for row in rows])


def _is_after(row: tuple[str, float], score: str, last: str, ascending: bool) -> bool:
    if row[1] != float(score):
        return True
    return row[0] > last if ascending else row[0] < last
