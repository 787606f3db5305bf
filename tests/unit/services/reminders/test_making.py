"""Reminders of one agreement: one mail to each person, each rung once, to who holds the role that day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.support.reminding import REGISTRY, Country, at
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person, RoleAssignment
from workflow_app.models.reminders import Reminder, ReminderLook
from workflow_app.services import evaluations, people_acting, people_roles, reminders
from workflow_app.services.reminders import finding, making, running
from workflow_app.services.reminders.settings import checked, set_settings

FIRST = date(2026, 3, 2)


@pytest.fixture
def country(sessions: sessionmaker[Session]) -> Country:
    """Stange's agreement of 2025 to 2027, with 2025 evaluated, entered on a Monday in March 2026."""
    made = Country(sessions, FIRST)
    made.start("stange", "stange.txt")
    made.register("stange", date(2025, 2, 12))
    evaluate(made, 2025)
    return made


def evaluate(country: Country, year: int, *approve: str) -> None:
    """A year is evaluated, and approved by these or by both coordinators."""
    country.do("stange", "begin_evaluation", "slt", year=year)
    with country.stage("stange") as (stage, agreement):
        evaluations.save(
            stage.session, agreement, year=year, body="Rådet har møttes.", learning_points="Tidligere.",
            outcome="continues", who=stage.who("slt"), now=stage.now,
        )  # fmt: skip
    country.do("stange", "continue", *(approve or ("slt", "politikontakt")))


def nights(country: Country, first: date, days: int) -> Counter[str]:
    """Mails by user name over these nights."""
    before = len(country.mails())
    for n in range(days):
        country.night(first + timedelta(days=n))
    return Counter(username for _, username, _ in country.mails()[before:])


def test_the_year_s_evaluation_and_meetings_come_in_one_mail_to_each_coordinator(country: Country) -> None:
    country.night(date(2026, 10, 1))
    assert country.mails() == []
    counts = country.night(date(2026, 10, 2))
    assert (counts.agreements, counts.mails, counts.failed) == (1, 2, ())
    about = {"evaluation": "before_90", "meeting": "before_90"}
    assert sorted((u, k) for _, u, k in country.mails()) == [
        ("politikontakt.stange", about),
        ("slt.stange", about),
    ]


def test_twice_is_never(country: Country) -> None:
    for _ in range(3):
        country.night(date(2026, 10, 2))
    assert len(country.mails()) == 2
    country.night(date(2026, 10, 3))  # a Saturday
    country.night(date(2026, 10, 5))
    assert len(country.mails()) == 2


def test_who_is_acting_hears_and_who_left_does_not(country: Country, session: Session) -> None:
    slt = session.scalars(select(Person).filter_by(username="slt.stange")).one()
    stand_in = session.scalars(select(Person).filter_by(username="sekretaer.stange")).one()
    contact = session.scalars(select(Person).filter_by(username="politikontakt.stange")).one()
    kommune = (
        session.scalars(select(RoleAssignment).filter_by(person_id=slt.id, role="slt_coordinator"))
        .one()
        .party
    )
    people_acting.add_acting(
        session, stand_in, slt, kommune, "slt_coordinator",
        from_date=date(2026, 9, 1), to_date=date(2026, 10, 31), now=at(FIRST),
    )  # fmt: skip
    contact.active = False
    session.commit()
    country.night(date(2026, 10, 2))
    # Nobody is politikontakt, so whoever administers the police unit hears of it.
    assert sorted(u for _, u, _ in country.mails()) == ["admin", "sekretaer.stange", "slt.stange"]


def test_nobody_in_the_role_is_told_to_the_administrator_once(country: Country, session: Session) -> None:
    for role in session.scalars(select(RoleAssignment).filter_by(role="politikontakt")).all():
        if role.person.username == "politikontakt.stange":
            people_roles.end_role(session, role.id, last_day=date(2026, 9, 1), now=at(FIRST))
    session.commit()
    told = nights(country, date(2026, 9, 1), 180)
    assert told["politikontakt.stange"] == 0
    # Of the evaluation and of the meetings: one letter, and one for each deadline of the next year.
    assert [(d, k) for d, u, k in country.mails() if u == "admin"] == [
        (date(2026, 10, 2), {"evaluation": "before_90", "meeting": "before_90"}),
    ]
    unheard = [m for m in country.made() if m[4] == "unheard"]
    assert {m[3] for m in unheard} >= {"before_30", "before_7", "day"}


