"""Matters raised by either party, by whoever holds a role there, to the meeting that comes.

A matter raised after the day the agreement names for it is taken in and marked
late: to refuse it would only send it round the system.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.definitions import Definition
from workflow_app.domain.meetings.lead import submission_day
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import RAISED, AgendaItem, Meeting
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.meetings.access import expect_planning, expect_raiser
from workflow_app.services.meetings.agenda import items_of, last_position, waiting
from workflow_app.services.meetings.agenda_changes import checked_title, expect_room, flushed
from workflow_app.services.meetings.changes import changed, expect_ahead, tell
from workflow_app.services.meetings.finding import next_meeting


def raise_matter(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    *,
    title: str,
    description: str | None,
    who: Who,
    now: datetime,
    meeting: Meeting | None = None,
) -> AgendaItem:
    """Raise a matter to a meeting: the one named, else the next; it waits where none is planned.

    Raises ``NotAllowed``, ``Conflict`` (the meeting is over) and ``FieldErrors``.
    """
    holding = expect_raiser(agreement, definition, who)
    target = meeting or next_meeting(session, agreement, now.date())
    expect_planning(agreement, definition, target.on if target else now.date())
    clear_title = checked_title(title)
    if target is not None:
        expect_ahead(target)
    item = AgendaItem(
        agreement_id=agreement.id, kind=RAISED, title=clear_title, description=description or None,
        raised_by_party_id=_party(agreement, holding).id, person_id=who.person_id, created_at=now,
        position=len(waiting(session, agreement)) + 1, late=False,
    )  # fmt: skip
    if target is not None:
        expect_room(items_of(session, target))
        last = submission_day(target.on, read_chronicle(session, agreement, now.date()).rules)
        item.late = last is not None and now.date() > last
        item.meeting_id, item.position = target.id, last_position(session, target) + 1
        changed(target)
    session.add(item)
    flushed(session, target)
    tell(
        session, agreement, "matter_raised", who=who, holding=holding, now=now,
        data={"meeting": target.number if target else None, "late": item.late or None},
        private={"title": clear_title, "description": description or None},
    )  # fmt: skip
    return item


def _party(agreement: Agreement, holding: Holding) -> Party:
    return next(p.party for p in agreement.parties if p.party.key == holding.party)
