"""Handing over a role: what would happen, before anything does.

After an election or a new station chief one person's role passes to another,
for one party or for many at once. The plan says what moves, what stands, who
else holds the role then, and on which days nobody would. Carrying it out
(``handover_doing``) makes the same plan again under lock, and refuses where it
is another than the one that was looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Registry
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.models.proceedings import ApprovalRound, ApprovalRow
from workflow_app.services import norway
from workflow_app.services.actors import Who
from workflow_app.services.people_roles import OFFICES, administered, assignments, overlap
from workflow_app.services.worklist import Item, worklist


@dataclass(frozen=True)
class NewPerson:
    """Somebody who has no account yet, as it was typed."""

    username: str
    name: str
    email: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Order:
    """What is to be handed over. ``taken_from`` is a person's id, None where nobody holds the role.

    ``first`` is the new holder's first day; the old one's last is the day before.
    ``last`` is the new holder's last day, None until further notice.
    """

    role: str
    parties: tuple[str, ...]
    taken_from: str | None
    taken_by: Person | NewPerson
    first: date
    title: str | None = None
    last: date | None = None


@dataclass(frozen=True)
class Move:
    """What happens for one party.

    ``ends`` are the old holder's assignments that are shortened, ``acting`` who
    acts in that office and stops with it. ``others`` hold the role beside the new
    holder. ``empty`` are the first and last day on which nobody would hold it
    before the new one begins. ``already``: the new one holds it the whole time anyway.
    ``approved`` counts the old holder's approvals in rounds that are still open.
    """

    party: Party
    ends: tuple[RoleAssignment, ...] = ()
    acting: tuple[ActingHolder, ...] = ()
    others: tuple[RoleAssignment, ...] = ()
    empty: tuple[date, date] | None = None
    already: bool = False
    approved: int = 0


@dataclass(frozen=True)
class Plan:
    """What an order would do. ``waiting`` is what waits for the role today, ``more`` what is left out of it.

    ``seen`` is a fingerprint of everything that would be changed: who confirms
    sends it back, so that nobody confirms what she did not look at.
    """

    order: Order
    old: Person | None
    moves: tuple[Move, ...]
    waiting: tuple[Item, ...] = ()
    more: int = 0
    seen: str = ""


def make_plan(session: Session, order: Order, parties: Sequence[Party], registry: Registry) -> Plan:
    """The plan of an order that ``handover_checks.check`` has found in order."""
    moves = tuple(_move(session, order, party) for party in parties)
    old = session.get(Person, order.taken_from) if order.taken_from else None
    found = waiting_for(session, order.role, order.parties, registry)
    return Plan(order, old, moves, found[0], found[1], fingerprint(session, order, parties))


def waiting_for(
    session: Session, role: str, parties: Sequence[str], registry: Registry
) -> tuple[tuple[Item, ...], int]:
    """The agreements that wait for a role of these parties, and how many more there are."""
    if not any(role in offices for offices in OFFICES.values()):
        return (), 0
    # Whoever holds it: the worklist asks for the role and never for the person.
    anybody = Who("", "", tuple(Holding(role, key) for key in sorted(parties)))
    found = worklist(session, anybody, registry)
    return found.mine, found.more_mine


def choices(session: Session, who: Who | None, role: str, taken_from: str | None, today: date) -> list[Party]:
    """The parties a role can be handed over for at once, by name.

    Those the person administers (all, where ``who`` is the console) and for which the
    old holder has it now or later; with no old holder, those where nobody has it.
    """
    wanted = select(Party).where(or_(Party.ended_on.is_(None), Party.ended_on >= today))
    sides = [side for side, offices in OFFICES.items() if role in offices]
    if sides:
        wanted = wanted.where(Party.side.in_(sides))
    if who is not None:
        wanted = wanted.where(Party.key.in_(sorted(administered(who))))
    held = select(RoleAssignment.party_id).where(
        RoleAssignment.role == role,
        or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= today),
        or_(RoleAssignment.to_date.is_(None), RoleAssignment.to_date >= RoleAssignment.from_date),
    )
    if taken_from is not None:
        wanted = wanted.where(Party.id.in_(held.where(RoleAssignment.person_id == taken_from)))
    else:
        active = select(Person.id).where(Person.active)
        wanted = wanted.where(Party.id.not_in(held.where(RoleAssignment.person_id.in_(active))))
    return sorted(session.scalars(wanted), key=lambda p: (norway.sort_key(p.name), p.key))


def fingerprint(session: Session, order: Order, parties: Sequence[Party]) -> str:
    """SHA-256 (hex) of the order, and of every period in which somebody has the role or acts in it."""
    ids = [party.id for party in parties]
    rows: list[tuple[object, ...]] = []
    for table in (RoleAssignment, ActingHolder):
        found = session.execute(
            select(table.id, table.person_id, table.from_date, table.to_date)
            .where(table.party_id.in_(ids), table.role == order.role)
            .order_by(table.id)
        )
        rows += [(table.__tablename__, *row) for row in found]
    new = order.taken_by.username
    wanted = (order.role, sorted(order.parties), order.taken_from, new, order.first, order.last, order.title)
    return hashlib.sha256(repr((wanted, rows)).encode()).hexdigest()


def _move(session: Session, order: Order, party: Party) -> Move:
    before = order.first - timedelta(days=1)
    mine = assignments(session, order.taken_from, party.id, order.role) if order.taken_from else []
    ends = tuple(a for a in mine if _has_days(a) and (a.to_date is None or a.to_date > before))
    already = not isinstance(order.taken_by, NewPerson) and covers(
        assignments(session, order.taken_by.id, party.id, order.role), order.first, order.last
    )
    rest = [
        a
        for a in session.scalars(
            select(RoleAssignment)
            .join(Person, Person.id == RoleAssignment.person_id)
            .where(RoleAssignment.party_id == party.id, RoleAssignment.role == order.role, Person.active)
            .order_by(RoleAssignment.from_date, RoleAssignment.id)
        )
        if a.person_id != order.taken_from
    ]
    new = None if isinstance(order.taken_by, NewPerson) else order.taken_by.id
    others = [
        a for a in rest if a.person_id != new and overlap(order.first, order.last, a.from_date, a.to_date)
    ]
    return Move(
        party=party,
        ends=ends,
        acting=_acting(session, order, party, before) if ends else (),
        others=tuple(others),
        empty=_empty([*mine, *rest], before),
        already=already,
        approved=_approved(session, order, party),
    )


def _acting(session: Session, order: Order, party: Party, before: date) -> tuple[ActingHolder, ...]:
    rows = session.scalars(
        select(ActingHolder)
        .where(
            ActingHolder.for_person_id == order.taken_from,
            ActingHolder.party_id == party.id,
            ActingHolder.role == order.role,
            ActingHolder.to_date > before,
        )
        .order_by(ActingHolder.id)
    )
    return tuple(a for a in rows if a.to_date >= a.from_date)


def _empty(held: Sequence[RoleAssignment], before: date) -> tuple[date, date] | None:
    """The days just before the new holder's first on which nobody had the role, where there were any."""
    reaching = [a for a in held if _has_days(a) and a.from_date <= before]
    if not reaching or any(a.to_date is None or a.to_date >= before for a in reaching):
        return None
    return max(a.to_date for a in reaching if a.to_date) + timedelta(days=1), before


def _approved(session: Session, order: Order, party: Party) -> int:
    if order.taken_from is None:
        return 0
    count = session.scalar(
        select(func.count())
        .select_from(ApprovalRow)
        .join(ApprovalRound, ApprovalRound.id == ApprovalRow.round_id)
        .where(
            ApprovalRound.closed_at.is_(None),
            ApprovalRow.party_key == party.key,
            ApprovalRow.role == order.role,
            or_(ApprovalRow.person_id == order.taken_from, ApprovalRow.acting_for == order.taken_from),
        )
    )
    return count or 0


def covers(held: Sequence[RoleAssignment], first: date, last: date | None) -> bool:
    """Whether one of the assignments lasts the whole period; None is without end."""
    return any(
        a.from_date <= first and (a.to_date is None or (last is not None and last <= a.to_date)) for a in held
    )


def _has_days(held: RoleAssignment) -> bool:
    """A period that ends before it begins was undone, and is no period."""
    return held.to_date is None or held.to_date >= held.from_date
