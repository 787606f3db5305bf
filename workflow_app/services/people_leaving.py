"""People who left: when the last role has ended, nothing they once opened stays open.

Rights are drawn from the roles of the day, so one who has none sees nothing
already. This takes away what would come alive again unasked: tokens that were
given to programs, open sessions, addresses of calendars. The account stays, so
that somebody who is given a role again only signs in.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from workflow_app.models.calendars import CalendarFeed
from workflow_app.models.people import AccessToken, ActingHolder, LoginSession, Person, RoleAssignment
from workflow_app.services import sessions, tokens, trail
from workflow_app.services.norway import local_date


def close(session: Session, now: datetime) -> list[Person]:
    """End the tokens, sessions and feeds of everybody whose last role is over; who they were."""
    left = list(session.scalars(_left(local_date(now), now)))
    for person in left:
        sessions.revoke_all(session, person.id, now)
        tokens.end_all(session, person.id, now)
        for feed in session.scalars(
            select(CalendarFeed).where(CalendarFeed.person_id == person.id, CalendarFeed.revoked_at.is_(None))
        ):
            feed.revoked_at = now
        # Nobody did it: the system itself, as the entry without an actor says.
        trail.append(session, trail.INSTALLATION, kind="access_ended", now=now, data={"person": person.id})
    session.flush()
    return left


def _left(today: date, now: datetime) -> Select[Person]:
    """Active people, no operators, who had a role once, have none now or later, and left something open."""

    def of_person(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return exists().where(RoleAssignment.person_id == Person.id, *conditions)

    still = or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= today)
    undone = and_(RoleAssignment.to_date.is_not(None), RoleAssignment.to_date < RoleAssignment.from_date)
    acts = exists().where(ActingHolder.person_id == Person.id, ActingHolder.to_date >= today)
    open_doors = or_(
        exists().where(
            AccessToken.person_id == Person.id, AccessToken.revoked_at.is_(None), AccessToken.expires_at > now
        ),
        exists().where(
            LoginSession.person_id == Person.id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        ),
        exists().where(CalendarFeed.person_id == Person.id, CalendarFeed.revoked_at.is_(None)),
    )
    return (
        select(Person)
        .where(
            Person.active,
            Person.is_operator.is_(False),
            of_person(),
            ~of_person(still, ~undone),
            ~acts,
            open_doors,
        )
        .order_by(Person.id)
    )
