"""The letter of a reminder, written from what is true on the day it is sent.

A deadline that was met in the meantime is left out, one that a newer reminder tells
of as well, and so is what is no longer the reader's: if nothing is left, no mail is
sent. Each deadline comes with the words of its clause and how its day was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.deadline_words import headline
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.ladder import ESCALATION
from workflow_app.domain.reminding.responsible import ADMINISTRATORS, roles_reminded
from workflow_app.domain.role_names import role_name
from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.models.people import Party
from workflow_app.models.reminders import SENT, Reminder
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.mail.letters import Block, Letter, Link, Paragraph
from workflow_app.services.people_holdings import holdings
from workflow_app.services.reminders.counting import deadlines_for, not_in_hand
from workflow_app.services.reminders.places import place
from workflow_app.services.reminders.settings import settings_of
from workflow_app.services.reminders.telling import told_of_deadline, when


@dataclass(frozen=True)
class Item:
    """One deadline in a letter, why the reader hears of it, and whether the leader is told as well."""

    row: Reminder
    deadline: Deadline
    party: Party
    holding: Holding
    leader_told: bool = False

    @property
    def as_leader(self) -> bool:
        """Whether the reader is the leader who is told that it is overdue."""
        return self.row.rung == ESCALATION and self.holding.role in self.row.roles

    @property
    def in_place_of(self) -> bool:
        """Whether the reader administers the party, and hears of it since nobody holds the roles."""
        return tuple(self.row.roles) == ADMINISTRATORS


def letter(session: Session, mail: Mail, today: date) -> Letter | None:
    """The letter of one person's reminders of one agreement; None where none of them is true any longer."""
    agreement = mail.agreement
    if agreement is None:
        return None
    items = _items(session, mail, agreement, today)
    if not items:
        return None
    blocks: list[Block] = []
    if any(item.as_leader for item in items):
        blocks.append(
            Paragraph(
                msg(
                    "This is overdue, and those who are to do it have been reminded. You who lead ${party}"
                    " are told of it once.",
                    party=next(item.party.name for item in items if item.as_leader),
                )
            )
        )
    for item in items:
        blocks += told_of_deadline(item.deadline, agreement, today, alone=len(items) == 1)
        if item.leader_told and not item.as_leader:
            blocks.append(Paragraph(_leaders(item.party)))
    path, label = place(agreement, [item.deadline for item in items])
    return Letter(_subject(items, agreement, today), (*blocks, Link(path, label)), _why(items[0]))


def _items(session: Session, mail: Mail, agreement: Agreement, today: date) -> list[Item]:
    rows = session.scalars(select(Reminder).where(Reminder.id.in_(mail.data["reminders"]))).all()
    parties = {p.party.id: p.party for p in agreement.parties}
    chronicle = read_chronicle(session, agreement, today)
    waiting = deadlines_for(chronicle, settings_of(session, parties.values()))
    known = {d.reminder_key: d for d in not_in_hand(chronicle, waiting)}
    newer = _newer(session, agreement, rows)
    held = holdings(session, mail.person_id, today)
    found: dict[str, Item] = {}
    for row in sorted(rows, key=lambda r: (r.latest, r.deadline, r.rung != ESCALATION)):
        party = parties.get(row.party_id)
        if party is None or row.deadline not in known or (row.party_id, row.deadline, row.rung) in newer:
            continue
        deadline = known[row.deadline]
        holding = _holding(held, party, row, deadline)
        if holding is None:
            continue
        told = _leader_told(session, row)
        # Somebody who acts for two parties reads of a deadline of both once.
        found.setdefault(row.deadline, Item(row, deadline, party, holding, told))
    return list(found.values())


def _holding(held: Iterable[Holding], party: Party, row: Reminder, deadline: Deadline) -> Holding | None:
    roles = list(row.roles)
    if row.rung == ESCALATION:
        roles += roles_reminded(deadline.kind, party.side, last=False)
    mine = [h for h in held if h.party == party.key and h.role in roles]
    return min(mine, key=lambda h: roles.index(h.role), default=None)


def _newer(session: Session, agreement: Agreement, rows: Sequence[Reminder]) -> set[tuple[int, str, str]]:
    """The rows that a later reminder of the same deadline and party has overtaken while they waited."""
    others = session.scalars(
        select(Reminder).where(
            Reminder.agreement_id == agreement.id,
            Reminder.deadline.in_([row.deadline for row in rows]),
            Reminder.outcome == SENT,
            Reminder.rung != ESCALATION,
        )
    ).all()
    return {
        (row.party_id, row.deadline, row.rung)
        for row in rows
        for other in others
        if row.rung != ESCALATION
        and (other.party_id, other.deadline) == (row.party_id, row.deadline)
        and (other.made_on, other.made_at) > (row.made_on, row.made_at)
    }


def _leader_told(session: Session, row: Reminder) -> bool:
    """Whether the party's leader is told on the same morning."""
    told = select(Reminder.id).where(
        Reminder.agreement_id == row.agreement_id,
        Reminder.party_id == row.party_id,
        Reminder.deadline == row.deadline,
        Reminder.rung == ESCALATION,
        Reminder.made_on == row.made_on,
        Reminder.outcome == SENT,
    )
    return session.scalars(told.limit(1)).first() is not None


def _leaders(party: Party) -> Message:
    if party.side == "police":
        return msg("The station chief is told today as well, since it is overdue.")
    return msg("The mayor is told today as well, since it is overdue.")


def _subject(items: Sequence[Item], agreement: Agreement, today: date) -> Message:
    first, title = items[0].deadline, agreement.title
    if len(items) == 1:
        return msg(
            "${what}: ${when} – ${agreement}", what=headline(first), when=when(first, today), agreement=title
        )
    over = sum(item.deadline.latest < today for item in items)
    if over == len(items):
        return msg("${count} deadlines are overdue – ${agreement}", count=over, agreement=title)
    if over:
        return msg(
            "${count} deadlines, overdue: ${over} – ${agreement}",
            count=len(items),
            over=over,
            agreement=title,
        )
    return msg(
        "${count} deadlines, the first one ${when} – ${agreement}",
        count=len(items),
        when=when(first, today),
        agreement=title,
    )


def _why(item: Item) -> Message:
    role = role_name(item.holding.role, item.holding.title)
    if item.in_place_of:
        return msg(
            "You get this because nobody holds the role it is for, and you administer ${party}.",
            party=item.party.name,
        )
    if item.holding.acting_for is not None:
        return msg(
            "You get this because you are acting ${role} for ${party}.", role=role, party=item.party.name
        )
    return msg("You get this because you are ${role} for ${party}.", role=role, party=item.party.name)
