"""Fingerprints: signatures of the latest texts, to find repeated ones."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from redis.typing import EncodableT, FieldT

from service.store.codec import StreamRow
from service.store.record import Record

REMEMBERED = 5000
# If seven tenths of the shingles agree, it is the same text with a word or two changed; texts on
# the same subject stay below three tenths.
NEARLY = 0.7


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The signature (64 bytes) of a comment's text."""

    entry: str
    comment: str
    author: str
    signature: bytes


def add(record: Record, news: Iterable[tuple[str, str, bytes]]) -> None:
    """Store signatures given as (comment, author, signature); the oldest are dropped."""
    with record.redis.pipeline(transaction=False) as pipe:
        for comment, author, signature in news:
            encoded = base64.b64encode(signature).decode()
            fields: dict[FieldT, EncodableT] = {"c": comment, "a": author, "s": encoded}
            pipe.xadd(record.keys.fingerprints(), fields, maxlen=REMEMBERED, approximate=True)
        pipe.execute()


def since(record: Record, entry: str) -> list[Fingerprint]:
    """Read the fingerprints after an entry ("" for all), the oldest first."""
    start = f"({entry}" if entry else "-"
    rows = cast("list[StreamRow]", record.redis.xrange(record.keys.fingerprints(), start, "+"))
    return [Fingerprint(id_, row["c"], row["a"], base64.b64decode(row["s"])) for id_, row in rows]
