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

from service.domain import folding
from service.domain.comment import Comment
from service.domain.marks import stream_safe
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
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17df\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\u3005-\u3007"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9ff\uaa60-\uaadf\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003fffd]+"
)
# Letters that do not decompose, as those write them who do not have them on their keyboard.
BASE_LETTERS = str.maketrans(
    {"ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "þ": "th"}
)
# The combining classes of marks that a search disregards: Hebrew and Arabic vowel signs, accents
# above and below. The vowel signs and killers of Indic and Southeast Asian scripts are letters.
VOWEL_SIGNS, ACCENTS, NUKTA = range(10, 37), 200, 7
BURMESE_DOT = "\u1037"


def words(text: str) -> frozenset[str]:
    """Return the words to index for a text, without case and accents."""
    bare = _bare(text)
    runs = UNSPACED.findall(bare)
    pairs = {run[i : i + 2] for run in runs for i in range(max(len(run) - 1, 1))}
    return frozenset(pairs | set(WORD.findall(_with_marks(UNSPACED.sub(" ", bare)))))


def holds(text: str, query: frozenset[str]) -> bool:
    """Return whether a text has all words of a query; a single character may be in any run."""
    single = {word for word in query if _is_single(word)}
    if not query - single <= words(text):
        return False
    return not single or single <= set(_bare(text))


def _is_single(word: str) -> bool:
    return len(word) == 1 and UNSPACED.match(word) is not None


def _bare(text: str) -> str:
    seen = folding.IGNORED.sub("", stream_safe(text))
    apart = unicodedata.normalize("NFKD", folding.same_i(seen).casefold())
    kept = "".join(char for char in apart if not _is_disregarded(char))
    return unicodedata.normalize("NFC", kept.translate(folding.ALIKE).translate(BASE_LETTERS))


def _is_disregarded(char: str) -> bool:
    kind = unicodedata.combining(char)
    is_nukta = kind == NUKTA and char != BURMESE_DOT
    return kind in VOWEL_SIGNS or kind >= ACCENTS or is_nukta or char == folding.TATWEEL


def _with_marks(text: str) -> str:
    """Write marks as letters of their own: patterns know no words with vowel signs."""
    return "".join(
        f"_{ord(char):x}" if unicodedata.category(char)[0] == "M" else char for char in text
    )


def rows_of(word: str) -> list[int]:
    """Return the rows in which a word sets a bit; none for what may be inside another."""
    if _is_single(word):
        return []
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
