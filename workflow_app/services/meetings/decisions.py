"""What a meeting decided, who follows it up and by when, and that it has been done.

Decisions are written with the minutes and locked with them. That one is done is
told afterwards, when it is; until then it is offered for the next agendas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import FOLLOW_UP, AgendaItem, Decision, Meeting
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.meetings.access import expect_coordinator
from workflow_app.services.meetings.agenda import items_of
from workflow_app.services.meetings.changes import changed, expect_seen, tell
from workflow_app.services.meetings.conduct import expect_writable

MOST = 99
LONGEST_TEXT = 4000
LONGEST_NAME = 200


@dataclass(frozen=True)
class New:
    """A decision as it is written. ``point`` is the number of the agenda's point; ``party`` a party's key."""

    text: str
    point: int | None = None
    responsible: str = ""
    party: str | None = None
    due: date | None = None


def add(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    new: New,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> Decision:
    """Write a decision into the minutes. Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``."""
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    party = _checked(session, agreement, meeting, new)
    newest = select(func.max(Decision.number)).where(Decision.meeting_id == meeting.id)
    decision = Decision(
        meeting_id=meeting.id, number=1 + (session.scalar(newest) or 0), point=new.point,
        text=new.text.strip(), responsible=" ".join(new.responsible.split()) or None,
        responsible_party_id=party.id if party is not None else None, due=new.due, created_at=now,
    )  # fmt: skip
    session.add(decision)
    _flushed(session, meeting)
    return decision


def _checked(session: Session, agreement: Agreement, meeting: Meeting, new: New) -> Party | None:
    wrong: dict[str, Message] = {}
    if not new.text.strip():
        wrong["text"] = msg("Write what was decided.")
    elif len(new.text) > LONGEST_TEXT:
        wrong["text"] = msg("At most ${most} characters fit here.", most=LONGEST_TEXT)
    if len(new.responsible) > LONGEST_NAME:
        wrong["responsible"] = msg("At most ${most} characters fit here.", most=LONGEST_NAME)
    if new.point is not None and not 1 <= new.point <= len(items_of(session, meeting)):
        wrong["point"] = msg("The agenda has no point number ${number}.", number=new.point)
    if new.due is not None and new.due < meeting.on:
        wrong["due"] = msg("The day ${day} is before the meeting.", day=new.due)
    party = next((p.party for p in agreement.parties if p.party.key == new.party), None)
    if new.party is not None and party is None:
        wrong["party"] = msg("Choose one of the parties to the agreement.")
    if len(meeting.decisions) >= MOST:
        wrong.setdefault("text", msg("A meeting has at most ${most} decisions.", most=MOST))
    if wrong:
        raise FieldErrors(wrong)
    return party


def remove(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    number: int,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Strike a decision that was written by mistake. Raises ``NotAllowed``, ``Conflict``, ``NotThere``."""
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    decision = _find(meeting, number)
    followed = session.scalars(select(AgendaItem).where(AgendaItem.decision_id == decision.id)).first()
    if followed is not None:
        raise Conflict(
            "followed_up",
            msg("The decision stands on the agenda of another meeting; it cannot be struck any more."),
        )
    session.delete(decision)
    _flushed(session, meeting)


def settle(
    session: Session, agreement: Agreement, meeting: Meeting, number: int, done_on: date | None, *,
    who: Who, now: datetime,
) -> None:  # fmt: skip
    """Tell that a decision was done on a day, or with None that it was not after all. The minutes stand.

    Raises ``NotAllowed``, ``NotThere``, and ``FieldErrors`` for a day ahead or before the meeting.
    """
    holding = expect_coordinator(agreement, who)
    decision = _find(meeting, number)
    if done_on is not None and done_on > now.date():
        raise FieldErrors({"done_on": msg("The day ${day} is ahead; tell it when it is done.", day=done_on)})
    if done_on is not None and done_on < meeting.on:
        raise FieldErrors({"done_on": msg("The day ${day} is before the meeting.", day=done_on)})
    if decision.done_on == done_on:
        return
    decision.done_on = done_on
    session.flush()
    kind = "decision_done" if done_on is not None else "decision_opened"
    tell(
        session, agreement, kind, who=who, holding=holding, now=now,
        data={"meeting": meeting.number, "decision": number, "on": done_on.isoformat() if done_on else None},
    )  # fmt: skip


def open_decisions(session: Session, agreement: Agreement) -> list[tuple[Meeting, Decision]]:
    """What was decided at any meeting and is not done yet, the oldest first."""
    rows = session.execute(
        select(Meeting, Decision)
        .join(Decision, Decision.meeting_id == Meeting.id)
        .where(
            Meeting.agreement_id == agreement.id,
            Meeting.cancelled_at.is_(None),
            Decision.done_on.is_(None),
        )
        .order_by(Meeting.on, Decision.number)
    )
    return [(meeting, decision) for meeting, decision in rows]


def brought_up(session: Session, meeting: Meeting) -> list[tuple[Meeting, Decision]]:
    """The decisions of earlier meetings that stand on this one's agenda to be followed up."""
    rows = session.execute(
        select(Meeting, Decision)
        .join(Decision, Decision.meeting_id == Meeting.id)
        .join(AgendaItem, AgendaItem.decision_id == Decision.id)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.kind == FOLLOW_UP)
        .order_by(AgendaItem.position)
    )
    return [(earlier, decision) for earlier, decision in rows]


def _find(meeting: Meeting, number: int) -> Decision:
    found = next((d for d in meeting.decisions if d.number == number), None)
    if found is None:
        raise NotThere("not_there", msg("The meeting has no decision number ${number}.", number=number))
    return found


def _flushed(session: Session, meeting: Meeting) -> None:
    changed(meeting)
    session.flush()
    session.expire(meeting, ["decisions"])
