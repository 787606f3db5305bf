"""Everything one year holds, of one agreement or of all that a party has: what the year wheel shows.

Meetings and matters are what people planned; deadlines are what the clauses
ask for. Only what has been signed is shown, since a draft's dates bind nobody.
The same thing on the same day in several agreements is one thing with several
agreements, as a secretary would write it on the wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.deadline_words import headline
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.reminding.responsible import COORDINATORS, roles_reminded
from workflow_app.domain.wheel import Kind, State
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.models.proceedings import Matter
from workflow_app.services.calendars.changes import done
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.meetings.access import after_it

KIND_OF: dict[str, Kind] = {
    "revision": "revision", "evaluation": "evaluation", "expiry": "term", "renewal": "term", "notice": "term",
    "option": "term", "report": "council", "agenda": "agenda", "meeting": "yearly", "task": "yearly",
    "attendance": "yearly",
}  # fmt: skip
"""By kind of deadline, the kind of mark."""

A_SEASON = 130
"""Days of the longest interval that has a place of its own; what is longer is of the whole year."""

MATTERS: dict[str, Message] = {
    "agreement": msg("The agreement before the kommunestyre"),
    "evaluation": msg("The evaluation of ${year} before the kommunestyre"),
    "termination": msg("The termination before the kommunestyre"),
    "lapse": msg("The end of the agreement before the kommunestyre"),
}
OUTCOMES: dict[str | None, State] = {
    None: "open", "noted": "done", "adopted": "done", "postponed": "cancelled", "sent_back": "cancelled",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing of the year, of one agreement or several.

    ``first`` and ``last`` are the days it lies between, the same for one day.
    ``whole`` says that no day in the year is given, so that it has no place on the rim.
    ``roles`` are whose it is to do, ``party`` the one party it concerns. ``path``
    leads to its page. ``outcome`` is what a kommunestyre did, ``progress`` how
    many of how many are done.
    """

    kind: Kind
    first: date
    last: date
    title: Message
    state: State
    agreements: tuple[Agreement, ...]
    roles: tuple[str, ...] = ()
    party: str | None = None
    path: str = ""
    whole: bool = False
    starts: time | None = None
    place: str | None = None
    quote: str = ""
    house_rule: bool = False
    progress: tuple[int, int] | None = None
    outcome: str | None = None


def year_of(session: Session, agreements: Sequence[Agreement], year: int, today: date) -> tuple[Thing, ...]:
    """What the year holds, in order of day, what has no day last; three statements for each agreement."""
    signed = [a for a in agreements if a.signed_on is not None]
    things: list[Thing] = []
    for agreement in signed:
        found = read_chronicle(session, agreement, today).deadlines(date(year, 12, 31))
        things += (_of_deadline(agreement, d) for d in found if _shown(d, year))
    things += _meetings(session, signed, year)
    things += _matters(session, signed, year)
    return tuple(sorted(_together(things), key=_in_order))


def _shown(deadline: Deadline, year: int) -> bool:
    if deadline.latest.year != year or deadline.status == "moot":
        return False
    # Where a matter was dealt with, the meeting itself is shown.
    return not (deadline.kind == "report" and done(deadline))


def _of_deadline(agreement: Agreement, deadline: Deadline) -> Thing:
    state: State = "open"
    if done(deadline):
        state = "done"
    elif deadline.status == "missed":
        state = "past" if deadline.undocumented else "missed"
    kind = KIND_OF[deadline.kind]
    sides = dict.fromkeys(p.party.side for p in agreement.parties if deadline.party in (None, p.party.key))
    roles = [role for side in sides for role in roles_reminded(deadline.kind, side, last=True)]
    return Thing(
        kind=kind,
        first=deadline.earliest,
        last=deadline.latest,
        title=headline(deadline),
        state=state,
        agreements=(agreement,),
        roles=tuple(dict.fromkeys(roles)),
        party=_name(agreement, deadline.party),
        path=f"/agreements/{agreement.id}/deadlines",
        whole=kind == "yearly" or (deadline.latest - deadline.earliest).days > A_SEASON,
        quote=deadline.quote,
        house_rule=deadline.source == "house_rule",
        progress=deadline.progress,
    )


def _meetings(session: Session, agreements: Sequence[Agreement], year: int) -> Iterator[Thing]:
    by_id = {a.id: a for a in agreements}
    rows = session.scalars(
        select(Meeting).where(
            Meeting.agreement_id.in_(by_id), Meeting.on.between(date(year, 1, 1), date(year, 12, 31))
        )
    )
    for row in rows:
        state: State = "cancelled" if row.cancelled_at else "done" if row.held_at else "open"
        agreement = by_id[row.agreement_id]
        if state == "open" and after_it(agreement, row.on):
            # As a deadline that fell away: it belongs to no year of this agreement any more.
            continue
        yield Thing(
            kind="meeting",
            first=row.on,
            last=row.on,
            title=msg("Meeting of the politiråd"),
            state=state,
            agreements=(agreement,),
            roles=tuple(r for side in COORDINATORS.values() for r in side) if row.convener is None else (),
            party=row.convener.name if row.convener else None,
            path=f"/agreements/{agreement.id}/meetings/{row.number}",
            starts=row.starts_at,
            place=row.place,
        )


def _matters(session: Session, agreements: Sequence[Agreement], year: int) -> Iterator[Thing]:
    by_id = {a.id: a for a in agreements}
    rows = session.scalars(
        select(Matter).where(
            Matter.agreement_id.in_(by_id), Matter.meeting_date.between(date(year, 1, 1), date(year, 12, 31))
        )
    )
    for row in rows:
        assert row.meeting_date is not None, "asked for by the statement"
        agreement = by_id[row.agreement_id]
        yield Thing(
            kind="council",
            first=row.meeting_date,
            last=row.meeting_date,
            title=replace(MATTERS[row.occasion], values={"year": row.year}),
            state=OUTCOMES.get(row.outcome, "open"),
            agreements=(agreement,),
            party=row.party.name,
            path=f"/agreements/{agreement.id}/matters",
            outcome=row.outcome,
        )


def _name(agreement: Agreement, key: str | None) -> str | None:
    return next((p.party.name for p in agreement.parties if p.party.key == key), None)


def _together(things: Iterable[Thing]) -> list[Thing]:
    """The same thing on the same day in several agreements as one; only a clause they share is quoted."""
    found: dict[object, Thing] = {}
    for thing in things:
        same = (
            thing.kind, thing.first, thing.last, str(thing.title), thing.state, thing.party, thing.starts,
            thing.place, thing.progress, thing.outcome, thing.whole,
        )  # fmt: skip
        if (before := found.get(same)) is None or before.agreements[-1] is thing.agreements[0]:
            # Twice in one agreement are two: no two things of one agreement are one.
            found[same if before is None else (same, id(thing))] = thing
        else:
            quote = before.quote if before.quote == thing.quote else ""
            found[same] = replace(
                before, agreements=(*before.agreements, *thing.agreements), quote=quote, path=""
            )
    return list(found.values())


def _in_order(thing: Thing) -> tuple[object, ...]:
    return (thing.whole, thing.last, thing.kind, str(thing.title), thing.agreements[0].id)
