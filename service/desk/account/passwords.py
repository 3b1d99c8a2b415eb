"""Passwords: long enough, kept as argon2id, compared in the same time whether or not they exist."""

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


def fits(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one; where none is kept, take as long to say no."""
    try:
        return HASHER.verify(kept or _nobody(), password[:MAX_PASSWORD]) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe(24))
