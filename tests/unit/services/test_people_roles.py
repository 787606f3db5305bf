"""Roles: fit for the party's side, never twice at a time, only ever shortened, each an entry."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.trail import decode
from workflow_app.models.people import Party, Person, RoleAssignment
from workflow_app.services import parties, people, trail
from workflow_app.services.errors import Conflict, NotThere, ServiceError
from workflow_app.services.people_roles import end_role, give_role, list_roles, overlap, roles_of
from workflow_app.services.trail import EntryActor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


@pytest.fixture
def unit(session: Session) -> Party:
    return parties.add_police(session, "Moss politistasjonsdistrikt", "ost", now=NOW)


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="slt.moss", name="Kari Nordmann", now=NOW)


def give(session: Session, person: Person, party: Party, role: str = "mayor", **more: Any) -> RoleAssignment:
    return give_role(session, person, party, role, now=NOW, **{"from_date": TODAY} | more)


def test_a_role_with_its_local_title(session: Session, kari: Person, unit: Party) -> None:
    given = give(session, kari, unit, "station_chief", title=" Lensmann ", to_date=date(2027, 1, 1))
    assert (given.title, given.from_date, given.to_date) == ("Lensmann", TODAY, date(2027, 1, 1))
    entry = decode(trail.entries(session, trail.party_chain(unit.key))[-1].body)
    assert entry["kind"] == "role_given"
    assert entry["data"] == {
        "person": kari.id,
        "role": "station_chief",
        "assignment": given.id,
        "from": "2026-03-02",
        "to": "2027-01-01",
        "by": "console",
    }
    assert set(entry["private"]) == {"title"}
    assert "Lensmann" not in str(entry)


def test_the_entry_says_who_gave_it_and_is_not_backdated(session: Session, kari: Person, moss: Party) -> None:
    give(session, kari, moss, from_date=date(2019, 10, 1), actor=EntryActor("p9", "administrator", "3103"))
    entry = decode(trail.entries(session, trail.party_chain("3103"))[-1].body)
    assert entry["actor"] == {"person": "p9", "role": "administrator", "party": "3103"}
    assert (entry["at"], entry["data"]["from"]) == (NOW.isoformat(), "2019-10-01")
    assert "by" not in entry["data"]


@pytest.mark.parametrize("side", [parties.MUNICIPAL, parties.POLICE])
@pytest.mark.parametrize(
    "role",
    [
        "slt_coordinator",
        "mayor",
        "council_secretary",
        "politikontakt",
        "station_chief",
        "auditor",
        "administrator",
        "operator",
        "",
        "Mayor",
    ],
)
def test_a_role_fits_its_side_or_is_refused(
    session: Session, kari: Person, moss: Party, unit: Party, side: str, role: str
) -> None:
    # By hand, from the design: not computed from what is tested.
    fits = {
        "municipal": {"slt_coordinator", "mayor", "council_secretary", "auditor", "administrator"},
        "police": {"politikontakt", "station_chief", "auditor", "administrator"},
    }
    party = moss if side == parties.MUNICIPAL else unit
    if role in fits[side]:
        assert give(session, kari, party, role).role == role
    else:
        with pytest.raises(ServiceError, match="its roles are") as caught:
            give(session, kari, party, role)
        assert caught.value.code == "role_of_party"
        assert all(name in str(caught.value) for name in roles_of(side))


def test_several_hold_one_role_and_one_holds_several(
    session: Session, kari: Person, moss: Party, unit: Party
) -> None:
    ola = people.add_person(session, username="politi.to", name="Ola Nordmann", now=NOW)
    stange = parties.add_municipal(session, "3413", now=NOW)
    for person in (kari, ola):
        give(session, person, unit, "politikontakt")
    for party in (moss, stange):
        give(session, kari, party, "slt_coordinator")
    assert len(list_roles(session, today=TODAY)) == 4
    assert [r.party.key for r in list_roles(session, today=TODAY, person=kari)] == ["3103", "3413", unit.key]
    assert [r.person for r in list_roles(session, today=TODAY, party=unit)] == [kari, ola]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, None),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2020, 1, 1), TODAY),
        (date(2020, 1, 1), None),
    ],
)
def test_the_same_role_twice_at_a_time_is_refused(
    session: Session, kari: Person, moss: Party, first: date, last: date | None
) -> None:
    given = give(session, kari, moss, to_date=date(2026, 3, 31))
    with pytest.raises(Conflict, match=rf"from 2026-03-02 \(number {given.id}\)"):
        give(session, kari, moss, from_date=first, to_date=last)


def test_before_and_after_is_not_at_a_time(session: Session, kari: Person, moss: Party) -> None:
    give(session, kari, moss, to_date=date(2026, 3, 31))
    give(session, kari, moss, from_date=date(2026, 4, 1))
    give(session, kari, moss, from_date=date(2020, 1, 1), to_date=date(2026, 3, 1))
    assert len(list_roles(session, today=TODAY, ended=True)) == 3
    assert len(list_roles(session, today=TODAY)) == 2


@given(*[st.one_of(st.none(), st.integers(1, 12)) for _ in range(2)], *[st.integers(1, 12) for _ in range(2)])
def test_overlap_is_a_shared_day(last: int | None, other_last: int | None, first: int, other: int) -> None:
    def days(a: int, b: int | None) -> set[int]:
        return set(range(a, 20 if b is None else b + 1))

    def day(n: int | None) -> date | None:
        return None if n is None else date(2026, 1, n)

    if last is not None and last < first:
        first, last = last, first
    expected = bool(days(first, last) & days(other, other_last))
    assert overlap(date(2026, 1, first), day(last), date(2026, 1, other), day(other_last)) == expected


def test_a_period_that_ends_before_it_begins(session: Session, kari: Person, moss: Party) -> None:
    with pytest.raises(ServiceError, match="The last day, 2026-03-01, is before the first day, 2026-03-02"):
        give(session, kari, moss, to_date=date(2026, 3, 1))


def test_nothing_for_the_ended(session: Session, kari: Person, moss: Party) -> None:
    parties.end(session, moss, last_day=TODAY, now=NOW)
    give(session, kari, moss, "auditor")
    with pytest.raises(Conflict, match="Moss kommune was ended on 2026-03-02"):
        give(session, kari, moss, from_date=date(2026, 3, 3))
    people.end_person(session, kari, now=NOW)
    with pytest.raises(Conflict, match=r"«slt\.moss» is ended"):
        give(session, kari, moss)


def test_ending_shortens_and_never_prolongs(session: Session, kari: Person, moss: Party) -> None:
    given = give(session, kari, moss)
    end_role(session, given.id, last_day=date(2026, 6, 30), now=NOW)
    end_role(session, given.id, last_day=date(2026, 5, 31), now=NOW)
    for day in (date(2026, 5, 31), date(2026, 12, 31)):
        with pytest.raises(Conflict, match="It ends on 2026-05-31 already"):
            end_role(session, given.id, last_day=day, now=NOW)
    told = [decode(e.body) for e in trail.entries(session, "party/3103")][2:]
    assert [(e["kind"], e["data"]["to"], e["data"]["assignment"]) for e in told] == [
        ("role_ended", "2026-06-30", given.id),
        ("role_ended", "2026-05-31", given.id),
    ]


def test_a_mistake_is_undone_by_the_day_before(session: Session, kari: Person, moss: Party) -> None:
    given = give(session, kari, moss)
    with pytest.raises(ServiceError, match="give the day before it begins to undo it"):
        end_role(session, given.id, last_day=date(2026, 2, 28), now=NOW)
    end_role(session, given.id, last_day=date(2026, 3, 1), now=NOW)
    give(session, kari, moss)
    with pytest.raises(NotThere, match="no role with the number 77"):
        end_role(session, 77, last_day=TODAY, now=NOW)


def test_of_two_who_give_the_same_role_at_once_one_does(sessions: sessionmaker[Session]) -> None:
    with sessions() as session, session.begin():
        parties.add_municipal(session, "3103", now=NOW)
        people.add_person(session, username="slt.moss", name="Kari Nordmann", now=NOW)
    start, outcomes = threading.Barrier(4), []

    def race() -> None:
        start.wait()
        try:
            with sessions() as session, session.begin():
                give(session, people.find(session, "slt.moss"), parties.find(session, "3103"))
            outcomes.append("given")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    racers = [threading.Thread(target=race) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == ["given"] + ["role_overlaps"] * 3
    with sessions() as session:
        assert [e.kind for e in trail.entries(session, "party/3103")] == ["party_added", "role_given"]
        assert trail.verify_database(session).ok


def test_the_first_and_the_last_day_there_is(session: Session, kari: Person, moss: Party) -> None:
    given = give(session, kari, moss, from_date=date.min, to_date=date.max)
    assert end_role(session, given.id, last_day=date.min, now=NOW).to_date == date.min
