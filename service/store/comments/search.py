"""Search of the approved comments by words.

The index yields candidates, some of them by chance, so each is compared with its text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import cast

from service.domain.comment import Comment, Status
from service.domain.ids import LENGTH
from service.domain.moments import to_ms
from service.domain.thread import Order
from service.store.comments import comments, index, threads
from service.store.comments.index import WIDTH
from service.store.record import Record

CELL = 64
CHUNK = 50
# The limit of candidates per query; a block counts for ten.
BUDGET = 2000
COST_OF_A_BLOCK = 10
# An article with at most this many comments is read directly.
SMALL = 1000


@dataclass(frozen=True, slots=True)
class Stretch:
    """One step of a search: its cost, the comments with their cursors, and where to go on."""

    cost: int
    comments: Sequence[tuple[str, Comment]]
    end: str


def find(
    record: Record, query: str, *, limit: int, thread: str = "", cursor: str = ""
) -> tuple[list[Comment], str]:
    """Return approved comments that contain every word of the query, the latest first.

    The second value is the cursor to go on from, "" at the end. A query reads some thousand
    candidates at most, so there may be a cursor with few comments or none.
    """
    words = index.words(query)
    hits: list[Comment] = []
    spent = 0
    for stretch in _stretches(record, words, thread, cursor) if words else ():
        for place, comment in stretch.comments:
            if comment.status is Status.APPROVED and index.holds(comment.body, words):
                hits.append(comment)
                if len(hits) == limit:
                    return hits, place
        spent += stretch.cost
        if spent >= BUDGET:
            return hits, stretch.end
    return hits, ""


def _stretches(
    record: Record, words: frozenset[str], thread: str, cursor: str
) -> Iterator[Stretch]:
    """Read a small article directly, else search the index of the site."""
    small = thread and record.redis.zcard(record.keys.thread_new(thread)) <= SMALL
    if "~" in cursor or (small and not cursor):
        return _along(record, thread, cursor)
    return _indexed(record, words, thread, cursor)


def _along(record: Record, thread: str, cursor: str) -> Iterator[Stretch]:
    ids, _ = threads.page(record, thread, Order.NEWEST, limit=SMALL, cursor=cursor)
    for start in range(0, len(ids), CHUNK):
        read = comments.get_many(record, ids[start : start + CHUNK])
        yield Stretch(0, [(_cursor_of(comment), comment) for comment in read], "")


def _cursor_of(comment: Comment) -> str:
    return f"{float(to_ms(comment.created_at))!r}~{comment.id}"


def _indexed(record: Record, words: frozenset[str], thread: str, cursor: str) -> Iterator[Stretch]:
    end = int(cast("str | None", record.redis.get(record.keys.search_next())) or 0)
    end = min(end, int(cursor)) if cursor.isascii() and cursor.isdigit() else end
    rows = {row for word in words for row in index.rows_of(word)}
    for block in range((end - 1) // WIDTH if end else -1, -1, -1):
        base = block * WIDTH
        columns = [c for c in _hits(record, block, rows) if base + c < end]
        for start in range(0, len(columns), CHUNK):
            chunk = columns[start : start + CHUNK]
            column_of = dict(zip(_ids(record, block, chunk), chunk, strict=True))
            read = comments.get_many(record, _on_thread(record, thread, list(column_of)))
            placed = [(str(base + column_of[comment.id]), comment) for comment in read]
            yield Stretch(len(chunk), placed, str(base + chunk[-1]))
        # The search ends at the first block.
        yield Stretch(COST_OF_A_BLOCK, (), str(base) if base else "")


def _on_thread(record: Record, thread: str, ids: list[str]) -> list[str]:
    if not thread:
        return ids
    scores = record.redis.zmscore(record.keys.thread_new(thread), ids)
    return [id_ for id_, score in zip(ids, scores, strict=True) if score is not None]


def _hits(record: Record, block: int, rows: set[int]) -> list[int]:
    """List the columns in which every row has its bit set, the last first."""
    if not rows:
        return list(range(WIDTH - 1, -1, -1))
    with record.redis.pipeline(transaction=False) as pipe:
        for row in rows:
            cells = range(row * WIDTH, (row + 1) * WIDTH, CELL)
            reads = (part for cell in cells for part in ("GET", f"i{CELL}", cell))
            pipe.execute_command("BITFIELD_RO", record.keys.search_bits(block), *reads)  # type: ignore[no-untyped-call]
        slices = cast("list[list[int]]", pipe.execute())
    common = reduce(lambda a, b: [x & y for x, y in zip(a, b, strict=True)], slices)
    bits = "".join(f"{cell % (1 << CELL):0{CELL}b}" for cell in common)
    return [column for column in range(WIDTH - 1, -1, -1) if bits[column] == "1"]


def _ids(record: Record, block: int, columns: list[int]) -> list[str]:
    with record.redis.pipeline(transaction=False) as pipe:
        for column in columns:
            pipe.getrange(record.keys.search_ids(block), column * LENGTH, (column + 1) * LENGTH - 1)
        return cast("list[str]", pipe.execute())
