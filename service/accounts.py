"""Moderators' accounts: invite by a one-time link, set a password, sign in."""

import secrets
from dataclasses import replace
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from service.core import Core
from service.domain.errors import Fault, Invalid, WrongPassword
from service.domain.moderator import Moderator
from service.store import keys, limits, moderators

MIN_PASSWORD = 12
MAX_PASSWORD = 200
TRIES = limits.Rate(per_minute=5, burst=10)
# OWASP's second choice of argon2id parameters: 19 MiB, so that a burst of sign-ins does not
# take the memory of a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def invite(core: Core, moderator: Moderator) -> str:
    """Make a one-time link for a new moderator, or for one who has lost his password."""
    token = secrets.token_urlsafe(24)
    moderators.invite(core.redis, token, moderator)
    return f"{core.public_url}/review/welcome/{token}"


def welcome(core: Core, token: str, password: str) -> tuple[Moderator, str]:
    """Use a one-time link: set the password, open a session, and give its token.

    :raises InvitationOver: the link was used or is too old.
    :raises Invalid: the password is too short.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        detail = f"{MIN_PASSWORD} to {MAX_PASSWORD} characters, please; a few words do well."
        raise Invalid(Fault("password", "length", detail))
    moderator = replace(moderators.redeem(core.redis, token), password=HASHER.hash(password))
    moderators.put(core.redis, moderator)
    return moderator, _open_session(core, moderator)


def sign_in(core: Core, name: str, password: str, address: str) -> tuple[Moderator, str]:
    """Open a session for name and password, and give its token.

    The allowance is the address's, not the account's: nobody can lock somebody else out.

    :raises TooMany: this address has tried too often.
    :raises WrongPassword: they do not belong together, or there is no such account.
    """
    who = core.signer.pseudonym("", "address", address)
    limits.take(core.redis, keys.allowance("sign-in", who), TRIES, now=core.now())
    moderator = moderators.find(core.redis, name)
    # A name that is unknown costs the same time as a wrong password.
    known = moderator.password if moderator and moderator.password else _nobody()
    if not _fits(known, password[:MAX_PASSWORD]) or moderator is None:
        raise WrongPassword
    return moderator, _open_session(core, moderator)


def _open_session(core: Core, moderator: Moderator) -> str:
    token = secrets.token_urlsafe(24)
    moderators.sign_in(core.redis, token, moderator.name)
    return token


def _fits(digest: str, password: str) -> bool:
    try:
        return HASHER.verify(digest, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe(24))
