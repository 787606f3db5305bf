"""What a hand-over would do, said first: who stops, who begins, who else, and which days are empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.models.people import Party, Person
from workflow_app.services import parties, people
from workflow_app.services.actors import Who
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import FieldErrors
from workflow_app.services.handover import NewPerson, Order, Plan, choices
from workflow_app.services.handover_doing import plan_of
from workflow_app.services.people_acting import add_acting
from workflow_app.services.people_roles import end_role, give_role

NOW = datetime(2027, 10, 11, 10, 0, tzinfo=UTC)
TODAY = date(2027, 10, 11)
REGISTRY = workflow_definitions()


@pytest.fixture
def moss(session: Session) -> Party:
    return parties.add_municipal(session, "3103", now=NOW)


@pytest.fixture
def stange(session: Session) -> Party:
    return parties.add_municipal(session, "3413", now=NOW)


def person(session: Session, username: str) -> Person:
    return people.add_person(session, username=username, name=username.title(), now=NOW)


@pytest.fixture
def old(session: Session, moss: Party) -> Person:
    made = person(session, "ordforer.moss")
    give_role(session, made, moss, "mayor", from_date=date(2023, 10, 1), now=NOW)
    return made


@pytest.fixture
def new(session: Session) -> Person:
    return person(session, "ny.ordforer")


def order(old: Person | None, new: Person | NewPerson, *parties: Party, **more: object) -> Order:
    return Order(
        **{
            "role": "mayor",
            "parties": tuple(p.key for p in parties),
            "taken_from": old.id if old else None,
            "taken_by": new,
            "first": TODAY,
            **more,
        }  # type: ignore[arg-type]  # the fields of an order
    )


def plan(session: Session, wanted: Order, who: Who | None = None) -> Plan:
    return plan_of(session, wanted, who=who, today=TODAY, registry=REGISTRY)


def wrong(session: Session, wanted: Order, who: Who | None = None) -> dict[str, str]:
    with pytest.raises(FieldErrors) as caught:
        plan(session, wanted, who)
    return {name: str(message) for name, message in caught.value.fields.items()}


def test_the_old_holder_has_it_until_the_day_before(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    (move,) = plan(session, order(old, new, moss)).moves
    assert [a.person_id for a in move.ends] == [old.id]
    assert (move.others, move.empty, move.already, move.approved) == ((), None, False, 0)


def test_whoever_acts_in_the_office_stops_with_it(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    deputy = person(session, "vara.moss")
    acting = add_acting(
        session, deputy, old, moss, "mayor", from_date=TODAY, to_date=TODAY + timedelta(days=20), now=NOW
    )
    (move,) = plan(session, order(old, new, moss)).moves
    assert move.acting == (acting,)
    later = order(old, new, moss, first=TODAY + timedelta(days=30))
    assert plan(session, later).moves[0].acting == ()


def test_a_role_that_somebody_else_holds_as_well_is_said(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    second = give_role(session, person(session, "annen.moss"), moss, "mayor", from_date=TODAY, now=NOW)
    assert plan(session, order(old, new, moss)).moves[0].others == (second,)


def test_days_on_which_nobody_would_have_it_are_said(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    held = people.holdings(session, old.id, TODAY)
    assert held
    from workflow_app.services.people_roles import assignments

    (given,) = assignments(session, old.id, moss.id, "mayor")
    end_role(session, given.id, last_day=date(2027, 9, 30), now=NOW)
    (move,) = plan(session, order(old, new, moss)).moves
    assert move.ends == ()
    assert move.empty == (date(2027, 10, 1), date(2027, 10, 10))


def test_one_who_has_it_already_is_not_given_it_twice(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    give_role(session, new, moss, "mayor", from_date=date(2025, 1, 1), now=NOW)
    (move,) = plan(session, order(old, new, moss)).moves
    assert move.already


def test_one_who_has_it_some_of_the_days_is_told_to_choose_others(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    give_role(session, new, moss, "mayor", from_date=date(2028, 1, 1), now=NOW)
    assert (
        "is mayor for Moss kommune already, from 2028-01-01"
        in wrong(session, order(old, new, moss))["username"]
    )


def test_nobody_takes_over_from_themselves(session: Session, old: Person, moss: Party) -> None:
    assert wrong(session, order(old, old, moss))["username"].startswith("The same person cannot")


def test_nobody_takes_over_whose_account_is_ended(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    people.end_person(session, new, now=NOW)
    assert wrong(session, order(old, new, moss)) == {"username": "«ny.ordforer» is ended already."}


@pytest.mark.parametrize(
    ("days", "allowed"), [(-32, False), (-31, True), (0, True), (366, True), (367, False)]
)
def test_how_far_back_and_ahead(
    session: Session, old: Person, new: Person, moss: Party, days: int, allowed: bool
) -> None:
    wanted = order(old, new, moss, first=TODAY + timedelta(days=days))
    if allowed:
        assert plan(session, wanted).moves
    else:
        assert "must lie between" in wrong(session, wanted)["first_day"]


def test_everything_that_is_wrong_is_said_at_once(
    session: Session, old: Person, moss: Party, stange: Party
) -> None:
    nobody = NewPerson("A B", " ", "no address", "xx")
    said = wrong(
        session,
        order(old, nobody, moss, stange, first=date(2020, 1, 1), last=date(2019, 1, 1), title="x" * 201),
        Who("someone", "Someone", (Holding("administrator", moss.key),)),
    )
    assert set(said) == {"parties", "first_day", "last_day", "username", "name", "email", "language", "title"}
    assert said["parties"] == "You do not administer Stange kommune."


def test_only_the_parties_where_the_old_holder_has_it_are_offered(
    session: Session, old: Person, moss: Party, stange: Party
) -> None:
    both = Who("x", "X", (Holding("administrator", moss.key), Holding("administrator", stange.key)))
    assert choices(session, both, "mayor", old.id, TODAY) == [moss]
    assert choices(session, both, "mayor", None, TODAY) == [stange]
    give_role(session, old, stange, "mayor", from_date=date(2028, 1, 1), now=NOW)
    assert choices(session, both, "mayor", old.id, TODAY) == [moss, stange]
    one = Who("x", "X", (Holding("administrator", stange.key), Holding("mayor", moss.key)))
    assert choices(session, one, "mayor", old.id, TODAY) == [stange]


def test_a_fingerprint_that_moves_with_every_period(
    session: Session, old: Person, new: Person, moss: Party
) -> None:
    wanted = order(old, new, moss)
    first = plan(session, wanted).seen
    assert plan(session, wanted).seen == first
    give_role(session, person(session, "annen.moss"), moss, "mayor", from_date=TODAY, now=NOW)
    assert plan(session, wanted).seen != first


def test_a_role_of_the_wrong_side_is_refused(session: Session, old: Person, new: Person, moss: Party) -> None:
    assert (
        "cannot be held for Moss kommune"
        in wrong(session, order(old, new, moss, role="politikontakt"))["role"]
    )


def test_a_party_there_is_not_is_refused(session: Session, old: Person, new: Person) -> None:
    assert wrong(session, order(old, new))["parties"] == "Choose for whom the role is handed over."
