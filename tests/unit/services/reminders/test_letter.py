"""What a reminder says, and when it is no longer sent: it is written on the day it goes."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.support.living_country import Life
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person
from workflow_app.services.mail.drawing import Drawn, draw
from workflow_app.services.reminders.letter import letter

FIRST = date(2026, 3, 2)


@pytest.fixture
def country(sessions: sessionmaker[Session]) -> Life:
    """Stange's agreement of 2025 to 2027, with 2025 evaluated."""
    made = Life(sessions, FIRST)
    made.start("stange", "stange.txt")
    made.register("stange", date(2025, 2, 12))
    made.evaluated("stange", 2025)
    return made


def drawn(country: Life, username: str, today: date, place: int = -1) -> Drawn | None:
    """The newest reminder to somebody as it would be sent on a day, in English."""
    with country.sessions() as session:
        mails = session.scalars(
            select(Mail)
            .join(Person)
            .where(Person.username == username, Mail.kind == "reminder")
            .order_by(Mail.id)
        ).all()
        found = letter(session, mails[place], today)
        return found and draw(found, language="en", url="https://avtaleflyt.example", sender="Avtaleflyt")


def said(country: Life, username: str, today: date, place: int = -1) -> Drawn:
    found = drawn(country, username, today, place)
    assert found is not None
    return found


def test_several_deadlines_of_a_morning_in_one_letter(country: Life) -> None:
    country.night(date(2026, 10, 2))
    mail = said(country, "slt.stange", date(2026, 10, 2))
    title = "Samarbeidsavtale mellom Stange kommune og Hamar politistasjonsdistrikt"
    assert mail.subject.startswith(f"2 deadlines, the first one due in 90 days – {title}"[:60])
    text = " ".join(mail.text.split())
    assert "Evaluation 2026: due in 90 days, on 31 December 2026." in text
    assert "> Ved årets slutt skal politirådet skriftlig evaluere arbeidet sitt" in text
    assert "How it stands: 0 of 5 held." in text
    assert "Assumed: the clause names no day; counted over the calendar year" in text
    assert text.count("https://avtaleflyt.example") == 1
    assert f"/agreements/{country.agreements['stange']}/deadlines" in text
    assert "You get this because you are SLT coordinator for Stange kommune." in text
    assert "<blockquote" in mail.html


def test_the_days_left_are_those_of_the_day_it_is_sent(country: Life) -> None:
    country.night(date(2026, 12, 23))
    assert "due in 8 days" in said(country, "slt.stange", date(2026, 12, 23)).text
    assert "due tomorrow" in said(country, "slt.stange", date(2026, 12, 30)).text
    assert "due today" in said(country, "slt.stange", date(2026, 12, 31)).text


def test_one_deadline_leads_to_where_it_is_done(country: Life) -> None:
    for day in (date(2026, 10, 2), date(2026, 12, 1), date(2026, 12, 23)):
        country.night(day)
    mail = said(country, "politikontakt.stange", date(2026, 12, 23))
    assert mail.subject.startswith("Evaluation 2026: due in 8 days")
    assert f"/agreements/{country.agreements['stange']}/evaluation?year=2026" in mail.text


def test_what_was_done_in_the_meantime_is_left_out(country: Life) -> None:
    country.night(date(2026, 10, 2))
    country.today = date(2026, 10, 5)
    country.evaluated("stange", 2026)
    mail = said(country, "slt.stange", date(2026, 10, 5))
    assert "Evaluation" not in mail.text
    assert "Meetings of the politiråd in 2026" in mail.text
    for day in ("03", "04", "05", "06", "07"):
        country.met("stange", date(2026, int(day), 11))
    assert drawn(country, "slt.stange", date(2026, 10, 5)) is None


def test_who_left_before_it_was_sent_gets_nothing(country: Life) -> None:
    country.night(date(2026, 10, 2))
    country.leaves("slt.stange", "slt_coordinator", date(2026, 10, 2))
    assert drawn(country, "slt.stange", date(2026, 10, 2)) is not None
    assert drawn(country, "slt.stange", date(2026, 10, 5)) is None


def test_an_older_one_still_waiting_is_overtaken_by_a_newer(country: Life) -> None:
    """The mail server was away for weeks: one letter about the evaluation, not four."""
    for day in (date(2026, 12, 1), date(2026, 12, 23), date(2026, 12, 30)):
        country.night(day)
    today = date(2026, 12, 30)
    assert "Evaluation" not in said(country, "slt.stange", today, place=0).text
    assert drawn(country, "slt.stange", today, place=1) is None
    assert "Evaluation 2026: due tomorrow" in said(country, "slt.stange", today, place=2).text


def test_the_leader_is_told_why_and_the_coordinator_that_he_is(country: Life) -> None:
    for day in (date(2026, 12, 30), date(2027, 1, 7), date(2027, 1, 14)):
        country.night(day)
    leader = " ".join(said(country, "stasjonssjef.stange", date(2027, 1, 14)).text.split())
    assert "those who are to do it have been reminded" in leader
    assert "The station chief is told today" not in leader
    coordinator = said(country, "politikontakt.stange", date(2027, 1, 14)).text
    assert "The station chief is told today as well" in coordinator
    assert "14 days overdue" in coordinator


def test_an_administrator_reads_why_it_came_there(country: Life) -> None:
    country.leaves("politikontakt.stange", "politikontakt", date(2026, 9, 1))
    country.night(date(2026, 10, 2))
    text = " ".join(said(country, "admin", date(2026, 10, 2)).text.split())
    assert "nobody holds the role it is for, and you administer Hamar politistasjonsdistrikt" in text


def test_a_house_rule_is_never_taken_for_a_clause(country: Life) -> None:
    country.start("moss", "moss.txt")
    country.register("moss", date(2020, 4, 30))
    country.night(date(2026, 3, 3))
    mail = said(country, "sekretaer.moss", date(2026, 3, 3))
    text = " ".join(mail.text.split())
    assert "Report to the kommunestyre: 5 years overdue. The last day was 29 July 2020." in text
    assert "House rule of the kommune: the agreement itself gives no day." in text
    assert f"/agreements/{country.agreements['moss']}/matters" in text
