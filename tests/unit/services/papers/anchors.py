"""Invented checkpoints, signed with keys made from fixed seeds, so that a printed code can be checked."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow_app.services.papers.anchor import Anchor, Cosigner, PrintedHead

ORIGIN = "avtaleflyt.fjellvik.kommune.no/logg"
WINTER = timezone(timedelta(hours=1), "CET")
LOG, COSIGNATURE = 1, 4
"""The algorithm bytes of C2SP signed-note and tlog-cosignature."""


@dataclass(frozen=True)
class Key:
    """An Ed25519 key under a name, as C2SP signed-note has it."""

    name: str
    kind: int

    @property
    def private(self) -> Ed25519PrivateKey:
        """Made from the name: the same in every test."""
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.name.encode()).digest())

    @property
    def public(self) -> bytes:
        """The algorithm byte and the public key."""
        return bytes([self.kind]) + self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256 over name, line break, algorithm and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.public).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """As papers print it."""
        return hashlib.sha256(self.public[1:]).hexdigest()

    def line(self, text: bytes, at: int | None = None) -> str:
        """The signature line of a note; ``at`` (Unix seconds) makes it a cosignature."""
        if at is None:
            blob = self.private.sign(text)
        else:
            message = f"cosignature/v1\ntime {at}\n".encode() + text
            blob = at.to_bytes(8, "big") + self.private.sign(message)
        return f"— {self.name} {base64.b64encode(self.id + blob).decode()}\n"


LOG_KEY = Key(ORIGIN, LOG)
WITNESSES = {
    "municipal": (Key("vitne.fjellvik.kommune.no", COSIGNATURE), "Fjellvik kommune"),
    "police": (Key("vitne.politiet.no/nordvest", COSIGNATURE), "Nordvestre politidistrikt"),
}
AT = datetime(2025, 2, 14, 6, 0, tzinfo=WINTER)


def head(size: int, covers: int, *, final: bool) -> PrintedHead:
    """A checkpoint of an invented log, cosigned by both sides where it is ``final``."""
    root = hashlib.sha256(str(size).encode()).digest()
    text = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
    lines = [LOG_KEY.line(text)]
    cosigned = []
    for minutes, (side, (key, party)) in enumerate(WITNESSES.items() if final else ()):
        at = AT + timedelta(minutes=minutes)
        lines.append(key.line(text, round(at.timestamp())))
        cosigned.append(Cosigner(side, party, key.name, at, key.fingerprint))
    note = text.decode() + "\n" + "".join(lines)
    return PrintedHead(size, root.hex(), covers, note, tuple(cosigned))


def anchor(*heads: PrintedHead, waits: tuple[str, ...] = (), address: str = "") -> Anchor:
    """What a paper prints of these checkpoints."""
    return Anchor(ORIGIN, LOG_KEY.fingerprint, heads, waits, address)
