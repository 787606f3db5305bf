"""Somebody must be left who can let others in: a party's last administrator does not end the role."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import Person, RoleAssignment
from workflow_app.services.errors import Conflict
from workflow_app.services.people_roles import ADMINISTRATOR, lock


def refuse_last_administrator(session: Session, held: RoleAssignment, last_day: date) -> None:
    """Raise ``Conflict`` (``last_administrator``) where nobody else administers the party the day after."""
    lock(session, held.party)
    after = last_day + timedelta(days=1)
    others = session.scalars(
        select(RoleAssignment)
        .join(Person, and_(Person.id == RoleAssignment.person_id, Person.active))
        .where(
            RoleAssignment.party_id == held.party_id,
            RoleAssignment.role == ADMINISTRATOR,
            RoleAssignment.id != held.id,
        )
    )
    if not any(o.from_date <= after and (o.to_date is None or o.to_date >= after) for o in others):
        raise Conflict(
            "last_administrator",
            msg(
                "Nobody else administers ${party} on ${day}; hand the role over instead of ending it.",
                party=held.party.name,
                day=after,
            ),
        )
