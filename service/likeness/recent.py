"""Find near-duplicates: b-bit MinHash signatures (Li & König, WWW 2010) of the latest texts."""

import re
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from service.judging.case import Alike
from service.store.comments.fingerprints import NEARLY, REMEMBERED, Fingerprint

SIZE = 64
SHINGLE = 5
# "Thank you!" is said by many and means nothing.
SHORTEST = 30
EMPTY = MinHash(num_perm=SIZE, seed=1, hashfunc=crc32)
NOISE = re.compile(r"\W+")


def signature(text: str) -> bytes | None:
    """Reduce a text to 64 bytes that agree as often as its shingles do; None if it is short."""
    plain = NOISE.sub(" ", text.casefold()).strip()
    if len(plain) < SHORTEST:
        return None
    shingles = {plain[i : i + SHINGLE].encode() for i in range(len(plain) - SHINGLE + 1)}
    sketch = EMPTY.copy()
    sketch.update_batch(sorted(shingles))
    return bytes((sketch.hashvalues & 0xFF).astype(np.uint8).tobytes())


@dataclass(slots=True)
class Recent:
    """The latest fingerprints of one site, as one array that grows by what is new."""

    last: str = ""
    known: list[Fingerprint] = field(default_factory=list)
    signatures: NDArray[np.uint8] = field(default_factory=lambda: np.empty((0, SIZE), np.uint8))

    def learn(self, news: list[Fingerprint]) -> None:
        """Add what came since, and forget the oldest."""
        if not news:
            return
        rows = np.frombuffer(b"".join(n.signature for n in news), np.uint8).reshape(-1, SIZE)
        self.last = news[-1].entry
        self.known = [*self.known, *news][-REMEMBERED:]
        self.signatures = np.concatenate([self.signatures, rows])[-REMEMBERED:]

    def alike(self, comment: str, author: str, sketch: bytes | None) -> Alike:
        """Count the comments before this one whose texts are nearly the same."""
        if sketch is None or not self.known:
            return Alike()
        agreeing = (self.signatures == np.frombuffer(sketch, np.uint8)).mean(axis=1)
        others: dict[str, str] = {}
        for near in (self.known[i] for i in np.flatnonzero(agreeing >= NEARLY)):
            if near.comment == comment:
                break
            others[near.comment] = near.author
        return Alike(texts=len(others), by_author=sum(who == author for who in others.values()))
