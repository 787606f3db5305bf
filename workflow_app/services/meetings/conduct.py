"""When a meeting can be written of, and by whom: what attendance, minutes and decisions all ask first."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.case import Holding
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict
from workflow_app.services.meetings.access import expect_coordinator


def begun(meeting: Meeting, today: date) -> bool:
    """Whether the day of the meeting has come and it was not called off."""
    return meeting.cancelled_at is None and meeting.on <= today


def kept(meeting: Meeting) -> bool:
    """Whether the minutes are kept and not taken up again."""
    return meeting.minutes_at is not None


def expect_begun(meeting: Meeting, today: date) -> None:
    """Raise ``Conflict`` for a meeting that is called off or still ahead."""
    if meeting.cancelled_at is not None:
        raise Conflict("meeting_cancelled", msg("The meeting is called off; there is nothing to minute."))
    if meeting.on > today:
        raise Conflict(
            "meeting_ahead",
            msg(
                "The meeting is on ${day}; who came and what was said is written from that day.",
                day=meeting.on,
            ),
        )


def expect_writable(agreement: Agreement, meeting: Meeting, who: Who, today: date) -> Holding:
    """The role in which a person may write of the meeting now.

    Raises ``NotAllowed``, and ``Conflict`` where it is ahead, called off, or minuted and kept.
    """
    holding = expect_coordinator(agreement, who)
    expect_begun(meeting, today)
    if kept(meeting):
        raise Conflict(
            "minutes_kept",
            msg(
                "The minutes are kept and stand as they are; take them up again, with a reason, "
                "to correct them."
            ),
        )
    return holding
