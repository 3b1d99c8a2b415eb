"""Search the approved comments by words, without a search engine.

A bit-sliced signature file (Faloutsos & Christodoulakis 1984; BitFunnel, SIGIR 2017): each comment
owns a column of 320 bits in a block of 1,024 comments, each of its words sets two of them. A query
ands the rows of its words, 128 bytes each, so a block costs a few hundred bytes to look through.
A hit is a candidate: what is read is compared with the text itself. 40 bytes a comment.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import cast

from service.domain.comment import Comment, Status
from service.domain.ids import LENGTH
from service.domain.moments import to_ms
from service.domain.thread import Order
from service.store import scripts
from service.store.comments import comments, threads
from service.store.keys import Keys
from service.store.record import Record

ROWS = 320
WIDTH = 1024
BITS_PER_WORD = 2
CELL = 64
CHUNK = 50
# What one query may look at: so many candidates, of which an empty block counts for ten.
BUDGET = 2000
COST_OF_A_BLOCK = 10
# An article with no more comments than this is read itself.
SMALL = 1000
WORD = re.compile(r"\w+")
# Scripts that write no spaces are found by pairs of letters.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]+")


def index(record: Record, published: Sequence[Comment]) -> None:
    """Make approved comments findable; doing it again changes nothing."""
    rows = {
        comment.id: sorted({row for word in words(comment.body) for row in _rows(word)})
        for comment in published
    }
    start = int(cast("str | None", record.redis.get(record.keys.search_next())) or 0)
    columns = {comment.id: start + i for i, comment in enumerate(published)}
    while columns:
        calls = [
            _index_call(record.keys, id_, column, rows[id_]) for id_, column in columns.items()
        ]
        answers = scripts.run_many(record.redis, "index_comment", calls)
        # Where another worker was quicker, or the comment has a column, the script tells which.
        columns = {id_: int(c) for id_, c in zip(columns, answers, strict=True) if int(c) >= 0}


def _index_call(keys: Keys, comment: str, column: int, rows: list[int]) -> scripts.Call:
    block = column // WIDTH
    places = [
        keys.comment(comment),
        keys.search_next(),
        keys.search_ids(block),
        keys.search_bits(block),
    ]
    return places, [comment, column, WIDTH, ROWS, *rows]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was looked at in one go: what it cost, what was read, and where to go on after it."""

    cost: int
    comments: Sequence[tuple[str, Comment]]
    end: str


def find(
    record: Record, query: str, *, limit: int, thread: str = "", cursor: str = ""
) -> tuple[list[Comment], str]:
    """Give approved comments that hold every word of the query, the latest first.

    With them comes the cursor to go on from, "" at the end. A query looks at some thousand
    candidates at most, so there may be a cursor with few comments, or with none.
    """
    wanted = words(query)
    found: list[Comment] = []
    spent = 0
    for stretch in _stretches(record, wanted, thread, cursor) if wanted else ():
        for place, comment in stretch.comments:
            if comment.status is Status.APPROVED and wanted <= words(comment.body):
                found.append(comment)
                if len(found) == limit:
                    return found, place
        spent += stretch.cost
        if spent >= BUDGET:
            return found, stretch.end
    return found, ""


def words(text: str) -> frozenset[str]:
    """Reduce a text to the words it can be found by: no case, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    pairs = {run[i : i + 2] for run in UNSPACED.findall(bare) for i in range(max(len(run) - 1, 1))}
    return frozenset(pairs | set(WORD.findall(UNSPACED.sub(" ", bare))))


def _rows(word: str) -> list[int]:
    digest = hashlib.blake2b(
        word.encode("utf-8", "replace"), digest_size=2 * BITS_PER_WORD
    ).digest()
    return [int.from_bytes(digest[i : i + 2], "big") % ROWS for i in range(0, len(digest), 2)]


def _stretches(
    record: Record, wanted: frozenset[str], thread: str, cursor: str
) -> Iterator[Stretch]:
    """Go through an article itself while it is small, else through the index of the site."""
    small = thread and record.redis.zcard(record.keys.thread_new(thread)) <= SMALL
    if "~" in cursor or (small and not cursor):
        return _along(record, thread, cursor)
    return _indexed(record, wanted, thread, cursor)


def _along(record: Record, thread: str, cursor: str) -> Iterator[Stretch]:
    ids, _ = threads.page(record, thread, Order.NEWEST, limit=SMALL, cursor=cursor)
    for start in range(0, len(ids), CHUNK):
        read = comments.get_many(record, ids[start : start + CHUNK])
        placed = [(f"{float(to_ms(one.created_at))!r}~{one.id}", one) for one in read]
        yield Stretch(0, placed, "")


def _indexed(record: Record, wanted: frozenset[str], thread: str, cursor: str) -> Iterator[Stretch]:
    end = int(cast("str | None", record.redis.get(record.keys.search_next())) or 0)
    end = min(end, int(cursor)) if cursor.isascii() and cursor.isdigit() else end
    rows = {row for word in wanted for row in _rows(word)}
    for block in range((end - 1) // WIDTH if end else -1, -1, -1):
        base = block * WIDTH
        columns = [c for c in _hits(record, block, rows) if base + c < end]
        for start in range(0, len(columns), CHUNK):
            chunk = columns[start : start + CHUNK]
            named = dict(zip(_ids(record, block, chunk), chunk, strict=True))
            read = comments.get_many(record, _on_thread(record, thread, list(named)))
            placed = [(str(base + named[one.id]), one) for one in read]
            yield Stretch(len(chunk), placed, str(base + chunk[-1]))
        # At the very beginning of the index there is nowhere to go on to.
        yield Stretch(COST_OF_A_BLOCK, (), str(base) if base else "")


def _on_thread(record: Record, thread: str, ids: list[str]) -> list[str]:
    if not thread:
        return ids
    scores = record.redis.zmscore(record.keys.thread_new(thread), ids)
    return [id_ for id_, score in zip(ids, scores, strict=True) if score is not None]


def _hits(record: Record, block: int, rows: set[int]) -> list[int]:
    """List the columns in which every row has its bit, the last first."""
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
