"""What kind of thing was uploaded, and the verdict on it: bounded in size, in time, and in what is unpacked.

A stranger may send anything here. A zip archive is looked at only if what it
says it unpacks to is little enough for one request (Python's reader holds it to
what it says); a PDF is hashed here, and its signatures are read in a process of
their own.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.models.seals import Seal
from workflow_app.services.checking import shapes
from workflow_app.services.checking.heads import HeadFound, look_up
from workflow_app.services.checking.known import Known, find
from workflow_app.services.checking.typed import Asked, read_pasted
from workflow_app.services.errors import FieldErrors
from workflow_app.services.log.signer import Signer
from workflow_app.services.sealing.foreign import Reading

Kind = Literal["bundle", "receipt", "pdf", "checkpoint", "unknown"]
UNPACKED = 4
"""How many times its own size a bundle may unpack to here. Ours are stored, not packed."""
CHECKPOINT = "checkpoint"
"""The member of a bundle, and the field of a receipt, that holds the head as a signed note."""
_PDF_WITHIN = 1024


@dataclass(frozen=True)
class Told:
    """What a receipt is of: its entry, decoded, and the names of the parties by their keys."""

    entry: Mapping[str, Any]
    parties: Mapping[str, str]


@dataclass(frozen=True)
class Checked:
    """The answer to a file.

    ``verdict`` is the verifier's, None for what it does not read. ``head`` is
    the checkpoint in the file, compared with this log; None where it has none.
    ``known`` are the papers of the trail that these bytes are; ``signed`` is what
    was found of seals and signatures in a PDF, None where it has none, and ``own``
    the certificates among them that this installation has sealed with. ``told`` is
    what a receipt is of, where it holds and its checkpoint is of this log.
    """

    kind: Kind
    verdict: trail.Verdict | None = None
    head: HeadFound | None = None
    known: tuple[Known, ...] = ()
    signed: Reading | None = None
    own: frozenset[str] = frozenset()
    told: Told | None = None


def kind_of(content: bytes) -> Kind:
    """What it says it is: by its first bytes, and by the marks of a bundle or receipt of ours."""
    if shapes.is_zip(content):
        return "unknown" if shapes.is_another_zip(content) else "bundle"
    # ISO 32000-1, Annex H: readers look for the header within the first 1024 bytes.
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if shapes.begins_as_json(content):
        return "unknown" if shapes.is_another_json(content) else "receipt"
    return "checkpoint" if _asked(content) is not None else "unknown"


def check(
    session: Session,
    content: bytes,
    signer: Signer | None,
    *,
    attached: bool,
    most: int,
    signatures: Callable[[bytes], Reading | None],
) -> Checked:
    """The answer to the file ``content``.

    ``most`` is the largest file taken in, in bytes; ``attached`` as in
    :func:`~workflow_app.services.checking.known.find`; ``signatures`` reads
    those of a PDF (``sealing.foreign.look``). Writes nothing.
    """
    kind = kind_of(content)
    if kind == "pdf":
        known = tuple(find(session, content, attached=attached))
        signed = signatures(content)
        return Checked(kind, known=known, signed=signed, own=_own(session, signed))
    if kind == "unknown":
        # What people attached may be of any kind.
        return Checked(kind, known=tuple(find(session, content, attached=True)) if attached else ())
    if kind == "checkpoint":
        asked = _asked(content)
        return Checked(kind, head=look_up(session, asked, signer) if asked else None)
    if (wrong := _not_looked_at(kind, content, most * UNPACKED)) is not None:
        return Checked(kind, wrong)
    verdict = trail.verify_bundle(content) if kind == "bundle" else trail.verify_receipt(content)
    asked = _asked(_member(content) if kind == "bundle" else _field(content)) if verdict.ok else None
    head = look_up(session, asked, signer) if asked else None
    # Only here is it sure that the entry is one of this log, and in the form that is written here.
    ours = kind == "receipt" and head is not None and head.standing == "contained"
    return Checked(kind, verdict, head, told=_told(content) if ours else None)


def _own(session: Session, signed: Reading | None) -> frozenset[str]:
    """The certificates of these signatures that seals of this installation were set with."""
    found = {str(one.get("certificate")) for one in signed.signatures} if signed else set()
    if not found:
        return frozenset()
    rows = select(Seal.certificate).where(Seal.certificate.in_(found)).distinct()
    return frozenset(one for one in session.scalars(rows) if one)


def _not_looked_at(kind: Kind, content: bytes, most: int) -> trail.Verdict | None:
    """A verdict on what is not whole, or would be too much; None for what the verifier is to judge."""
    if kind == "receipt":
        return None if shapes.is_json(content) else shapes.NOT_JSON
    return shapes.CUT if shapes.is_cut(content) else _too_much(content, most)


def _too_much(content: bytes, most: int) -> trail.Verdict | None:
    """A verdict on a bundle that would unpack to more than is looked at here; None for others."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            total = sum(info.file_size for info in archive.infolist())
    except Exception:
        # Whatever is wrong with it, the verifier finds words for.
        return None
    if total <= most:
        return None
    return trail.Verdict(
        False,
        (),
        trail.Said(
            f"pakken er pakket ut på {total} byte, mer enn det som kontrolleres her; bruk verify.py i pakken",
            f"the bundle unpacks to {total} bytes, more than is checked here; use the verify.py in it",
        ),
        unreadable=True,
    )


def _member(content: bytes) -> bytes:
    """The checkpoint of a bundle that was verified; empty where it has none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(CHECKPOINT) if CHECKPOINT in archive.namelist() else b""


def _told(content: bytes) -> Told:
    """What a receipt of this log is of; each party is named by the entry that added it."""
    receipt = json.loads(content)
    added = (one["entry"] for one in receipt["grounds"] if one["entry"]["kind"] == "party_added")
    names = {one["chain"].partition("/")[2]: str(one["data"].get("name", "")) for one in added}
    return Told(receipt["entry"], {key: name for key, name in names.items() if name})


def _field(content: bytes) -> bytes:
    """The checkpoint of a receipt that was verified."""
    found = json.loads(content).get(CHECKPOINT)
    return found.encode("utf-8") if isinstance(found, str) else b""


def _asked(content: bytes) -> Asked | None:
    if len(content) > trail.MAX_NOTE:
        return None
    try:
        return read_pasted(content.decode("utf-8"))
    except (UnicodeDecodeError, FieldErrors):
        return None
