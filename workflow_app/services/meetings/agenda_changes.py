"""Writing the agenda: points added, taken off and put in order by the coordinators.

Every change moves the meeting's version, so an invitation that went out before
it is known to be another than what stands now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import RAISED, AgendaItem, Meeting
from workflow_app.services.actors import Who
from workflow_app.services.errors import Conflict, FieldErrors, NotThere
from workflow_app.services.meetings.access import expect_coordinator
from workflow_app.services.meetings.agenda import LONGEST_TITLE, items_of, last_position, renumber
from workflow_app.services.meetings.changes import changed, expect_ahead, expect_seen, tell

MOST_POINTS = 99


def add_point(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    *,
    kind: str,
    title: str,
    who: Who,
    now: datetime,
    description: str | None = None,
    decision_id: int | None = None,
    seen: int | None = None,
) -> AgendaItem:
    """Put a point on the agenda that nobody raised: a standing one, a follow-up, the evaluation.

    Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    clear_title = checked_title(title)
    expect_room(items_of(session, meeting))
    item = AgendaItem(
        agreement_id=agreement.id, meeting_id=meeting.id, kind=kind, title=clear_title,
        description=description or None, decision_id=decision_id, late=False,
        position=last_position(session, meeting) + 1, person_id=who.person_id, created_at=now,
    )  # fmt: skip
    session.add(item)
    _agenda_changed(session, agreement, meeting, who, holding, now, {"point_added": clear_title})
    return item


def remove_point(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    item_id: int,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Take a point off. A matter somebody raised goes back to wait for the next meeting.

    Raises ``NotAllowed``, ``Conflict`` and ``NotThere``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    items = items_of(session, meeting)
    item = item_in(items, item_id)
    title = item.title
    if item.kind == RAISED:
        item.meeting_id = None
    else:
        session.delete(item)
    renumber([i for i in items if i is not item])
    _agenda_changed(session, agreement, meeting, who, holding, now, {"point_removed": title})


def put_in_order(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    wanted: Mapping[int, int],
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Put the points in the order of the numbers given for them (item → number); ties keep their order.

    Raises ``NotAllowed`` and ``Conflict``.
    """
    holding = expect_coordinator(agreement, who)
    expect_seen(meeting, seen)
    expect_ahead(meeting)
    items = items_of(session, meeting)
    ordered = sorted(items, key=lambda i: (wanted.get(i.id, i.position), i.position))
    if ordered == items:
        return
    renumber(ordered)
    _agenda_changed(session, agreement, meeting, who, holding, now, {})


def _agenda_changed(
    session: Session, agreement: Agreement, meeting: Meeting, who: Who, holding: Holding, now: datetime,
    private: Mapping[str, str],
) -> None:  # fmt: skip
    changed(meeting)
    flushed(session, meeting)
    tell(
        session, agreement, "agenda_changed", who=who, holding=holding, now=now,
        data={"meeting": meeting.number}, private=private,
    )  # fmt: skip


def flushed(session: Session, meeting: Meeting | None) -> None:
    """Write what was changed, and read the meeting's agenda anew when it is asked for."""
    session.flush()
    if meeting is not None:
        session.expire(meeting, ["items"])


def checked_title(title: str) -> str:
    """The title in one line; raises ``FieldErrors`` where there is none or it is too long."""
    clear = " ".join(title.split())
    wrong: Message | None = None
    if not clear:
        wrong = msg("Give the point a title.")
    elif len(clear) > LONGEST_TITLE:
        wrong = msg("A title has at most ${most} characters; put the rest in the description.",
                    most=LONGEST_TITLE)  # fmt: skip
    if wrong:
        raise FieldErrors({"title": wrong})
    return clear


def expect_room(items: Sequence[AgendaItem]) -> None:
    """Raise ``Conflict`` where no point can be added."""
    if len(items) >= MOST_POINTS:
        raise Conflict("agenda_full", msg("An agenda has at most ${most} points.", most=MOST_POINTS))


def item_in(items: Sequence[AgendaItem], item_id: int) -> AgendaItem:
    """One of the points by its id. Raises ``NotThere``."""
    found = next((i for i in items if i.id == item_id), None)
    if found is None:
        raise NotThere("not_there", msg("The agenda has no such point; look at the page again."))
    return found
