"""An authenticator in software, for tests: genuine keys, attestations and assertions, and no browser.

It makes what ``PublicKeyCredential.toJSON()`` gives (WebAuthn level 3), with ES256 by
default and EdDSA or RS256 when asked, and can be told to do what a bad one does:
not know its user, count backwards, answer for another site.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

ES256, EDDSA, RS256 = -7, -8, -257
UP, UV, AT = 0x01, 0x04, 0x40
"""Flags of authenticator data: user present, user verified, attested credential (section 6.1)."""


def b64(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Credential:
    """One key pair on the device."""

    id: bytes
    rp_id: str
    user: bytes
    key: Any
    algorithm: int
    counter: int = 0


@dataclass
class SoftAuthenticator:
    """A device with passkeys. ``origin`` is what the browser around it says."""

    origin: str = "http://localhost"
    verifies: bool = True
    credentials: list[Credential] = field(default_factory=list)

    def create(self, options: dict[str, Any], algorithm: int = ES256) -> dict[str, Any]:
        """Answer the options of ``create()``."""
        options = options.get("publicKey", options)
        assert algorithm in [p["alg"] for p in options["pubKeyCredParams"]]
        made = Credential(
            secrets.token_bytes(32), options["rp"]["id"], unb64(options["user"]["id"]), _new_key(algorithm),
            algorithm,
        )  # fmt: skip
        taken = {c["id"] for c in options.get("excludeCredentials", [])}
        assert not [c for c in self.credentials if b64(c.id) in taken], "this device has one already"
        self.credentials.append(made)
        attested = (
            bytes(16) + len(made.id).to_bytes(2, "big") + made.id + cbor2.dumps(cose(made.key, algorithm))
        )
        data = self._data(made, UP | AT) + attested
        client = self.client_data("webauthn.create", options["challenge"])
        return {
            "id": b64(made.id),
            "rawId": b64(made.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": b64(client),
                "attestationObject": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
                "transports": ["internal"],
            },
        }

    def get(
        self, options: dict[str, Any], which: int = -1, *, step: int = 1, origin: str | None = None
    ) -> dict[str, Any]:
        """Answer the options of ``get()`` with one of the keys; ``step`` is what the counter moves by."""
        options = options.get("publicKey", options)
        used = self.credentials[which]
        used.counter += step
        data = self._data(used, UP)
        client = self.client_data("webauthn.get", options["challenge"], origin)
        return {
            "id": b64(used.id),
            "rawId": b64(used.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": b64(client),
                "authenticatorData": b64(data),
                "signature": b64(sign(used.key, data + hashlib.sha256(client).digest())),
                "userHandle": b64(used.user),
            },
        }

    def check(self, authenticator_data: bytes, client_data: bytes, signature: bytes) -> None:
        """Raise ``InvalidSignature`` where none of this device's ES256 keys made it."""
        public = self.credentials[-1].key.public_key()
        message = authenticator_data + hashlib.sha256(client_data).digest()
        public.verify(signature, message, ec.ECDSA(hashes.SHA256()))

    def client_data(self, kind: str, challenge: str, origin: str | None = None) -> bytes:
        """What a browser says, as it writes it."""
        said = {"type": kind, "challenge": challenge, "origin": origin or self.origin, "crossOrigin": False}
        return json.dumps(said, separators=(",", ":")).encode()

    def _data(self, used: Credential, flags: int) -> bytes:
        flags |= UV if self.verifies else 0
        return hashlib.sha256(used.rp_id.encode()).digest() + bytes([flags]) + used.counter.to_bytes(4, "big")


def _new_key(algorithm: int) -> Any:
    if algorithm == ES256:
        return ec.generate_private_key(ec.SECP256R1())
    if algorithm == EDDSA:
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def cose(key: Any, algorithm: int) -> dict[int, Any]:
    """The public key as COSE (RFC 9053)."""
    public = key.public_key()
    if algorithm == EDDSA:
        return {1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()}
    numbers = public.public_numbers()
    if algorithm == RS256:
        size = (numbers.n.bit_length() + 7) // 8
        return {1: 3, 3: RS256, -1: numbers.n.to_bytes(size, "big"), -2: numbers.e.to_bytes(3, "big")}
    return {1: 2, 3: ES256, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}


def sign(key: Any, message: bytes) -> bytes:
    """A signature as an authenticator makes it: DER for ECDSA, PKCS #1 for RSA."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(message, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    signature: bytes = key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    return signature
