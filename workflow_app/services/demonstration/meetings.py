"""Meetings of the demonstration: one that was held, with minutes and a decision, and those that come.

They are planned as a coordinator would plan them, from the clauses and the
kommune's own free weeks. The invitations are not sent: a demonstration writes
to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition
from workflow_app.domain.meetings.lead import earliest_meeting, lead_rule
from workflow_app.domain.meetings.planning import Wish, propose
from workflow_app.domain.meetings.wanted import wanted
from workflow_app.domain.workdays import working_day_before
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.meetings import attendance, decisions, finding, habits, minutes, plan, raising
from workflow_app.services.meetings.checks import Slot

SCHOOLS_OFF = (1, 8, 27, 28, 29, 30, 31, 32, 40, 52, 53)
"""The weeks the demonstration's kommuner keep free."""


@dataclass(frozen=True)
class Gathering:
    """What one town's meetings are like: when and where, what the last one said, and what is raised."""

    weekday: int
    begins: time
    place: str
    said: str
    decided: str
    follows_up: str
    raised: str
    about: str
    public: bool | None


MOSS = Gathering(
    1, time(10), "Rådhuset, møterom Jeløya",
    "Politiet fortalte om færre innbrudd i sentrum og mer kjøring uten førerkort rundt skolene. Kommunen gikk"
    " gjennom ungdomsundersøkelsen: flere føler seg trygge på vei hjem.",
    "Kommunen setter opp lys på gangveien bak skolen før vinteren.", "Virksomhetsleder vei og park",
    "Mopeder på fortauet ved stasjonen",
    "Foreldreutvalget har skrevet til begge parter. Vi trenger å bli enige om hvem som svarer.", True,
)  # fmt: skip
STANGE = Gathering(
    3, time(9), "Stange rådhus, formannskapssalen",
    "Varslingslisten fra øvelsen er rettet. Politiet viste hvordan bekymringsmeldinger om vold fordeler seg"
    " over året. Ungdomsklubben har kveldsåpent til jul.",
    "Politikontakten og SLT-koordinatoren lager en felles rutine for bekymringsmeldinger.", "Politikontakten",
    "Russetid og busser", "Skolene spør om vi kan møte elevrådene sammen før påske.", None,
)  # fmt: skip


def meet(
    session: Session,
    agreement: Agreement,
    definition: Definition,
    *,
    slt: Who,
    police: Who,
    like: Gathering,
    now: datetime,
) -> None:
    """One meeting held six weeks ago, the rest of this year and the next planned, and a matter raised.

    Nothing where the agreement's time is over, as for a demonstration years from now.
    """
    end = read_chronicle(session, agreement, now.date()).end.date
    if end is not None and end < now.date():
        return
    habits.set_habits(
        session, agreement, weeks_off=SCHOOLS_OFF, weekday=like.weekday, starts_at=like.begins,
        place=like.place, who=slt, now=now,
    )  # fmt: skip
    _held(session, agreement, definition, slt, like, now)
    for year in (now.year, now.year + 1):
        days = _proposed(session, agreement, like, year, now.date())
        if days:
            slots = [Slot(d, like.begins, time(like.begins.hour + 2), like.place) for d in days]
            plan.plan(session, agreement, definition, slots, who=slt, now=now)
    raising.raise_matter(
        session, agreement, definition, title=like.raised, description=like.about, who=police, now=now
    )


def _held(
    session: Session, agreement: Agreement, definition: Definition, slt: Who, like: Gathering, now: datetime
) -> Meeting:
    day = working_day_before(now.date() - timedelta(weeks=6))
    slot = Slot(day, like.begins, None, like.place)
    meeting = plan.record_held(session, agreement, definition, slot, who=slt, now=now)
    came = [e.key for e in attendance.expected(session, agreement, meeting) if not e.stands_in]
    attendance.save(session, agreement, meeting, came, who=slt, now=now)
    minutes.write(
        session, agreement, meeting, read_chronicle(session, agreement, now.date()), text=like.said,
        public=like.public, legal_basis="", who=slt, now=now,
    )  # fmt: skip
    new = decisions.New(like.decided, responsible=like.follows_up, due=now.date() + timedelta(weeks=3))
    decisions.add(session, agreement, meeting, new, who=slt, now=now)
    return meeting


def _proposed(session: Session, agreement: Agreement, like: Gathering, year: int, today: date) -> list[date]:
    """What the page of the plan would propose for the year."""
    chronicle = read_chronicle(session, agreement, today)
    asks, lead = wanted(chronicle.rules), lead_rule(chronicle.rules)
    there = [m.on for m in finding.standing(finding.meetings_of(session, agreement, year))]
    wish = Wish(
        year=year,
        count=asks.target,
        weekday=like.weekday,
        weeks_off=SCHOOLS_OFF,
        lead=int(lead.values["days"]) if lead else None,
        spring=asks.spring,
        autumn=asks.autumn,
        earliest=earliest_meeting(today, chronicle.rules),
        latest=chronicle.end.date or date.max,
    )
    return [m.on for m in propose(wish, there).meetings]
