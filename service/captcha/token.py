"""Captcha ids: signed tokens that hold everything about a captcha."""

import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.captcha.errors import ForgedCaptcha
from service.captcha.seal import seal

LIFETIME = timedelta(minutes=10)
NONCE_BYTES = 16
VERSION = 1

# version and provider (4 bits each), expiry, nonce, site tag; then the signature.
# 45 bytes are 60 characters of base64 with no spare bits: one id has one spelling.
FIELDS = struct.Struct(">BI16s8s")
SIGNATURE_BYTES = 16
ID = re.compile(r"[A-Za-z0-9_-]{60}")


# The numbers of our own providers; 8 to 15 are left to others.
IMAGE, POW = 1, 2
NUMBERS = range(1, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captcha:
    """A captcha, fully described by its id; `provider` is the provider's number."""

    id: str
    provider: int
    nonce: str
    expires_at: datetime


def mint(
    secret: bytes,
    site: str,
    provider: int,
    *,
    now: datetime,
    nonce: bytes,
    lifetime: timedelta = LIFETIME,
) -> Captcha:
    """Create a captcha for a site; the nonce is 16 random bytes, never used before."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError(f"a captcha nonce has {NONCE_BYTES} bytes, not {len(nonce)}")
    if provider not in NUMBERS:
        raise ValueError(f"a provider's number is 1 to 15, not {provider}")
    head = VERSION << 4 | provider
    expiry = int((now + lifetime).timestamp())
    fields = FIELDS.pack(head, expiry, nonce, _site_tag(secret, site, nonce))
    token = urlsafe_b64encode(fields + _signature(secret, fields)).decode()
    return _captcha(token, provider, nonce, expiry)


def read(secret: bytes, id: str) -> Captcha:
    """Read an id that was minted with this secret, expired or not.

    :raises ForgedCaptcha: the id was not minted with this secret.
    """
    fields = _genuine_fields(secret, id)
    head, expiry, nonce, _ = FIELDS.unpack(fields)
    if head >> 4 != VERSION:
        raise ForgedCaptcha("the id is of an unknown version")
    return _captcha(id, head & 0b1111, nonce, expiry)


def belongs(secret: bytes, captcha: Captcha | str, site: str) -> bool:
    """Tell whether a captcha, or its id, was minted for this site."""
    token = captcha if isinstance(captcha, str) else captcha.id
    try:
        _, _, nonce, tag = FIELDS.unpack(_genuine_fields(secret, token))
    except ForgedCaptcha:
        return False
    return hmac.compare_digest(tag, _site_tag(secret, site, nonce))


def _captcha(token: str, provider: int, nonce: bytes, expiry: int) -> Captcha:
    expires_at = datetime.fromtimestamp(expiry, UTC)
    return Captcha(id=token, provider=provider, nonce=nonce.hex(), expires_at=expires_at)


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
