"""Holes in a kept page: what is each reader's own is left open there, and filled in every time.

A hole is made by a mark that nobody can know or write. In a compressed page a hole is a block of
its own that is not compressed (RFC 1951, 3.2.4), so that the rest is compressed only once, and a
secret is never compressed together with a text that somebody else has chosen (CVE-2013-3587).
"""

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

# The place in a request of ours that says: leave these open.
PLACE = "folkmoot.holes"
# As everywhere: a third of the time of level 9, and 1 % larger.
LEVEL = 6
# A gzip file (RFC 1952) without a name and a time.
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
CAPTCHA, WORK, KEY = "captcha", "work", "key"


@dataclass(frozen=True, slots=True)
class Holes:
    """The marks of the holes that a page may have, made from a secret."""

    secret: str

    def mark(self, name: str) -> str:
        """Return what stands in a hole's place while the page is made."""
        return f"hole-{self.secret}-{name}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A page in pieces, with a hole after each but the last."""

    pieces: tuple[bytes, ...]
    packed: tuple[bytes, ...]
    holes: tuple[str, ...]
    # The check sum and the length of the first piece, by far the longest.
    check: int

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return sum(map(len, (*self.pieces, *self.packed)))

    def plain(self, values: Mapping[str, bytes]) -> bytes:
        """Return the page with its holes filled in."""
        parts = [self.pieces[0]]
        for hole, piece in zip(self.holes, self.pieces[1:], strict=True):
            parts += (values[hole], piece)
        return b"".join(parts)

    def gzip(self, values: Mapping[str, bytes]) -> bytes:
        """Return the same, compressed."""
        check, length = self.check, len(self.pieces[0])
        parts = [HEAD, self.packed[0]]
        for hole, piece, packed in zip(self.holes, self.pieces[1:], self.packed[1:], strict=True):
            value = values[hole]
            check = zlib.crc32(piece, zlib.crc32(value, check))
            length += len(value) + len(piece)
            parts += (struct.pack("<BHH", 0, len(value), len(value) ^ 0xFFFF), value, packed)
        parts.append(struct.pack("<II", check, length & 0xFFFFFFFF))
        return b"".join(parts)


def of_request() -> Holes | None:
    """Return the holes to leave in the page that is being made, None if it is a reader's."""
    left: Holes | None = request.environ.get(PLACE)
    return left


def cut(page: bytes, holes: Holes) -> Cut:
    """Cut a page at its holes."""
    marks = "|".join(map(re.escape, map(holes.mark, (CAPTCHA, WORK, KEY))))
    parts = re.split(f"({marks})".encode(), page)
    pieces = tuple(parts[::2])
    names = tuple(mark.decode().rpartition("-")[2] for mark in parts[1::2])
    return Cut(pieces, _pack(pieces), names, zlib.crc32(pieces[0]))


def _pack(pieces: Sequence[bytes]) -> tuple[bytes, ...]:
    packed = []
    for piece in pieces:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        end = zlib.Z_FINISH if piece is pieces[-1] else zlib.Z_FULL_FLUSH
        packed.append(packer.compress(piece) + packer.flush(end))
    return tuple(packed)
