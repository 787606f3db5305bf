"""Attachments: any file, by its hash, part of what is approved.

A removed attachment is only marked so: earlier approvals were given to a digest
that covered it, and must stay checkable.
"""

from __future__ import annotations

import mimetypes
import re
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import Attachment
from workflow_app.services import blobs, trail
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.material import attachments_of, material_changed
from workflow_app.services.texts import MAX_FILE, TooLarge

LONGEST_LABEL = 150
"""The most characters of what an attachment is called."""


def add(
    session: Session,
    agreement: Agreement,
    filename: str,
    content: bytes,
    *,
    who: Who,
    now: datetime,
    label: str | None = None,
    limit: int = MAX_FILE,
) -> Attachment:
    """Attach a file under its own name, or as ``label``, what the agreement calls it.

    ``limit`` is the largest file taken in, in bytes.
    Raises ``FieldErrors`` for one that is empty or there already, ``TooLarge`` for one too large.
    """
    name = clean_name(filename)
    if label and label.strip():
        name = _labelled(label, name)
    if not content:
        raise FieldErrors({"file": msg("«${name}» is empty; choose a file with something in it.", name=name)})
    if len(content) > limit:
        raise TooLarge({"file": msg("«${name}» is larger than ${limit} MB.", name=name, limit=limit >> 20)})
    if any(a.name == name for a in attachments_of(session, agreement)):
        raise FieldErrors(
            {"file": msg("There is already an attachment named «${name}»; remove it first.", name=name)}
        )
    attachment = Attachment(
        agreement_id=agreement.id,
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        sha256=blobs.store(session, content),
        size=len(content),
        person_id=who.person_id,
        added_at=now,
    )
    session.add(attachment)
    _record(session, agreement, attachment, "attachment_added", who, now)
    return attachment


def remove(session: Session, agreement: Agreement, attachment_id: int, *, who: Who, now: datetime) -> None:
    """Take an attachment out of what is approved. Raises ``NotThere``."""
    attachment = find(session, agreement, attachment_id)
    if attachment.removed_at is None:
        attachment.removed_at = now
        _record(session, agreement, attachment, "attachment_removed", who, now)


def find(session: Session, agreement: Agreement, attachment_id: int) -> Attachment:
    """An attachment of this agreement, removed or not. Raises ``NotThere``."""
    found = session.scalars(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.agreement_id == agreement.id)
    ).first()
    if found is None:
        raise NotThere("not_there", msg("There is no such attachment."))
    return found


def _record(
    session: Session, agreement: Agreement, attachment: Attachment, kind: str, who: Who, now: datetime
) -> None:
    material_changed(session, agreement, because="attachments_changed", who=who, now=now)
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=kind,
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={"sha256": attachment.sha256, "size": attachment.size},
        private={"name": attachment.name},
    )


def _labelled(label: str, name: str) -> str:
    """The label with the file's suffix, so that whoever takes the file home can open it."""
    words = clean_name(label.replace("/", "-").replace("\\", "-"))
    suffix = PurePosixPath(name).suffix
    if len(words) > LONGEST_LABEL:
        raise FieldErrors(
            {"label": msg("The name is ${length} characters long; the most is ${most}.", length=len(words),
                          most=LONGEST_LABEL)}
        )  # fmt: skip
    return words if words.lower().endswith(suffix.lower()) else f"{words}{suffix}"


def clean_name(filename: str) -> str:
    """A file's own name, without folders and what cannot be printed. Raises ``FieldErrors`` for none."""
    base = re.split(r"[\\/]", filename)[-1]
    base = "".join(c for c in base if c.isprintable()).strip()
    if not base or base in (".", ".."):
        raise FieldErrors({"file": msg("The file has no name; give it one and try again.")})
    return base[-200:]
