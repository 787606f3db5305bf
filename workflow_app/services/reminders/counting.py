"""What is to be said of one agreement today: each party's deadlines, rung by rung. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import CaseParty
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.definitions import Definition, Of
from workflow_app.domain.reminding.due import Due, Made, due, escalates, next_day
from workflow_app.domain.reminding.in_hand import in_hand
from workflow_app.domain.reminding.ladder import Ladder, Settings
from workflow_app.domain.reminding.responsible import concerned, ladder_party, roles_reminded
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.models.reminders import SKIPPED, Reminder
from workflow_app.services import evaluations
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.material import open_rounds
from workflow_app.services.reminders.finding import LOOK_AHEAD
from workflow_app.services.waiting import waiting_in

Rows = Mapping[tuple[int, str], dict[str, Reminder]]
"""(party id, deadline) → rung name → the row made of it."""


@dataclass(frozen=True)
class Told:
    """A deadline as it concerns one party: its ladder, and what was made of it before."""

    deadline: Deadline
    party: Party
    ladder: Ladder
    made: Mapping[str, Made]

    def due(self, today: date) -> Due | None:
        """The rung to send today, where it is anybody's of this party."""
        return due(self.ladder, self.deadline.latest, today, self.made)

    def escalates(self, today: date, made: Mapping[str, Made]) -> bool:
        """Whether the party's leader is to be told today that it is overdue."""
        overdue = self.deadline.status == "missed"
        return overdue and escalates(self.ladder, self.deadline.latest, today, made)

    def next_day(self, today: date, made: Mapping[str, Made]) -> date | None:
        """When something of it falls due next."""
        return next_day(self.ladder, self.deadline.latest, today, made)


def rows_of(session: Session, agreement: Agreement) -> Rows:
    """Every reminder made of the agreement; one statement."""
    found: dict[tuple[int, str], dict[str, Reminder]] = {}
    for row in session.scalars(select(Reminder).where(Reminder.agreement_id == agreement.id)):
        found.setdefault((row.party_id, row.deadline), {})[row.rung] = row
    return found


def made_before(rows: Mapping[str, Reminder]) -> dict[str, Made]:
    """The rows of one deadline and party as the domain knows them."""
    return {
        name: Made(row.made_on, row.outcome != SKIPPED, row.made_on > row.due) for name, row in rows.items()
    }


def horizon(settings: Mapping[str, Settings], today: date) -> date:
    """How far ahead deadlines are to be counted, so that no rung until the next look is overlooked."""
    longest = max((own.horizon for own in settings.values()), default=Settings().horizon)
    # A rung may move to the working day before, by the length of Easter.
    return today + timedelta(days=longest + LOOK_AHEAD + 7)


def told_of(
    agreement: Agreement,
    deadlines: Iterable[Deadline],
    settings: Mapping[str, Settings],
    rows: Rows,
    awaited: Mapping[str, Sequence[str]],
) -> Iterator[Told]:
    """Each of these deadlines for each party it waits for and that has a ladder for it.

    ``awaited`` has, by the deadline's key, the parties that something half approved waits for.
    """
    by_key = {p.party.key: p.party for p in agreement.parties}
    parties = tuple(CaseParty(p.key, p.side) for p in by_key.values())
    for deadline in deadlines:
        for party in concerned(deadline, parties, awaited.get(deadline.key, ())):
            whose = ladder_party(party, parties)
            own = Settings() if whose is None else settings[whose.key]
            ladder = own.ladder(deadline.kind)
            if ladder is None or not roles_reminded(deadline.kind, party.side, last=False):
                continue
            row = by_key[party.key]
            made = made_before(rows.get((row.id, deadline.reminder_key), {}))
            yield Told(deadline, row, ladder, made)


def awaited_in(
    session: Session, agreement: Agreement, definition: Definition, deadlines: Iterable[Deadline]
) -> dict[str, list[str]]:
    """By the deadline's key, the parties whose approval is missing of the evaluation that would meet it."""
    version = evaluations.newest(session, agreement)
    if version is None:
        return {}
    waiting = waiting_in(agreement, definition, open_rounds(session, agreement), version)
    parties = [
        slot.party
        for name, slot in waiting
        if (needs := definition.transitions[name].approvals) is not None and needs.of is Of.EVALUATION
    ]
    return {
        d.key: parties
        for d in deadlines
        if (d.kind == "evaluation" and d.year == version.year)
        or (d.kind == "revision" and version.outcome in ("reviewed_unchanged", "to_be_revised"))
    }


def deadlines_for(chronicle: Chronicle, settings: Mapping[str, Settings]) -> tuple[Deadline, ...]:
    """The deadlines that wait for somebody: those past, and those with a rung before the next look."""
    found = chronicle.deadlines(horizon(settings, chronicle.today))
    return tuple(d for d in found if d.reminds)


def not_in_hand(chronicle: Chronicle, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Those of them that wait for somebody who has not got them in hand already."""
    history, today = chronicle.history, chronicle.today
    return tuple(d for d in deadlines if d.reminds and not in_hand(d, history, today))
