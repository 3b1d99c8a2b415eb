"""Fingerprints: the latest texts' signatures, to find what is sent again and again."""

import base64
from dataclasses import dataclass
from typing import cast

from redis import Redis

from service.store.keys import Keys

REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One text's signature (64 bytes), whose text it was, and who wrote it."""

    entry: str
    comment: str
    author: str
    signature: bytes


def add(redis: Redis, keys: Keys, comment: str, author: str, signature: bytes) -> None:
    """Remember a text's signature; the oldest are forgotten."""
    fields: dict[str, str] = {
        "c": comment,
        "a": author,
        "s": base64.b64encode(signature).decode(),
    }
    redis.xadd(keys.fingerprints(), fields, maxlen=REMEMBERED, approximate=True)  # type: ignore[arg-type]  # redis-py wants an invariant dict


def since(redis: Redis, keys: Keys, entry: str) -> list[Fingerprint]:
    """Read what came after an entry ("" for all that is remembered), the oldest first."""
    found = redis.xrange(keys.fingerprints(), f"({entry}" if entry else "-", "+")
    rows = cast("list[tuple[str, dict[str, str]]]", found)
    return [Fingerprint(id_, row["c"], row["a"], base64.b64decode(row["s"])) for id_, row in rows]
