"""Second factors: the six digits of an authenticator app, and recovery codes if it is lost.

A stolen store or backup contains neither: see `appsecret`, and the codes are stored as hashes.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import pyotp

from service.core import Core
from service.desk.account import appsecret, continuity
from service.desk.account.appsecret import AppSecret
from service.domain.errors import AppThere, WrongCode
from service.domain.moderator import Moderator
from service.signing import Signer
from service.store.accounts import factors, passkeys

ISSUER = "Folkmoot"
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
    nonce = nonce if appsecret.NONCE.fullmatch(nonce) else appsecret.new_nonce(core)
    secret = appsecret.possible(core, moderator.name, nonce)[0].text
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
    if not appsecret.NONCE.fullmatch(nonce) or not _fitting(core, name, nonce, digits):
        raise WrongCode
    if not factors.put_app(core.redis, name, nonce):
        raise AppThere
    continuity.insist(core, moderator, lambda: factors.drop_app(core.redis, name))
    return new_codes(core, moderator)


def new_codes(core: Core, moderator: Moderator) -> list[str]:
    """Create recovery codes that replace the earlier ones.

    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    name, codes = moderator.name, [_code() for _ in range(CODES)]
    factors.put_codes(core.redis, name, [_digest(core.signer, moderator, code) for code in codes])
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
    name, plain = moderator.name, _plain(typed)
    stored = factors.app(core.redis, name)
    if stored is not None and (secret := _fitting(core, name, stored, plain)):
        if not secret.is_present:
            # The app must outlive the former secret.
            factors.replace_app(core.redis, name, stored, appsecret.seal(core, name, secret))
        return
    digests = (_digest(signer, moderator, plain) for signer in core.signer.generations)
    if not any(factors.use_code(core.redis, name, digest) for digest in digests):
        raise WrongCode


def forget(core: Core, moderator: Moderator) -> None:
    """Delete the app, the recovery codes and all passkeys."""
    factors.clear(core.redis, moderator.name)
    for passkey in passkeys.of(core.redis, moderator.name):
        passkeys.remove(core.redis, moderator.name, passkey.id)


def _fitting(core: Core, name: str, stored: str, digits: str) -> AppSecret | None:
    """Return the secret whose digits these are, and use them up; None if there is none."""
    plain, now = _plain(digits), core.now()
    if not (plain.isascii() and plain.isdigit()):
        return None
    for secret in appsecret.possible(core, name, stored):
        if pyotp.TOTP(secret.text).verify(plain, for_time=now, valid_window=DRIFT):
            # Digits read over a shoulder are useless: they are valid once (RFC 6238, 5.2).
            is_unused = factors.spend(core.redis, f"totp {name} {plain}", REMEMBERED)
            return secret if is_unused else None
    return None


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _digest(signer: Signer, moderator: Moderator, code: str) -> str:
    return signer.mac(_plain(code), "recovery", moderator.name)


def _plain(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").lower()[:40]
