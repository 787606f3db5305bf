"""Acting holders: in an office that is held, for a named person and period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from workflow_app.domain.trail import decode
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services import parties, people, trail
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.people_acting import add_acting, end_acting, first_day_not_held, list_acting
from workflow_app.services.people_roles import give_role

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LAST = date(2026, 3, 31)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


@pytest.fixture
def mayor(session: Session, moss: Party) -> Person:
    person = people.add_person(session, username="ordforer.moss", name="Ola Nordmann", now=NOW)
    give_role(session, person, moss, "mayor", from_date=date(2023, 10, 1), to_date=date(2027, 9, 30), now=NOW)
    return person


@pytest.fixture
def deputy(session: Session) -> Person:
    return people.add_person(session, username="vara.moss", name="Kari Nordmann", now=NOW)


def act(session: Session, deputy: Person, mayor: Person, moss: Party, **more: Any) -> ActingHolder:
    period: dict[str, Any] = {"role": "mayor", "from_date": TODAY, "to_date": LAST} | more
    return add_acting(session, deputy, mayor, moss, now=NOW, **period)


def test_added_with_an_entry_in_the_partys_chain(
    session: Session, deputy: Person, mayor: Person, moss: Party
) -> None:
    acting = act(session, deputy, mayor, moss, title="Varaordfører")
    entry = decode(trail.entries(session, "party/3103")[-1].body)
    assert entry["kind"] == "acting_added"
    assert entry["data"] == {
        "person": deputy.id,
        "acting_for": mayor.id,
        "role": "mayor",
        "acting": acting.id,
        "from": "2026-03-02",
        "to": "2026-03-31",
        "by": "console",
    }
    assert "Varaordfører" not in str(entry)


@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [
        (date(2023, 9, 30), LAST, "2023-09-30"),
        (TODAY, date(2027, 10, 1), "2027-10-01"),
        (date(2028, 1, 1), date(2028, 2, 1), "2028-01-01"),
    ],
)
def test_the_office_must_be_held_every_day(
    session: Session, deputy: Person, mayor: Person, moss: Party, first: date, last: date, missing: str
) -> None:
    with pytest.raises(Conflict, match=rf"«ordforer\.moss» is not mayor for Moss kommune on {missing}"):
        act(session, deputy, mayor, moss, from_date=first, to_date=last)
    act(session, deputy, mayor, moss, from_date=date(2023, 10, 1), to_date=date(2027, 9, 30))


def test_two_periods_in_office_without_a_gap_are_enough(
    session: Session, deputy: Person, mayor: Person, moss: Party
) -> None:
    give_role(session, mayor, moss, "mayor", from_date=date(2027, 10, 1), now=NOW)
    act(session, deputy, mayor, moss, from_date=date(2027, 9, 1), to_date=date(2030, 1, 1))


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 28)), max_size=5),
    st.integers(1, 28),
    st.integers(0, 10),
)
def test_the_first_day_not_held_is_found_like_counting_days(
    held: list[tuple[int, int]], first: int, length: int
) -> None:
    days = {day for a, b in held for day in range(a, b + 1)}
    rows = [
        RoleAssignment(from_date=date(2026, 1, a), to_date=date(2025, 12, 31) + timedelta(days=b))
        for a, b in sorted(held)
    ]
    asked = range(first, first + length + 1)
    missing = next((date(2025, 12, 31) + timedelta(days=d) for d in asked if d not in days), None)
    last = date(2026, 1, first) + timedelta(days=length)
    assert first_day_not_held(rows, date(2026, 1, first), last) == missing


def test_only_offices_are_acted_in(session: Session, deputy: Person, mayor: Person, moss: Party) -> None:
    give_role(session, mayor, moss, "administrator", from_date=TODAY, now=NOW)
    for role in ("administrator", "auditor", "station_chief", "operator", ""):
        with pytest.raises(ServiceError, match="its roles are slt_coordinator, mayor, council_secretary"):
            act(session, deputy, mayor, moss, role=role)


def test_not_for_oneself_not_backwards_not_by_the_ended(
    session: Session, deputy: Person, mayor: Person, moss: Party
) -> None:
    with pytest.raises(ServiceError, match="Nobody acts for themselves"):
        act(session, mayor, mayor, moss)
    with pytest.raises(ServiceError, match="is before the first day"):
        act(session, deputy, mayor, moss, to_date=date(2026, 3, 1))
    people.end_person(session, deputy, now=NOW)
    with pytest.raises(Conflict, match=r"«vara\.moss» is ended"):
        act(session, deputy, mayor, moss)


def test_not_twice_at_a_time(session: Session, deputy: Person, mayor: Person, moss: Party) -> None:
    act(session, deputy, mayor, moss)
    with pytest.raises(Conflict, match="acts in that office already, from 2026-03-02 to 2026-03-31"):
        act(session, deputy, mayor, moss, from_date=LAST, to_date=LAST)
    act(session, deputy, mayor, moss, from_date=date(2026, 4, 1), to_date=date(2026, 4, 2))


def test_ending_shortens(session: Session, deputy: Person, mayor: Person, moss: Party) -> None:
    acting = act(session, deputy, mayor, moss)
    end_acting(session, acting.id, last_day=date(2026, 3, 10), now=NOW)
    assert acting.to_date == date(2026, 3, 10)
    with pytest.raises(Conflict, match="It ends on 2026-03-10 already"):
        end_acting(session, acting.id, last_day=LAST, now=NOW)
    with pytest.raises(NotThere, match="no acting holder with the number 77"):
        end_acting(session, 77, last_day=LAST, now=NOW)
    assert trail.entries(session, "party/3103")[-1].kind == "acting_ended"
    act(session, deputy, mayor, moss, from_date=date(2026, 3, 11))


def test_the_list_leaves_out_what_is_over(
    session: Session, deputy: Person, mayor: Person, moss: Party
) -> None:
    acting = act(session, deputy, mayor, moss)
    stange = parties.add_municipal(session, "3413", now=NOW)
    assert list_acting(session, today=LAST) == [acting]
    assert list_acting(session, today=date(2026, 4, 1)) == []
    assert list_acting(session, today=date(2026, 4, 1), ended=True) == [acting]
    assert list_acting(session, today=TODAY, party=stange) == []
