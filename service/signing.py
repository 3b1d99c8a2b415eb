"""Sign and recognise what we hand out: reader tokens, receipts, pseudonyms. Nothing is stored."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

READER_BYTES = 12
MAC_BYTES = 12


@dataclass(frozen=True, slots=True)
class Signer:
    """Keys for one purpose each, derived from the one secret (HKDF-like, RFC 5869 expand)."""

    secret: bytes

    def derive(self, *context: str) -> bytes:
        """Give the key of one purpose; another purpose or site gives another key."""
        return hmac.digest(self.secret, "\0".join(context).encode(), hashlib.sha256)

    def mac(self, text: str, *context: str) -> str:
        """Sign a text for one purpose; 96 bits in URL-safe base64."""
        digest = hmac.digest(self.derive(*context), text.encode("utf-8", "replace"), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:MAC_BYTES]).decode()

    def reader_token(self, site: str, random: bytes) -> str:
        """Hand a new reader their token; `random` are 12 fresh bytes."""
        reader = base64.urlsafe_b64encode(random[:READER_BYTES]).decode()
        return f"{reader}.{self.mac(reader, site, 'reader')}"

    def reader(self, site: str, token: str) -> str | None:
        """Recognise a token of ours and give the reader's pseudonym, else None."""
        reader, _, signature = token.partition(".")
        genuine = _equal(signature, self.mac(reader, site, "reader"))
        return self.pseudonym(site, "reader", reader) if genuine else None

    def pseudonym(self, site: str, kind: str, value: str) -> str:
        """Name a person without knowing them: the same value gives the same 16 characters."""
        return self.mac(value, site, "pseudonym", kind)

    def person(self, address: str, name: str) -> str:
        """Name who writes by network and name, the same on all sites: for what holds on all."""
        return self.mac(f"{address}\n{name.casefold()}", "pseudonym", "person")

    def receipt(self, site: str, comment: str) -> str:
        """Prove to its author, and later to us, who wrote a comment."""
        return self.mac(comment, site, "receipt")

    def is_receipt(self, site: str, comment: str, receipt: str) -> bool:
        """Tell whether a receipt is the one of this comment."""
        return _equal(receipt, self.receipt(site, comment))


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
