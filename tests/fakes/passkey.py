"""A passkey in memory: it answers a page's challenge as somebody's phone would."""

import json
import secrets
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT_AND_CHECKED, WITH_A_KEY = 0x05, 0x40


class Passkey:
    """One device. `origin` and `site` say which site its owner believes to be at."""

    def __init__(self, origin: str = "https://testserver", site: str = "testserver") -> None:
        self.origin, self.site = origin, site
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.counter = 0

    def create(self, options: dict[str, Any]) -> str:
        """The answer to "make a passkey for this site"."""
        key = cbor.encode(dict(ES256.from_cryptography_key(self.secret.public_key())))
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        attestation = {"fmt": "none", "attStmt": {}, "authData": self.seen(WITH_A_KEY) + held}
        client = self.client("webauthn.create", options)
        return self.answer(clientDataJSON=client, attestationObject=cbor.encode(attestation))

    def get(self, options: dict[str, Any]) -> str:
        """The answer to "show that you hold the passkey"."""
        seen, client = self.seen(), self.client("webauthn.get", options)
        signed = self.secret.sign(seen + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self.answer(clientDataJSON=client, authenticatorData=seen, signature=signed)

    def seen(self, more: int = 0) -> bytes:
        self.counter += 1
        return (
            sha256(self.site.encode()).digest() + bytes([PRESENT_AND_CHECKED | more]) + self.counter.to_bytes(4, "big")
        )

    def client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin, "crossOrigin": False}
        ).encode()

    def answer(self, **parts: bytes) -> str:
        encoded = {name: websafe_encode(part) for name, part in parts.items()}
        named = websafe_encode(self.id)
        return json.dumps(
            {"id": named, "rawId": named, "type": "public-key", "response": encoded, "clientExtensionResults": {}}
        )
