"""What happens to an agreement: rounds of approvals, evaluations, matters before the kommunestyre."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow_app.models.base import Base
from workflow_app.models.people import Party


class ApprovalRound(Base):
    """The collecting of approvals for one transition, bound to one digest."""

    __tablename__ = "approval_round"
    __table_args__ = (Index("ix_approval_round_agreement", "agreement_id", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    transition: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    proposal: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_because: Mapped[str | None] = mapped_column(String(40))

    approvals: Mapped[list[ApprovalRow]] = relationship(lazy="selectin", order_by="ApprovalRow.id")


class ApprovalRow(Base):
    """One person's yes in one round. The unique slot is what decides between racers."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("round_id", "slot_role", "party_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("approval_round.id"))
    slot_role: Mapped[str] = mapped_column(String(100))
    party_key: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(40))
    title: Mapped[str | None] = mapped_column(String(200))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    acting_for: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    how: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    entry_id: Mapped[int] = mapped_column(ForeignKey("trail_entry.id"))


class EvaluationVersion(Base):
    """One saved version of the evaluation of one year; approvals bind to its hash.

    ``answers`` is what was answered goal by goal, None where the text was sent
    whole. A version that is not ``complete`` is somebody's unfinished work:
    nobody can approve it, and its ``outcome`` may still be empty.
    """

    __tablename__ = "evaluation_version"
    __table_args__ = (UniqueConstraint("agreement_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    year: Mapped[int]
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    learning_points: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(30))
    answers: Mapped[dict[str, Any] | None]
    complete: Mapped[bool] = mapped_column(default=True, server_default=true())
    sha256: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Matter(Base):
    """The paper put before one kommunestyre, and what came of it.

    ``occasion`` is what it is about: the agreement itself, the evaluation of a
    ``year``, a notice of termination, the lapse.
    """

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(20), default="agreement", server_default="agreement")
    year: Mapped[int | None]
    archive_case: Mapped[str | None] = mapped_column(String(40))
    case_number: Mapped[str | None] = mapped_column(String(40))
    committee: Mapped[str | None] = mapped_column(String(120))
    meeting_date: Mapped[date | None]
    case_officer: Mapped[str | None] = mapped_column(String(200))
    proposal: Mapped[str | None] = mapped_column(Text)
    legal_basis: Mapped[str | None] = mapped_column(String(200))
    frozen_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    frozen_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    decision: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    party: Mapped[Party] = relationship(lazy="joined", innerjoin=True)
    handlings: Mapped[list[MatterHandling]] = relationship(
        order_by="MatterHandling.position", cascade="all, delete-orphan", lazy="selectin"
    )
    files: Mapped[list[MatterFile]] = relationship(order_by="MatterFile.id", lazy="selectin")


class MatterHandling(Base):
    """One body that had the matter before the kommunestyre: formannskap, utvalg, råd."""

    __tablename__ = "matter_handling"
    __table_args__ = (UniqueConstraint("matter_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    committee: Mapped[str] = mapped_column(String(120))
    meeting_date: Mapped[date | None]
    case_number: Mapped[str | None] = mapped_column(String(40))
    proposal: Mapped[str | None] = mapped_column(Text)


class MatterFile(Base):
    """A særutskrift as it came back from the case system; the newest is the one that counts."""

    __tablename__ = "matter_file"
    __table_args__ = (Index("ix_matter_file_matter_id", "matter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
