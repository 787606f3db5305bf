"""Papers from before there were seals: found and put among those that wait, when somebody asks for it.

What was frozen then is sealed as it was frozen. An agreement signed then has no
frozen paper; the one that is made tells of the agreement as it stands today,
and bears today's date.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.models.proceedings import Matter
from workflow_app.models.seals import AGREEMENT, MATTER, MINUTES, Seal
from workflow_app.services.sealing.outbox import to_be_sealed


def add_older(session: Session, now: datetime) -> int:
    """Put signed agreements, frozen matters and kept minutes without a row in line; how many there were."""
    found: list[tuple[str, str, int | None, str | None]] = []
    own = exists().where(Seal.agreement_id == Agreement.id, Seal.document == AGREEMENT)
    for ident in session.scalars(
        select(Agreement.id).where(Agreement.signed_on.is_not(None), ~own).order_by(Agreement.id)
    ):
        found.append((ident, AGREEMENT, None, None))
    matters = select(Matter.agreement_id, Matter.number, Matter.frozen_sha256).where(
        Matter.frozen_sha256.is_not(None), ~exists().where(Seal.source_sha256 == Matter.frozen_sha256)
    )
    for row in session.execute(matters.order_by(Matter.id)):
        found.append((row.agreement_id, MATTER, row.number, row.frozen_sha256))
    minutes = select(Meeting.agreement_id, Meeting.number, Meeting.minutes_sha256).where(
        Meeting.minutes_sha256.is_not(None), ~exists().where(Seal.source_sha256 == Meeting.minutes_sha256)
    )
    for row in session.execute(minutes.order_by(Meeting.id)):
        found.append((row.agreement_id, MINUTES, row.number, row.minutes_sha256))
    for ident, document, number, source in found:
        to_be_sealed(session, ident, document, number=number, source_sha256=source, now=now)
    session.flush()
    return len(found)


def try_again(session: Session, now: datetime) -> int:
    """Let everything that waits be tried at once; how many papers there are."""
    waiting = session.scalars(select(Seal).where(Seal.sealed_sha256.is_(None))).all()
    for row in waiting:
        row.due_at = min(row.due_at, now)
    session.flush()
    return len(waiting)
