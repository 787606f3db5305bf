"""What a feed holds for one reader on one day: the agreements, and the events of each.

What somebody may see is asked anew each time the calendar is fetched, so a feed
made by a coordinator is empty the day after she has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from workflow_app.domain.definitions import Registry
from workflow_app.models.agreements import Agreement, AgreementParty
from workflow_app.models.meetings import Meeting
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.calendars.events import Event, of_deadline, of_meeting
from workflow_app.services.calendars.replay import KEPT, Window, past_of
from workflow_app.services.visibility import visible_to

MOST = 200
"""Agreements one feed covers, those next due first: a calendar with more is read by nobody."""


@dataclass(frozen=True)
class Scope:
    """Whose deadlines: one agreement's, one party's, or (neither) all that are the reader's own."""

    agreement: Agreement | None = None
    party: Party | None = None

    @property
    def own(self) -> bool:
        """Whether it is all that is the reader's own."""
        return self.agreement is None and self.party is None


def agreements_in(
    session: Session, who: Who, registry: Registry, scope: Scope, window: Window
) -> list[Agreement]:
    """The signed agreements of the scope that ``who`` may see today and that may still show something."""
    wanted = (
        select(Agreement)
        .where(
            visible_to(who, registry),
            Agreement.signed_on.is_not(None),
            or_(Agreement.effective_end.is_(None), Agreement.effective_end >= window.since),
        )
        .order_by(Agreement.next_due.is_(None), Agreement.next_due, Agreement.id)
        .limit(MOST)
    )
    if scope.agreement is not None:
        wanted = wanted.where(Agreement.id == scope.agreement.id)
    if scope.party is not None:
        its_own = select(AgreementParty.agreement_id).where(AgreementParty.party_id == scope.party.id)
        wanted = wanted.where(Agreement.id.in_(its_own))
    return list(session.scalars(wanted))


def gather(session: Session, who: Who, registry: Registry, scope: Scope, today: date) -> list[Event]:
    """Every event of the scope, in order of day. In one's own, another party's own deadlines are left out."""
    window = Window(today)
    found = agreements_in(session, who, registry, scope, window)
    meetings = _meetings(session, found, window)
    held = {(h.party, h.role) for h in who.holdings}
    parties = {party for party, _ in held}
    events: list[Event] = []
    for agreement in found:
        past = past_of(session, agreement, window)
        for standing in past.standings():
            if not scope.own or standing.deadline.party in (None, *parties):
                events.append(of_deadline(agreement, standing, held))
        keys = {p.party.key for p in agreement.parties}
        here = {pair for pair in held if pair[0] in keys}
        found_here = meetings.get(agreement.id, [])
        endings = past.endings() if found_here else ()
        events += _still_told((of_meeting(agreement, m, here, endings) for m in found_here), today)
    return sorted(events, key=lambda e: (e.day, e.uid))


def _still_told(events: Iterable[Event], today: date) -> list[Event]:
    """Without those that fell away so long ago that every calendar has heard it."""
    return [e for e in events if not e.cancelled or (today - e.changed_at.date()).days <= KEPT]


def _meetings(session: Session, agreements: Sequence[Agreement], window: Window) -> dict[str, list[Meeting]]:
    """The meetings of all of them, by agreement; two statements."""
    found: dict[str, list[Meeting]] = {}
    if not agreements:
        return found
    rows = session.scalars(
        select(Meeting)
        .where(Meeting.agreement_id.in_([a.id for a in agreements]), Meeting.on >= window.since)
        .options(selectinload(Meeting.items))
        .order_by(Meeting.on, Meeting.number)
    )
    for row in rows:
        found.setdefault(row.agreement_id, []).append(row)
    return found
