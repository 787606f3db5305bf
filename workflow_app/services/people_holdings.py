"""Who holds what on a day: the questions every request and every decision asks.

One statement each. A role counts from its first day to its last, both included;
an acting holder counts only while the person acted for holds the office. Nobody
whose account is ended holds anything, though somebody may still act for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    and_,
    bindparam,
    cast,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.case import Holding
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services.norway import sort_key
from workflow_app.services.people_roles import ADMINISTRATOR


@dataclass(frozen=True)
class Holder:
    """A person in a role for a party, as a page names them; ``acting_for`` is a person's key."""

    person: str
    name: str
    party: str
    role: str
    title: str | None
    acting_for: str | None = None


def holdings(session: Session, person_id: str, today: date) -> tuple[Holding, ...]:
    """The roles a person holds on a day, own ones before acting ones; none where ended."""
    rows = session.execute(_of_person(), {"person": person_id, "today": today}).all()
    found = {Holding(row.role, row.party, row.acting_for, row.title) for row in rows}
    return tuple(sorted(found, key=lambda h: (h.acting_for is not None, h.party, h.role, h.acting_for or "")))


def holders(
    session: Session, party_keys: Iterable[str], today: date, *, role: str | None = None
) -> tuple[Holder, ...]:
    """Everybody who holds a role for these parties on a day, own holders before acting ones."""
    rows = session.execute(_of_parties(), {"parties": sorted(set(party_keys)), "today": today}).all()
    found = [
        Holder(r.person, r.name, r.party, r.role, r.title, r.acting_for)
        for r in rows
        if role in (None, r.role)
    ]
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda h: (
                h.party,
                h.role,
                h.acting_for is not None,
                sort_key(h.name),
                h.person,
                h.acting_for or "",
            ),
        )
    )


def administers(session: Session, person_id: str, party_key: str, today: date) -> bool:
    """Whether the person is an administrator of the party on that day."""
    return any(h.role == ADMINISTRATOR and h.party == party_key for h in holdings(session, person_id, today))


# Every request asks these two, so they are put together once and not each time.
@cache
def _of_person() -> CompoundSelect[Any]:
    person = bindparam("person", type_=String)
    return union_all(
        _own(_today()).where(RoleAssignment.person_id == person),
        _acting(_today()).where(ActingHolder.person_id == person),
    )


@cache
def _of_parties() -> CompoundSelect[Any]:
    keys = bindparam("parties", type_=String, expanding=True)
    return union_all(_own(_today()).where(Party.key.in_(keys)), _acting(_today()).where(Party.key.in_(keys)))


def _today() -> BindParameter[date]:
    return bindparam("today", type_=Date)


def _held(on: BindParameter[date], role: Any) -> ColumnElement[bool]:
    return and_(role.from_date <= on, or_(role.to_date.is_(None), role.to_date >= on))


def _own(today: BindParameter[date]) -> Select[str, str, str | None, str, str, str | None]:
    return (
        select(
            RoleAssignment.role.label("role"),
            Party.key.label("party"),
            RoleAssignment.title.label("title"),
            Person.id.label("person"),
            Person.name.label("name"),
            # Typed, since PostgreSQL takes a bare NULL in a UNION for text only by luck.
            cast(null(), String(32)).label("acting_for"),
        )
        .join(Party, Party.id == RoleAssignment.party_id)
        .join(Person, and_(Person.id == RoleAssignment.person_id, Person.active))
        .where(_held(today, RoleAssignment))
    )


def _acting(today: BindParameter[date]) -> Select[str, str, str | None, str, str, str | None]:
    office = aliased(RoleAssignment)
    return (
        select(
            ActingHolder.role.label("role"),
            Party.key.label("party"),
            ActingHolder.title.label("title"),
            Person.id.label("person"),
            Person.name.label("name"),
            ActingHolder.for_person_id.label("acting_for"),
        )
        .join(Party, Party.id == ActingHolder.party_id)
        .join(Person, and_(Person.id == ActingHolder.person_id, Person.active))
        .join(
            office,
            and_(
                office.person_id == ActingHolder.for_person_id,
                office.party_id == ActingHolder.party_id,
                office.role == ActingHolder.role,
                _held(today, office),
            ),
        )
        .where(_held(today, ActingHolder))
    )
