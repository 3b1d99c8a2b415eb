"""Moderators sign in: by password and second factor, or by passkey."""

from dataclasses import replace

from service.core import Core
from service.desk.account import devices, factors, passkeys, passwords, profile, sessions
from service.desk.account.devices import Visit
from service.desk.account.sessions import OpenedSession
from service.domain.errors import NotSignedIn, WrongPassword
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.store import keys
from service.store.accounts import moderators
from service.store.people import allowances

TRIES = allowances.Rate(per_minute=5, burst=10)
# Six digits are few: who knows the password may try some, then one a minute.
FACTOR_TRIES = allowances.Rate(per_minute=1, burst=5)


def sign_in(core: Core, name: str, password: str, visit: Visit) -> OpenedSession:
    """Open a session for name and password; where a second factor is due, only half of one.

    The allowance is the address's, or the device's where it is known, and never the account's
    alone: nobody can lock somebody else out.

    :raises TooMany: this address, or device, has tried too often.
    :raises WrongPassword: they do not belong together, or there is no such account.
    """
    _take(core, "sign-in", devices.caller_of(core, name, visit), TRIES)
    moderator = moderators.find(core.redis, name)
    if not passwords.fits(moderator.password if moderator else None, password) or not moderator:
        raise WrongPassword
    return open_after_first_factor(core, moderator, visit)


def open_after_first_factor(core: Core, moderator: Moderator, visit: Visit) -> OpenedSession:
    """Open a session for somebody who has proved one factor; where another is due, half of one."""
    step = Step.SECOND if factors.has_any(core, moderator) else _step_without_factor(core)
    return sessions.open_session(core, moderator, visit, step)


def second(core: Core, half: Session, typed: str, visit: Visit) -> OpenedSession:
    """Take the second factor and open the whole session, under a token of its own.

    :raises TooMany: too many wrong codes were tried for this account from where this comes from.
    :raises WrongCode: it is neither the app's nor a recovery code.
    """
    moderator = moderators.find(core.redis, half.moderator)
    if moderator is None:
        raise NotSignedIn
    place = replace(visit, address=f"account {moderator.name}")
    _take(core, "factor", devices.caller_of(core, moderator.name, place), FACTOR_TRIES)
    factors.prove(core, moderator, typed)
    sessions.end(core, moderator, half.id)
    return sessions.open_session(core, moderator, visit)


def by_passkey(core: Core, answer: str, visit: Visit) -> OpenedSession:
    """Open a session for a passkey, which is two factors in one.

    :raises TooMany: this address has tried too often.
    :raises PasskeyRefused: it is none of ours.
    """
    _take(core, "sign-in", core.signer.pseudonym("", "address", visit.address), TRIES)
    return sessions.open_session(core, passkeys.recognise(core, answer), visit)


def vouch(core: Core, moderator: Moderator, session: Session, password: str, visit: Visit) -> None:
    """Make sure that it is the account's owner who changes a factor.

    They type their password again; but not those who set up their first factor while they sign
    in: they have just done so.

    :raises TooMany: they have tried too often.
    :raises Invalid: this is not their password.
    :raises NotSignedIn: they are still signing in, and a factor was set up since.
    """
    limit(core, moderator, visit)
    check_is_first_factor(core, moderator, session)
    if session.step is Step.INSIDE:
        profile.check_password(moderator, password)


def check_is_first_factor(core: Core, moderator: Moderator, session: Session) -> None:
    """Let those who are still signing in set up a first factor, never one beside another.

    :raises NotSignedIn: there is one by now, which they have to show.
    """
    if session.step is not Step.INSIDE and factors.has_any(core, moderator):
        raise NotSignedIn


def limit(core: Core, moderator: Moderator, visit: Visit) -> None:
    """Take one try from the allowance of somebody signed in who types a secret.

    :raises TooMany: they have tried too often.
    """
    _take(core, "sign-in", devices.caller_of(core, moderator.name, visit), TRIES)


def _step_without_factor(core: Core) -> Step:
    return Step.SETUP if profile.requires_second_factor(core) else Step.INSIDE


def _take(core: Core, what: str, caller: str, rate: allowances.Rate) -> None:
    allowances.take(core.redis, keys.allowance(what, caller), rate, now=core.now())
