"""The search index: finds approved comments by their words, without a search engine.

A bit-sliced signature file (Faloutsos & Christodoulakis 1984; BitFunnel, SIGIR 2017): each comment
owns a column of 320 bits in a block of 1,024 comments, and each of its words sets two bits. A query
ANDs the rows of its words, 128 bytes each, so that searching a block reads a few hundred bytes. It
needs 40 bytes per comment. lib/index.lua writes it, in the scripts that publish.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from service.domain.comment import Comment
from service.store import scripts
from service.store.keys import Keys
from service.store.record import Record
from service.store.scripts import Call

# The shape of a block, as lib/index.lua has it.
ROWS = 320
WIDTH = 1024
BITS_PER_WORD = 2
WORD = re.compile(r"\w+")
# Scripts without spaces are indexed by pairs of characters.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]+")


def words(text: str) -> frozenset[str]:
    """Return the words to index for a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
    pairs = {run[i : i + 2] for run in UNSPACED.findall(bare) for i in range(max(len(run) - 1, 1))}
    return frozenset(pairs | set(WORD.findall(UNSPACED.sub(" ", bare))))


def rows_of(word: str) -> list[int]:
    """Return the rows in which a word sets a bit."""
    digest = hashlib.blake2b(
        word.encode("utf-8", "replace"), digest_size=2 * BITS_PER_WORD
    ).digest()
    return [int.from_bytes(digest[i : i + 2], "big") % ROWS for i in range(0, len(digest), 2)]


def rows(text: str) -> str:
    """Return the rows of all words of a text in the form of the scripts: "3 17 200"."""
    return " ".join(map(str, sorted({row for word in words(text) for row in rows_of(word)})))


def keys_of(keys: Keys) -> dict[str, str]:
    """Return the keys that the scripts write when they index a comment."""
    return {
        "search_next": keys.search_next(),
        "search_ids": keys.search_ids(""),
        "search_bits": keys.search_bits(""),
    }


def add(record: Record, published: Sequence[Comment]) -> None:
    """Index published comments that are missing; those deleted meanwhile stay deleted.

    Publishing a comment indexes it already (see `door`): this repairs losses.
    """
    places = keys_of(record.keys)
    calls = [
        Call(
            keys={"comment": record.keys.comment(comment.id), **places},
            args={"id": comment.id, "rows": rows(comment.body)},
        )
        for comment in published
    ]
    scripts.run_many(record.redis, "index_comment", calls)
