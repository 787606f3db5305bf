"""Whether a meeting can be on a day: never on a holiday, not twice, not outside the agreement's time.

A meeting called too late for its agenda is possible, since something urgent may
have come up, but only knowingly: the one who calls it is told the first day
that would keep the deadline, and says that it is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from workflow_app.domain.dates import as_interval
from workflow_app.domain.meetings.free_days import closed
from workflow_app.domain.meetings.lead import agenda_day, earliest_meeting, lead_rule
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.errors import FieldErrors
from workflow_app.services.meetings.finding import meetings_of, standing

CONFIRM = "confirm"
"""The field that says a meeting at short notice is meant."""

YEARS_AHEAD = 10
"""How far ahead a meeting can be: no page shows a year farther off, so a slip of the year would hide it."""


@dataclass(frozen=True)
class Slot:
    """When and where: ``ends_at`` and ``place`` where they are known."""

    on: date
    starts_at: time | None = None
    ends_at: time | None = None
    place: str | None = None


def check_slot(
    session: Session,
    agreement: Agreement,
    slot: Slot,
    chronicle: Chronicle,
    *,
    confirmed: bool = False,
    meeting: Meeting | None = None,
    field: str = "on",
) -> None:
    """Raise ``FieldErrors`` where a meeting to come cannot be then; ``meeting`` is the one that is moved.

    ``confirmed`` lets a meeting be called too late for its agenda. ``field`` is
    the name of the day's field, where a form has several.
    """
    today, on = chronicle.today, slot.on
    wrong: dict[str, Message] = dict(_times(slot))
    if on < today:
        sentence = msg(
            "${day} is past. Plan a day ahead, or record the meeting as held where it has been.", day=on
        )
        raise FieldErrors({field: sentence, **wrong})
    if on.year > today.year + YEARS_AHEAD:
        sentence = msg("${day} is more than ten years ahead; look at the year once more.", day=on)
        raise FieldErrors({field: sentence, **wrong})
    if (reason := closed(on)) is not None:
        raise FieldErrors({field: reason, **wrong})
    if (reason := _outside(agreement, on, chronicle) or _twice(session, agreement, on, meeting)) is not None:
        raise FieldErrors({field: reason, **wrong})
    late = short_notice(on, chronicle)
    # A meeting that stays on its day was called knowingly before.
    if late is not None and not confirmed and (meeting is None or meeting.on != on):
        wrong[CONFIRM if field == "on" else field] = late
    if wrong:
        raise FieldErrors(wrong)


def check_past(session: Session, agreement: Agreement, slot: Slot, chronicle: Chronicle) -> None:
    """Raise ``FieldErrors`` where a meeting cannot have been held then; holidays are no hindrance."""
    wrong: dict[str, Message] = dict(_times(slot))
    if slot.on > chronicle.today:
        wrong["on"] = msg("${day} is ahead; a meeting is recorded as held once it has been.", day=slot.on)
    elif reason := _outside(agreement, slot.on, chronicle) or _twice(session, agreement, slot.on, None):
        wrong["on"] = reason
    if wrong:
        raise FieldErrors(wrong)


def short_notice(on: date, chronicle: Chronicle) -> Message | None:
    """That the agenda can no longer be sent in time for a meeting on that day; None where it can."""
    last, rule = agenda_day(on, chronicle.rules), lead_rule(chronicle.rules)
    if last is None or rule is None or last >= chronicle.today:
        return None
    return msg(
        "The agenda was to be sent by ${last}, ${days} days before. The first day that keeps that deadline "
        "is ${earliest}. If the meeting cannot wait, say so below; the deadline will stand as missed.",
        last=last,
        days=rule.values["days"],
        earliest=earliest_meeting(chronicle.today, chronicle.rules),
    )


def _outside(agreement: Agreement, on: date, chronicle: Chronicle) -> Message | None:
    signing, end = agreement.signing, chronicle.end.date
    if signing is not None and on < signing.earliest:
        return msg("The agreement was signed on ${day}; a meeting under it comes after that.", day=signing)
    if end is not None and on > end:
        return msg("The agreement ends on ${day}; no meeting under it comes after that.", day=end)
    followed = chronicle.history.successor_signed_on
    if followed is not None and on > as_interval(followed).latest:
        return msg(
            "The agreement that follows was signed on ${day}; meetings after that belong to it.", day=followed
        )
    return None


def _twice(session: Session, agreement: Agreement, on: date, meeting: Meeting | None) -> Message | None:
    others: Iterable[Meeting] = standing(meetings_of(session, agreement, on.year))
    same = next((m for m in others if m.on == on and m is not meeting), None)
    if same is None:
        return None
    return msg("Meeting ${number} is on ${day} already.", number=same.number, day=on)


def _times(slot: Slot) -> Iterable[tuple[str, Message]]:
    if slot.ends_at is not None and slot.starts_at is None:
        yield "starts_at", msg("Say when the meeting begins, since you said when it ends.")
    elif slot.ends_at is not None and slot.starts_at is not None and slot.ends_at <= slot.starts_at:
        yield "ends_at", msg("The meeting must end after it begins.")
