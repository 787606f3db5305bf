"""Role coverage: what is needed from a state on, and from which day nobody holds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.functional.conftest import TODAY, Site
from tests.functional.door_support import furnish, house
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import RoleAssignment
from workflow_app.services import people
from workflow_app.services.coverage import _gap, all_uncovered, needed, of_party, uncovered
from workflow_app.services.coverage_words import gap_message
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.parties import find
from workflow_app.services.people_roles import end_role, give_role, list_roles

NOW = datetime(2025, 3, 10, 8, 0, tzinfo=UTC)
REGISTRY = workflow_definitions()
NEWEST = REGISTRY.newest("politiradsavtale")
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = house(tmp_path)
    yield made
    made.app.registry["engine"].dispose()


def end(db: Session, username: str, last_day: date) -> None:
    for held in list_roles(db, today=TODAY, person=people.find(db, username)):
        end_role(db, held.id, last_day=last_day, now=NOW)


@pytest.mark.parametrize("state", [name for name, s in NEWEST.states.items() if not s.final])
def test_the_four_are_needed_until_the_end(state: str) -> None:
    assert needed(NEWEST, state, "municipal", True) == {("slt_coordinator",), ("mayor",)}
    assert needed(NEWEST, state, "police", True) == {("politikontakt",), ("station_chief",)}


@pytest.mark.parametrize("state", [name for name, s in NEWEST.states.items() if s.final])
def test_nobody_is_needed_for_what_is_over(state: str) -> None:
    assert needed(NEWEST, state, "municipal", True) == frozenset()


def test_all_is_well_where_everybody_is_in_office(site: Site) -> None:
    furnish(site, "signed")
    with site.session() as db:
        assert all_uncovered(db, REGISTRY, TODAY) == []


def test_a_role_nobody_holds_today(site: Site) -> None:
    made = furnish(site, "signed")
    with site.session() as db, db.begin():
        end(db, "ordforer.moss", YESTERDAY)
        agreement = db.get_one(Agreement, made.id)
        (gap,) = uncovered(db, agreement, NEWEST, TODAY)
        assert (gap.party, gap.roles, gap.since, gap.until, gap.due) == (
            "3103",
            ("mayor",),
            TODAY,
            None,
            None,
        )
        assert all_uncovered(db, REGISTRY, TODAY) == [gap]
        assert of_party(db, find(db, "3413"), REGISTRY, TODAY) == []
        assert str(gap_message(gap, TODAY)) == "Moss kommune has nobody as mayor now."


def test_an_ended_account_holds_nothing(site: Site) -> None:
    furnish(site, "signed")
    with site.session() as db, db.begin():
        people.end_person(db, people.find(db, "stasjonssjef.moss"), now=NOW)
        assert [g.roles for g in all_uncovered(db, REGISTRY, TODAY)] == [("station_chief",)]


def test_a_role_that_ends_before_the_next_deadline(site: Site) -> None:
    made = furnish(site, "signed")
    with site.session() as db, db.begin():
        agreement = db.get_one(Agreement, made.id)
        due = TODAY + timedelta(days=60)
        agreement.next_due = due
        end(db, "slt.moss", due - timedelta(days=1))
        (gap,) = uncovered(db, agreement, NEWEST, TODAY)
        assert (gap.since, gap.due, gap.now(TODAY)) == (due, due, False)
        assert "before the next deadline" in str(gap_message(gap, TODAY))
        agreement.next_due = due - timedelta(days=1)
        assert uncovered(db, agreement, NEWEST, TODAY) == []


def test_who_comes_later_is_said(site: Site) -> None:
    furnish(site, "signed")
    with site.session() as db, db.begin():
        end(db, "ordforer.moss", YESTERDAY)
        later = TODAY + timedelta(days=9)
        give_role(db, people.find(db, "admin.moss"), find(db, "3103"), "mayor", from_date=later, now=NOW)
        (gap,) = all_uncovered(db, REGISTRY, TODAY)
        assert (gap.since, gap.until) == (TODAY, later)


def test_a_replaced_agreement_needs_nobody(site: Site) -> None:
    made = furnish(site, "signed")
    with site.session() as db, db.begin():
        end(db, "ordforer.moss", YESTERDAY)
        db.get_one(Agreement, made.id).replaced_on = YESTERDAY
        db.flush()
        assert all_uncovered(db, REGISTRY, TODAY) == []


def test_the_number_of_statements_does_not_grow_with_the_agreements(site: Site) -> None:
    def asked() -> int:
        with site.session() as db:
            count = 0

            def one(*_: object) -> None:
                nonlocal count
                count += 1

            event.listen(db.get_bind(), "before_cursor_execute", one)
            all_uncovered(db, REGISTRY, TODAY)
            event.remove(db.get_bind(), "before_cursor_execute", one)
            return count

    furnish(site, "signed")
    before = asked()
    for state in ("draft", "negotiated", "signed"):
        furnish(site, state)
        furnish(site, state, "stange")
    assert asked() == before


DAYS = st.integers(-5, 25)


@given(st.lists(st.tuples(DAYS, st.one_of(st.none(), DAYS)), max_size=5), st.integers(0, 20))
def test_a_gap_is_the_first_day_that_nobody_covers(periods: list[tuple[int, int | None]], ahead: int) -> None:
    def on(day: int) -> date:
        return TODAY + timedelta(days=day)

    held = [
        RoleAssignment(from_date=on(first), to_date=None if last is None else on(last))
        for first, last in periods
        if last is None or last >= first
    ]
    free = [
        day
        for day in range(ahead + 1)
        if not any(h.from_date <= on(day) and (h.to_date is None or h.to_date >= on(day)) for h in held)
    ]
    found = _gap(held, TODAY, on(ahead))
    assert (found[0] if found else None) == (on(free[0]) if free else None)
