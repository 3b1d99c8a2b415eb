"""Turn the one secret of the installation into a keyed hash for each purpose."""

import hashlib
import hmac


def seal(secret: bytes, purpose: str, message: bytes) -> bytes:
    """Answer 32 bytes that only a holder of the secret can know.

    The purpose keeps the uses apart: what one use reveals tells nothing about another.
    """
    return hmac.digest(secret, purpose.encode() + b"\0" + message, hashlib.sha256)
