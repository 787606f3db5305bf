"""Three years of five agreements, day by day: the mails that came are those a careful secretary would send.

What people did stands in ``tests/support/three_years.py``, and the mails in
``tests/data/three_years.txt``, written and judged by hand: a mail too many is a
defect like one too few. The daily work is the server's own, the mail goes over a
socket to a real mail server, and neither is mocked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from tests.support.living_country import Life
from tests.support.reminding import REGISTRY, at
from tests.support.smtp import Received, SmtpServer
from tests.support.three_years import FIRST, LAST, LIFE, D
from workflow_app.domain.reminding.ladder import ESCALATION, rung_days
from workflow_app.domain.workdays import is_working_day
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.models.mail import SENT, Mail
from workflow_app.models.reminders import Reminder
from workflow_app.services.daily.jobs import JOBS, Work
from workflow_app.services.daily.running import run_due
from workflow_app.services.mail.sending import drain
from workflow_app.services.mail.settings import mail_settings

# Lived once for all of them, in one process.
pytestmark = pytest.mark.xdist_group("three years")

BY_HAND = Path(__file__).resolve().parents[1] / "data" / "three_years.txt"
DOWN = {date(2026, 6, 1) + timedelta(days=n) for n in range(7)}
"""The week in June in which there was no server."""
JUMPS = {date(2027, 3, 1): date(2027, 3, 11), date(2027, 5, 3): date(2027, 4, 26)}
"""Mornings on which the clock was wrong for an hour, and the day it showed."""
CHANGES = {
    D(day) for day in ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29")
}
"""The nights in which the hour from two to three is none, or comes twice."""
TELLS = frozenset({"reminder"})


@dataclass
class Lived:
    """What came of it: each mail with the day it came on, and the database behind."""

    engine: Engine
    agreements: dict[str, str]
    came: list[tuple[date, Received]] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[date, str, str, Mail, list[Reminder]]]:
        """Each reminder that came: day, town, user name, the row and what it told of."""
        towns = {ident: town for town, ident in self.agreements.items()}
        with make_session_factory(self.engine)() as session:
            mails = {mail.token: mail for mail in session.scalars(select(Mail))}
            for day, received in self.came:
                mail = mails[str(received.message["Message-ID"]).strip("<>").partition("@")[0]]
                if mail.kind not in TELLS:
                    continue
                told = session.scalars(select(Reminder).where(Reminder.id.in_(mail.data["reminders"])))
                username = received.recipients[0].partition("@")[0]
                yield day, towns[mail.agreement_id or ""], username, mail, list(told)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """The three years, lived once for all that is asked of them."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('years') / 'site.sqlite'}")
    # Three years of commits need not each survive a power cut.
    event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA synchronous=OFF"))
    create_all(engine)
    country = Life(make_session_factory(engine), FIRST)
    with SmtpServer() as server:
        found = Lived(engine, country.agreements)
        for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
            country.today = day
            if day not in DOWN:
                if day in JUMPS:
                    _daily(engine, server, at(JUMPS[day], time(7, 5)))
                if day in CHANGES:
                    _daily(engine, server, at(day, time(2, 30)))
                _daily(engine, server, at(day, time(7, 5)))
            for deed in LIFE.get(day, ()):
                deed(country)
            if day in LIFE and day not in DOWN:
                _daily(engine, server, at(day, time(16, 0)))
            found.came += [(_day_of(m), m) for m in server.clear()]
        yield found
    engine.dispose()


def _daily(engine: Engine, server: SmtpServer, now: datetime) -> None:
    """What the server does by itself, whenever it is awake."""
    work = Work(engine=engine, registry=REGISTRY, clock=lambda: now, real_clock=lambda: now)
    # Most days off only the reminders are tried: three years of nights shall fit in a minute.
    awake = is_working_day(now.date()) or now.date() in CHANGES
    run_due(work, JOBS if awake else tuple(job for job in JOBS if job.name == "remind"))
    drain(engine, mail_settings(server.settings()), lambda: now)


def _day_of(received: Received) -> date:
    moment: datetime = received.message["Date"].datetime
    return moment.date()


def by_hand() -> list[str]:
    """The lines of the list, without the remarks."""
    lines = BY_HAND.read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def test_the_mails_that_came_are_those_listed_by_hand(lived: Lived) -> None:
    together: dict[tuple[date, str, str], list[str]] = {}
    for day, town, username, _, told in lived.rows():
        about: dict[str, int] = {}
        for row in told:
            about.setdefault(f"{row.kind} {_short(row)}", 0)
        key = (day, town, ", ".join(sorted(about)))
        together.setdefault(key, []).append(username.removesuffix(f".{town}"))
    came = [f"{d} {t} | {' '.join(sorted(who))} | {about}" for (d, t, about), who in together.items()]
    assert sorted(came) == sorted(by_hand())


def _short(row: Reminder) -> str:
    days = rung_days(row.rung)
    return "leader" if row.rung == ESCALATION or days is None else f"{days:+d}" if days else "0"


def test_nothing_came_twice(lived: Lived) -> None:
    said = Counter(
        (username, row.agreement_id, row.deadline, row.rung)
        for _, _, username, _, told in lived.rows()
        for row in told
    )
    assert set(said.values()) == {1}
    letters = Counter((day, town, username) for day, town, username, _, _ in lived.rows())
    assert set(letters.values()) == {1}


def test_every_reminder_came_on_a_working_day_and_not_in_the_week_without_a_server(lived: Lived) -> None:
    days = {day for day, *_ in lived.rows()}
    assert all(is_working_day(day) for day in days)
    assert not days & DOWN


def test_each_mail_quotes_its_clauses_in_both_parts_and_leads_to_one_page(lived: Lived) -> None:
    tokens = {m.message["Message-ID"]: m for _, m in lived.came}
    for _, _, _, mail, told in lived.rows():
        received = next(m for key, m in tokens.items() if mail.token in str(key))
        assert received.subject
        assert received.text.count(f"https://avtaleflyt.kommune.example/agreements/{mail.agreement_id}") == 1
        if any(row.kind == "evaluation" for row in told):
            assert "evaluer" in received.text.lower()
            assert "<blockquote" in received.html


def test_nothing_was_left_behind(lived: Lived) -> None:
    """Every reminder that was made and sent has come, but for what was done in the hour between."""
    with make_session_factory(lived.engine)() as session:
        left = session.scalars(select(Mail).where(Mail.kind == "reminder", Mail.status != SENT)).all()
    assert [(m.status, m.answer) for m in left] == []
