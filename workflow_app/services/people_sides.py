"""Nobody sits on both sides of the table: kommune and police of one agreement.

The engine refuses one person's signature for both; this says it when somebody
is given a role, before anything waits for them.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services.errors import Conflict
from workflow_app.services.people_roles import OFFICES, overlap

OVER = ("withdrawn", "lapsed", "terminated")
"""States of agreements that nobody meets or signs for any more."""


def other_side(
    session: Session, person: Person, party: Party, first: date, last: date | None
) -> RoleAssignment | ActingHolder | None:
    """An office of the person's, in these days, for a party that has an agreement with ``party``."""
    offices = {role for side, roles in OFFICES.items() if side != party.side for role in roles}
    mine, theirs = aliased(AgreementParty), aliased(AgreementParty)
    opposite = (
        select(theirs.party_id)
        .join(mine, mine.agreement_id == theirs.agreement_id)
        .join(Agreement, Agreement.id == mine.agreement_id)
        .where(mine.party_id == party.id, Agreement._state.not_in(OVER))
    )
    held: list[RoleAssignment | ActingHolder] = [
        *session.scalars(
            select(RoleAssignment).where(
                RoleAssignment.person_id == person.id,
                RoleAssignment.role.in_(sorted(offices)),
                RoleAssignment.party_id.in_(opposite),
            )
        ),
        *session.scalars(
            select(ActingHolder).where(
                ActingHolder.person_id == person.id,
                ActingHolder.role.in_(sorted(offices)),
                ActingHolder.party_id.in_(opposite),
            )
        ),
    ]
    return next((one for one in held if overlap(first, last, one.from_date, one.to_date)), None)


def refuse_both_sides(
    session: Session, person: Person, party: Party, role: str, first: date, last: date | None
) -> None:
    """Raise ``Conflict`` (``both_sides``) where ``role`` would set the person on both sides of one agreement.

    An auditor or administrator sits on none.
    """
    if role not in OFFICES.get(party.side, ()):
        return
    found = other_side(session, person, party, first, last)
    if found is not None:
        raise Conflict(
            "both_sides",
            msg(
                "«${username}» is ${role} for ${other}, which has an agreement with ${party}; "
                "nobody sits on both sides of the table.",
                username=person.username,
                role=found.role,
                other=found.party.name,
                party=party.name,
            ),
        )
