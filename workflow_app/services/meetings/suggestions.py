"""What could stand on an agenda and does not: decisions still open, and the evaluation when it is due.

They are offered, never put there: who writes the agenda knows what can wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import EVALUATION, FOLLOW_UP, Decision, Meeting
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.meetings.agenda import items_of

NEAR = timedelta(days=75)
"""How long before its deadline an evaluation is offered for a meeting: the meeting before the last."""


@dataclass(frozen=True)
class Suggested:
    """One offer. A title of somebody's own words is a string, one of ours a message."""

    kind: str
    title: str | Message
    why: Message
    decision: int | None = None


def suggested(
    session: Session, agreement: Agreement, meeting: Meeting, chronicle: Chronicle
) -> tuple[Suggested, ...]:
    """What is offered for this meeting; nothing that stands on its agenda already."""
    items = items_of(session, meeting)
    taken = {i.decision_id for i in items if i.decision_id is not None}
    found = list(_open_decisions(session, agreement, meeting, taken))
    if not any(i.kind == EVALUATION for i in items):
        found += _evaluations(meeting, chronicle)
    return tuple(found)


def _open_decisions(
    session: Session, agreement: Agreement, meeting: Meeting, taken: set[int]
) -> Iterator[Suggested]:
    rows = session.execute(
        select(Decision, Meeting.number)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(
            Meeting.agreement_id == agreement.id,
            Meeting.id != meeting.id,
            Meeting.cancelled_at.is_(None),
            Meeting.on <= meeting.on,
            Decision.done_on.is_(None),
        )
        .order_by(Meeting.on, Decision.number)
    )
    for decision, number in rows:
        if decision.id not in taken:
            title = " ".join(decision.text.split())
            yield Suggested(
                FOLLOW_UP,
                title if len(title) <= 200 else f"{title[:199]}…",
                msg("decided at meeting ${number}, not done yet", number=number),
                decision.id,
            )


def _evaluations(meeting: Meeting, chronicle: Chronicle) -> Iterator[Suggested]:
    for deadline in chronicle.deadlines():
        near = meeting.on <= deadline.latest <= meeting.on + NEAR
        if deadline.kind == "evaluation" and deadline.reminds and near:
            yield Suggested(
                EVALUATION,
                msg("The evaluation for ${year}", year=deadline.year),
                msg("due ${day}", day=deadline.latest),
            )
            return
