"""People in roles, in words: one row of a table, what is coming, and where nobody will be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services import norway
from workflow_app.services.coverage import Gap
from workflow_app.services.coverage_words import gap_message
from workflow_app.services.people_roles import administered
from workflow_app.web.pagemodels import Choice
from workflow_app.web.pagemodels.people import PartyHead, PersonRow
from workflow_app.web.present.words import day, named, role_word

AHEAD = timedelta(days=120)
"""How far ahead the end of a role is said among what is coming."""


def row(
    request: Request, held: RoleAssignment | ActingHolder, head: PartyHead, may_change: bool = False
) -> PersonRow:
    """One person in a role, or acting in it."""
    acting = isinstance(held, ActingHolder)
    return PersonRow(
        number=held.id,
        name=named(request, held.person.name),
        role=role_word(request, held.role, held.title),
        since=day(request, held.from_date),
        until=day(request, held.to_date) if held.to_date else None,
        acting_for=named(request, held.for_person.name) if isinstance(held, ActingHolder) else None,
        username=held.person.username if may_change else None,
        handover=handover_url(head, held.role, held.person.username) if may_change and not acting else None,
    )


def handover_url(head: PartyHead, role: str, username: str) -> str:
    """Where a role is handed over; with no user name where somebody is added to it."""
    return f"{head.url}/handover?{urlencode({'role': role, 'from': username})}"


def coming_words(
    request: Request, held: Sequence[RoleAssignment], acting: Sequence[ActingHolder]
) -> tuple[str, ...]:
    """What will change within :data:`AHEAD`, in order of day."""
    today = request.today
    said: list[tuple[date, Message]] = []
    every: list[RoleAssignment | ActingHolder] = [*held, *acting]
    for h in every:
        words = {"name": h.person.name, "role": role_word(request, h.role, h.title)}
        if h.from_date > today:
            said.append((h.from_date, msg("${name} becomes ${role} on ${day}.", **words, day=h.from_date)))
        if h.to_date is not None and today <= h.to_date <= today + AHEAD:
            said.append((h.to_date, msg("${name} is ${role} until ${day}.", **words, day=h.to_date)))
    return tuple(request.say(m) for _, m in sorted(said, key=lambda pair: pair[0]))


def gap_words(request: Request, gap: Gap) -> str:
    """Where nobody holds a role that is needed: since when, until when, and for which deadline."""
    return str(request.say(gap_message(gap, request.today)))


def known_people(request: Request) -> tuple[Choice, ...]:
    """The people an administrator may be thinking of: those with a role for one of her parties."""
    keys = sorted(administered(request.who))
    rows = request.dbsession.execute(
        select(Person.username, Person.name)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(Party, Party.id == RoleAssignment.party_id)
        .where(Party.key.in_(keys), Person.active)
        .distinct()
    )
    found = sorted(rows, key=lambda r: (norway.sort_key(r.name), r.username))
    return tuple(Choice(r.username, r.name) for r in found)
