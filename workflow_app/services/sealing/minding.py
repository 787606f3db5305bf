"""What waits for its seal, as those see it who look after the installation: administrators and the operator.

Of an agreement they see its number and which paper it is, no more: an
administrator is not let into agreements by her office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party
from workflow_app.models.seals import Seal
from workflow_app.services.actors import Who
from workflow_app.services.people_roles import administered

SHOWN = 100
"""The most papers listed; those that have waited longest first, and the rest counted."""


@dataclass(frozen=True)
class Queue:
    """The papers that wait, at most :data:`SHOWN`, how many there are, and how many are sealed."""

    rows: tuple[Seal, ...]
    waiting: int
    sealed: int


def minds_seals(who: Who) -> bool:
    """Whether the person looks after anybody's papers."""
    return who.is_operator or bool(administered(who))


def queue_of(session: Session, who: Who) -> Queue:
    """The papers of the agreements of ``who``'s own parties; the operator's are all."""
    seen = _seen(who)
    unsealed = Seal.sealed_sha256.is_(None)
    rows = session.scalars(select(Seal).where(unsealed, seen).order_by(Seal.made_at, Seal.id).limit(SHOWN))

    def counted(which: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(Seal).where(which, seen)) or 0

    return Queue(tuple(rows), counted(unsealed), counted(Seal.sealed_sha256.is_not(None)))


def again(session: Session, who: Who, now: datetime) -> int:
    """Let the papers ``who`` looks after be tried at the next look; how many there are."""
    rows = session.scalars(select(Seal).where(Seal.sealed_sha256.is_(None), _seen(who))).all()
    for row in rows:
        row.due_at = min(row.due_at, now)
    session.flush()
    return len(rows)


def _seen(who: Who) -> ColumnElement[bool]:
    if who.is_operator:
        return true()
    own = (
        select(AgreementParty.agreement_id)
        .join(Party, Party.id == AgreementParty.party_id)
        .where(Party.key.in_(sorted(administered(who))))
    )
    return Seal.agreement_id.in_(own)
