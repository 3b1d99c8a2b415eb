"""Passwords: long enough, kept as argon2id; a comparison takes as long where there is none."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from service.domain.errors import Fault, Invalid

MIN_PASSWORD = 12
MAX_PASSWORD = 200
# OWASP's second choice of argon2id parameters: 19 MiB, so that a burst of sign-ins does not
# take the memory of a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def digest(password: str) -> str:
    """Turn a new password into what is kept.

    :raises Invalid: it is too short, or too long.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        detail = f"{MIN_PASSWORD} to {MAX_PASSWORD} characters, please; a few words do well."
        raise Invalid(Fault("password", "length", detail))
    return HASHER.hash(password)


def fits(digest: str | None, password: str) -> bool:
    """Tell whether a password is the right one; where there is none, take as long to say no."""
    try:
        return HASHER.verify(digest or _nobodys(), password[:MAX_PASSWORD]) and digest is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(24))
