"""Exchanges: a top-level comment (the root) with all answers below it."""

from collections.abc import Sequence
from typing import cast

from service.domain import ids, moments
from service.domain.comment import Comment
from service.domain.thread import Order
from service.store.comments import threads
from service.store.keys import Keys
from service.store.record import Record


def root_of(record: Record, parent: str) -> str:
    """Return the root of the exchange that an answer to `parent` belongs to."""
    return cast("str | None", record.redis.hget(record.keys.comment(parent), "o")) or parent


def page(
    record: Record, thread: str, order: Order, *, limit: int, cursor: str = ""
) -> tuple[list[str], str]:
    """Return the roots of one page of exchanges, and the cursor of the next, "" at the end."""
    roots = _roots(record.keys, thread, order)
    return threads.walk(
        record.redis, roots, limit=limit, cursor=cursor, ascending=order is Order.OLDEST
    )


def cursor_of(record: Record, thread: str, order: Order, root: str) -> str | None:
    """Return the cursor of the page that begins with an exchange, None if it is not listed."""
    roots = _roots(record.keys, thread, order)
    return threads.cursor_before(record.redis, roots, root, ascending=order is Order.OLDEST)


def answers(
    record: Record, roots: Sequence[str], *, limit: int
) -> dict[str, tuple[list[str], int]]:
    """Return the first answers of each exchange, the oldest first, and their total number."""
    with record.redis.pipeline(transaction=False) as pipe:
        for root in roots:
            pipe.zrange(record.keys.answers(root), 0, limit - 1)
            pipe.zcard(record.keys.answers(root))
        rows = pipe.execute()
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return {root: (first, count) for root, (first, count) in zip(roots, pairs, strict=True)}


def more_answers(
    record: Record, root: str, *, limit: int, cursor: str = ""
) -> tuple[list[str], str]:
    """Return answers of one exchange from a cursor on, the oldest first."""
    return threads.walk(
        record.redis, record.keys.answers(root), limit=limit, cursor=cursor, ascending=True
    )


def reroot(record: Record, comments: Sequence[Comment]) -> list[str]:
    """Move answers to the exchange of their parent; list the ids of those that were elsewhere.

    `repair` has to update the derived sets.
    """
    answering = sorted(
        (comment for comment in comments if comment.parent), key=lambda comment: comment.id
    )
    roots = {comment.id: comment.root for comment in comments} | _roots_elsewhere(record, comments)
    moved = []
    for comment in answering:
        parent = str(comment.parent)
        # If the parent is gone, the answer's own root is the only one known.
        root = (roots[parent] or parent) if parent in roots else (comment.root or parent)
        if root != comment.root:
            roots[comment.id] = root
            moved.append((comment, root))
    with record.redis.pipeline(transaction=False) as pipe:
        for comment, root in moved:
            pipe.hset(record.keys.comment(comment.id), "o", root)
            pipe.zrem(record.keys.answers(comment.root or comment.id), comment.id)
        pipe.execute()
    return [comment.id for comment, _ in moved]


def keys_of(keys: Keys, comment: Comment) -> dict[str, str]:
    """Return the keys of a comment's exchange, by their names in the scripts.

    The lists of its article are found by the script itself: the article may have moved.
    """
    root = comment.root or comment.id
    return {
        "root": keys.comment(root),
        "answers": keys.answers(root),
        "threads": keys.thread(""),
    }


def args_of(comment: Comment) -> dict[str, str | int]:
    """Return the script arguments for the root of a comment's exchange."""
    root = comment.root or comment.id
    return {"root_id": root, "root_created": moments.to_ms(ids.made_at(root))}


def _roots_elsewhere(record: Record, comments: Sequence[Comment]) -> dict[str, str | None]:
    here = {comment.id for comment in comments}
    parents = sorted({comment.parent for comment in comments if comment.parent} - here)
    with record.redis.pipeline(transaction=False) as pipe:
        for parent in parents:
            pipe.hmget(record.keys.comment(parent), "s", "o")
        rows = pipe.execute()
    return {parent: root for parent, (status, root) in zip(parents, rows, strict=True) if status}


def _roots(keys: Keys, thread: str, order: Order) -> str:
    return keys.thread_roots_best(thread) if order is Order.BEST else keys.thread_roots(thread)
