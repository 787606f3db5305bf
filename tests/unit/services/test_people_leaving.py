"""When the last role is over, what was opened is closed; who comes back opens it anew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.people import Party, Person
from workflow_app.services import parties, people, sessions, tokens, trail
from workflow_app.services.calendars import feeds
from workflow_app.services.people_acting import add_acting
from workflow_app.services.people_leaving import close
from workflow_app.services.people_roles import give_role
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


def opened(session: Session, username: str, **more: bool) -> tuple[Person, str, str, str]:
    """Somebody with a token, a session and a calendar address, all open."""
    person = people.add_person(session, username=username, name=username, now=NOW, **more)
    token, _ = tokens.issue(session, person, tokens.READ, now=NOW)
    cookie, _ = sessions.open_session(session, NOW, person=person)
    feed, _ = feeds.make(session, person.id, actor=EntryActor(person.id), now=NOW)
    return person, token, cookie, feed


def still_open(session: Session, token: str, cookie: str, feed: str) -> list[bool]:
    return [
        tokens.find(session, token, NOW) is not None,
        sessions.look_up(session, cookie, NOW) is not None,
        feeds.find(session, feed) is not None,
    ]


def test_everything_closes_with_the_last_role(session: Session, moss: Party) -> None:
    person, *doors = opened(session, "slt.moss")
    give_role(
        session, person, moss, "slt_coordinator", from_date=date(2020, 1, 1), to_date=YESTERDAY, now=NOW
    )
    assert close(session, NOW) == [person]
    assert still_open(session, *doors) == [False, False, False]
    assert person.active
    last = decode(trail.entries(session, trail.INSTALLATION)[-1].body)
    assert (last["kind"], last["data"], last.get("actor")) == ("access_ended", {"person": person.id}, None)
    assert close(session, NOW) == []


@pytest.mark.parametrize("last", [None, TODAY])
def test_not_while_a_role_lasts(session: Session, moss: Party, last: date | None) -> None:
    person, *doors = opened(session, "slt.moss")
    give_role(session, person, moss, "mayor", from_date=date(2020, 1, 1), to_date=YESTERDAY, now=NOW)
    give_role(session, person, moss, "slt_coordinator", from_date=date(2020, 1, 1), to_date=last, now=NOW)
    assert close(session, NOW) == []
    assert still_open(session, *doors) == [True, True, True]


def test_not_where_one_is_to_come(session: Session, moss: Party) -> None:
    person, *_ = opened(session, "slt.moss")
    give_role(session, person, moss, "mayor", from_date=date(2020, 1, 1), to_date=YESTERDAY, now=NOW)
    give_role(session, person, moss, "mayor", from_date=date(2027, 1, 1), now=NOW)
    assert close(session, NOW) == []


def test_not_while_acting(session: Session, moss: Party) -> None:
    person, *_ = opened(session, "vara.moss")
    mayor = people.add_person(session, username="ordforer.moss", name="Ola", now=NOW)
    give_role(session, mayor, moss, "mayor", from_date=date(2020, 1, 1), now=NOW)
    give_role(session, person, moss, "auditor", from_date=date(2020, 1, 1), to_date=YESTERDAY, now=NOW)
    add_acting(session, person, mayor, moss, "mayor", from_date=TODAY, to_date=TODAY, now=NOW)
    assert close(session, NOW) == []


def test_not_those_who_never_had_one_nor_operators(session: Session, moss: Party) -> None:
    opened(session, "nykommer")
    operator, *_ = opened(session, "drift", operator=True)
    give_role(session, operator, moss, "auditor", from_date=date(2020, 1, 1), to_date=YESTERDAY, now=NOW)
    assert close(session, NOW) == []
    assert session.scalars(select(Person).where(Person.active)).all()
