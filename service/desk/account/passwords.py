"""Passwords: hard to guess, hashed with argon2id, and compared as slowly if there is no hash."""

import re
import secrets
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.turnstile import Turnstile

ISSUER = "Folkmoot"
WORDS = (re.compile(r"\w{3,}"), re.compile(r"[\w.-]{3,}"))
MIN_PASSWORD = 12
MAX_PASSWORD = 200
# OWASP's second choice of argon2id parameters: with 19 MiB a burst of sign-ins does not exhaust
# the memory of a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# A hash takes some 30 ms of a processor. Whoever sends more of them than this has to wait, and
# not everybody else; readers' threads are never all taken.
HASHING = Turnstile(at_once=2, patience=0.5)
# zxcvbn's scores are 0 to 4. From 3 on (10^8 guesses), guessing against argon2id takes years.
LEAST_SCORE = 3
# zxcvbn's time grows with the square of the length, and what is long is not judged by its end.
JUDGED = 40
WEAK = (
    "This is easy to guess. Take four or five words that do not belong together, "
    "or let your password manager choose one."
)


def obvious(moderator: Moderator, public_url: str) -> list[str]:
    """List the words that somebody who knows an account would try first."""
    texts = (ISSUER, moderator.name, *moderator.sites, moderator.email, public_url)
    return [word for text in texts for pattern in WORDS for word in pattern.findall(text)]


def check(password: str, known: Iterable[str] = ()) -> None:
    """Check that a new password is hard to guess; `known` is what an attacker would try first.

    :raises Invalid: it is too short, too long, or easy to guess.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        detail = f"{MIN_PASSWORD} to {MAX_PASSWORD} characters, please; a few words do well."
        raise Invalid(Fault("password", "length", detail))
    with HASHING.passed():
        score = zxcvbn(password[:JUDGED], user_inputs=[*known], max_length=JUDGED)["score"]
    if score < LEAST_SCORE:
        raise Invalid(Fault("password", "weak", WEAK))


def digest(password: str) -> str:
    """Hash a new password.

    :raises Busy: too many passwords are being hashed at the same time.
    """
    with HASHING.passed():
        return HASHER.hash(password)


def fits(digest: str | None, password: str) -> bool:
    """Tell whether a password is right; without a digest, spend the same time to say no.

    :raises Busy: too many passwords are being hashed at the same time.
    """
    # No account has such a password, so refusing it at once says nothing about the name.
    if not 0 < len(password) <= MAX_PASSWORD:
        return False
    with HASHING.passed():
        try:
            return HASHER.verify(digest or _nobodys(), password) and digest is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(24))
