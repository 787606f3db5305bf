"""What stands in the way of a hand-over, each fault beside the field that has it.

A hand-over may be written down some days late, for an election is held before
the office knows who won; but never before the old holder's last act, since an
approval is bound to one who was in office on its day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import AgreementParty
from workflow_app.models.people import Party, Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services import people_fields
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.handover import NewPerson, Order, covers
from workflow_app.services.norway import OSLO, local_date
from workflow_app.services.people_roles import administered, assignments, overlap, roles_of
from workflow_app.services.people_sides import refuse_both_sides

LATEST = timedelta(days=31)
"""How long after the new holder's first day a hand-over may still be written down."""

EARLIEST = timedelta(days=366)
"""How far ahead it may be written down."""


def check(session: Session, order: Order, *, who: Who | None, today: date) -> list[Party]:
    """The parties of an order in which nothing is wrong, in the order they were named.

    ``who`` None is the console, which may hand over for every party. Raises
    ``FieldErrors`` with everything that is wrong, by ``role``, ``parties``,
    ``username``, ``name``, ``email``, ``language``, ``first_day``, ``last_day`` or ``title``.
    """
    wrong: dict[str, Message] = {}
    parties = _parties(session, order, who, wrong)
    _days(order, today, wrong)
    _new_holder(session, order, parties, wrong)
    if order.title is not None:
        _try(wrong, "title", lambda: people_fields.text(order.title or "", msg("The title")))
    if not wrong and order.taken_from is not None:
        _last_act(session, order, parties, today, wrong)
    if wrong:
        raise FieldErrors(wrong)
    return parties


def _parties(session: Session, order: Order, who: Who | None, wrong: dict[str, Message]) -> list[Party]:
    found = {p.key: p for p in session.scalars(select(Party).where(Party.key.in_(order.parties)))}
    parties = [found[key] for key in dict.fromkeys(order.parties) if key in found]
    allowed = None if who is None else administered(who)
    if not parties or len(parties) < len(set(order.parties)):
        wrong["parties"] = msg("Choose for whom the role is handed over.")
    for party in parties:
        if allowed is not None and party.key not in allowed:
            wrong["parties"] = msg("You do not administer ${party}.", party=party.name)
        elif order.role not in roles_of(party.side):
            wrong["role"] = msg(
                "«${role}» cannot be held for ${party}; its roles are ${choices}.",
                role=order.role,
                party=party.name,
                choices=people_fields.listed(roles_of(party.side)),
            )
        elif order.taken_from and not assignments(session, order.taken_from, party.id, order.role):
            wrong["parties"] = msg(
                "The one who is to hand it over does not hold that role for ${party}.", party=party.name
            )
    return parties


def _days(order: Order, today: date, wrong: dict[str, Message]) -> None:
    if not today - LATEST <= order.first <= today + EARLIEST:
        wrong["first_day"] = msg(
            "The new holder's first day must lie between ${first} and ${last}.",
            first=today - LATEST,
            last=today + EARLIEST,
        )
    if order.last is not None and order.last < order.first:
        wrong["last_day"] = msg(
            "The last day, ${last}, is before the first day, ${first}.", last=order.last, first=order.first
        )


def _new_holder(session: Session, order: Order, parties: Sequence[Party], wrong: dict[str, Message]) -> None:
    new = order.taken_by
    if isinstance(new, NewPerson):
        _try(wrong, "username", lambda: _free_username(session, new.username))
        _try(wrong, "name", lambda: people_fields.text(new.name, msg("The name")))
        _try(wrong, "email", lambda: people_fields.email(new.email))
        _try(wrong, "language", lambda: people_fields.language(new.language))
        return
    if new.id == order.taken_from:
        wrong["username"] = msg("The same person cannot take over from themselves; choose another.")
        return
    if not new.active:
        wrong["username"] = msg("«${username}» is ended already.", username=new.username)
        return
    for party in parties:
        ask = partial(refuse_both_sides, session, new, party, order.role, order.first, order.last)
        _try(wrong, "username", ask)
        held = assignments(session, new.id, party.id, order.role)
        if covers(held, order.first, order.last):
            continue
        other = next((a for a in held if overlap(order.first, order.last, a.from_date, a.to_date)), None)
        if other is not None:
            wrong["username"] = msg(
                "«${username}» is ${role} for ${party} already, from ${first} (number ${id}); "
                "end that first or choose other days.",
                username=new.username,
                role=order.role,
                party=party.name,
                first=other.from_date,
                id=other.id,
            )


def _free_username(session: Session, typed: str) -> None:
    wanted = people_fields.username(typed)
    if session.scalars(select(Person.id).where(Person.username == wanted)).first() is not None:
        raise ServiceError(
            "username_taken", msg("The user name «${username}» is taken; choose another.", username=wanted)
        )


def _last_act(
    session: Session, order: Order, parties: Sequence[Party], today: date, wrong: dict[str, Message]
) -> None:
    if order.first > today or order.taken_from is None:
        return
    keys = {p.key for p in parties}
    mine = select(literal("agreement/").concat(AgreementParty.agreement_id)).where(
        AgreementParty.party_id.in_([p.id for p in parties])
    )
    since = datetime.combine(order.first, time(), OSLO)
    until = datetime.combine(today + timedelta(days=1), time(), OSLO)
    entries = session.execute(
        select(TrailEntry.at, TrailEntry.body).where(
            TrailEntry.chain.in_(mine),
            TrailEntry.at >= since,
            # A clock that once ran ahead must not hold a role fast for years.
            TrailEntry.at < until,
            TrailEntry.kind != "refusal",
        )
    )
    acted: date | None = None
    for at, body in entries:
        actor = json.loads(body).get("actor") or {}
        by = (actor.get("person"), actor.get("acting_for"))
        if order.taken_from in by and actor.get("role") == order.role and actor.get("party") in keys:
            acted = max(acted or date.min, local_date(at))
    if acted is not None:
        wrong["first_day"] = msg(
            "The old holder acted in the role on ${day}, and was in office then; "
            "the hand-over can begin on ${next} at the earliest.",
            day=acted,
            next=acted + timedelta(days=1),
        )


def _try(wrong: dict[str, Message], field: str, ask: Callable[[], object]) -> None:
    try:
        ask()
    except ServiceError as error:
        wrong.setdefault(field, error.message)
