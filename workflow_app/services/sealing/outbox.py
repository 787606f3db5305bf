"""Writing down that a paper is to be sealed, in the transaction that makes it worth sealing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.models.seals import Seal


def to_be_sealed(
    session: Session,
    agreement_id: str,
    document: str,
    *,
    now: datetime,
    number: int | None = None,
    source_sha256: str | None = None,
) -> Seal:
    """One paper more: frozen already under ``source_sha256``, or to be made and frozen first.

    ``document`` is one of those in :mod:`workflow_app.models.seals`, ``number``
    the matter's or meeting's, or the year of the evaluation.
    """
    row = Seal(
        agreement_id=agreement_id,
        document=document,
        number=number,
        source_sha256=source_sha256,
        made_at=now,
        frozen_at=now if source_sha256 is not None else None,
        due_at=now,
    )
    session.add(row)
    return row
