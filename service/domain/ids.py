"""Comment ids that sort by time: ULIDs (github.com/ulid/spec), in lower case."""

from datetime import datetime

from service.domain.moments import from_ms, to_ms

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
RANDOM_BYTES = 10
TIME = 10
# datetime ends at 9999-12-31; an id of a later moment cannot be genuine.
LATEST = "76ez91zpzz"
# Python writes base 32 without Crockford's gaps.
TO_DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")


def new_id(now: datetime, random: bytes) -> str:
    """Make an id of 48 bits of time (ms) and 80 random bits; 26 characters of Crockford base32."""
    number = to_ms(now) << 80 | int.from_bytes(random[:RANDOM_BYTES], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -5, -5))


def is_id(text: str) -> bool:
    """Return whether a text has the form of an id, before it becomes part of a key."""
    is_well_formed = len(text) == LENGTH and all(char in ALPHABET for char in text)
    return is_well_formed and text[:TIME] <= LATEST


def made_at(id_: str) -> datetime:
    """Read from an id when it was made."""
    return from_ms(int(id_[:TIME].translate(TO_DIGITS), base=32))
