"""Which agreements a run has to look at: few of many, and none that could have something due overlooked.

Each look keeps the day of the next one and how long the trail was. Whatever may
move a deadline is an entry in the agreement's chain, so a longer trail is reason to
look again, and no service has to remember to say so.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.reminders import ReminderLook
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail

LOOK_AHEAD = 31
"""No agreement goes unlooked at for more days than this, whatever was counted."""


def candidates(session: Session, today: date) -> list[str]:
    """The ids of the signed agreements to look at today, in order; one statement."""
    entered_since = (
        select(TrailEntry.id)
        .where(
            TrailEntry.chain == trail.agreement_chain("") + Agreement.id,
            TrailEntry.number == ReminderLook.entry + 1,
        )
        .exists()
    )
    return list(
        session.scalars(
            select(Agreement.id)
            .outerjoin(ReminderLook, ReminderLook.agreement_id == Agreement.id)
            .where(
                Agreement.signed_on.is_not(None),
                or_(
                    ReminderLook.agreement_id.is_(None),
                    ReminderLook.next_on <= today,
                    # Looked at by a clock that was ahead of this one.
                    ReminderLook.looked_on > today,
                    entered_since,
                ),
            )
            .order_by(Agreement.id)
        )
    )


def looked(session: Session, agreement: Agreement, today: date, next_on: date) -> None:
    """Keep when the locked agreement is to be looked at next."""
    number, _ = trail.head(session, trail.agreement_chain(agreement.id))
    look = session.get(ReminderLook, agreement.id) or ReminderLook(agreement_id=agreement.id)
    look.entry, look.looked_on, look.next_on = number, today, next_on
    session.add(look)
