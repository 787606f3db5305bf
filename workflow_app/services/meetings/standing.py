"""Points the parties want on every agenda beside those of the agreement's own text.

They are the parties' habit and no clause: the page says so, and they come and
go without touching an agenda that has been sent.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import STANDING, AgendaItem, Meeting
from workflow_app.services.actors import Who
from workflow_app.services.errors import FieldErrors
from workflow_app.services.meetings.access import expect_coordinator
from workflow_app.services.meetings.agenda import items_of, last_position, renumber, standing_points
from workflow_app.services.meetings.agenda_changes import checked_title, expect_room, flushed, item_in
from workflow_app.services.meetings.changes import tell
from workflow_app.services.meetings.finding import meetings_of, status_of


def add_standing(session: Session, agreement: Agreement, title: str, *, who: Who, now: datetime) -> None:
    """A point for every agenda from now on, those planned and not yet called included.

    Raises ``NotAllowed`` and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    clear_title = checked_title(title)
    known = standing_points(session, agreement)
    expect_room(known)
    if any(p.title == clear_title for p in known):
        raise FieldErrors({"title": msg("“${title}” is a standing point already.", title=clear_title)})
    for meeting in [None, *_open(session, agreement, now)]:
        place = len(known) if meeting is None else last_position(session, meeting)
        session.add(
            AgendaItem(
                agreement_id=agreement.id,
                meeting_id=meeting.id if meeting else None,
                kind=STANDING,
                title=clear_title,
                position=place + 1,
                person_id=who.person_id,
                created_at=now,
                late=False,
            )
        )
        flushed(session, meeting)
    tell(
        session, agreement, "agenda_changed", who=who, holding=holding, now=now,
        data={"standing": True}, private={"point_added": clear_title},
    )  # fmt: skip


def remove_standing(session: Session, agreement: Agreement, item_id: int, *, who: Who, now: datetime) -> None:
    """The point stands no more on any agenda that is not sent yet. Raises ``NotAllowed``, ``NotThere``."""
    holding = expect_coordinator(agreement, who)
    pattern = item_in(standing_points(session, agreement), item_id)
    title = pattern.title
    session.delete(pattern)
    for meeting in _open(session, agreement, now):
        items = items_of(session, meeting)
        for item in [i for i in items if i.kind == STANDING and i.title == title]:
            session.delete(item)
            items.remove(item)
        renumber(items)
        flushed(session, meeting)
    tell(
        session, agreement, "agenda_changed", who=who, holding=holding, now=now,
        data={"standing": True}, private={"point_removed": title},
    )  # fmt: skip


def _open(session: Session, agreement: Agreement, now: datetime) -> list[Meeting]:
    ahead = (m for m in meetings_of(session, agreement) if m.on >= now.date() and status_of(m) == "planned")
    return [m for m in ahead if m.invited_at is None]
