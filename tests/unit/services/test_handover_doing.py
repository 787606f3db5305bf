"""A hand-over carried out: whole or not at all, on its day, for many parties, and nobody told twice."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflow_app.domain.trail import decode
from workflow_app.models.mail import Mail
from workflow_app.models.people import Party, Person
from workflow_app.services import parties, people, people_holdings, trail
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict
from workflow_app.services.handover import NewPerson, Order
from workflow_app.services.handover_doing import Done, carry_out, plan_of
from workflow_app.services.norway import OSLO
from workflow_app.services.people_acting import add_acting
from workflow_app.services.people_roles import assignments, end_role, give_role

NOW = datetime(2028, 2, 28, 10, 0, tzinfo=OSLO)
TODAY = date(2028, 2, 28)
REGISTRY = workflow_definitions()
EIGHT = ("3101", "3103", "3105", "3107", "3110", "3112", "3114", "3116")


def person(session: Session, username: str) -> Person:
    return people.add_person(
        session, username=username, name=username.title(), email=f"{username}@example.org", now=NOW
    )


@pytest.fixture
def units(session: Session) -> list[Party]:
    names = [f"Enhet {n}" for n in range(8)]
    return [parties.add_police(session, name, "ost", now=NOW) for name in names]


@pytest.fixture
def old(session: Session, units: list[Party]) -> Person:
    made = person(session, "kontakt.gammel")
    for unit in units:
        give_role(session, made, unit, "politikontakt", from_date=date(2020, 1, 1), now=NOW)
    return made


@pytest.fixture
def new(session: Session) -> Person:
    return person(session, "kontakt.ny")


def order(old: Person | None, new: Person | NewPerson, units: list[Party], first: date = TODAY) -> Order:
    return Order("politikontakt", tuple(u.key for u in units), old.id if old else None, new, first)


def do(session: Session, wanted: Order, seen: str | None = None, now: datetime = NOW) -> Done:
    return carry_out(session, wanted, seen=seen, who=None, now=now, registry=REGISTRY)


def held(session: Session, someone: Person, day: date) -> set[str]:
    return {h.party for h in people_holdings.holdings(session, someone.id, day)}


def mails(session: Session) -> list[tuple[str, str, datetime]]:
    rows = session.scalars(select(Mail).order_by(Mail.id))
    return [(m.kind, m.person_id, m.due_at) for m in rows]


def test_eight_parties_in_one_action(session: Session, old: Person, new: Person, units: list[Party]) -> None:
    done = do(session, order(old, new, units, TODAY + timedelta(days=2)))
    keys = {u.key for u in units}
    assert (len(done.given), len(done.ended)) == (8, 8)
    leap, after = date(2028, 2, 29), date(2028, 3, 1)
    assert (held(session, old, leap), held(session, new, leap)) == (keys, set())
    assert (held(session, old, after), held(session, new, after)) == (set(), keys)
    for unit in units:
        kinds = [decode(e.body)["kind"] for e in trail.entries(session, f"party/{unit.key}")]
        assert kinds == ["party_added", "role_given", "role_ended", "role_given"]


def test_both_are_told_on_the_morning_it_takes_effect(
    session: Session, old: Person, new: Person, units: list[Party]
) -> None:
    do(session, order(old, new, units, date(2028, 3, 26)))  # the night summer time begins
    morning = datetime(2028, 3, 26, 4, 0, tzinfo=UTC)
    assert mails(session) == [("handover", new.id, morning), ("handover_taken", old.id, morning)]


def test_both_are_told_at_once_when_it_takes_effect_today(
    session: Session, old: Person, new: Person, units: list[Party]
) -> None:
    do(session, order(old, new, units))
    assert [due for _, _, due in mails(session)] == [NOW, NOW]


def test_twice_the_same_day(session: Session, old: Person, new: Person, units: list[Party]) -> None:
    third = person(session, "kontakt.tredje")
    do(session, order(old, new, units))
    do(session, order(new, third, units))
    keys = {u.key for u in units}
    assert held(session, new, TODAY) == set()
    assert held(session, third, TODAY) == keys
    assert held(session, old, TODAY - timedelta(days=1)) == keys
    undone = assignments(session, new.id, units[0].id, "politikontakt")
    assert [(a.from_date, a.to_date) for a in undone] == [(TODAY, TODAY - timedelta(days=1))]


def test_there_and_back_the_same_day(session: Session, old: Person, new: Person, units: list[Party]) -> None:
    do(session, order(old, new, units))
    do(session, order(new, old, units))
    assert held(session, old, TODAY) == {u.key for u in units}
    assert held(session, new, TODAY) == set()


def test_what_was_to_begin_later_is_undone(
    session: Session, old: Person, new: Person, units: list[Party]
) -> None:
    later = TODAY + timedelta(days=60)
    do(session, order(old, new, units[:1], later))
    third = person(session, "kontakt.tredje")
    do(session, order(new, third, units[:1], TODAY + timedelta(days=30)))
    assert held(session, new, later) == set()
    assert held(session, third, later) == {units[0].key}
    # The first one still ends where the first hand-over said; that both have it was said in the plan.
    assert units[0].key in held(session, old, TODAY + timedelta(days=45))


def test_the_acting_holder_stops_with_the_office(
    session: Session, old: Person, new: Person, units: list[Party]
) -> None:
    acting = person(session, "konstituert")
    stood = add_acting(
        session, acting, old, units[0], "politikontakt", from_date=TODAY - timedelta(days=3),
        to_date=TODAY + timedelta(days=10), now=NOW,
    )  # fmt: skip
    begins = add_acting(
        session, acting, old, units[1], "politikontakt", from_date=TODAY + timedelta(days=3),
        to_date=TODAY + timedelta(days=10), now=NOW,
    )  # fmt: skip
    do(session, order(old, new, units))
    assert stood.to_date == TODAY - timedelta(days=1)
    assert begins.to_date < begins.from_date


def test_nothing_is_done_to_what_was_not_looked_at(
    session: Session, old: Person, new: Person, units: list[Party]
) -> None:
    wanted = order(old, new, units)
    seen = plan_of(session, wanted, who=None, today=TODAY, registry=REGISTRY).seen
    (first,) = assignments(session, old.id, units[0].id, "politikontakt")
    end_role(session, first.id, last_day=TODAY + timedelta(days=5), now=NOW)
    with pytest.raises(Conflict) as caught:
        do(session, wanted, seen)
    assert caught.value.code == "handover_moved"
    assert held(session, old, TODAY) == {u.key for u in units}
    assert mails(session) == []


def test_somebody_new_gets_an_account_and_no_password(
    session: Session, old: Person, units: list[Party]
) -> None:
    done = do(session, order(old, NewPerson("fersk.kontakt", "Fersk Kontakt", None, "nn"), units))
    assert done.added
    assert (done.new.password_hash, done.new.language) == (None, "nn")
    assert held(session, done.new, TODAY) == {u.key for u in units}


def test_from_nobody(session: Session, new: Person, units: list[Party]) -> None:
    done = do(session, order(None, new, units))
    assert (len(done.given), done.ended) == (8, ())
    assert [kind for kind, _, _ in mails(session)] == ["handover"]


def test_of_two_who_confirm_the_same_look_one_is_told(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        unit = parties.add_police(session, "Enhet", "ost", now=NOW)
        three = [person(session, f"kontakt{n}") for n in range(3)]
        give_role(session, three[0], unit, "politikontakt", from_date=date(2020, 1, 1), now=NOW)
        key, ids = unit.key, [p.id for p in three]

    def wanted(session: Session, new: str) -> Order:
        return Order("politikontakt", (key,), ids[0], session.get_one(Person, new), TODAY)

    with sessions() as session:
        looks = [
            plan_of(session, wanted(session, new), who=None, today=TODAY, registry=REGISTRY).seen
            for new in ids[1:]
        ]
    start, came = threading.Barrier(2), []

    def confirm(new: str, seen: str) -> None:
        start.wait()
        try:
            with sessions.begin() as session:
                do(session, wanted(session, new), seen)
            came.append("done")
        except Conflict as wrong:
            came.append(wrong.code)

    threads = [threading.Thread(target=confirm, args=pair) for pair in zip(ids[1:], looks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["done", "handover_moved"]
    with sessions() as session:
        assert len(people.holders(session, [key], TODAY, role="politikontakt")) == 1


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-20, 60)), max_size=6))
def test_never_two_and_never_a_hole_however_often_it_goes_on(steps: list[tuple[int, int]]) -> None:
    """One holder hands over to another, again and again: on every day from the first there is exactly one."""
    from workflow_app.migrations import create_all
    from workflow_app.models.database import make_engine, make_session_factory
    from workflow_app.services.errors import FieldErrors

    engine = make_engine("sqlite://")
    create_all(engine)
    with make_session_factory(engine)() as session:
        unit = parties.add_police(session, "Enhet", "ost", now=NOW)
        three = [person(session, f"kontakt{n}") for n in range(3)]
        give_role(session, three[0], unit, "politikontakt", from_date=date(2020, 1, 1), now=NOW)
        now_holds, begins = 0, TODAY - timedelta(days=31)
        for to, ahead in steps:
            first = max(begins, TODAY + timedelta(days=ahead))
            try:
                do(session, order(three[now_holds], three[to], [unit], first))
            except FieldErrors:
                continue
            now_holds, begins = to, first
        for ahead in range(-31, 90):
            day = TODAY + timedelta(days=ahead)
            assert len([p for p in three if held(session, p, day)]) == 1, day
    engine.dispose()
