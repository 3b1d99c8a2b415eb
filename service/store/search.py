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
from functools import reduce
from typing import cast

from redis import Redis

from service.domain.comment import Comment, Status
from service.domain.ids import LENGTH
from service.store import comments, scripts
from service.store.keys import Keys

ROWS = 320
WIDTH = 1024
BITS_PER_WORD = 2
CELL = 64
BLOCKS_PER_QUERY = 200
WORD = re.compile(r"\w+")
# Scripts that write no spaces are found by pairs of letters.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]+")


def index(redis: Redis, keys: Keys, published: Sequence[Comment]) -> None:
    """Make approved comments findable; doing it again changes nothing."""
    rows = {
        comment.id: sorted({row for word in words(comment.body) for row in _rows(word)})
        for comment in published
    }
    start = int(cast("str | None", redis.get(keys.search_next())) or 0)
    columns = {comment.id: start + i for i, comment in enumerate(published)}
    while columns:
        calls = [_index_call(keys, id_, column, rows[id_]) for id_, column in columns.items()]
        answers = scripts.run_many(redis, "index_comment", calls)
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


def find(
    redis: Redis, keys: Keys, query: str, *, limit: int, thread: str = "", cursor: str = ""
) -> tuple[list[Comment], str]:
    """Give the approved comments that hold every word of the query, the latest published first."""
    wanted = words(query)
    found: list[Comment] = []
    if not wanted:
        return found, ""
    for column, comment in _candidates(redis, keys, wanted, cursor):
        fits = comment.status is Status.APPROVED and (not thread or comment.thread == thread)
        if fits and wanted <= words(comment.body):
            found.append(comment)
            if len(found) == limit:
                return found, str(column)
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


def _candidates(
    redis: Redis, keys: Keys, wanted: frozenset[str], cursor: str
) -> Iterator[tuple[int, Comment]]:
    end = int(cast("str | None", redis.get(keys.search_next())) or 0)
    end = min(end, int(cursor)) if cursor.isascii() and cursor.isdigit() else end
    rows = {row for word in wanted for row in _rows(word)}
    first = (end - 1) // WIDTH if end else -1
    for block in range(first, max(first - BLOCKS_PER_QUERY, -1), -1):
        columns = [c for c in _hits(redis, keys, block, rows) if block * WIDTH + c < end]
        for start in range(0, len(columns), 50):
            chunk = columns[start : start + 50]
            named = dict(zip(_ids(redis, keys, block, chunk), chunk, strict=True))
            for comment in comments.get_many(redis, keys, named):
                yield block * WIDTH + named[comment.id], comment


def _hits(redis: Redis, keys: Keys, block: int, rows: set[int]) -> list[int]:
    """List the columns in which every row has its bit, the last first."""
    with redis.pipeline(transaction=False) as pipe:
        for row in rows:
            cells = range(row * WIDTH, (row + 1) * WIDTH, CELL)
            reads = (part for cell in cells for part in ("GET", f"i{CELL}", cell))
            pipe.execute_command("BITFIELD_RO", keys.search_bits(block), *reads)  # type: ignore[no-untyped-call]
        slices = cast("list[list[int]]", pipe.execute())
    common = reduce(lambda a, b: [x & y for x, y in zip(a, b, strict=True)], slices)
    bits = "".join(f"{cell % (1 << CELL):0{CELL}b}" for cell in common)
    return [column for column in range(WIDTH - 1, -1, -1) if bits[column] == "1"]


def _ids(redis: Redis, keys: Keys, block: int, columns: list[int]) -> list[str]:
    with redis.pipeline(transaction=False) as pipe:
        for column in columns:
            pipe.getrange(keys.search_ids(block), column * LENGTH, (column + 1) * LENGTH - 1)
        return cast("list[str]", pipe.execute())
