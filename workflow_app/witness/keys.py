"""The witness's own Ed25519 key: made here, kept here, and read only in the moment it is used.

The private key stands in the format of the signed-note tools, so that it can be
moved to another witness program: ``PRIVATE+KEY+name+id+base64(type ‖ seed)``.
It is read after the memory is written, never before: what is not on the disk
cannot have been signed.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workflow_app.domain.tlog.private import parse_private_text, private_text
from workflow_app.domain.trail import (
    WITNESS_KEY,
    NoteSignature,
    TrailError,
    VerifierKey,
    cosigned_message,
    key_id,
    parse_vkey,
    vkey_text,
)
from workflow_app.witness.faults import WitnessFault

_LONGEST = 1024


def new_key(name: str) -> tuple[str, VerifierKey]:
    """A fresh key for ``name``: its private text and its public half.

    Raises :class:`WitnessFault` for a name that cannot stand in a signature line.
    """
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    known = VerifierKey(name, key_id(name, WITNESS_KEY, public), WITNESS_KEY, public)
    try:
        if parse_vkey(vkey_text(known)) != known:
            raise TrailError("navnet kan leses på to måter", "the name can be read in two ways")
    except TrailError as error:
        raise WitnessFault(
            f"«{name[:80]}» kan ikke være navnet på et vitne; skriv det uten mellomrom og +, "
            "som moss.kommune.no/vitne1.",
            f"“{name[:80]}” cannot name a witness; write it without spaces and +, "
            "such as moss.kommune.no/vitne1.",
            2,
        ) from error
    return f"{private_text(known, private.private_bytes_raw())}\n", known


def check_key_file(path: Path) -> None:
    """Raise :class:`WitnessFault` unless the key file is there and nobody else can read it."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise WitnessFault(
            f"{path}: nøkkelen kan ikke leses ({error.strerror}).",
            f"{path}: the key cannot be read ({error.strerror}).",
            2,
        ) from error
    if stat.S_IMODE(mode) & 0o077:
        raise WitnessFault(
            f"{path}: nøkkelen kan leses av andre; kjør: chmod 600 {path}",
            f"{path}: the key can be read by others; run: chmod 600 {path}",
            2,
        )


def read_key(path: Path, known: VerifierKey) -> Ed25519PrivateKey:
    """The private key in ``path``, which must be that of ``known``; raises :class:`WitnessFault`."""
    check_key_file(path)
    try:
        with open(path, "rb") as file:
            told = parse_private_text(file.read(_LONGEST).decode("ascii").strip())
        private = Ed25519PrivateKey.from_private_bytes(told.seed)
        public = private.public_key().public_bytes_raw()
    except (OSError, ValueError) as error:
        raise _not_the_key(path) from error
    if (told.name, told.identity, told.kind, public) != (
        known.name, known.key_id.hex(), known.kind, known.public,
    ):  # fmt: skip
        raise _not_the_key(path)
    return private


def _not_the_key(path: Path) -> WitnessFault:
    return WitnessFault(
        f"{path}: dette er ikke vitnets nøkkel.", f"{path}: this is not the witness's key.", 2
    )


def cosign(path: Path, known: VerifierKey, text: bytes, time: int) -> NoteSignature:
    """The cosignature (C2SP tlog-cosignature, ``cosignature/v1``) of the checkpoint ``text``.

    ``time`` is Unix time in seconds. The caller has written down what is signed.
    """
    signature = read_key(path, known).sign(cosigned_message(text, time))
    return NoteSignature(known.name, known.key_id, time.to_bytes(8, "big") + signature)


def is_new_place(folder: Path) -> bool:
    """Whether no witness lives or has lived in ``folder``."""
    return not any(os.path.lexists(folder / name) for name in ("key", "retired.txt"))
