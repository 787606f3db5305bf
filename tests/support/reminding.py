"""A small country that lives by the calendar: parties, people with addresses, and agreements on any day.

People do things at ten in the morning and reminders are made at six, as in a real
installation; each thing is a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.models.agreements import Agreement
from workflow_app.models.mail import Mail
from workflow_app.models.people import Party, Person
from workflow_app.models.reminders import Reminder
from workflow_app.services import reminders
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.demonstration.lives import Stage
from workflow_app.services.demonstration.people import PLACES, Town, add_people
from workflow_app.services.norway import OSLO
from workflow_app.services.passwords import Passwords
from workflow_app.services.reminders import Counts
from workflow_app.services.transitions import lock

CHEAP = Passwords(time_cost=1, memory_kib=8)
AT_WORK, AT_NIGHT = time(10, 0), time(6, 0)
REGISTRY = workflow_definitions()


def at(day: date, hour: time = AT_WORK) -> datetime:
    """That hour of the day in Norway, summer or winter."""
    return datetime.combine(day, hour, OSLO)


class Country:
    """The demonstration's five towns on a database of the test's own. Everybody has an address."""

    def __init__(self, sessions: sessionmaker[Session], first: date) -> None:
        self.sessions = sessions
        self.today = first
        self.agreements: dict[str, str] = {}
        with sessions.begin() as session:
            self.towns = add_people(session, at(first), CHEAP)
            for person in session.scalars(select(Person)):
                person.email = f"{person.username}@kommune.example"

    @property
    def now(self) -> datetime:
        """When people are at work today."""
        return at(self.today)

    @contextmanager
    def stage(self, town: str) -> Iterator[tuple[Stage, Agreement]]:
        """One thing done in a town, with the town's agreement held."""
        with self.sessions.begin() as session:
            agreement = lock(session, self.agreements[town])
            assert agreement is not None
            yield self._stage(session, town), agreement

    def start(self, town: str, text: str, definition: str = "politiradsavtale") -> str:
        """The SLT coordinator makes a draft and confirms its rules."""
        with self.sessions.begin() as session:
            stage = self._stage(session, town)
            agreement = stage.draft(text, definition)
            stage.confirm(agreement)
            self.agreements[town] = agreement.id
            return agreement.id

    def register(self, town: str, signed_on: date) -> None:
        """Both coordinators enter an agreement that was signed on paper."""
        with self.stage(town) as (stage, agreement):
            stage.register(agreement, signed_on, "Kommunearkivet")

    def do(self, town: str, transition: str, *firsts: str, **data: Any) -> None:
        """Each of these people of the town takes the step."""
        with self.stage(town) as (stage, agreement):
            for first in firsts:
                assert stage._take(agreement, transition, first, data), (town, transition, first, self.today)

    def night(self, day: date) -> Counts:
        """The reminders of a morning."""
        self.today = day
        return reminders.run(self.sessions, at(day, AT_NIGHT), registry=REGISTRY)

    def _stage(self, session: Session, town: str) -> Stage:
        known = self.towns[town]
        here = Town(
            session.get_one(Party, known.kommune.id),
            session.get_one(Party, known.police.id),
            {first: session.get_one(Person, p.id) for first, p in known.people.items()},
        )
        return Stage(session, at(self.today), REGISTRY, here)

    def made(self) -> list[tuple[date, str, str, str, str]]:
        """Every reminder: (day, party, kind of deadline, rung, outcome), in the order they were made."""
        with self.sessions() as session:
            rows = session.execute(select(Reminder, Party.key).join(Party).order_by(Reminder.id))
            return [(r.made_on, key, r.kind, r.rung, r.outcome) for r, key in rows]

    def mails(self) -> list[tuple[date, str, dict[str, str]]]:
        """Every mail put in the outbox: (day, user name, kind → rung)."""
        with self.sessions() as session:
            found = []
            for mail, username in session.execute(
                select(Mail, Person.username).join(Person).where(Mail.kind == "reminder").order_by(Mail.id)
            ):
                rows = session.scalars(select(Reminder).where(Reminder.id.in_(mail.data["reminders"])))
                about = {row.kind: row.rung for row in rows}
                found.append((mail.made_at.astimezone(OSLO).date(), username, about))
            return found


__all__ = ["AT_NIGHT", "AT_WORK", "PLACES", "REGISTRY", "Country", "at"]
