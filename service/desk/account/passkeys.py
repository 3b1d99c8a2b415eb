"""Passkeys (WebAuthn): a device signs our challenge; issuing a challenge stores nothing."""

import base64
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import structs
from webauthn.helpers.exceptions import WebAuthnException

from service.core import Core
from service.desk.account import challenges, continuity
from service.domain import json_text
from service.domain.errors import PasskeyRefused
from service.domain.moderator import Moderator
from service.domain.session import Session
from service.store.accounts import moderators, passkeys
from service.store.accounts.passkeys import Passkey

NAME = "Folkmoot"
MAX_LABEL = 50
LOOPBACK = frozenset({"127.0.0.1", "::1"})
# What the library and we raise for an answer that no browser has made: the library checks types
# only partly, and its CBOR reader is recursive.
MALFORMED = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)
VERIFIED = structs.UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Our identity to a browser: a passkey belongs to a host name, never to an IP address."""

    id: str
    origin: str


def relying_party(public_url: str) -> RelyingParty:
    """Return our identity; `localhost` for a loopback address."""
    parts = urlsplit(public_url)
    host = "localhost" if parts.hostname in LOOPBACK else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return RelyingParty(host, f"{parts.scheme}://{host}{port}")


def offer(core: Core, moderator: Moderator, session: Session) -> str:
    """Return the options, as JSON, with which the browser creates a passkey.

    The challenge is bound to this session, whose owner has already been authenticated.
    """
    own = [_descriptor(passkey.id) for passkey in passkeys.of(core.redis, moderator.name)]
    options = webauthn.generate_registration_options(
        rp_id=relying_party(core.public_url).id,
        rp_name=NAME,
        user_id=core.signer.derive("passkey", moderator.name),
        user_name=moderator.name,
        challenge=challenges.make(core, f"register {session.id}"),
        exclude_credentials=own,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
    )
    return webauthn.options_to_json(options)


def register(
    core: Core, moderator: Moderator, session: Session, answer: str, label: str
) -> Passkey:
    """Store the passkey that a device has created.

    :raises PasskeyRefused: the answer does not fit this session's challenge, or is too late.
    :raises NotSignedIn: the account was removed, reset or given another password meanwhile.
    """
    credential, challenge = _read(core, answer, f"register {session.id}")
    party = relying_party(core.public_url)
    try:
        registration = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED) as error:
        raise PasskeyRefused from error
    passkey = Passkey(
        id=_text(registration.credential_id),
        moderator=moderator.name,
        public_key=_text(registration.credential_public_key),
        count=registration.sign_count,
        label=label.strip()[:MAX_LABEL] or "Passkey",
        made=core.now(),
    )
    if not passkeys.put(core.redis, passkey):
        raise PasskeyRefused
    forget = partial(passkeys.remove, core.redis, moderator.name, passkey.id)
    continuity.insist(core, moderator, forget)
    return passkey


def remove(core: Core, moderator: Moderator, passkey_id: str) -> None:
    """Delete one of a moderator's own passkeys; anybody else's stays."""
    passkeys.remove(core.redis, moderator.name, passkey_id)


def ask(core: Core) -> str:
    """Return the options, as JSON, with which the browser signs in by passkey."""
    options = webauthn.generate_authentication_options(
        rp_id=relying_party(core.public_url).id,
        challenge=challenges.make(core, "sign-in"),
        user_verification=VERIFIED,
    )
    return webauthn.options_to_json(options)


def recognise(core: Core, answer: str) -> Moderator:
    """Return whose passkey has signed; the device has verified its user.

    :raises PasskeyRefused: the passkey is unknown, or the answer does not fit the challenge.
    """
    credential, challenge = _read(core, answer, "sign-in")
    passkey = passkeys.find(core.redis, str(credential.get("id", ""))[:1400])
    moderator = moderators.find(core.redis, passkey.moderator) if passkey else None
    # Nobody can sign in to an account whose one-time link is still open.
    if passkey is None or moderator is None or moderator.password is None:
        raise PasskeyRefused
    party = relying_party(core.public_url)
    try:
        proved = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=_bytes(passkey.public_key),
            credential_current_sign_count=passkey.count,
            require_user_verification=True,
        )
    except (WebAuthnException, *MALFORMED) as error:
        raise PasskeyRefused from error
    if not passkeys.use(core.redis, passkey, proved.new_sign_count, core.now()):
        raise PasskeyRefused
    return moderator


def _read(core: Core, answer: str, purpose: str) -> tuple[dict[str, Any], bytes]:
    """Parse a device's answer and redeem the challenge in it."""
    try:
        credential: dict[str, Any] = json_text.parse_strictly(answer)
        client = json_text.parse_strictly(_bytes(credential["response"]["clientDataJSON"]))
        challenge = _bytes(client["challenge"])
    except MALFORMED as error:
        raise PasskeyRefused from error
    if not challenges.take(core, purpose, challenge):
        raise PasskeyRefused
    return credential, challenge


def _descriptor(id_: str) -> structs.PublicKeyCredentialDescriptor:
    return structs.PublicKeyCredentialDescriptor(id=_bytes(id_))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
