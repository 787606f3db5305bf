"""What people do in the towns of :class:`~tests.support.reminding.Country`, one line for each thing."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import select

from tests.support.reminding import REGISTRY, Country
from workflow_app.domain.reminding.ladder import Settings
from workflow_app.models.people import Person, RoleAssignment
from workflow_app.services import evaluations, people_acting, people_roles, yearly
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.demonstration.people import ROLES
from workflow_app.services.meetings import finding, invitation, plan
from workflow_app.services.meetings.changes import settled, tell
from workflow_app.services.meetings.checks import Slot
from workflow_app.services.reminders.settings import set_settings
from workflow_app.services.transitions import take_transition


class Life(Country):
    """A country where meetings are held, years are evaluated, and people come and go."""

    def evaluates(self, town: str, year: int, outcome: str = "continues") -> None:
        """The SLT coordinator begins and writes the evaluation of a year; nobody has approved it."""
        self.do(town, "begin_evaluation", "slt", year=year)
        with self.stage(town) as (stage, agreement):
            evaluations.save(
                stage.session, agreement, year=year, outcome=outcome, body="Rådet har gått gjennom året.",
                learning_points="Vi begynner tidligere.", who=stage.who("slt"), now=stage.now,
            )  # fmt: skip

    def evaluated(self, town: str, year: int, outcome: str = "continues") -> None:
        """A year is evaluated, and both have approved it."""
        self.evaluates(town, year, outcome)
        self.do(town, "continue", "slt", "politikontakt")

    def reported(self, town: str, meeting: date) -> None:
        """The kommunestyre has had the agreement before it."""
        self.do(
            town, "report", "sekretaer",
            outcome="noted", meeting_date=meeting.isoformat(), archive_case="26/101", case_number="RS 4/26",
            committee="Kommunestyret", decision="Saken ble tatt til orientering.",
        )  # fmt: skip

    def plans(self, town: str, *days: date) -> None:
        """The year's meetings are planned."""
        with self.stage(town) as (stage, agreement):
            definition = REGISTRY.by_digest(agreement.definition_digest)
            slots = [Slot(day, time(9, 0), None, "Rådhuset") for day in days]
            plan.plan(
                stage.session,
                agreement,
                definition,
                slots,
                who=stage.who("slt"),
                now=stage.now,
                confirmed=True,
            )

    def calls(self, town: str, on: date) -> None:
        """The agenda of a planned meeting is sent."""
        with self.stage(town) as (stage, agreement):
            meeting = next(m for m in finding.meetings_of(stage.session, agreement) if m.on == on)
            invitation.send(stage.session, agreement, meeting, b"%PDF-", who=stage.who("slt"), now=stage.now)

    def met(self, town: str, on: date) -> None:
        """A meeting was held; it may have been planned."""
        with self.stage(town) as (stage, agreement):
            who, definition = stage.who("slt"), REGISTRY.by_digest(agreement.definition_digest)
            planned = [m for m in finding.meetings_of(stage.session, agreement) if m.on == on]
            if not planned:
                plan.record_held(
                    stage.session, agreement, definition, Slot(on, time(9, 0)), who=who, now=stage.now
                )
                return
            held = next(h for h in who.holdings if h.role == "slt_coordinator")
            tell(
                stage.session, agreement, "meeting_held", who=who, holding=held, now=stage.now,
                data={"meeting": planned[0].number, "on": on.isoformat()},
            )  # fmt: skip
            settled(stage.session, agreement, stage.now)

    def done(self, town: str, kind: str, on: date) -> None:
        """What a clause asks for once a year was done."""
        with self.stage(town) as (stage, agreement):
            chronicle = read_chronicle(stage.session, agreement, self.today)
            clause = next(key for key, rule in yearly.clauses(chronicle).items() if rule.kind == kind)
            yearly.record(
                stage.session, agreement, clause=clause, on=on, note="", who=stage.who("slt"), now=stage.now
            )

    def leaves(self, username: str, role: str, last_day: date) -> None:
        """Somebody's role ends with a day."""
        with self.sessions.begin() as session:
            held = session.scalars(
                select(RoleAssignment)
                .join(Person)
                .where(Person.username == username, RoleAssignment.role == role)
            ).one()
            people_roles.end_role(session, held.id, last_day=last_day, now=self.now)

    def comes(self, username: str, town: str, role: str, first_day: date) -> None:
        """Somebody is given a role for the town's kommune or police."""
        with self.sessions.begin() as session:
            known = self.towns[town]
            party = session.merge(
                known.police if role in ("politikontakt", "station_chief") else known.kommune
            )
            person = session.scalars(select(Person).where(Person.username == username)).one()
            people_roles.give_role(session, person, party, role, from_date=first_day, now=self.now)
            known.people[next(first for first, (own, *_) in ROLES.items() if own == role)] = person

    def stands_in(self, username: str, absent: str, town: str, role: str, first: date, last: date) -> None:
        """Somebody acts in another's office for some time."""
        with self.sessions.begin() as session:
            people = {p.username: p for p in session.scalars(select(Person))}
            party = session.merge(self.towns[town].kommune)
            people_acting.add_acting(
                session, people[username], people[absent], party, role,
                from_date=first, to_date=last, now=self.now,
            )  # fmt: skip

    def chooses(self, town: str, settings: Settings) -> None:
        """The kommune sets its own ladder."""
        with self.sessions.begin() as session:
            set_settings(session, session.merge(self.towns[town].kommune), settings, now=self.now)

    def signs(self, town: str) -> None:
        """Both leaders sign here."""
        with self.stage(town) as (stage, agreement):
            for first in ("ordforer", "stasjonssjef"):
                taken = take_transition(
                    stage.session, agreement, "sign", stage.who(first), {"password": "-"}, stage.now,
                    registry=REGISTRY, reauthenticated=True,
                )  # fmt: skip
                assert taken.done, taken.refusals
