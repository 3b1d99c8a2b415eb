"""Vectors of many texts, computed block by block and kept, so that a stopped run goes on."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

BLOCK: Final = 1000

Vectors = NDArray[np.float16]
Tick = Callable[[], None]


def vectors_of(
    texts: Sequence[str],
    read: Callable[[str], NDArray[np.float32]],
    encoder: str,
    folder: Path,
    tick: Tick,
) -> Vectors:
    """Return the vectors (texts, width), which `read` computes where `folder` has none.

    `encoder` names what computes them: vectors of another one are never used. `tick` is called
    once for each text, when its block is finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    blocks = []
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        blocks.append(_kept(block, read, folder / f"{_key(block, encoder)}.npy"))
        for _ in block:
            tick()
    return np.concatenate(blocks)


def _kept(texts: Sequence[str], read: Callable[[str], NDArray[np.float32]], path: Path) -> Vectors:
    if path.exists():
        found: Vectors = np.load(path, allow_pickle=False)
        return found
    vectors = np.array([read(text) for text in texts], np.float16)
    fresh = path.with_suffix(".new.npy")
    np.save(fresh, vectors)
    os.replace(fresh, path)
    return vectors


def _key(texts: Sequence[str], encoder: str) -> str:
    digest = hashlib.sha256(encoder.encode())
    for text in texts:
        digest.update(f"{len(text)} {text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
