"""Second factors: the six digits of an authenticator app, and recovery codes if it is lost.

The app's secret is derived from the installation's secret, a random number and the account's name,
so a stolen store or backup does not contain it.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta

import pyotp

from service.core import Core
from service.desk.account import continuity
from service.domain.errors import AppThere, WrongCode
from service.domain.moderator import Moderator
from service.store.accounts import factors, passkeys

ISSUER = "Folkmoot"
SECRET_BYTES = 20
STEP = 30
# A phone's clock may be half a minute off.
DRIFT = 1
CODES = 10
# Without letters that look like digits: codes are read off paper and typed by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
REMEMBERED = timedelta(seconds=STEP * (2 * DRIFT + 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSetup:
    """A secret for an app: as an address to scan, and as text to type."""

    nonce: str
    address: str
    secret: str


def offer(core: Core, moderator: Moderator, nonce: str = "") -> AppSetup:
    """Create a secret for an app; nothing is stored until the app proves that it has it."""
    nonce = nonce[:64] or base64.urlsafe_b64encode(core.random(12)).decode()
    secret = _secret(core, moderator.name, nonce)
    address = pyotp.TOTP(secret).provisioning_uri(name=moderator.name, issuer_name=ISSUER)
    return AppSetup(nonce=nonce, address=address, secret=secret)


def set_up(core: Core, moderator: Moderator, nonce: str, digits: str) -> list[str]:
    """Require an app's digits from now on, and return recovery codes to show once.

    :raises AppThere: an app is set up already; it is not replaced.
    :raises WrongCode: the digits do not fit the offered secret.
    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    name = moderator.name
    if has_app(core, moderator):
        raise AppThere
    if not nonce or not _fits(core, name, nonce[:64], digits):
        raise WrongCode
    if not factors.put_app(core.redis, name, nonce[:64]):
        raise AppThere
    continuity.insist(core, moderator, lambda: factors.drop_app(core.redis, name))
    return new_codes(core, moderator)


def new_codes(core: Core, moderator: Moderator) -> list[str]:
    """Create recovery codes that replace the earlier ones.

    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    name, codes = moderator.name, [_code() for _ in range(CODES)]
    factors.put_codes(core.redis, name, [_digest(core, moderator, code) for code in codes])
    continuity.insist(core, moderator, lambda: factors.drop_codes(core.redis, name))
    return codes


def has_any(core: Core, moderator: Moderator) -> bool:
    """Tell whether the account has a second factor."""
    return has_app(core, moderator) or bool(passkeys.of(core.redis, moderator.name))


def has_app(core: Core, moderator: Moderator) -> bool:
    """Tell whether an authenticator app is set up."""
    return factors.app(core.redis, moderator.name) is not None


def remove_app(core: Core, moderator: Moderator) -> None:
    """Delete the app and the recovery codes at their owner's request."""
    factors.clear(core.redis, moderator.name)


def has_codes(core: Core, moderator: Moderator) -> bool:
    """Tell whether there are recovery codes left."""
    return bool(factors.codes_left(core.redis, moderator.name))


def prove(core: Core, moderator: Moderator, typed: str) -> None:
    """Verify the app's digits or a recovery code; each is valid once.

    :raises WrongCode: it is neither, or was used before.
    """
    nonce, plain = factors.app(core.redis, moderator.name), _plain(typed)
    if nonce is not None and _fits(core, moderator.name, nonce, plain):
        return
    if not factors.use_code(core.redis, moderator.name, _digest(core, moderator, plain)):
        raise WrongCode


def forget(core: Core, moderator: Moderator) -> None:
    """Delete the app, the recovery codes and all passkeys."""
    factors.clear(core.redis, moderator.name)
    for passkey in passkeys.of(core.redis, moderator.name):
        passkeys.remove(core.redis, moderator.name, passkey.id)


def _fits(core: Core, name: str, nonce: str, digits: str) -> bool:
    plain, now = _plain(digits), core.now()
    if not (plain.isascii() and plain.isdigit()):
        return False
    if not pyotp.TOTP(_secret(core, name, nonce)).verify(plain, for_time=now, valid_window=DRIFT):
        return False
    # Digits read over a shoulder are useless: they are valid once (RFC 6238, 5.2).
    return factors.spend(core.redis, f"totp {name} {nonce} {plain}", REMEMBERED)


def _secret(core: Core, name: str, nonce: str) -> str:
    return base64.b32encode(core.signer.derive("totp", name, nonce)[:SECRET_BYTES]).decode()


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _digest(core: Core, moderator: Moderator, code: str) -> str:
    return core.signer.mac(_plain(code), "recovery", moderator.name)


def _plain(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").lower()[:40]
