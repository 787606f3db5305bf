"""Meetings looked up: one by its number, those of a year, the next one, and how far the year has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.errors import NotThere
from workflow_app.services.meetings.access import after_it


def meetings_of(session: Session, agreement: Agreement, year: int | None = None) -> list[Meeting]:
    """The meetings of one year, or all of them, in order of day; cancelled ones are among them."""
    found = select(Meeting).where(Meeting.agreement_id == agreement.id)
    if year is not None:
        found = found.where(Meeting.on.between(date(year, 1, 1), date(year, 12, 31)))
    return list(session.scalars(found.order_by(Meeting.on, Meeting.number)))


def find(session: Session, agreement: Agreement, number: int) -> Meeting:
    """One meeting by its number. Raises ``NotThere``."""
    found = session.scalars(
        select(Meeting).where(Meeting.agreement_id == agreement.id, Meeting.number == number)
    ).first()
    if found is None:
        raise NotThere("not_there", msg("There is no meeting number ${number}.", number=number))
    return found


def next_meeting(session: Session, agreement: Agreement, today: date) -> Meeting | None:
    """The first meeting still to be held, today's included."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.agreement_id == agreement.id,
            Meeting.on >= today,
            Meeting.cancelled_at.is_(None),
            Meeting.held_at.is_(None),
        )
        .order_by(Meeting.on, Meeting.number)
        .limit(1)
    ).first()


def left_after(session: Session, agreement: Agreement) -> list[Meeting]:
    """The meetings still planned after the agreement's last day, in order of day."""
    found = meetings_of(session, agreement) if agreement.in_force_to is not None else []
    return [m for m in found if after_it(agreement, m.on) and status_of(m) == "planned"]


def next_number(session: Session, agreement: Agreement) -> int:
    """The number the next meeting gets."""
    newest = select(func.max(Meeting.number)).where(Meeting.agreement_id == agreement.id)
    return 1 + (session.scalar(newest) or 0)


def status_of(meeting: Meeting) -> str:
    """ "cancelled", "held" or "planned"."""
    if meeting.cancelled_at is not None:
        return "cancelled"
    return "held" if meeting.held_at is not None else "planned"


def standing(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those that are not cancelled."""
    return [m for m in meetings if m.cancelled_at is None]


def held(meetings: Iterable[Meeting]) -> int:
    """How many of them were held."""
    return sum(1 for m in meetings if m.held_at is not None and m.cancelled_at is None)
