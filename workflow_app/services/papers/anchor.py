"""The checkpoint of the log as a paper prints it: in words, as numbers to type, and as a QR code.

The council's paper is the anchor outside everybody's database. What stands on
it can be compared with the log for as long as the paper lies in an archive, so
it has all that the comparison needs: how many entries, the fingerprint of them
all, who signed it and with which keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.services.papers.labels import Translate, say, say_time
from workflow_app.services.papers.qr import qr_svg


@dataclass(frozen=True)
class Cosigner:
    """A witness's signature: whose witness, its name, when, and the SHA-256 of its public key in hex."""

    side: str
    party: str
    name: str
    at: datetime
    key: str


@dataclass(frozen=True)
class PrintedHead:
    """One checkpoint.

    ``size`` is the number of entries in the whole log, ``root`` its fingerprint
    in hex. ``covers`` is the number of the agreement's last entry under it (0
    where none is). ``cosigned`` has a signature of each side, or is empty: then
    the installation alone has signed. ``note`` is the signed note (C2SP
    signed-note) with every signature line, which the QR code holds.
    """

    size: int
    root: str
    covers: int
    note: str
    cosigned: tuple[Cosigner, ...] = ()


@dataclass(frozen=True)
class Anchor:
    """What a paper prints of the log.

    ``origin`` names the log, ``key`` is the SHA-256 of its public key in hex.
    ``heads`` are the checkpoint both sides have cosigned, where there is one,
    and the newest, where that is another. ``waits`` says, in the paper's
    language, for whom the newest still waits; empty where all is final.
    ``address`` is the page where a checkpoint is looked up; "" where the
    installation has not been told its own address. ``fault`` says why the newest
    head cannot be given; "" where it is not missing.
    """

    origin: str
    key: str
    heads: tuple[PrintedHead, ...]
    waits: tuple[str, ...] = ()
    address: str = ""
    fault: str = ""


ANCHOR_LABELS: Mapping[str, Message] = {
    "anchor": msg("The anchor in the log"),
    "anchor_intro": msg(
        "All entries of the system stand in one log. A checkpoint is the log's fingerprint. As long as this"
        " paper is kept, nobody, not even those who run the system, can change what stood in the log when"
        " the checkpoint was made without it showing."
    ),
    "anchor_final": msg(
        "Final: the witness of the kommune and the witness of the police have both signed this checkpoint."
        " A witness is a machine of the party's own, outside the system."
    ),
    "anchor_open": msg("Not final yet: this checkpoint is signed by the system alone."),
    "anchor_none": msg("The log of this system has no key, so no checkpoint of it is printed here."),
    "log_name": msg("The log"),
    "log_key": msg("Key of the log (SHA-256)"),
    "log_size": msg("Entries in the log"),
    "log_root": msg("Fingerprint (root)"),
    "log_covers": msg("Covers of this agreement"),
    "cosigned_municipal": msg("Signed by the kommune's witness"),
    "cosigned_police": msg("Signed by the witness of the police"),
    "witness_key": msg("Key of the witness (SHA-256)"),
    "qr_note": msg("The code holds the checkpoint as text, with its signatures. Any phone can read it."),
    "look_up": msg(
        "The number of entries and the fingerprint can be looked up in the system, under “Check a trail or a"
        " paper” at the bottom of every page."
    ),
    "look_up_at": msg("The number of entries and the fingerprint can be looked up at ${address}."),
}
_COVERS = msg("entries 1 to ${last} of the trail")
_COVERS_ONE = msg("entry 1 of the trail")
_COVERS_NONE = msg("no entry yet")
_WHO = msg("${name} (${party})")
_QR_ALT = msg(
    "QR code with the checkpoint of the log as text: ${size} entries, fingerprint ${root},"
    " and its signatures."
)


def anchor_data(anchor: Anchor | None, tr: Translate) -> dict[str, Any] | None:
    """What the template prints of the anchor, strings ready to print; None where there is none."""
    if anchor is None:
        return None
    where = ANCHOR_LABELS["look_up_at" if anchor.address else "look_up"]
    return {
        "log": [_field("log_name", anchor.origin, tr), _field("log_key", anchor.key, tr)],
        "heads": [_head(head, tr) for head in anchor.heads],
        "waits": list(anchor.waits),
        "fault": anchor.fault or None,
        "look_up": say(where, tr, address=anchor.address),
    }


def anchor_codes(anchor: Anchor | None) -> list[str]:
    """The QR codes as SVG, one for each head, in order."""
    return [qr_svg(head.note) for head in anchor.heads] if anchor else []


def covered(last: int, tr: Translate) -> str:
    """How much of an agreement's trail a checkpoint covers, in words."""
    if last > 1:
        return say(_COVERS, tr, last=last)
    return say(_COVERS_ONE if last else _COVERS_NONE, tr)


def _head(head: PrintedHead, tr: Translate) -> dict[str, Any]:
    fields: list[list[Any]] = [
        _field("log_size", str(head.size), tr),
        _field("log_root", head.root, tr),
        _field("log_covers", covered(head.covers, tr), tr),
    ]
    for one in head.cosigned:
        who = say(_WHO, tr, name=one.name, party=one.party)
        fields.append([say(ANCHOR_LABELS[f"cosigned_{one.side}"], tr), [who, say_time(one.at, tr)]])
        fields.append(_field("witness_key", one.key, tr))
    return {
        "fields": fields,
        "final": bool(head.cosigned),
        "text": head.note,
        "alt": say(_QR_ALT, tr, size=head.size, root=head.root),
    }


def _field(key: str, value: str, tr: Translate) -> list[str]:
    return [say(ANCHOR_LABELS[key], tr), value]
