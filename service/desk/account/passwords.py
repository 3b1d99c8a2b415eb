"""Passwords: long enough, hashed with argon2id, and compared as slowly if there is no hash."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from service.domain.errors import Fault, Invalid

MIN_PASSWORD = 12
MAX_PASSWORD = 200
# OWASP's second choice of argon2id parameters: with 19 MiB a burst of sign-ins does not exhaust
# the memory of a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def digest(password: str) -> str:
    """Hash a new password.

    :raises Invalid: it is too short or too long.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        detail = f"{MIN_PASSWORD} to {MAX_PASSWORD} characters, please; a few words do well."
        raise Invalid(Fault("password", "length", detail))
    return HASHER.hash(password)


def fits(digest: str | None, password: str) -> bool:
    """Tell whether a password is right; without a digest, spend the same time to say no."""
    try:
        return HASHER.verify(digest or _nobodys(), password[:MAX_PASSWORD]) and digest is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(24))