def test_who_has_approved_is_not_asked_again(country: Country) -> None:
    country.night(date(2026, 12, 1))
    before = len(country.mails())
    country.today = date(2026, 12, 2)
    evaluate(country, 2026, "slt")
    country.night(date(2026, 12, 23))
    found = [(u, k) for _, u, k in country.mails()[before:]]
    assert found == [("politikontakt.stange", {"evaluation": "before_7"})]


def test_the_leader_of_the_side_it_waits_for_is_told_once(country: Country) -> None:
    told = nights(country, date(2026, 12, 30), 80)
    assert (told["ordforer.stange"], told["stasjonssjef.stange"]) == (1, 1)
    assert [d for d, u, _ in country.mails() if u == "ordforer.stange"] == [date(2027, 1, 14)]
    # The day, and eight weeks after it; nothing of the leader's on a morning of its own.
    assert told["slt.stange"] == 9


def test_a_kommune_s_own_ladder_and_the_police_that_follow_it(country: Country, session: Session) -> None:
    kommune = country.towns["stange"].kommune
    chosen = checked((14,), 0, None, {"meeting"})
    assert set_settings(session, session.merge(kommune), chosen, now=at(FIRST))
    session.commit()
    told = nights(country, date(2026, 9, 1), 180)
    assert told == {"slt.stange": 2, "politikontakt.stange": 2}
    assert [d for d, u, _ in country.mails() if u == "slt.stange"] == [date(2026, 12, 17), date(2026, 12, 30)]


def test_a_new_ladder_is_followed_from_the_next_morning(country: Country, session: Session) -> None:
    country.night(date(2026, 9, 1))
    with country.sessions() as looking:
        assert finding.candidates(looking, date(2026, 9, 2)) == []
    kommune = session.merge(country.towns["stange"].kommune)
    set_settings(session, kommune, checked((120,), 8, 14, ()), now=at(date(2026, 9, 1)))
    session.commit()
    with country.sessions() as looking:
        assert finding.candidates(looking, date(2026, 9, 2)) == [country.agreements["stange"]]
    country.night(date(2026, 9, 2))
    assert [k for _, _, k in country.mails()] == [{"evaluation": "before_120"}] * 2


def test_an_agreement_is_looked_at_when_its_trail_has_grown(country: Country) -> None:
    country.night(date(2026, 10, 2))
    with country.sessions() as session:
        assert finding.candidates(session, date(2026, 10, 5)) == []
    country.today = date(2026, 10, 5)
    country.do("stange", "begin_evaluation", "slt", year=2026)
    with country.sessions() as session:
        assert finding.candidates(session, date(2026, 10, 6)) == [country.agreements["stange"]]


def test_a_clock_that_was_ahead_is_looked_behind(country: Country) -> None:
    country.night(date(2026, 10, 20))
    with country.sessions.begin() as session:
        look = session.get_one(ReminderLook, country.agreements["stange"])
        assert (look.looked_on, look.next_on) == (date(2026, 10, 20), date(2026, 11, 20))
        assert finding.candidates(session, date(2026, 10, 19)) == [look.agreement_id]


def test_what_one_agreement_runs_into_stops_no_other(
    country: Country, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    country.start("moss", "moss.txt")
    country.register("moss", date(2020, 4, 30))
    broken = country.agreements["stange"]

    def fails(session: Session, agreement: object, *rest: object) -> making.Making:
        if getattr(agreement, "id", None) == broken:
            raise RuntimeError("its rules cannot be read")
        return making.remind_of(session, agreement, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "remind_of", fails)
    counts = country.night(date(2026, 10, 2))
    assert counts.failed == (broken,)
    assert counts.agreements == 1
    assert "could not be made" in caplog.text


def test_rows_and_mails_are_one_transaction(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("no outbox")

    monkeypatch.setattr(making, "enqueue", fails)
    assert country.night(date(2026, 10, 2)).failed
    with country.sessions() as session:
        assert session.scalar(select(func.count(Reminder.id))) == 0
    monkeypatch.undo()
    assert country.night(date(2026, 10, 2)).mails == 2


def test_what_turns_up_later_the_same_day_waits_for_the_next_morning(country: Country) -> None:
    country.night(date(2026, 10, 2))
    country.do("stange", "extend", "ordforer", "stasjonssjef", effective_date="2028-12-31", reason="Enige.")
    with country.sessions.begin() as session:
        assert finding.candidates(session, date(2026, 10, 2))
    reminders.run(country.sessions, at(date(2026, 10, 2)), registry=REGISTRY)
    assert len(country.mails()) == 2


def test_a_run_on_a_day_off_makes_nothing(country: Country) -> None:
    assert country.night(date(2026, 12, 31)).looked == 0
    with country.sessions() as session:
        assert session.scalar(select(func.count(Mail.id)).where(Mail.kind == "reminder")) == 0
