"""Making the reminders of one agreement: a row for each rung, and one mail to each person.

All in the transaction of a locked agreement: whoever comes second finds the rows
there. Everything of an agreement that falls due in one morning is one letter; what
turns up later the same day waits for the next working morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition
from workflow_app.domain.reminding.due import Made, said_within
from workflow_app.domain.reminding.in_hand import in_hand_until
from workflow_app.domain.reminding.ladder import ESCALATION
from workflow_app.domain.reminding.responsible import ADMINISTRATORS, LEADERS, roles_reminded
from workflow_app.models.agreements import Agreement
from workflow_app.models.reminders import SENT, SKIPPED, UNHEARD, Reminder
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.mail.outbox import enqueue
from workflow_app.services.mail.recipients import by_slot
from workflow_app.services.people_holdings import Holder
from workflow_app.services.reminders.counting import (
    Rows,
    Told,
    awaited_in,
    deadlines_for,
    not_in_hand,
    rows_of,
    told_of,
)
from workflow_app.services.reminders.finding import LOOK_AHEAD, looked
from workflow_app.services.reminders.settings import settings_of

KIND = "reminder"
"""The kind of the mails made here; ``services.reminders.letter`` writes them."""

WEEK = 7
"""Whoever was reminded within so many days is not told a second time that the leader is told."""

Slots = Mapping[tuple[str, str], list[Holder]]


@dataclass
class Making:
    """One agreement being dealt with on one day, and what has come of it so far."""

    session: Session
    agreement: Agreement
    now: datetime
    today: date
    slots: Slots
    rows: Rows
    letters: dict[str, list[Reminder]] = field(default_factory=dict)
    sent: int = 0
    skipped: int = 0
    mails: int = 0


def remind_of(session: Session, agreement: Agreement, definition: Definition, now: datetime) -> Making:
    """Make what is due of a locked agreement on the day of ``now``, which has Norway's zone."""
    today, parties = now.date(), [p.party for p in agreement.parties]
    settings = settings_of(session, parties)
    chronicle = read_chronicle(session, agreement, today)
    waiting = deadlines_for(chronicle, settings)
    deadlines = not_in_hand(chronicle, waiting)
    rows = rows_of(session, agreement)
    slots = by_slot(session, [p.key for p in parties], today)
    making = Making(session, agreement, now, today, slots, rows)
    told = list(
        told_of(agreement, deadlines, settings, rows, awaited_in(session, agreement, definition, deadlines))
    )
    if any(row.made_on == today and row.outcome != SKIPPED for of in rows.values() for row in of.values()):
        looked(session, agreement, today, today + timedelta(days=1))
        return making
    coming = [_one(making, one) for one in told]
    coming += [in_hand_until(d, chronicle.history, today) for d in waiting if d not in deadlines]
    session.flush()
    _post(making)
    soonest = min((day for day in coming if day is not None), default=date.max)
    looked(session, agreement, today, min(soonest, today + timedelta(days=LOOK_AHEAD)))
    return making


def _one(making: Making, told: Told) -> date | None:
    """Make what is due of one deadline for one party; the next day it asks for."""
    made, today = dict(told.made), making.today
    found = told.due(today)
    if found is not None:
        for rung in found.skipped:
            _row(making, told, rung.name, rung.day, SKIPPED, ())
            made[rung.name] = Made(today, False)
            making.skipped += 1
        last = told.ladder.last_before(found.rung.days)
        roles = roles_reminded(told.deadline.kind, told.party.side, last=last)
        _tell(making, told, found.rung.name, found.rung.day, roles)
        made[found.rung.name] = Made(today, True, today > found.rung.day)
    if told.escalates(today, made):
        row = _tell(making, told, ESCALATION, today, LEADERS.get(told.party.side, ()))
        if not said_within(today, made, WEEK):
            # Whoever is to do it is not left to hear of it from the leader.
            own = roles_reminded(told.deadline.kind, told.party.side, last=False)
            _address(making, row, [h for role in own for h in _holders(making, told, role)])
        made[ESCALATION] = Made(today, True)
    return told.next_day(today, made)


def _tell(making: Making, told: Told, rung: str, day: date, roles: tuple[str, ...]) -> Reminder:
    """The row of a rung, addressed to those who hold the roles today, or else to the administrators."""
    holders = [h for role in roles for h in _holders(making, told, role)]
    if not holders and not _administrators_know(making, told):
        roles = ADMINISTRATORS
        holders = [h for role in roles for h in _holders(making, told, role)]
    held = tuple(role for role in roles if _holders(making, told, role))
    row = _row(making, told, rung, day, SENT if holders else UNHEARD, held)
    _address(making, row, holders)
    making.sent += 1
    return row


def _holders(making: Making, told: Told, role: str) -> list[Holder]:
    return making.slots.get((told.party.key, role), [])


def _administrators_know(making: Making, told: Told) -> bool:
    before = making.rows.get((told.party.id, told.deadline.reminder_key), {})
    return any(tuple(row.roles) == ADMINISTRATORS for row in before.values())


def _address(making: Making, row: Reminder, holders: list[Holder]) -> None:
    for holder in holders:
        items = making.letters.setdefault(holder.person, [])
        if row not in items:
            items.append(row)


def _row(making: Making, told: Told, rung: str, day: date, outcome: str, roles: tuple[str, ...]) -> Reminder:
    key = (told.party.id, told.deadline.reminder_key)
    row = making.rows.get(key, {}).get(rung)
    if row is None:
        row = Reminder(agreement_id=making.agreement.id, party_id=key[0], deadline=key[1], rung=rung)
        making.session.add(row)
    row.kind, row.latest, row.due = told.deadline.kind, told.deadline.latest, day
    row.outcome, row.roles = outcome, list(roles)
    row.made_on, row.made_at = making.today, making.now
    return row


def _post(making: Making) -> None:
    """One mail to each person, with all that falls to that person this morning."""
    for person, items in sorted(making.letters.items()):
        mail = enqueue(
            making.session,
            kind=KIND,
            key=f"{KIND}/{making.agreement.id}/{person}/{making.today.isoformat()}",
            person_id=person,
            now=making.now,
            agreement=making.agreement,
            data={"reminders": [row.id for row in items]},
        )
        making.mails += mail is not None
