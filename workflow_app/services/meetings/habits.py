"""A kommune's habits for meetings: the weeks it keeps free, and its usual day, hour and place.

They are the kommune's own and stand in no agreement; a plan shows them, and
lets a person choose otherwise for once. Several kommuner under one agreement
keep each other's weeks free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.meetings.free_days import WEEKS_OFF, weeks_in, weeks_words
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import MeetingHabit
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.errors import NotAllowed
from workflow_app.services.people_entries import enter

USUAL_WEEKDAY = 1
"""Tuesday, where nobody has said otherwise."""

KEEPER = "slt_coordinator"
"""The role that sets its kommune's habits."""


@dataclass(frozen=True)
class Habits:
    """What a plan begins with. ``own`` says that a kommune has set its weeks; else they are the house's.

    ``weekday`` 0 is Monday.
    """

    weeks_off: tuple[int, ...] = WEEKS_OFF
    weekday: int = USUAL_WEEKDAY
    starts_at: time | None = None
    place: str | None = None
    own: bool = False


def habits_of(session: Session, agreement: Agreement) -> Habits:
    """The habits of the kommuner together: all their free weeks, the first one's day and place."""
    kommuner = [p.party for p in agreement.parties if p.party.side == "municipal"]
    ids = [k.id for k in kommuner]
    found = {
        h.party_id: h for h in session.scalars(select(MeetingHabit).where(MeetingHabit.party_id.in_(ids)))
    }
    rows = [found[i] for i in ids if i in found]
    weeks = [weeks_in(h.weeks_off) for h in rows if h.weeks_off is not None]
    first = next(iter(rows), None)
    return Habits(
        weeks_off=tuple(sorted({w for some in weeks for w in some})) if weeks else WEEKS_OFF,
        weekday=first.weekday if first and first.weekday is not None else USUAL_WEEKDAY,
        starts_at=first.starts_at if first else None,
        place=first.place if first else None,
        own=bool(weeks),
    )


def kept_by(agreement: Agreement, who: Who | None) -> list[Party]:
    """The kommuner of the agreement whose habits a person may set."""
    mine = {h.party for h in who.holdings if h.role == KEEPER} if who else set()
    return [p.party for p in agreement.parties if p.party.side == "municipal" and p.party.key in mine]


def set_habits(
    session: Session,
    agreement: Agreement,
    *,
    weeks_off: Sequence[int],
    weekday: int,
    starts_at: time | None,
    place: str | None,
    who: Who,
    now: datetime,
) -> None:
    """Keep them for every plan from now on; an entry in the kommune's own chain.

    Raises ``NotAllowed`` for anybody but an SLT coordinator of one of the kommuner.
    """
    mine = kept_by(agreement, who)
    if not mine:
        raise NotAllowed(
            "not_your_kommune", msg("A kommune's habits for meetings are set by its own SLT coordinator.")
        )
    for party in mine:
        row = session.get(MeetingHabit, party.id) or MeetingHabit(party_id=party.id)
        row.weeks_off, row.weekday = weeks_words(weeks_off), weekday
        row.starts_at, row.place = starts_at, place
        session.add(row)
        starts = starts_at.isoformat("minutes") if starts_at else ""
        data = {"weeks_off": weeks_words(weeks_off), "weekday": weekday + 1, "starts_at": starts}
        holding = next(h for h in who.holdings if h.party == party.key and h.role == KEEPER)
        enter(session, party, "meeting_habits_set", actor=who.entry(holding), now=now, data=data)
    session.flush()
