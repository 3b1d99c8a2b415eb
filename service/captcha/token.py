"""Captcha ids: signed tokens that hold everything about a captcha."""

import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.captcha.errors import ForgedCaptcha
from service.captcha.seal import seal
from service.domain import moments

LIFETIME = timedelta(minutes=10)
NONCE_BYTES = 16
VERSION = 2

# version and provider (4 bits each), time of issue in ms, lifetime in s, nonce, site tag, network
# tag; then the signature.
# 60 bytes are 80 characters of base64 with no spare bits: one id has one spelling.
FIELDS = struct.Struct(">BQi16s8s6s")
SIGNATURE_BYTES = 17
ID = re.compile(r"[A-Za-z0-9_-]{80}")
# The tag of a captcha that counts in every network.
ANYWHERE = bytes(6)


# The numbers of our own providers; 8 to 15 are left to others.
IMAGE, POW = 1, 2
NUMBERS = range(1, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captcha:
    """A captcha, fully described by its id; `provider` is the provider's number."""

    id: str
    provider: int
    nonce: str
    issued_at: datetime
    expires_at: datetime


def mint(
    secret: bytes,
    site: str,
    provider: int,
    *,
    now: datetime,
    nonce: bytes,
    network: str = "",
    lifetime: timedelta = LIFETIME,
) -> Captcha:
    """Create a captcha for a site; the nonce is 16 random bytes, never used before.

    With a network it counts only there.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a captcha nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
    if provider not in NUMBERS:
        raise ValueError(f"a provider's number is 1 to 15, not {provider}")
    head, lasts = VERSION << 4 | provider, int(lifetime.total_seconds())
    tags = _site_tag(secret, site, nonce), _network_tag(secret, network, nonce)
    fields = FIELDS.pack(head, moments.to_ms(now), lasts, nonce, *tags)
    return _captcha(urlsafe_b64encode(fields + _signature(secret, fields)).decode(), fields)


def read(secret: bytes, id: str) -> Captcha:
    """Read an id that was minted with this secret, expired or not.

    :raises ForgedCaptcha: the id was not minted with this secret.
    """
    fields = _genuine_fields(secret, id)
    if fields[0] >> 4 != VERSION:
        raise ForgedCaptcha("the id is of an unknown version")
    return _captcha(id, fields)


def belongs(secret: bytes, captcha: Captcha | str, site: str) -> bool:
    """Tell whether a captcha, or its id, was minted for this site."""
    token = captcha if isinstance(captcha, str) else captcha.id
    try:
        *_, nonce, tag, _ = FIELDS.unpack(_genuine_fields(secret, token))
    except ForgedCaptcha:
        return False
    return hmac.compare_digest(tag, _site_tag(secret, site, nonce))


def is_near(secret: bytes, captcha: Captcha, network: str) -> bool:
    """Tell whether a captcha counts in this network: it was minted there, or for all.

    :raises ForgedCaptcha: the id was not minted with this secret.
    """
    *_, nonce, _, tag = FIELDS.unpack(_genuine_fields(secret, captcha.id))
    return tag == ANYWHERE or hmac.compare_digest(tag, _network_tag(secret, network, nonce))


def _captcha(token: str, fields: bytes) -> Captcha:
    head, issued, lasts, nonce, *_ = FIELDS.unpack(fields)
    return Captcha(
        id=token,
        provider=head & 0b1111,
        nonce=nonce.hex(),
        issued_at=moments.from_ms(issued),
        expires_at=moments.from_ms(issued // 1000 * 1000 + 1000 * lasts),
    )


def _genuine_fields(secret: bytes, token: str) -> bytes:
    # b64decode skips unknown characters, so the form is checked first.
    if not ID.fullmatch(token):
        raise ForgedCaptcha("the id is garbled")
    blob = urlsafe_b64decode(token)
    fields, signature = blob[: FIELDS.size], blob[FIELDS.size :]
    if not hmac.compare_digest(signature, _signature(secret, fields)):
        raise ForgedCaptcha("the signature of the id is wrong")
    return fields


def _signature(secret: bytes, fields: bytes) -> bytes:
    return seal(secret, "captcha id", fields)[:SIGNATURE_BYTES]


def _site_tag(secret: bytes, site: str, nonce: bytes) -> bytes:
    # Keyed with the nonce too, so that ids do not reveal which of them share a site.
    return seal(secret, "captcha site", nonce + site.encode())[:8]


def _network_tag(secret: bytes, network: str, nonce: bytes) -> bytes:
    if not network:
        return ANYWHERE
    return seal(secret, "captcha network", nonce + network.encode())[: len(ANYWHERE)]
