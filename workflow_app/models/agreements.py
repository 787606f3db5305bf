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
    String,
    Text,
    event,
    inspect,
    update,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from workflow_app.domain.dates import Interval
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
    is what a client must name to prove it saw what it acts on. ``signed_on`` is
    the last day it can have been signed; where the paper gives a month or a year
    alone, ``signed_earliest`` is the first (see :attr:`signing`). ``replaced_on``
    is the day another agreement that replaces this one was signed. ``next_due`` and
    ``next_deadline`` (its JSON) are derived from the deadline function, so that
    long lists can be sorted and quote the clause, and rebuilt by ``avtaleflyt
    worklists``; so are ``in_force_to`` (the last day, None where there is none to
    name; ``in_force_to_earliest`` where it is half known), ``ends_how``, and whom it
    waits for: ``waits_for`` (a side, "both", "council", None for nobody),
    ``waits_since``, and ``waiting`` with each step and its open places, which is
    None where nobody has counted yet.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        Index("ix_agreement_state_due", "state", "next_due", "id"),
        Index("ix_agreement_due", "next_due", "id"),
        Index("ix_agreement_moved", "moved_at", "id"),
        Index("ix_agreement_waits", "waits_since", "id"),
        # In the order the overview counts by, with all that it counts: no row is read for it.
        Index(
            "ix_agreement_counted",
            *("waits_for", "state", "definition_digest", "next_due", "signed_on", "in_force_to", "id"),
        ),
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
    signed_earliest: Mapped[date | None]
    replaced_on: Mapped[date | None]
    council_clause: Mapped[bool] = mapped_column(default=False)
    evaluation_year: Mapped[int | None]
    learning_points: Mapped[str | None] = mapped_column(Text)
    predecessor_id: Mapped[str | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    next_due: Mapped[date | None]
    next_deadline: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    effective_end: Mapped[date | None] = mapped_column(index=True)
    in_force_to: Mapped[date | None]
    in_force_to_earliest: Mapped[date | None]
    ends_how: Mapped[str | None] = mapped_column(String(20))
    waits_for: Mapped[str | None] = mapped_column(String(20))
    waits_since: Mapped[datetime | None]
    waiting: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    parties: Mapped[list[AgreementParty]] = relationship(
        order_by="AgreementParty.position", lazy="selectin", back_populates="agreement"
    )

    @property
    def state(self) -> str:
        """Where the agreement stands. Read only; see :func:`swap_state`."""
        return self._state

    @property
    def signing(self) -> Interval | None:
        """When it was signed, as far as the day is known; None before."""
        if self.signed_on is None:
            return None
        return Interval(self.signed_earliest or self.signed_on, self.signed_on)


class AgreementParty(Base):
    """A kommune or police unit that the agreement binds."""

    __tablename__ = "agreement_party"
    # With the agreement beside it, so that to gather a party's agreements no row is read.
    __table_args__ = (Index("ix_agreement_party_party_agreement", "party_id", "agreement_id"),)

    agreement_id: Mapped[str] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    # Unnested: SQLite makes a table of every agreement's parties before it joins a nested one.
    party: Mapped[Party] = relationship(
        lazy="joined",
        innerjoin="unnested",  # type: ignore[arg-type]  # documented, but not in the types of SQLAlchemy
    )


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
