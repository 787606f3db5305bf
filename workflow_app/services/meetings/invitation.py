"""Sending the invitation with its agenda: what meets the deadline the agreement sets for it.

What goes out is frozen, so that "we were called with this agenda" can be shown
afterwards. After a change it is sent again, marked as changed; the deadline was
met by the first.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services import blobs
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict
from workflow_app.services.meetings.access import expect_caller
from workflow_app.services.meetings.agenda import items_of
from workflow_app.services.meetings.called import members
from workflow_app.services.meetings.changes import changed, expect_ahead, expect_seen, settled, tell
from workflow_app.services.meetings.telling import tell_of_invitation


def changed_since(meeting: Meeting) -> bool:
    """Whether the meeting or its agenda is another than what was last sent."""
    return meeting.invited_version is not None and meeting.invited_version != meeting.version


def expect_sendable(
    session: Session, agreement: Agreement, meeting: Meeting, *, who: Who, now: datetime, seen: int | None
) -> None:
    """Ask before the paper is made. Raises ``NotAllowed`` and ``Conflict`` with what is missing."""
    expect_caller(agreement, meeting, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    if meeting.on < now.date():
        raise Conflict("meeting_past", msg("The day of the meeting has passed; nobody is called to it now."))
    if not items_of(session, meeting):
        raise Conflict(
            "no_agenda", msg("The agenda has no point yet; add one before the invitation is sent.")
        )
    if meeting.starts_at is None or not meeting.place:
        raise Conflict(
            "no_time_or_place", msg("Say when the meeting begins and where it is before it is called.")
        )
    if not members(session, agreement, meeting):
        raise Conflict(
            "nobody_to_call",
            msg("Nobody holds a role of the parties on the day of the meeting; there is nobody to call."),
        )
    if meeting.invited_at is not None and not changed_since(meeting):
        raise Conflict("already_sent", msg("The invitation has been sent, and nothing has changed since."))


def send(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    paper: bytes,
    *,
    who: Who,
    now: datetime,
) -> int:
    """Freeze the paper and put a letter to everybody called in the outbox; how many.

    ``paper`` is the invitation as a PDF, made from what :func:`expect_sendable`
    has just let through under the same lock.
    """
    holding = expect_caller(agreement, meeting, who)
    meeting.invitation_sha256 = blobs.store(session, paper)
    meeting.sendings += 1
    meeting.invited_at = now
    changed(meeting)
    meeting.invited_version = meeting.version
    session.flush()
    tell(
        session, agreement, "agenda_sent", who=who, holding=holding, now=now,
        data={"meeting": meeting.number, "sending": meeting.sendings, "sha256": meeting.invitation_sha256},
    )  # fmt: skip
    settled(session, agreement, now)
    return tell_of_invitation(session, agreement, meeting, who.person_id, now)
