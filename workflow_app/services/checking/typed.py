"""A checkpoint as a person gives it: pasted from a phone, or typed from a paper.

A note has one spelling and its signatures cover every byte, but what comes out
of a phone or a mail has other line ends and blanks around it. Those are put
right before it is read; nothing else is guessed.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import NamedTuple

from workflow_app.domain import trail
from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors

LONGEST = 20_000
"""The longest text that is looked at, in characters; a note with twenty witnesses has 4,000."""

_BETWEEN = re.compile(r"[\s\u00a0\u202f.,'’]")
_HEX = re.compile(r"[0-9a-f]{64}")


class Asked(NamedTuple):
    """What is asked about. ``origin`` and ``note`` are None where only numbers were typed."""

    size: int
    root: bytes
    origin: str | None = None
    note: trail.Note | None = None


def read_pasted(text: str) -> Asked:
    """A checkpoint with or without its signature lines. Raises ``FieldErrors`` (``checkpoint``)."""
    if len(text) > LONGEST:
        raise FieldErrors({"checkpoint": msg("The text is too long to be a checkpoint.")})
    lines = [line.strip() for line in text.strip().splitlines()]
    raw = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    try:
        note = trail.parse_note(raw) if "" in lines else None
        head = trail.parse_checkpoint(note.text if note else raw)
    except trail.TrailError as wrong:
        raise FieldErrors(
            {
                "checkpoint": msg(
                    "This is not the text of a checkpoint; paste all of what the code on the paper gave,"
                    " from the name of the log to the last signature."
                )
            }
        ) from wrong
    return Asked(head.size, head.root, head.origin, note)


def read_typed(size: str, root: str) -> Asked:
    """A number of entries and a fingerprint, typed. Raises ``FieldErrors`` (``size``, ``root``)."""
    wrong = {}
    digits, digest = _BETWEEN.sub("", size), _root(root)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 18:
        wrong["size"] = msg("Write the number of entries in the log in digits, such as 48213.")
    if digest is None:
        wrong["root"] = msg("The fingerprint has 64 characters, 0–9 and a–f; copy all of it from the paper.")
    if wrong or digest is None:
        raise FieldErrors(wrong)
    return Asked(int(digits), digest)


def _root(text: str) -> bytes | None:
    """32 bytes in hex as papers print them, or in base64 as a checkpoint has them."""
    plain = "".join(text.split())
    if _HEX.fullmatch(plain.lower()):
        return bytes.fromhex(plain)
    try:
        raw = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == 32 else None
