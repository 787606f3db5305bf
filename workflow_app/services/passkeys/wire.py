"""What a browser sends of a passkey, read strictly: bytes in unpadded base64url, nothing guessed.

The shapes are those of ``PublicKeyCredential.toJSON()`` (WebAuthn level 3, section
5.1). What is kept for years is kept as these very bytes, so an encoding that could
be written in two ways is refused at the door.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.domain.trail import from_base64url, to_base64url
from workflow_app.services.people_login import LoginRefused

MOST = 16_384
"""The most characters of one field; a real one has a few hundred."""
_TRANSPORT = re.compile(r"[a-z-]{1,19}")
LONGEST_ID = 1023
"""The longest credential id, in bytes (WebAuthn, section 4)."""


@dataclass(frozen=True)
class ClientData:
    """What the browser says of itself (WebAuthn, section 5.8.1)."""

    type: str
    challenge: bytes
    origin: str
    crossed: bool


@dataclass(frozen=True)
class Assertion:
    """An answer to a challenge: ``navigator.credentials.get()``."""

    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes
    user_handle: bytes | None
    said: ClientData

    @property
    def key(self) -> str:
        """SHA-256 (hex) of the credential id: what the passkey is called in the trail."""
        return key_of(self.credential_id)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the whole answer, to know it again."""
        parts = (self.credential_id, self.client_data, self.authenticator_data, self.signature)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()

    @property
    def user_verified(self) -> bool:
        """Whether the authenticator says that it knew its user (flag UV; WebAuthn, section 6.1)."""
        return len(self.authenticator_data) > 32 and bool(self.authenticator_data[32] & 0x04)


@dataclass(frozen=True)
class Attestation:
    """A new credential: ``navigator.credentials.create()``. ``raw`` is for the library that checks it."""

    credential_id: bytes
    said: ClientData
    transports: tuple[str, ...]
    raw: dict[str, Any]


def key_of(credential_id: bytes) -> str:
    """The name of a passkey in the trail."""
    return hashlib.sha256(credential_id).hexdigest()


b64, unb64 = to_base64url, from_base64url
"""Base64url without padding, and the bytes of it: as whoever checks the trail reads it."""


def read_assertion(sent: object) -> Assertion:
    """An assertion as JSON text or the object itself. Raises ``LoginRefused`` (``passkey_unreadable``)."""
    outer, inner = _opened(sent)
    client_data = _bytes(inner, "clientDataJSON")
    handle = inner.get("userHandle")
    return Assertion(
        credential_id=_credential_id(outer),
        client_data=client_data,
        authenticator_data=_bytes(inner, "authenticatorData"),
        signature=_bytes(inner, "signature"),
        user_handle=_bytes(inner, "userHandle") if handle not in (None, "") else None,
        said=_client_data(client_data),
    )


def read_attestation(sent: object) -> Attestation:
    """A new credential as JSON text or the object itself. Raises as :func:`read_assertion`."""
    outer, inner = _opened(sent)
    credential_id = _credential_id(outer)
    client_data, attested = _bytes(inner, "clientDataJSON"), _bytes(inner, "attestationObject")
    transports = inner.get("transports")
    listed = transports if isinstance(transports, list) else []
    known = tuple(t for t in listed if isinstance(t, str) and _TRANSPORT.fullmatch(t))[:8]
    raw = {
        "id": b64(credential_id),
        "rawId": b64(credential_id),
        "type": "public-key",
        "response": {"clientDataJSON": b64(client_data), "attestationObject": b64(attested)},
    }
    return Attestation(credential_id, _client_data(client_data), known, raw)


def unreadable() -> LoginRefused:
    """What the browser sent is no answer of a passkey."""
    return LoginRefused("passkey_unreadable", msg("The answer of the passkey could not be read; try again."))


def _opened(sent: object) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if isinstance(sent, str):
        if len(sent) > 4 * MOST:
            raise unreadable()
        try:
            sent = json.loads(sent)
        except (ValueError, RecursionError) as error:
            raise unreadable() from error
    inner = sent.get("response") if isinstance(sent, dict) else None
    if not isinstance(sent, dict) or not isinstance(inner, dict) or sent.get("type") != "public-key":
        raise unreadable()
    return sent, inner


def _credential_id(outer: Mapping[str, Any]) -> bytes:
    found = _bytes(outer, "rawId")
    if outer.get("id") != outer.get("rawId") or not 0 < len(found) <= LONGEST_ID:
        raise unreadable()
    return found


def _bytes(holder: Mapping[str, Any], name: str) -> bytes:
    text = holder.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= MOST or not text.isascii():
        raise unreadable()
    try:
        return unb64(text)
    except (ValueError, binascii.Error) as error:
        raise unreadable() from error


def _client_data(raw: bytes) -> ClientData:
    try:
        found = json.loads(raw.decode("utf-8"))
        told = {name: found[name] for name in ("type", "challenge", "origin")}
        if not all(isinstance(value, str) for value in told.values()):
            raise unreadable()
        return ClientData(
            told["type"],
            unb64(told["challenge"]),
            told["origin"],
            found.get("crossOrigin", False) is not False,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise unreadable() from error
