"""Which reminders were made of each deadline, and when the next one goes: for whoever wants to see it.

The next one is counted as the morning's run will count it, from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.definitions import Definition
from workflow_app.models.agreements import Agreement
from workflow_app.models.reminders import Reminder
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.reminders.counting import awaited_in, not_in_hand, rows_of, told_of
from workflow_app.services.reminders.settings import settings_of


@dataclass(frozen=True)
class Story:
    """The reminders of one deadline: the rows made, oldest first, and the next day.

    ``next_on`` is None where none is to come; today where the morning's run hasn't been yet.
    """

    rows: tuple[Reminder, ...] = ()
    next_on: date | None = None


def stories(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    chronicle: Chronicle,
    deadlines: Iterable[Deadline],
) -> Mapping[str, Story]:
    """By ``Deadline.reminder_key``, what was said of each of these deadlines; at most six statements."""
    wanted, today = tuple(deadlines), chronicle.today
    if agreement.signed_on is None:
        return {}
    settings = settings_of(session, [p.party for p in agreement.parties])
    rows = rows_of(session, agreement)
    made: dict[str, list[Reminder]] = {}
    for (_, key), of in rows.items():
        made.setdefault(key, []).extend(of.values())
    coming: dict[str, list[date]] = {}
    awaited = awaited_in(session, agreement, definition, wanted)
    for told in told_of(agreement, not_in_hand(chronicle, wanted), settings, rows, awaited):
        day = today if told.due(today) else told.next_day(today, told.made)
        if day is not None:
            coming.setdefault(told.deadline.reminder_key, []).append(day)
    return {
        d.reminder_key: Story(
            tuple(sorted(made.get(d.reminder_key, ()), key=lambda row: (row.made_at, row.id))),
            min(coming.get(d.reminder_key, ()), default=None),
        )
        for d in wanted
    }
