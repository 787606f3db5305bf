"""Acting holders: who sits in another's office for a named period.

A varaordfører or a konstituert stasjonssjef signs in the office of a named
person, and the trail says so. The office must be held by that person on every
day of the period; should it end earlier, the acting ends with it, since
``holdings`` asks for both. (A deputy at the politiråd's meetings is another
thing and signs nothing.)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from workflow_app.domain.messages import msg
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.passkeys.told import role_begins
from workflow_app.services.people_entries import enter
from workflow_app.services.people_fields import period, text
from workflow_app.services.people_roles import OFFICES, assignments, check_role, lock, overlap, shorten_to
from workflow_app.services.trail import EntryActor


def add_acting(
    session: Session,
    person: Person,
    for_person: Person,
    party: Party,
    role: str,
    *,
    title: str | None = None,
    from_date: date,
    to_date: date,
    actor: EntryActor | None = None,
    now: datetime,
) -> ActingHolder:
    """Let ``person`` act as ``role`` for ``party`` in the office of ``for_person``.

    Raises ``ServiceError`` for a role nobody can act in or an impossible period,
    ``Conflict`` where the office is not held then, or the same acting is there already.
    """
    check_role(party, role, OFFICES.get(party.side, ()))
    period(from_date, to_date)
    title = None if title is None else text(title, msg("The title"))
    if person.id == for_person.id:
        raise ServiceError("acting_for_self", msg("Nobody acts for themselves; name two different people."))
    if not person.active:
        raise Conflict("person_ended", msg("«${username}» is ended already.", username=person.username))
    lock(session, party)
    missing = first_day_not_held(assignments(session, for_person.id, party.id, role), from_date, to_date)
    if missing is not None:
        raise Conflict(
            "office_not_held",
            msg(
                "«${username}» is not ${role} for ${party} on ${day}; "
                "choose days on which the office is held.",
                username=for_person.username,
                role=role,
                party=party.name,
                day=missing,
            ),
        )
    _check_free(session, person, for_person, party, role, from_date, to_date)
    acting = ActingHolder(
        person=person,
        for_person=for_person,
        party=party,
        role=role,
        title=title,
        from_date=from_date,
        to_date=to_date,
    )
    session.add(acting)
    session.flush()
    enter(
        session,
        party,
        "acting_added",
        actor=actor,
        now=now,
        data={
            "person": person.id,
            "acting_for": for_person.id,
            "role": role,
            "acting": acting.id,
            "from": from_date.isoformat(),
            "to": to_date.isoformat(),
        },
        private={"title": title},
    )
    role_begins(session, person.id, party, actor=actor, now=now)
    return acting


def end_acting(
    session: Session, acting_id: int, *, last_day: date, actor: EntryActor | None = None, now: datetime
) -> ActingHolder:
    """Let it last until ``last_day``, that day included; only ever shortens, as ``end_role``."""
    acting = session.get(ActingHolder, acting_id)
    if acting is None:
        raise NotThere(
            "unknown_acting", msg("There is no acting holder with the number ${id}.", id=acting_id)
        )
    lock(session, acting.party)
    shorten_to(acting.from_date, acting.to_date, last_day)
    acting.to_date = last_day
    session.flush()
    enter(
        session,
        acting.party,
        "acting_ended",
        actor=actor,
        now=now,
        data={
            "person": acting.person_id,
            "acting_for": acting.for_person_id,
            "role": acting.role,
            "acting": acting.id,
            "to": last_day.isoformat(),
        },
    )
    return acting


def list_acting(
    session: Session,
    *,
    today: date,
    person: Person | None = None,
    party: Party | None = None,
    ended: bool = False,
) -> list[ActingHolder]:
    """The acting holders of now and later, by party and day; ``ended`` adds those over. One statement."""
    wanted = (
        select(ActingHolder)
        .join(ActingHolder.party)
        .options(
            contains_eager(ActingHolder.party),
            joinedload(ActingHolder.person),
            joinedload(ActingHolder.for_person),
        )
    )
    if person is not None:
        wanted = wanted.where(ActingHolder.person_id == person.id)
    if party is not None:
        wanted = wanted.where(ActingHolder.party_id == party.id)
    if not ended:
        wanted = wanted.where(ActingHolder.to_date >= today)
    return list(
        session.scalars(
            wanted.order_by(Party.key, ActingHolder.role, ActingHolder.from_date, ActingHolder.id)
        )
    )


def first_day_not_held(held: list[RoleAssignment], first: date, last: date) -> date | None:
    """The first day from ``first`` to ``last`` that no assignment covers; ``held`` in order of day."""
    day = first
    for one in held:
        if one.from_date > day:
            return day
        if one.to_date is None or one.to_date >= last:
            return None
        day = max(day, one.to_date + timedelta(days=1))
    return day if day <= last else None


def _check_free(
    session: Session,
    person: Person,
    for_person: Person,
    party: Party,
    role: str,
    first: date,
    last: date,
) -> None:
    same = select(ActingHolder).filter_by(
        person_id=person.id, for_person_id=for_person.id, party_id=party.id, role=role
    )
    for other in session.scalars(same):
        if overlap(first, last, other.from_date, other.to_date):
            raise Conflict(
                "acting_overlaps",
                msg(
                    "«${username}» acts in that office already, from ${first} to ${last} (number ${id}).",
                    username=person.username,
                    first=other.from_date,
                    last=other.to_date,
                    id=other.id,
                ),
            )
