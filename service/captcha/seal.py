"""Keyed hashes for each purpose, from the installation's one secret."""

import hashlib
import hmac


def seal(secret: bytes, purpose: str, message: bytes) -> bytes:
    """Return 32 bytes that only a holder of the secret can compute.

    The purpose separates the uses: what one reveals says nothing about another.
    """
    return hmac.digest(secret, purpose.encode() + b"\0" + message, hashlib.sha256)
