"""Planning, moving and cancelling meetings, and recording those held before anybody planned them here.

A whole year is saved at once, each meeting an entry of its own. Every change
asks first whether it may be and whether somebody else was faster; the agreement
is locked by whoever calls, so two that plan the same day are one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import FieldErrors
from workflow_app.services.meetings import agenda, turns
from workflow_app.services.meetings.access import expect_coordinator, expect_meeting, expect_planning
from workflow_app.services.meetings.changes import changed, expect_ahead, expect_seen, settled, tell
from workflow_app.services.meetings.checks import Slot, check_past, check_slot
from workflow_app.services.meetings.finding import next_number
from workflow_app.services.meetings.telling import tell_of_cancelling

MOST_AT_ONCE = 53
"""Meetings saved in one go: one a week, and then some."""


def plan(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    slots: Sequence[Slot],
    *,
    who: Who,
    now: datetime,
    confirmed: bool = False,
) -> list[Meeting]:
    """Plan one meeting, or a whole year's; all of them or none.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``: for one meeting with
    the field ``on``, for several with ``on-1``, ``on-2`` … in the order given.
    """
    holding = expect_coordinator(agreement, who)
    expect_planning(agreement, definition, now.date())
    if not 1 <= len(slots) <= MOST_AT_ONCE:
        raise FieldErrors({"on": msg("Name at least one day for a meeting.")})
    chronicle = read_chronicle(session, agreement, now.date())
    wrong: dict[str, Message] = {}
    made: list[Meeting] = []
    for place, slot in enumerate(slots, 1):
        field = "on" if len(slots) == 1 else f"on-{place}"
        try:
            check_slot(session, agreement, slot, chronicle, confirmed=confirmed, field=field)
        except FieldErrors as no:
            wrong |= no.fields
            continue
        made.append(_made(session, agreement, slot, now))
    if wrong:
        raise FieldErrors(wrong)
    for meeting in made:
        turns.settle(session, agreement, meeting, chronicle.rules)
        agenda.begin(session, agreement, meeting, now)
        tell(
            session, agreement, "meeting_planned", who=who, holding=holding, now=now,
            data=_data(meeting), private={"place": meeting.place},
        )  # fmt: skip
    settled(session, agreement, now)
    return made


def move(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    slot: Slot,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
    confirmed: bool = False,
) -> bool:
    """Give a meeting another day, time or place; whether anything changed.

    Raises ``NotAllowed``, ``Conflict`` (cancelled, held, somebody was first) and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    before = Slot(meeting.on, meeting.starts_at, meeting.ends_at, meeting.place)
    if before == slot:
        return False
    chronicle = read_chronicle(session, agreement, now.date())
    check_slot(session, agreement, slot, chronicle, confirmed=confirmed, meeting=meeting)
    meeting.on, meeting.place = slot.on, slot.place
    meeting.starts_at, meeting.ends_at = slot.starts_at, slot.ends_at
    changed(meeting)
    tell(
        session, agreement, "meeting_moved", who=who, holding=holding, now=now,
        data={**_data(meeting), "from": before.on.isoformat() if before.on != slot.on else None},
        private={"place": meeting.place},
    )  # fmt: skip
    settled(session, agreement, now)
    return True


def cancel(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    reason: str,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Call a meeting off. Who was invited is told; matters raised to it wait for the next.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors`` (a reason is needed).
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    if not reason.strip():
        raise FieldErrors({"reason": msg("Say why the meeting is called off.")})
    meeting.cancelled_at = now
    changed(meeting)
    agenda.hand_on(session, agreement, meeting)
    tell(
        session, agreement, "meeting_cancelled", who=who, holding=holding, now=now,
        data={"meeting": meeting.number}, private={"reason": reason.strip()},
    )  # fmt: skip
    tell_of_cancelling(session, agreement, meeting, who.person_id, now)
    settled(session, agreement, now)


def record_held(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    slot: Slot,
    *,
    who: Who,
    now: datetime,
) -> Meeting:
    """A meeting that was held without having been planned here: it counts toward its year.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    expect_meeting(agreement, definition)
    chronicle = read_chronicle(session, agreement, now.date())
    check_past(session, agreement, slot, chronicle)
    meeting = _made(session, agreement, slot, now)
    meeting.held_at = now
    turns.settle(session, agreement, meeting, chronicle.rules)
    for kind in ("meeting_planned", "meeting_held"):
        tell(
            session, agreement, kind, who=who, holding=holding, now=now,
            data=_data(meeting), private={"place": meeting.place},
        )  # fmt: skip
    settled(session, agreement, now)
    return meeting


def _made(session: Session, agreement: Agreement, slot: Slot, now: datetime) -> Meeting:
    meeting = Meeting(
        agreement_id=agreement.id,
        number=next_number(session, agreement),
        on=slot.on,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.place,
        created_at=now,
        version=1,
        sendings=0,
    )
    session.add(meeting)
    # The next one's number, and the next one's day, are asked of the database.
    session.flush()
    return meeting


def _data(meeting: Meeting) -> dict[str, str | int | None]:
    starts = meeting.starts_at.isoformat("minutes") if meeting.starts_at else None
    return {"meeting": meeting.number, "on": meeting.on.isoformat(), "starts_at": starts}
