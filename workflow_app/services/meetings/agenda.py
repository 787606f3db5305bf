"""The agenda of a meeting: its fixed points, what the parties raise, what is to be followed up, in order.

A new agenda begins with the agreement's own fixed points, then the standing
points the parties have agreed on, then what has been raised and waits. From
there people write it. What stood on an agenda stays told in the trail; a point
that is taken off is no longer on the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.meetings.fixed_points import fixed_points
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import RAISED, STANDING, TEXT, AgendaItem, Meeting
from workflow_app.services.material import text_of

LONGEST_TITLE = 300


def begin(session: Session, agreement: Agreement, meeting: Meeting, now: datetime) -> None:
    """Put on a new meeting's agenda what belongs on every one, and what waited for the next meeting.

    What waits goes to the first meeting planned, and only there.
    """
    patterns = standing_points(session, agreement)
    points = [
        AgendaItem(kind=TEXT, title=p.title, quote=p.quote)
        for p in fixed_points(text_of(session, agreement).text)
    ]
    points += [AgendaItem(kind=STANDING, title=p.title, description=p.description) for p in patterns]
    for place, item in enumerate(points, 1):
        item.agreement_id, item.meeting_id = agreement.id, meeting.id
        item.position, item.created_at = place, now
        session.add(item)
    session.flush()
    for item in waiting(session, agreement):
        item.meeting_id, item.position = meeting.id, last_position(session, meeting) + 1
        session.flush()
    session.expire(meeting, ["items"])


def items_of(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The points of a meeting's agenda in order."""
    return list(
        session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )


def standing_points(session: Session, agreement: Agreement) -> list[AgendaItem]:
    """The points the parties want on every agenda beside those of the text."""
    return _without_meeting(session, agreement, STANDING)


def waiting(session: Session, agreement: Agreement) -> list[AgendaItem]:
    """What has been raised and waits for a meeting to be planned."""
    return _without_meeting(session, agreement, RAISED)


def hand_on(session: Session, agreement: Agreement, meeting: Meeting) -> None:
    """What was raised to a meeting that is called off goes to the next one, or waits for it."""
    following = session.scalars(
        select(Meeting)
        .where(
            Meeting.agreement_id == agreement.id,
            Meeting.id != meeting.id,
            Meeting.on >= meeting.on,
            Meeting.cancelled_at.is_(None),
            Meeting.held_at.is_(None),
        )
        .order_by(Meeting.on)
        .limit(1)
    ).first()
    for item in items_of(session, meeting):
        if item.kind == RAISED:
            item.meeting_id = following.id if following is not None else None
            item.position = last_position(session, following) + 1 if following is not None else item.position
            session.flush()
    session.expire(meeting, ["items"])


def last_position(session: Session, meeting: Meeting) -> int:
    """The position of the last point, 0 on an empty agenda."""
    newest = select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
    return session.scalar(newest) or 0


def renumber(items: Sequence[AgendaItem]) -> None:
    """Positions without holes, in the order given."""
    for place, item in enumerate(items, 1):
        item.position = place


def _without_meeting(session: Session, agreement: Agreement, kind: str) -> list[AgendaItem]:
    return list(
        session.scalars(
            select(AgendaItem)
            .where(
                AgendaItem.agreement_id == agreement.id,
                AgendaItem.meeting_id.is_(None),
                AgendaItem.kind == kind,
            )
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )
