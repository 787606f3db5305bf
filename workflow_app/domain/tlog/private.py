"""A private key as text, in the form of the signed-note tools: the log's own, and a witness's.

One form for both, so that a key can be moved to another program; what is in it is
never shown, and never lies in a bundle. Who signs with it is for the caller.
"""

from __future__ import annotations

import base64
from typing import NamedTuple

from workflow_app.domain.trail import VerifierKey

PREFIX = "PRIVATE+KEY+"
"""What tells the secret from the public key, whose text is else the same."""


class PrivateKey(NamedTuple):
    """What the text says: the key's name, its id in hex, its type byte, and the seed of 32 bytes."""

    name: str
    identity: str
    kind: int
    seed: bytes


def private_text(key: VerifierKey, seed: bytes) -> str:
    """``PRIVATE+KEY+<name>+<id>+<base64(type ‖ seed)>`` of the key whose public half is ``key``."""
    material = base64.b64encode(bytes([key.kind]) + seed).decode("ascii")
    return f"{PREFIX}{key.name}+{key.key_id.hex()}+{material}"


def parse_private_text(text: str) -> PrivateKey:
    """The inverse of :func:`private_text`; whether name and id fit the key is for the caller to see.

    Raises ``ValueError`` for any other text, without repeating it.
    """
    if not text.startswith(PREFIX):
        raise ValueError("this is no private key")
    name, identity, material = text.removeprefix(PREFIX).split("+", 2)
    raw = base64.b64decode(material, validate=True)
    if len(raw) != 33:
        raise ValueError("the private key is not of 32 bytes")
    return PrivateKey(name, identity, raw[0], raw[1:])
