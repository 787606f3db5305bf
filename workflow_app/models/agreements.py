"""Agreements and what belongs to them: texts, attachments, readings, rounds.

The state of an agreement has no setter. It moves by :func:`swap_state` alone,
a compare-and-swap that asks for the trail entry of the move, and a flush that
finds the state changed in any other way raises. Everything a party approves
(text, attachments, confirmed rules) is kept version by version.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    inspect,
    update,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from workflow_app.models.base import Base
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry

_KEY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads as another letter on paper


class StateMovedOutsideTheTrail(Exception):
    """Somebody set an agreement's state without an entry; a defect, never a user's error."""


def new_agreement_key() -> str:
    """Ten letters that cannot be guessed from another agreement's."""
    return "".join(secrets.choice(_KEY_ALPHABET) for _ in range(10))


class Agreement(Base):
    """One agreement, one text at a time, one workflow case.

    ``version`` moves with text, attachments, rules, state and closed rounds, and
    is what a client must name to prove it saw what it acts on. ``next_due`` and
    ``next_deadline`` (its JSON) are derived from the deadline function, so that
    long lists can be sorted and quote the clause, and rebuilt by ``avtaleflyt
    worklists``.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        Index("ix_agreement_state_due", "state", "next_due", "id"),
        Index("ix_agreement_due", "next_due", "id"),
        Index("ix_agreement_moved", "moved_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(10), primary_key=True, default=new_agreement_key)
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2), default="nb")
    definition_id: Mapped[str] = mapped_column(String(60))
    definition_version: Mapped[int]
    definition_digest: Mapped[str] = mapped_column(String(64))
    _state: Mapped[str] = mapped_column("state", String(40))
    version: Mapped[int] = mapped_column(default=1)
    origin: Mapped[str | None] = mapped_column(String(40))
    text_number: Mapped[int] = mapped_column(default=0)
    rules_number: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default="")
    proposed_rules: Mapped[int | None]
    agreed_digest: Mapped[str | None] = mapped_column(String(64))
    adopted_digest: Mapped[str | None] = mapped_column(String(64))
    signed_digest: Mapped[str | None] = mapped_column(String(64))
    signed_on: Mapped[date | None]
    council_clause: Mapped[bool] = mapped_column(default=False)
    evaluation_year: Mapped[int | None]
    learning_points: Mapped[str | None] = mapped_column(Text)
    predecessor_id: Mapped[str | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    next_due: Mapped[date | None]
    next_deadline: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    effective_end: Mapped[date | None] = mapped_column(index=True)

    parties: Mapped[list[AgreementParty]] = relationship(
        order_by="AgreementParty.position", lazy="selectin", back_populates="agreement"
    )

    @property
    def state(self) -> str:
        """Where the agreement stands. Read only; see :func:`swap_state`."""
        return self._state


class AgreementParty(Base):
    """A kommune or police unit that the agreement binds."""

    __tablename__ = "agreement_party"

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    # Unnested: SQLite makes a table of every agreement's parties before it joins a nested one.
    party: Mapped[Party] = relationship(
        lazy="joined",
        innerjoin="unnested",  # type: ignore[arg-type]  # documented, but not in the types of SQLAlchemy
    )


class Blob(Base):
    """Bytes by their SHA-256: originals, attachments, frozen papers. Stored once."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class TextVersion(Base):
    """One saved text. An uploaded one keeps its file byte for byte."""

    __tablename__ = "text_version"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(20))
    filename: Mapped[str | None] = mapped_column(String(255))
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file that is part of what is approved, or the scan of a paper original."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    size: Mapped[int]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class RuleSet(Base):
    """One reading of one text: the reader's, or as a person corrected it.

    ``rules`` holds dated and undated rules in the contract's flat form;
    ``confirmed_at`` is empty until a person has looked at them.
    """

    __tablename__ = "rule_set"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    text_number: Mapped[int]
    rules: Mapped[list[dict[str, Any]]]
    questions: Mapped[list[dict[str, Any]]]
    incomplete: Mapped[list[str]]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


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
    """One saved version of the evaluation of one year; approvals bind to its hash."""

    __tablename__ = "evaluation_version"
    __table_args__ = (UniqueConstraint("agreement_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    year: Mapped[int]
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    learning_points: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(30))
    sha256: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Matter(Base):
    """The paper put before one kommunestyre, and what came of it."""

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(20))
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


WITH_PARTIES = joinedload(Agreement.parties)
"""Loads an agreement and its parties in one statement, for where there is one of them."""


def swap_state(session: Session, agreement: Agreement, *, to: str, entry: TrailEntry, **changes: Any) -> bool:
    """Move the state, only if nobody else has moved state or version since it was read.

    ``entry`` is the trail entry of this very move; ``changes`` are further columns
    set in the same statement. Returns False when somebody was first.
    """
    if entry.transition is None or entry.chain != f"agreement/{agreement.id}":
        raise StateMovedOutsideTheTrail(f"the entry is not a move of agreement {agreement.id}")
    session.flush()
    table = Agreement.__table__
    result = session.execute(
        update(Agreement)
        .where(
            Agreement.id == agreement.id,
            Agreement._state == agreement.state,
            Agreement.version == agreement.version,
        )
        .values({table.c.state: to, table.c.version: agreement.version + 1, **changes})
        .execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, typed as Result
        return False
    for name, value in {"_state": to, "version": agreement.version + 1, **changes}.items():
        # The row is written; the object follows it without being marked as changed again.
        set_committed_value(agreement, name, value)
    return True


@event.listens_for(Session, "before_flush")
def _refuse_a_silent_move(session: Session, _context: Any, _instances: Any) -> None:
    for thing in session.dirty:
        if isinstance(thing, Agreement) and inspect(thing).attrs._state.history.has_changes():
            raise StateMovedOutsideTheTrail(f"agreement {thing.id}: use take_transition()")
