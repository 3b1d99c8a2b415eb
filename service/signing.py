"""Sign and verify reader tokens, receipts and pseudonyms; none of them is stored."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

READER_BYTES = 12
MAC_BYTES = 12


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a key for each purpose, derived from one secret (as in RFC 5869, HKDF expand).

    What a `former` secret has signed is still recognised; nothing new is signed with one.
    """

    secret: bytes
    former: tuple[bytes, ...] = ()

    @property
    def generations(self) -> tuple["Signer", ...]:
        """A signer for each secret, the present one first."""
        return tuple(Signer(secret) for secret in (self.secret, *self.former))

    def derive(self, *context: str) -> bytes:
        """Derive the key for one purpose; every purpose and site has its own."""
        return hmac.digest(self.secret, "\0".join(context).encode(), hashlib.sha256)

    def mac(self, text: str, *context: str) -> str:
        """Sign a text for one purpose: 96 bits in URL-safe base64."""
        digest = hmac.digest(self.derive(*context), text.encode("utf-8", "replace"), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:MAC_BYTES]).decode()

    def reader_token(self, site: str, random: bytes) -> str:
        """Make a token for a new reader from 12 random bytes."""
        reader = base64.urlsafe_b64encode(random[:READER_BYTES]).decode()
        return f"{reader}.{self.mac(reader, site, 'reader')}"

    def reader(self, site: str, token: str) -> str | None:
        """Verify a token and return the reader's pseudonym, None if it is not ours.

        The pseudonym follows from the secret of the token: a reader stays the same one.
        """
        reader, _, signature = token.partition(".")
        for signer in self.generations:
            if _equal(signature, signer.mac(reader, site, "reader")):
                return signer.pseudonym(site, "reader", reader)
        return None

    def pseudonym(self, site: str, kind: str, value: str) -> str:
        """Derive a pseudonym of 16 characters; the same value always gives the same one."""
        return self.mac(value, site, "pseudonym", kind)

    def person(self, address: str, name: str) -> str:
        """Derive a person's pseudonym from network and name, the same on all sites."""
        return self.mac(f"{address}\n{name.casefold()}", "pseudonym", "person")

    def receipt(self, site: str, comment: str) -> str:
        """Make the receipt with which an author can prove who wrote a comment."""
        return self.mac(comment, site, "receipt")

    def is_receipt(self, site: str, comment: str, receipt: str) -> bool:
        """Return whether a receipt belongs to a comment."""
        return any(_equal(receipt, one.receipt(site, comment)) for one in self.generations)

    def is_mac(self, given: str, text: str, *context: str) -> bool:
        """Return whether a text was signed for this purpose."""
        return any(_equal(given, one.mac(text, *context)) for one in self.generations)


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
