"""A device that creates passkeys and signs with them, with the data of a browser (WebAuthn)."""

import base64
import hashlib
import json

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

# Flags: user present and verified; with a new key, attested data follow.
THERE, NEW = 0x05, 0x40


class Device:
    """One device with one passkey; `rounds` counts how often it was used."""

    def __init__(self, origin):
        self.origin, self.rounds = origin, 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(self.key.public_key().public_numbers().x).encode()).digest()

    def make(self, options):
        """Answer a page's request for a new passkey."""
        client = self._client("webauthn.create", options)
        authenticator_data = self._said(options["rp"]["id"], THERE | NEW) + self._public()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": authenticator_data})
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def sign(self, options):
        """Answer a page's request to sign with a passkey."""
        self.rounds += 1
        client = self._client("webauthn.get", options)
        authenticator_data = self._said(options["rpId"], THERE)
        signed = self.key.sign(
            authenticator_data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            clientDataJSON=client, authenticatorData=authenticator_data, signature=signed
        )

    def _client(self, what, options):
        client_data = {"type": what, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(client_data).encode()

    def _said(self, host, flags):
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.rounds.to_bytes(4)

    def _public(self):
        numbers = self.key.public_key().public_numbers()
        curve = {-1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        name = bytes(16) + len(self.id).to_bytes(2) + self.id
        return name + cbor2.dumps({1: 2, 3: -7} | curve)

    def _answer(self, **response):
        texts = {field: text(value) for field, value in response.items()}
        own = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return json.dumps(own | {"response": texts})


def text(raw):
    """Encode bytes as WebAuthn does."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
