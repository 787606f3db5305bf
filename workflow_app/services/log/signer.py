"""Who signs for the log: an Ed25519 key in the text form of the signed-note tools.

The form is ``PRIVATE+KEY+<name>+<id>+<key>``, as other programs for logs of this
kind write it, and the name is the log's origin line. Signing is deterministic
(RFC 8032): one head has one note, whoever asks and how often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow_app.domain.tlog.private import parse_private_text, private_text
from workflow_app.domain.trail import LOG_KEY, NoteSignature, VerifierKey, key_id, note_bytes, vkey_text

_NAME = re.compile(r"[!-*,-~]{1,200}")


class LogKeyError(Exception):
    """A key or a name for the log that cannot be used; one sentence that never repeats the key."""


class KeyEnded(LogKeyError):
    """The log has got another key, and the one that is at hand must sign no more."""


@dataclass(frozen=True)
class Signer:
    """Who signs for the log: ``origin`` is its name, ``seed`` the 32 bytes of the private key."""

    origin: str
    seed: bytes = field(repr=False)

    @property
    def key(self) -> VerifierKey:
        """The public key."""
        public = self._private.public_key().public_bytes_raw()
        return VerifierKey(self.origin, key_id(self.origin, LOG_KEY, public), LOG_KEY, public)

    @property
    def vkey(self) -> str:
        """The public key as witnesses and verifiers are given it."""
        return vkey_text(self.key)

    @property
    def text(self) -> str:
        """The private key as it is kept in its file; for that file alone."""
        return private_text(self.key, self.seed)

    def sign(self, text: bytes) -> bytes:
        """The signed note (C2SP signed-note) of ``text``; the same text gives the same bytes."""
        return note_bytes(text, [NoteSignature(self.origin, self.key.key_id, self._private.sign(text))])

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_signer(origin: str) -> Signer:
    """A fresh key for the log named ``origin``; raises :class:`LogKeyError` for what is no name."""
    return Signer(checked_origin(origin), Ed25519PrivateKey.generate().private_bytes_raw())


def checked_origin(origin: str) -> str:
    """``origin`` where it can be a key's name: visible ASCII without plus (C2SP signed-note), at most 200."""
    if not _NAME.fullmatch(origin):
        raise LogKeyError(
            f"{origin!r} is no name for a log (avtaleflyt.log_origin): write letters, digits and marks "
            "without spaces or plus, such as avtaleflyt.kommune.example/log"
        )
    return origin


def parse_private(text: str, where: str) -> Signer:
    """The signer whose private key ``text`` is; ``where`` it stood is named when it is none."""
    wrong = LogKeyError(f"{where} holds no key of the log; make one with: avtaleflyt log key new")
    try:
        told = parse_private_text(text.strip())
    except ValueError:
        raise wrong from None
    signer = Signer(told.name, told.seed)
    right = _NAME.fullmatch(told.name) and told.kind == LOG_KEY
    if not right or signer.key.key_id.hex() != told.identity:
        raise wrong
    return signer
