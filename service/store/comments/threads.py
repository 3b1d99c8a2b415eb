"""Threads: articles with their counts, and the order of their comments."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from redis import Redis

from service.domain.moments import from_ms, to_ms
from service.domain.thread import Order, Thread, thread_id
from service.domain.thread_state import ThreadState
from service.store import codec, scripts
from service.store.record import Record
from service.store.scripts import Argument

# How long the votes on an article without comments are kept after the latest one.
VOTES_LAST = timedelta(days=14)
# How many such articles a site keeps at most.
MOST_VOTED = 50_000


def get_many(record: Record, urls: Sequence[str]) -> list[Thread]:
    """Read threads with their counts, in the given order; an unknown one has zero counts.

    An address that has moved gives the thread of its new one.
    """
    threads = _counted(record, [Thread(id=thread_id(url), url=url) for url in urls])
    elsewhere = [thread for thread in threads if not thread.id]
    if elsewhere:
        targets = _targets(record, [thread_id(thread.url) for thread in elsewhere])
        found = iter(_counted(record, targets))
        threads = [thread if thread.id else next(found) for thread in threads]
    return threads


def get(record: Record, url: str) -> Thread:
    """Read one thread with its counts; an unknown one has zero counts."""
    return get_many(record, [url])[0]


def titles(record: Record, ids: Sequence[str]) -> dict[str, Thread]:
    """Read address and title of threads by their ids, of moved ones those of the new thread."""
    found = dict(zip(ids, _named(record, ids), strict=True))
    moved = [id_ for id_, thread in found.items() if not thread.id]
    return found | dict(zip(moved, _targets(record, moved), strict=True))


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


def states(record: Record, ids: Iterable[str]) -> dict[str, ThreadState]:
    """Read the states of threads by their ids, of moved ones that of the new thread."""
    names = list(dict.fromkeys(ids))
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in names:
            pipe.hmget(record.keys.thread(id_), "state", "to")
        rows = pipe.execute()
    found = {id_: ThreadState(state or "open") for id_, (state, _) in zip(names, rows, strict=True)}
    moved = {id_: to for id_, (_, to) in zip(names, rows, strict=True) if to}
    beyond = states(record, moved.values()) if moved else {}
    return found | {id_: beyond[to] for id_, to in moved.items()}


def placed(record: Record, thread: Thread) -> tuple[Thread, ThreadState]:
    """Return where an article is now, with the title that was given, and its state."""
    url, state, to = _place(record, thread.id)
    if to:
        url, state, _ = _place(record, to)
    here = replace(thread, id=to or thread.id, url=url or thread.url)
    return here, ThreadState(state or "open")


def is_known(record: Record, thread: str) -> bool:
    """Tell whether a thread is stored."""
    return bool(record.redis.exists(record.keys.thread(thread)))


def open_(record: Record, thread: Thread, *, now: datetime) -> Thread:
    """Store a thread if it is new, so that it takes votes before its first comment.

    It expires after `VOTES_LAST` unless it is used again or gets a comment.
    """
    keys = {
        "threads": record.keys.thread(""),
        "votes": record.keys.votes(""),
        "apart": record.keys.apart(""),
        "aparts": record.keys.aparts(),
        "voices": record.keys.voices(""),
        "facets": record.keys.facet(""),
        "voted": record.keys.voted(),
    }
    args: dict[str, Argument] = {
        "id": thread.id,
        "url": thread.url,
        "now": to_ms(now),
        "due": to_ms(now + VOTES_LAST),
        "most": MOST_VOTED,
    }
    return replace(thread, id=scripts.run(record.redis, "open_thread", keys=keys, args=args))


def settle(
    record: Record,
    thread: Thread,
    *,
    title: str | None = None,
    state: ThreadState | None = None,
    now: datetime,
) -> None:
    """Set what the newsroom says of an article; None leaves a line as it is."""
    key = record.keys.thread(thread.id)
    lines = {"title": title, "state": None if state is None else state.value}
    with record.redis.pipeline(transaction=True) as pipe:
        pipe.hsetnx(key, "c", str(to_ms(now)))
        pipe.hsetnx(key, "url", thread.url)
        # It no longer expires, even without comments.
        pipe.hset(key, "k", "1")
        pipe.zrem(record.keys.voted(), thread.id)
        for line, value in lines.items():
            if value in ("", ThreadState.OPEN):
                pipe.hdel(key, line)
            elif value is not None:
                pipe.hset(key, line, value)
        pipe.incr(record.keys.turn())
        pipe.execute()


def _place(record: Record, thread: str) -> list[str | None]:
    """Read a thread's address, its state, and where it has moved."""
    place = record.redis.hmget(record.keys.thread(thread), ["url", "state", "to"])
    return cast("list[str | None]", place)


def _counted(record: Record, threads: Sequence[Thread]) -> list[Thread]:
    """Read titles and counts; the id of a thread that has moved becomes ""."""
    with record.redis.pipeline(transaction=False) as pipe:
        for thread in threads:
            pipe.hmget(record.keys.thread(thread.id), "title", "u", "d", "to")
            pipe.zcard(record.keys.thread_new(thread.id))
        rows = pipe.execute()
    return [
        replace(
            thread,
            id="" if to else thread.id,
            title=title or "",
            comments=count,
            up=int(u or 0),
            down=int(d or 0),
        )
        for thread, (title, u, d, to), count in zip(threads, rows[::2], rows[1::2], strict=True)
    ]


def _named(record: Record, ids: Sequence[str]) -> list[Thread]:
    """Read addresses and titles; the id of a thread that has moved becomes ""."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hmget(record.keys.thread(id_), "url", "title", "to")
        rows = pipe.execute()
    return [
        Thread(id="" if to else id_, url=url or "", title=title or "")
        for id_, (url, title, to) in zip(ids, rows, strict=True)
    ]


def _targets(record: Record, ids: Sequence[str]) -> list[Thread]:
    """Follow threads that have moved; a move turns all older names, so one step is enough."""
    with record.redis.pipeline(transaction=False) as pipe:
        for id_ in ids:
            pipe.hget(record.keys.thread(id_), "to")
        targets = cast("list[str | None]", pipe.execute())
    # In between it may have moved back.
    return _named(record, [to or id_ for id_, to in zip(ids, targets, strict=True)])


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
