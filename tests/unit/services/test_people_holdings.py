"""Who holds what on a day, against a model that counts days by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.models.people import ActingHolder, Party, Person, RoleAssignment
from workflow_app.services import parties, people
from workflow_app.services.people_acting import add_acting
from workflow_app.services.people_roles import end_role, give_role

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


@pytest.fixture
def stange(session: Session) -> Party:
    return parties.add_municipal(session, "3413", now=NOW)


@pytest.fixture
def kari(session: Session) -> Person:
    return people.add_person(session, username="vara.moss", name="Kari Åsen", now=NOW)


@pytest.fixture
def ola(session: Session) -> Person:
    return people.add_person(session, username="ordforer.moss", name="Ola Nordmann", now=NOW)


def test_from_the_first_day_to_the_last_both_included(session: Session, kari: Person, moss: Party) -> None:
    give_role(session, kari, moss, "mayor", from_date=TODAY, to_date=TODAY + 2 * DAY, now=NOW)
    held = [bool(people.holdings(session, kari.id, TODAY + n * DAY)) for n in range(-1, 4)]
    assert held == [False, True, True, True, False]


def test_own_roles_come_before_acting_ones(
    session: Session, kari: Person, ola: Person, moss: Party, stange: Party
) -> None:
    give_role(session, ola, moss, "mayor", from_date=TODAY, now=NOW)
    give_role(session, kari, stange, "mayor", title="Ordførar", from_date=TODAY, now=NOW)
    add_acting(
        session, kari, ola, moss, "mayor", title="Varaordfører", from_date=TODAY, to_date=TODAY, now=NOW
    )
    found = people.holdings(session, kari.id, TODAY)
    assert found == (Holding("mayor", "3413"), Holding("mayor", "3103", acting_for=ola.id))
    assert [h.title for h in found] == ["Ordførar", "Varaordfører"]
    assert people.holdings(session, kari.id, TODAY + DAY) == (Holding("mayor", "3413"),)


def test_acting_ends_with_the_office(session: Session, kari: Person, ola: Person, moss: Party) -> None:
    given = give_role(session, ola, moss, "mayor", from_date=TODAY, now=NOW)
    add_acting(session, kari, ola, moss, "mayor", from_date=TODAY, to_date=TODAY + 9 * DAY, now=NOW)
    end_role(session, given.id, last_day=TODAY + DAY, now=NOW)
    held = [bool(people.holdings(session, kari.id, TODAY + n * DAY)) for n in range(4)]
    assert held == [True, True, False, False]


def test_the_ended_hold_nothing_but_may_be_acted_for(
    session: Session, kari: Person, ola: Person, moss: Party
) -> None:
    give_role(session, ola, moss, "mayor", from_date=TODAY, now=NOW)
    add_acting(session, kari, ola, moss, "mayor", from_date=TODAY, to_date=TODAY, now=NOW)
    people.end_person(session, ola, now=NOW)
    assert people.holdings(session, ola.id, TODAY) == ()
    assert [h.person for h in people.holders(session, ["3103"], TODAY)] == [kari.id]
    people.end_person(session, kari, now=NOW)
    assert people.holdings(session, kari.id, TODAY) == ()
    assert people.holders(session, ["3103"], TODAY) == ()


def test_an_ended_partys_roles_go_on(session: Session, kari: Person, moss: Party) -> None:
    give_role(session, kari, moss, "mayor", from_date=TODAY, now=NOW)
    parties.end(session, moss, last_day=TODAY, now=NOW)
    assert people.holdings(session, kari.id, TODAY + DAY) == (Holding("mayor", "3103"),)


def test_one_statement_each(session: Session, engine: Engine, kari: Person, moss: Party) -> None:
    give_role(session, kari, moss, "administrator", from_date=TODAY, now=NOW)
    session.commit()
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    for ask in (
        lambda: people.holdings(session, kari.id, TODAY),
        lambda: people.holders(session, ["3103"], TODAY),
        lambda: people.administers(session, kari.id, "3103", TODAY),
    ):
        seen.clear()
        assert ask()
        assert len([s for s in seen if s.startswith("SELECT")]) == 1


def test_holders_by_party_and_role(
    session: Session, kari: Person, ola: Person, moss: Party, stange: Party
) -> None:
    for person, party, role in (
        (kari, moss, "slt_coordinator"),
        (ola, moss, "slt_coordinator"),
        (ola, stange, "mayor"),
    ):
        give_role(session, person, party, role, from_date=TODAY, now=NOW)
    both = people.holders(session, ["3103"], TODAY, role="slt_coordinator")
    assert [(h.name, h.role, h.party) for h in both] == [
        ("Kari Åsen", "slt_coordinator", "3103"),
        ("Ola Nordmann", "slt_coordinator", "3103"),
    ]
    assert len(people.holders(session, ["3103", "3413"], TODAY)) == 3
    assert people.holders(session, ["3413"], TODAY, role="slt_coordinator") == ()
    assert people.holders(session, [], TODAY) == ()
    assert people.holders(session, ["3103"], TODAY - DAY) == ()


def test_who_administers(session: Session, kari: Person, moss: Party, stange: Party) -> None:
    give_role(session, kari, moss, "administrator", from_date=TODAY, to_date=TODAY, now=NOW)
    give_role(session, kari, stange, "mayor", from_date=TODAY, now=NOW)
    assert people.administers(session, kari.id, "3103", TODAY)
    assert not people.administers(session, kari.id, "3103", TODAY + DAY)
    assert not people.administers(session, kari.id, "3413", TODAY)
    assert not people.administers(session, "nobody", "3103", TODAY)


PERIOD = st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(-1, 20)))
ROLES = st.sampled_from(["mayor", "slt_coordinator"])
WHO = st.integers(0, 2)
OWN = st.tuples(WHO, st.integers(0, 1), ROLES, PERIOD)
ACTING = st.tuples(WHO, WHO, st.integers(0, 1), ROLES, st.tuples(st.integers(0, 20), st.integers(-1, 20)))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OWN, max_size=6), st.lists(ACTING, max_size=4), st.sets(WHO), st.integers(0, 21))
def test_holdings_are_those_of_counting_by_hand(
    session: Session,
    own: list[tuple[int, int, str, tuple[int, int | None]]],
    acting: list[tuple[int, int, int, str, tuple[int, int]]],
    ended: set[int],
    asked: int,
) -> None:
    # Straight into the tables, overlaps and all: what services refuse, an old database may hold.
    for table in (ActingHolder, RoleAssignment, Person, Party):
        session.execute(delete(table))
    session.add_all(
        Person(id=f"p{n}", username=f"p{n}", name=f"P {n}", created_at=NOW, active=n not in ended)
        for n in range(3)
    )
    session.add_all(
        Party(id=n + 1, key=f"k{n}", side="municipal", name=f"K {n}", created_at=NOW) for n in range(2)
    )
    session.flush()
    for who, party, role, (first, last) in own:
        to_date = None if last is None else TODAY + last * DAY
        session.add(
            RoleAssignment(
                person_id=f"p{who}",
                party_id=party + 1,
                role=role,
                from_date=TODAY + first * DAY,
                to_date=to_date,
            )
        )
    for who, whose, party, role, (start, end) in acting:
        session.add(
            ActingHolder(
                person_id=f"p{who}",
                for_person_id=f"p{whose}",
                party_id=party + 1,
                role=role,
                from_date=TODAY + start * DAY,
                to_date=TODAY + end * DAY,
            )
        )
    session.flush()
    in_office = {
        (who, party, role)
        for who, party, role, (first, last) in own
        if first <= asked and (last is None or asked <= last)
    }
    expected = {(who, role, party, None) for who, party, role in in_office} | {
        (who, role, party, whose)
        for who, whose, party, role, (start, end) in acting
        if start <= asked <= end and (whose, party, role) in in_office
    }
    expected = {held for held in expected if held[0] not in ended}
    on = TODAY + asked * DAY

    def named(whose: int | None) -> str | None:
        return None if whose is None else f"p{whose}"

    for who in range(3):
        found = people.holdings(session, f"p{who}", on)
        mine = {Holding(role, f"k{party}", named(w)) for p, role, party, w in expected if p == who}
        assert set(found) == mine
        assert len(found) == len(mine)
        assert [h.acting_for is not None for h in found] == sorted(h.acting_for is not None for h in found)
    everybody = {(h.person, h.role, h.party, h.acting_for) for h in people.holders(session, ["k0", "k1"], on)}
    assert everybody == {(f"p{p}", role, f"k{party}", named(w)) for p, role, party, w in expected}
