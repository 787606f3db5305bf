"""Giving and ending roles: held for a party, from a day to a day, both included.

Whether a role fits a party is decided by the party's side. Every change is an
entry in the party's chain, so that the receipt of a signature can show what
made the signer a mayor that day. Nothing is backdated: a role may begin in the
past, but its entry's time is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflow_app.domain.messages import msg
from workflow_app.models.people import Party, Person, RoleAssignment
from workflow_app.services import parties
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.passkeys.told import role_begins
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import listed, period, text
from workflow_app.services.trail import EntryActor

OFFICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        parties.MUNICIPAL: ("slt_coordinator", "mayor", "council_secretary"),
        parties.POLICE: ("politikontakt", "station_chief"),
    }
)
"""By side, the roles that act in the workflow, and that somebody may act in for another."""
ADMINISTRATOR = "administrator"
OF_ANY_PARTY = ("auditor", ADMINISTRATOR)


def roles_of(side: str) -> tuple[str, ...]:
    """The roles that can be held for a party of this side."""
    return (*OFFICES.get(side, ()), *OF_ANY_PARTY)


def give_role(
    session: Session,
    person: Person,
    party: Party,
    role: str,
    *,
    title: str | None = None,
    from_date: date,
    to_date: date | None = None,
    actor: EntryActor | None = None,
    now: datetime,
) -> RoleAssignment:
    """Give ``person`` a role for ``party``; ``title`` is the local one ("Lensmann").

    ``to_date`` None is until further notice. Raises ``ServiceError`` for a role
    of the wrong side or a period that ends before it begins, and ``Conflict``
    where the person has the role then already, or person or party has ended.
    """
    check_role(party, role, roles_of(party.side))
    period(from_date, to_date)
    _check_open(person, party, from_date)
    title = None if title is None else text(title, msg("The title"))
    lock(session, party)
    for other in assignments(session, person.id, party.id, role):
        if overlap(from_date, to_date, other.from_date, other.to_date):
            raise Conflict(
                "role_overlaps",
                msg(
                    "«${username}» is ${role} for ${party} already, from ${first} (number ${id}); "
                    "end that first or choose other days.",
                    username=person.username,
                    role=role,
                    party=party.name,
                    first=other.from_date,
                    id=other.id,
                ),
            )
    given = RoleAssignment(
        person=person, party=party, role=role, title=title, from_date=from_date, to_date=to_date
    )
    session.add(given)
    session.flush()
    data = {"person": person.id, "role": role, "assignment": given.id, "from": from_date.isoformat()}
    if to_date is not None:
        data["to"] = to_date.isoformat()
    enter(session, party, "role_given", data=data, private={"title": title}, actor=actor, now=now)
    role_begins(session, person.id, party, actor=actor, now=now)
    return given


def end_role(
    session: Session,
    assignment_id: int,
    *,
    last_day: date,
    actor: EntryActor | None = None,
    now: datetime,
) -> RoleAssignment:
    """Let a role be held until ``last_day``, that day included; only ever shortens.

    The day before it began undoes a role given by mistake. Raises ``NotThere``,
    ``ServiceError`` (a day too early) or ``Conflict`` (it ends by then already).
    """
    given = session.get(RoleAssignment, assignment_id)
    if given is None:
        raise NotThere("unknown_role", msg("There is no role with the number ${id}.", id=assignment_id))
    lock(session, given.party)
    shorten_to(given.from_date, given.to_date, last_day)
    given.to_date = last_day
    session.flush()
    enter(
        session,
        given.party,
        "role_ended",
        actor=actor,
        now=now,
        data={
            "person": given.person_id,
            "role": given.role,
            "assignment": given.id,
            "to": last_day.isoformat(),
        },
    )
    return given


def administered(who: Who) -> frozenset[str]:
    """The keys of the parties a person administers today."""
    return frozenset(h.party for h in who.holdings if h.role == ADMINISTRATOR)


def list_roles(
    session: Session,
    *,
    today: date,
    person: Person | None = None,
    party: Party | None = None,
    ended: bool = False,
) -> list[RoleAssignment]:
    """The roles held now or later, by party and day; ``ended`` adds those that are over. One statement."""
    wanted = (
        select(RoleAssignment)
        .join(RoleAssignment.party)
        .options(contains_eager(RoleAssignment.party), joinedload(RoleAssignment.person))
    )
    if person is not None:
        wanted = wanted.where(RoleAssignment.person_id == person.id)
    if party is not None:
        wanted = wanted.where(RoleAssignment.party_id == party.id)
    if not ended:
        wanted = wanted.where(or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= today))
    return list(
        session.scalars(
            wanted.order_by(Party.key, RoleAssignment.role, RoleAssignment.from_date, RoleAssignment.id)
        )
    )


def assignments(session: Session, person_id: str, party_id: int, role: str) -> list[RoleAssignment]:
    """Every time the person has held this role for this party, in order of day."""
    return list(
        session.scalars(
            select(RoleAssignment)
            .filter_by(person_id=person_id, party_id=party_id, role=role)
            .order_by(RoleAssignment.from_date)
        )
    )


def check_role(party: Party, role: str, choices: tuple[str, ...]) -> None:
    """Refuse a role that is not among ``choices``, naming the party and what it could be."""
    if role not in choices:
        raise ServiceError(
            "role_of_party",
            msg(
                "«${role}» cannot be held for ${party}; its roles are ${choices}.",
                role=role,
                party=party.name,
                choices=listed(choices),
            ),
        )


def lock(session: Session, party: Party) -> None:
    """Let nobody else give or end roles of the party until this transaction is over.

    SQLite has one writer anyway; on PostgreSQL the party's row is the queue.
    """
    session.execute(select(Party.id).where(Party.id == party.id).with_for_update())


def overlap(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    """Whether two periods share a day; None is without end. A period undone has no days."""
    if other_last is not None and other_last < other_first:
        return False
    return (last is None or other_first <= last) and (other_last is None or first <= other_last)


def shorten_to(first: date, last: date | None, day: date) -> None:
    """Refuse a last day that does not shorten the period, or lies before all of it."""
    if last is not None and last <= day:
        raise Conflict("ended_already", msg("It ends on ${last} already.", last=last))
    if first - day > timedelta(days=1):
        raise ServiceError(
            "period",
            msg(
                "It begins on ${first} and cannot end on ${day}; give the day before it begins to undo it.",
                first=first,
                day=day,
            ),
        )


def _check_open(person: Person, party: Party, day: date) -> None:
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    if not parties.is_open(party, day):
        raise Conflict(
            "party_ended", msg("${name} was ended on ${day} already.", name=party.name, day=party.ended_on)
        )
