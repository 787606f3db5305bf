"""A way to one's own password: once, for a week, and only the newest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.models.deputies import PasswordLink
from workflow_app.models.people import Person
from workflow_app.services import password_links, people
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.passwords import Passwords

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CHEAP = Passwords(time_cost=1, memory_kib=8)
PASSWORD = "lang nok setning her"


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="slt.moss", name="Kari Nordmann", now=NOW)


def use(session: Session, clear: str, password: str = PASSWORD, now: datetime = NOW) -> Person:
    return password_links.use(session, clear, password, now=now, hashing=CHEAP)


def test_once(session: Session, kari: Person) -> None:
    clear = password_links.issue(session, kari, now=NOW)
    assert password_links.find(session, clear, NOW) is kari
    assert password_links.find(session, clear, NOW) is kari, "looking spends nothing"
    assert use(session, clear) is kari
    assert CHEAP.verify(kari.password_hash, PASSWORD)
    with pytest.raises(NotThere):
        use(session, clear)


def test_the_clear_one_is_kept_nowhere(session: Session, kari: Person) -> None:
    clear = password_links.issue(session, kari, now=NOW)
    (row,) = session.scalars(select(PasswordLink))
    assert clear not in repr(vars(row))


def test_for_a_week(session: Session, kari: Person) -> None:
    clear = password_links.issue(session, kari, now=NOW)
    assert password_links.find(session, clear, NOW + password_links.LIFE - timedelta(seconds=1)) is kari
    with pytest.raises(NotThere):
        password_links.find(session, clear, NOW + password_links.LIFE)


def test_only_the_newest(session: Session, kari: Person) -> None:
    first = password_links.issue(session, kari, now=NOW)
    second = password_links.issue(session, kari, now=NOW)
    with pytest.raises(NotThere):
        password_links.find(session, first, NOW)
    assert password_links.find(session, second, NOW) is kari


def test_a_weak_password_does_not_spend_it(session: Session, kari: Person) -> None:
    clear = password_links.issue(session, kari, now=NOW)
    with pytest.raises(ServiceError):
        use(session, clear, "kort")
    assert use(session, clear) is kari


def test_not_for_somebody_who_has_left(session: Session, kari: Person) -> None:
    clear = password_links.issue(session, kari, now=NOW)
    people.end_person(session, kari, now=NOW)
    with pytest.raises(NotThere):
        password_links.find(session, clear, NOW)
    with pytest.raises(Conflict):
        password_links.issue(session, kari, now=NOW)


@pytest.mark.parametrize("clear", ["", "x", "æ" * 43, "a" * 43, "a" * 44])
def test_any_other_string(session: Session, kari: Person, clear: str) -> None:
    password_links.issue(session, kari, now=NOW)
    with pytest.raises(NotThere):
        password_links.find(session, clear, NOW)
