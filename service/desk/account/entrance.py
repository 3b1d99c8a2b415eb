"""Sign-in of moderators, by password and second factor or by passkey."""

from dataclasses import dataclass, replace

from service import networks
from service.core import Core
from service.desk.account import accounts, devices, factors, passkeys, passwords, profile, sessions
from service.desk.account.devices import Visit
from service.desk.account.sessions import OpenedSession
from service.domain.errors import NotSignedIn, PasskeyRefused, WrongPassword
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.store.accounts import moderators
from service.store.people import allowances

TRIES = allowances.Rate(per_minute=5, burst=10)
# A link cannot be guessed; this bounds what guessing costs us, and lets a whole newsroom join.
LINKS = allowances.Rate(per_minute=20, burst=40)
# Six digits are few: somebody who knows the password gets some tries, then one a minute.
FACTOR_TRIES = allowances.Rate(per_minute=1, burst=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshProof:
    """What somebody signed in gives to prove again who they are: one of these."""

    password: str = ""
    code: str = ""
    passkey: str = ""


def join(core: Core, token: str, password: str, visit: Visit) -> OpenedSession:
    """Redeem a one-time link with a password, and open a session as after any sign-in.

    :raises TooMany: this address has tried too often.
    :raises InvitationOver: the link was used or is too old.
    :raises Invalid: the password is too short, or easy to guess.
    """
    networks.charge_everywhere(core, "welcome", LINKS, visit.address)
    return open_after_first_factor(core, accounts.welcome(core, token, password), visit)


def sign_in(core: Core, name: str, password: str, visit: Visit) -> OpenedSession:
    """Open a session for name and password; a partial one where a second factor is due.

    Tries are charged to the address, or to a known device, never to the account alone: nobody can
    lock somebody else out.

    :raises TooMany: this address, or device, has tried too often.
    :raises WrongPassword: the password is wrong, or there is no such account.
    """
    devices.charge(core, "sign-in", TRIES, name, visit)
    moderator = moderators.find(core.redis, name)
    if not passwords.fits(moderator.password if moderator else None, password) or not moderator:
        raise WrongPassword
    return open_after_first_factor(core, moderator, visit)


def open_after_first_factor(core: Core, moderator: Moderator, visit: Visit) -> OpenedSession:
    """Open a session after one proved factor; a partial one where another is due."""
    step = Step.SECOND if factors.has_any(core, moderator) else _step_without_factor(core)
    return sessions.open_session(core, moderator, visit, step)


def second(core: Core, half: Session, typed: str, visit: Visit) -> OpenedSession:
    """Verify the second factor and open the full session under a new token.

    :raises TooMany: this caller has tried too many codes for this account.
    :raises WrongCode: it is neither the app's code nor a recovery code.
    """
    moderator = moderators.find(core.redis, half.moderator)
    if moderator is None:
        raise NotSignedIn
    _limit_codes(core, moderator, visit)
    factors.prove(core, moderator, typed)
    sessions.end(core, moderator, half.id)
    return sessions.open_session(core, moderator, visit)


def by_passkey(core: Core, answer: str, visit: Visit) -> OpenedSession:
    """Open a session for a passkey, which counts as two factors.

    :raises TooMany: this address has tried too often.
    :raises PasskeyRefused: the passkey is unknown.
    """
    networks.charge_everywhere(core, "sign-in", TRIES, visit.address)
    return sessions.open_session(core, passkeys.recognise(core, answer), visit)


def vouch(core: Core, moderator: Moderator, session: Session, password: str, visit: Visit) -> None:
    """Check that the account's owner is the one who changes a factor.

    They type their password again, unless they are setting up their first factor during sign-in
    and have just typed it.

    :raises TooMany: they have tried too often.
    :raises Invalid: the password is wrong.
    :raises NotSignedIn: they are still signing in, and a factor was set up meanwhile.
    """
    limit(core, moderator, visit)
    check_is_first_factor(core, moderator, session)
    if session.step is Step.INSIDE:
        profile.check_password(moderator, password)


def confirm(
    core: Core, moderator: Moderator, session: Session, proof: FreshProof, visit: Visit
) -> None:
    """Let a session's owner prove again who they are, with any one of their means.

    An open session is not enough for what gives power over the installation: it may have been
    left open, or its cookie stolen (OWASP ASVS 5.0, 7.5.1 and 7.5.3).

    :raises TooMany: they have tried too often.
    :raises Invalid: the password is wrong.
    :raises WrongCode: the code is wrong, or was used before.
    :raises PasskeyRefused: the passkey is not theirs.
    """
    limit(core, moderator, visit)
    if proof.passkey:
        if passkeys.recognise(core, proof.passkey).name != moderator.name:
            raise PasskeyRefused
    elif proof.code:
        _limit_codes(core, moderator, visit)
        factors.prove(core, moderator, proof.code)
    else:
        profile.check_password(moderator, proof.password)
    sessions.prove(core, session)


def check_is_first_factor(core: Core, moderator: Moderator, session: Session) -> None:
    """Allow setting up a factor during sign-in only if it is the account's first.

    :raises NotSignedIn: there is one already, and it has to be proved instead.
    """
    if session.step is not Step.INSIDE and factors.has_any(core, moderator):
        raise NotSignedIn


def limit(core: Core, moderator: Moderator, visit: Visit) -> None:
    """Charge one try when somebody signed in types a secret.

    :raises TooMany: they have tried too often.
    """
    devices.charge(core, "sign-in", TRIES, moderator.name, visit)


def _limit_codes(core: Core, moderator: Moderator, visit: Visit) -> None:
    place = replace(visit, address=f"account {moderator.name}")
    devices.charge(core, "factor", FACTOR_TRIES, moderator.name, place)


def _step_without_factor(core: Core) -> Step:
    return Step.SETUP if profile.requires_second_factor(core) else Step.INSIDE
