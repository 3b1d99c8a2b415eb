"""Moderators come in: by password and second factor, or by passkey; and their sessions end."""

import hmac
import secrets
from dataclasses import dataclass, replace
from functools import partial

from service.core import Core
from service.desk.account import continuity, factors, passkeys, passwords, profile
from service.domain.errors import NotSignedIn, WrongPassword
from service.domain.moderator import Moderator
from service.domain.session import Session, Step
from service.store import keys
from service.store.accounts import moderators, sessions
from service.store.people import allowances
from service.store.site import wishes

TRIES = allowances.Rate(per_minute=5, burst=10)
# Six digits are few: who knows the password may try some, then one a minute.
FACTOR_TRIES = allowances.Rate(per_minute=1, burst=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who knocks: his network, what he calls his device, and the token it kept from last time."""

    address: str
    device: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What lets somebody in: the session's token, and one by which his device is known again."""

    token: str
    session: Session
    device: str = ""


def sign_in(core: Core, name: str, password: str, visit: Visit) -> Entry:
    """Open a session for name and password; where a second factor is due, only half of one.

    The allowance is the address's, or the device's where it is known, and never the account's
    alone: nobody can lock somebody else out.

    :raises TooMany: this address, or device, has tried too often.
    :raises WrongPassword: they do not belong together, or there is no such account.
    """
    _take(core, "sign-in", _who(core, name, visit), TRIES)
    moderator = moderators.find(core.redis, name)
    if not passwords.fits(moderator.password if moderator else None, password) or not moderator:
        raise WrongPassword
    return arrive(core, moderator, visit)


def arrive(core: Core, moderator: Moderator, visit: Visit) -> Entry:
    """Open a session for whoever has proved one factor; where another is due, half of one."""
    step = Step.SECOND if factors.has_any(core, moderator) else due(core, moderator)
    return open_session(core, moderator, visit, step)


def second(core: Core, half: Session, typed: str, visit: Visit) -> Entry:
    """Take the second factor and open the whole session, under a token of its own.

    :raises TooMany: too many wrong codes were tried for this account from where this comes from.
    :raises WrongCode: it is neither the app's nor a recovery code.
    """
    moderator = moderators.find(core.redis, half.moderator)
    if moderator is None:
        raise NotSignedIn
    who = _who(core, moderator.name, replace(visit, address=f"account {moderator.name}"))
    _take(core, "factor", who, FACTOR_TRIES)
    factors.prove(core, moderator, typed)
    sessions.end(core.redis, moderator.name, half.id)
    return open_session(core, moderator, visit)


def by_passkey(core: Core, answer: str, visit: Visit) -> Entry:
    """Open a session for a passkey, which is two factors in one.

    :raises TooMany: this address has tried too often.
    :raises PasskeyRefused: it is none of ours.
    """
    _take(core, "sign-in", core.signer.pseudonym("", "address", visit.address), TRIES)
    return open_session(core, passkeys.recognise(core, answer), visit)


def open_session(core: Core, moderator: Moderator, visit: Visit, step: Step = Step.INSIDE) -> Entry:
    """Open a session under a fresh random token.

    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    token, now = secrets.token_urlsafe(24), core.now()
    session = Session(
        id=sessions.digest(token),
        moderator=moderator.name,
        opened=now,
        seen=now,
        device=visit.device,
        step=step,
    )
    sessions.put(core.redis, session)
    end = partial(sessions.end, core.redis, moderator.name, session.id)
    continuity.insist(core, moderator, end)
    known = _known(core, moderator.name, secrets.token_urlsafe(9)) if step is Step.INSIDE else ""
    return Entry(token, session, known)


def vouch(core: Core, moderator: Moderator, session: Session, password: str, visit: Visit) -> None:
    """Make sure, before what lets somebody in is changed, that it is the account's owner.

    He types his password again, but for who sets up his first factor on his way in: he has just
    done so.

    :raises TooMany: he has tried too often.
    :raises Invalid: this is not his password.
    :raises NotSignedIn: he is on his way in, and a factor was set up since.
    """
    limit(core, moderator, visit)
    insist_on_the_first(core, moderator, session)
    if session.step is Step.INSIDE:
        profile.check_password(moderator, password)


def insist_on_the_first(core: Core, moderator: Moderator, session: Session) -> None:
    """Let who is on his way in set up a first factor, never one beside another.

    :raises NotSignedIn: there is one by now; it is what lets him in.
    """
    if session.step is not Step.INSIDE and factors.has_any(core, moderator):
        raise NotSignedIn


def limit(core: Core, moderator: Moderator, visit: Visit) -> None:
    """Take one try from the allowance of whoever types a secret inside.

    :raises TooMany: he has tried too often.
    """
    _take(core, "sign-in", _who(core, moderator.name, visit), TRIES)


def due(core: Core, moderator: Moderator) -> Step:
    """Tell whether somebody without a second factor has to set one up first."""
    if wishes.wants_second_factor(core.redis) and not factors.has_any(core, moderator):
        return Step.SETUP
    return Step.INSIDE


def present(core: Core, token: str) -> tuple[Moderator, Session]:
    """Tell whose session a token is; roles and sites are those of this moment.

    :raises NotSignedIn: there is no such session, or its moderator has gone.
    """
    session = sessions.find(core.redis, token)
    moderator = moderators.find(core.redis, session.moderator) if session else None
    if session is None or moderator is None:
        raise NotSignedIn
    sessions.see(core.redis, session, core.now())
    return moderator, session


def _take(core: Core, what: str, who: str, rate: allowances.Rate) -> None:
    allowances.take(core.redis, keys.allowance(what, who), rate, now=core.now())


def _who(core: Core, name: str, visit: Visit) -> str:
    nonce, _, _ = visit.known.partition(".")
    # A device that has been inside before has an allowance of its own: whoever tries from the same
    # network, or knows the name, cannot use it up (OWASP calls this a device cookie).
    if nonce and hmac.compare_digest(visit.known.encode(), _known(core, name, nonce).encode()):
        return f"device-{sessions.digest(visit.known)}"
    return core.signer.pseudonym("", "address", visit.address)


def _known(core: Core, name: str, nonce: str) -> str:
    return f"{nonce}.{core.signer.mac(nonce, 'device', name)}"
