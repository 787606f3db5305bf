"""Files that came with signatures: read when they come, and what was found bound to the trail.

What is found depends on whom the installation trusts and on the day, so it is
told as of that day and never recomputed in silence. The signers' names are
personal: they are private values of the entry, and pages take them from there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.reading import UnreadableFile
from workflow_app.models.agreements import Agreement
from workflow_app.models.seals import SignedFile
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.files import pool
from workflow_app.services.sealing.settings import SealSettings

log = logging.getLogger(__name__)

READ = "signatures_read"
"""The kind of the entry that tells what was found."""

UNREADABLE = "unreadable"
_HEAD = 1024
_LARGEST_ANCHOR = 64 << 10
_MOST_ANCHORS = 200


@dataclass(frozen=True)
class Reading:
    """What was found in one file; ``problem`` where its signatures could not be read."""

    signatures: tuple[dict[str, Any], ...] = ()
    problem: str | None = None


@dataclass(frozen=True)
class Known:
    """What is kept of one file: the findings, each with its signer's name, None where that was erased."""

    findings: tuple[tuple[dict[str, Any], str | None], ...]
    problem: str | None
    read_at: datetime


def look(content: bytes, settings: SealSettings, now: datetime) -> Reading | None:
    """Read the signatures of a file at ``now`` (aware); None for one that has none. Never raises.

    At most thirty seconds, in a process of its own.
    """
    # A signature's byte range cannot be compressed (ISO 32000-1, 12.8.1), so a file without one has none.
    if b"%PDF-" not in content[:_HEAD] or b"/ByteRange" not in content:
        return None
    try:
        roots = list(anchors(settings.trust))
        job = {"kind": "signatures", "roots": roots, "now": now.isoformat()}
        answer = pool.shared().ask(job, content)
    except UnreadableFile:
        return Reading(problem=UNREADABLE)
    if "signatures" not in answer:
        log.warning("the signatures of a file could not be read: %s", answer.get("broken", "no answer"))
        return Reading(problem=UNREADABLE)
    found = answer["signatures"]
    return Reading(tuple(found)) if found else None


def anchors(folder: Path | None) -> Iterable[str]:
    """The PEM files of the folder of trusted issuers; what cannot be read is told in the log."""
    if folder is None:
        return
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix in (".pem", ".crt", ".cer"))[:_MOST_ANCHORS]
    except OSError as error:
        log.warning("avtaleflyt.seal_trust: %s", error.strerror)
        return
    for file in files:
        try:
            text = file.read_bytes()[:_LARGEST_ANCHOR]
            x509.load_pem_x509_certificates(text)
            yield text.decode("ascii")
        except (OSError, ValueError):
            log.warning("avtaleflyt.seal_trust: %s holds no certificate in PEM", file.name)


def note(
    session: Session, agreement: Agreement, sha256: str, reading: Reading, *, who: Who | None, now: datetime
) -> SignedFile:
    """Bind what was found in the file stored under ``sha256`` to the agreement's chain."""
    names = [str(s.get("name") or "") for s in reading.signatures]
    public = [{k: v for k, v in s.items() if k != "name"} for s in reading.signatures]
    entry = trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=READ,
        now=now,
        actor=who.entry() if who else None,
        agreement=agreement.digest,
        data={
            "sha256": sha256,
            "signatures": public,
            **({"problem": reading.problem} if reading.problem else {}),
        },
        private={"signers": "\n".join(names)},
    )
    row = SignedFile(
        agreement_id=agreement.id,
        sha256=sha256,
        findings=public,
        problem=reading.problem,
        entry_id=entry.id,
        read_at=now,
    )
    session.add(row)
    return row


def bind(
    session: Session,
    agreement: Agreement,
    sha256: str | None,
    reading: Reading | None,
    *,
    who: Who | None,
    now: datetime,
) -> None:
    """:func:`note` for a file that has signatures and was not read for this agreement before."""
    if reading is None or sha256 is None:
        return
    seen = select(SignedFile.id).where(SignedFile.agreement_id == agreement.id, SignedFile.sha256 == sha256)
    if session.scalars(seen.limit(1)).first() is None:
        note(session, agreement, sha256, reading, who=who, now=now)


def known(session: Session, agreement: Agreement) -> dict[str, Known]:
    """What is kept of the agreement's signed files, by their SHA-256; the newest reading of each."""
    rows = session.scalars(
        select(SignedFile).where(SignedFile.agreement_id == agreement.id).order_by(SignedFile.id)
    ).all()
    if not rows:
        return {}
    entries = session.scalars(select(TrailEntry).where(TrailEntry.id.in_([r.entry_id for r in rows]))).all()
    clear = trail.clear(session, entries)
    return {row.sha256: _known(row, clear.get(row.entry_id, {}).get("signers")) for row in rows}


def _known(row: SignedFile, signers: str | None) -> Known:
    names: list[str | None] = list(signers.split("\n")) if signers is not None else []
    names += [None] * (len(row.findings) - len(names))
    return Known(tuple(zip(row.findings, names, strict=False)), row.problem, row.read_at)
