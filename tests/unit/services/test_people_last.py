"""A party's last administrator: not ended, unless somebody else administers it the day after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from workflow_app.models.people import Party, Person
from workflow_app.services import parties, people
from workflow_app.services.errors import Conflict
from workflow_app.services.people_last import refuse_last_administrator
from workflow_app.services.people_roles import assignments, give_role

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


def administrator(
    session: Session, moss: Party, username: str, first: date, last: date | None = None
) -> Person:
    person = people.add_person(session, username=username, name=username, now=NOW)
    give_role(session, person, moss, "administrator", from_date=first, to_date=last, now=NOW)
    return person


def ask(session: Session, person: Person, moss: Party, last_day: date) -> None:
    (held,) = assignments(session, person.id, moss.id, "administrator")
    refuse_last_administrator(session, held, last_day)


def test_the_last_one(session: Session, moss: Party) -> None:
    only = administrator(session, moss, "anne", date(2020, 1, 1))
    with pytest.raises(Conflict) as caught:
        ask(session, only, moss, TODAY)
    assert caught.value.code == "last_administrator"


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2020, 1, 1), None, False),
        (TODAY + timedelta(days=1), None, False),
        (TODAY + timedelta(days=2), None, True),
        (date(2020, 1, 1), TODAY, True),
    ],
)
def test_another_must_be_there_the_day_after(
    session: Session, moss: Party, first: date, last: date | None, refused: bool
) -> None:
    leaving = administrator(session, moss, "anne", date(2020, 1, 1))
    administrator(session, moss, "bjarne", first, last)
    if refused:
        with pytest.raises(Conflict):
            ask(session, leaving, moss, TODAY)
    else:
        ask(session, leaving, moss, TODAY)


def test_one_who_has_left_does_not_count(session: Session, moss: Party) -> None:
    leaving = administrator(session, moss, "anne", date(2020, 1, 1))
    people.end_person(session, administrator(session, moss, "bjarne", date(2020, 1, 1)), now=NOW)
    with pytest.raises(Conflict):
        ask(session, leaving, moss, TODAY)
