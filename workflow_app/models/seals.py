"""Papers that are frozen and sealed, and what was found in files that others have signed.

A row of ``seal`` is written in the transaction that makes the paper worth
sealing, and is the outbox: nobody's signature waits for a certificate or a
timestamp server. The bytes lie in ``blob``; who sealed what, and when, is told
by the agreement's trail.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.agreements import Agreement
from workflow_app.models.base import Base

AGREEMENT, MATTER, MINUTES, EVALUATION = "agreement", "matter", "minutes", "evaluation"
"""What a sealed paper is."""


class Seal(Base):
    """One paper that is to be sealed, or is.

    ``number`` is the matter's or the meeting's within the agreement, or the year
    of the evaluation. ``source_sha256`` is the paper as it was frozen, None
    until it is made; ``sealed_sha256`` the same with the seal. ``level`` is
    "B-B" or "B-T" (ETSI EN 319 142-1), ``certificate`` the SHA-256 of the
    certificate it was sealed with, ``remark`` what must be said of the seal
    ("no_timestamp"). ``due_at`` is when it is tried next, ``problem`` the code
    of what went wrong last.
    """

    __tablename__ = "seal"
    __table_args__ = (
        Index("ix_seal_waiting", "sealed_sha256", "due_at", "id"),
        Index("ix_seal_agreement_id_document", "agreement_id", "document", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    document: Mapped[str] = mapped_column(String(20))
    number: Mapped[int | None]
    source_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"), index=True)
    sealed_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    level: Mapped[str | None] = mapped_column(String(10))
    certificate: Mapped[str | None] = mapped_column(String(64))
    remark: Mapped[str | None] = mapped_column(String(40))
    made_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(String(40))

    agreement: Mapped[Agreement] = relationship()


class SignedFile(Base):
    """What was found in a file that came with signatures, as it stood when it came.

    ``findings`` holds nothing personal: the names stand beside the entry
    ``entry_id`` alone, where they can be erased. ``problem`` is the code of why
    the signatures could not be read.
    """

    __tablename__ = "signed_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    findings: Mapped[list[dict[str, Any]]]
    problem: Mapped[str | None] = mapped_column(String(40))
    entry_id: Mapped[int] = mapped_column(ForeignKey("trail_entry.id"))
    read_at: Mapped[datetime]
