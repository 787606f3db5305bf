"""Who may erase a person, and what must be in order before anybody does.

Erasing is for somebody who has left. Whoever still holds an office, or whose
approval still waits for others, is part of something that is not finished; each
such thing is named with what to do about it, all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import ROLES
from workflow_app.models.agreements import Agreement
from workflow_app.models.deputies import MeetingDeputy
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.services.actors import Who
from workflow_app.services.people_roles import administered

Held = RoleAssignment | ActingHolder | MeetingDeputy


def parties_of(session: Session, person: Person) -> list[Party]:
    """Every party the person has held, acted or stood in for, whenever that was; by key."""
    keys: set[int] = set()
    for table in (RoleAssignment, ActingHolder, MeetingDeputy):
        keys |= set(session.scalars(select(table.party_id).where(table.person_id == person.id)))
    return list(session.scalars(select(Party).where(Party.id.in_(keys)).order_by(Party.key)))


def standing(session: Session, person: Person, today: date) -> list[Held]:
    """What the person holds today or later; a period undone is none."""
    found: list[Held] = []
    for table in (RoleAssignment, ActingHolder, MeetingDeputy):
        rows: Iterable[Any] = session.scalars(
            select(table)
            .where(
                table.person_id == person.id,
                or_(table.to_date.is_(None), table.to_date >= today),
                or_(table.to_date.is_(None), table.to_date >= table.from_date),
            )
            .order_by(table.id)
        )
        found += rows
    return found


def obstacles(session: Session, person: Person, today: date) -> list[Message]:
    """What stands in the way, each with what to do; nothing where the person can be erased."""
    said = [_said(held) for held in standing(session, person, today)]
    said += _pending(session, person)
    if person.is_operator:
        said.append(msg("The person operates the installation; end that first, with the command line."))
    return said


def others(session: Session, who: Who, person: Person) -> list[Party]:
    """The parties of the person's that ``who`` does not administer; erasing is for all of them at once."""
    mine = administered(who)
    return [party for party in parties_of(session, person) if party.key not in mine]


def _said(held: Held) -> Message:
    words = {"role": ROLES.get(held.role, Message(held.role)), "party": held.party.name}
    if isinstance(held, RoleAssignment):
        return msg("Holds the role ${role} for ${party}; hand it over or end it first.", **words)
    if isinstance(held, ActingHolder):
        return msg("Acts as ${role} for ${party}; end the acting first.", **words)
    return msg("Is a deputy at meetings (${role}, ${party}); end that first.", **words)


def _pending(session: Session, person: Person) -> Iterator[Message]:
    titles = session.scalars(
        select(Agreement.title)
        .join(ApprovalRound, ApprovalRound.agreement_id == Agreement.id)
        .join(ApprovalRow, ApprovalRow.round_id == ApprovalRound.id)
        .where(
            ApprovalRound.closed_at.is_(None),
            or_(ApprovalRow.person_id == person.id, ApprovalRow.acting_for == person.id),
        )
        .distinct()
        .order_by(Agreement.title)
    )
    for title in titles:
        yield msg(
            "Has approved a step of «${title}» that others have not; let it be completed, or let the "
            "agreement be reopened, first.",
            title=title,
        )
