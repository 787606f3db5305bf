"""The papers that are sealed, for whoever hands them out: a page, the archive, the bundle."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import EvaluationVersion
from workflow_app.models.seals import AGREEMENT, EVALUATION, Seal
from workflow_app.services import blobs


def newest(session: Session, source_sha256: str) -> bytes | None:
    """The paper that was frozen under ``source_sha256`` with its seal; None where it has none yet."""
    row = row_of(session, source_sha256)
    return None if row is None or row.sealed_sha256 is None else blobs.fetch(session, row.sealed_sha256)


def row_of(session: Session, source_sha256: str) -> Seal | None:
    """The row of a frozen paper: sealed, or waiting; None for a paper nobody wanted sealed."""
    return session.scalars(
        select(Seal)
        .where(Seal.source_sha256 == source_sha256)
        .order_by(Seal.sealed_sha256.is_(None), Seal.id.desc())
        .limit(1)
    ).first()


def of_agreement(session: Session, agreement: Agreement) -> Seal | None:
    """The agreement's own paper as it was signed: to be frozen, frozen, or sealed; None before."""
    return _newest(session, agreement, AGREEMENT, None)


def of_evaluation(session: Session, agreement: Agreement, version: EvaluationVersion) -> Seal | None:
    """The approved evaluation of the version's year as a paper; None where it is not approved.

    None as well where the version was written after the approval: then the
    year was taken up again, and what was frozen is not what it says.
    """
    row = _newest(session, agreement, EVALUATION, version.year)
    return None if row is None or row.made_at < version.created_at else row


def all_of(session: Session, agreement: Agreement) -> list[Seal]:
    """Every paper of the agreement that is sealed or to be, the oldest first."""
    return list(session.scalars(select(Seal).where(Seal.agreement_id == agreement.id).order_by(Seal.id)))


def bytes_of(session: Session, row: Seal, *, sealed: bool = True) -> bytes | None:
    """The paper with its seal, or as it was frozen where it has none or ``sealed`` is False.

    None where it is not frozen yet.
    """
    wanted = (row.sealed_sha256 if sealed else None) or row.source_sha256
    return None if wanted is None else blobs.fetch(session, wanted)


def _newest(session: Session, agreement: Agreement, document: str, number: int | None) -> Seal | None:
    return session.scalars(
        select(Seal)
        .where(Seal.agreement_id == agreement.id, Seal.document == document)
        .where(Seal.number.is_not_distinct_from(number))
        .order_by(Seal.id.desc())
        .limit(1)
    ).first()
