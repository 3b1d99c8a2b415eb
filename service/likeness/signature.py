"""Reduce a text to its signature: b-bit MinHash (Li & König, WWW 2010) of its shingles."""

import re
from zlib import crc32

import numpy as np
from datasketch import MinHash

from service.likeness.memory import SIZE

SHINGLE = 5
# Many people write "Thank you!"; a match that short means nothing.
SHORTEST = 30
EMPTY = MinHash(num_perm=SIZE, seed=1, hashfunc=crc32)
NOISE = re.compile(r"\W+")


def signature(text: str) -> bytes | None:
    """Reduce a text to 64 bytes that agree as often as the shingles do; None if it is too short."""
    plain = NOISE.sub(" ", text.casefold()).strip()
    if len(plain) < SHORTEST:
        return None
    shingles = {plain[i : i + SHINGLE].encode() for i in range(len(plain) - SHINGLE + 1)}
    sketch = EMPTY.copy()
    sketch.update_batch(sorted(shingles))
    return bytes((sketch.hashvalues & 0xFF).astype(np.uint8).tobytes())
