"""Fingerprints: the latest texts' signatures, to find what is sent again and again."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from redis.typing import EncodableT, FieldT

from service.store.codec import StreamRow
from service.store.record import Record

REMEMBERED = 5000
# Where seven tenths of the shingles agree it is the same text with a word or two changed; texts on
# one subject stay below three tenths.
NEARLY = 0.7


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text's signature (64 bytes), whose text it was, and who wrote it."""

    entry: str
    comment: str
    author: str
    signature: bytes


def add(record: Record, news: Iterable[tuple[str, str, bytes]]) -> None:
    """Remember texts' signatures as (comment, author, signature); the oldest are forgotten."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment, author, signature in news:
            encoded = base64.b64encode(signature).decode()
            fields: dict[FieldT, EncodableT] = {"c": comment, "a": author, "s": encoded}
            pipe.xadd(record.keys.fingerprints(), fields, maxlen=REMEMBERED, approximate=True)
        pipe.execute()


def since(record: Record, entry: str) -> list[Fingerprint]:
    """Read what came after an entry ("" for all that is remembered), the oldest first."""
    start = f"({entry}" if entry else "-"
    rows = cast("list[StreamRow]", record.redis.xrange(record.keys.fingerprints(), start, "+"))
    return [Fingerprint(id_, row["c"], row["a"], base64.b64decode(row["s"])) for id_, row in rows]
