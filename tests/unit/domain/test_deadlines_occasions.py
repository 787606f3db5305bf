"""Evaluations, notices and lapses before the kommunestyre: only by a house rule, and each told of once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.deadlines import Deadline, HouseRule, compute
from workflow_app.domain.deadlines.occasions import happenings
from workflow_app.domain.history import EvaluationDone, History, MatterDone, Termination

EVALUATED = (
    EvaluationDone(2020, date(2021, 1, 15), "continues", 20),
    EvaluationDone(2021, date(2022, 1, 20), "reviewed_unchanged", 30),
)
RULES = (
    HouseRule("council_evaluation", "3103", days=60),
    HouseRule("council_termination", "3103", days=30),
    HouseRule("council_lapse", "3103", days=45),
)


def asked(today: str, house: tuple[HouseRule, ...] = RULES, **history: Any) -> list[Deadline]:
    found = compute(
        (),
        History(signed=date(2020, 4, 30), municipal=("3103", "3002"), **history),
        today=date.fromisoformat(today),
        until=date(2030, 12, 31),
        house_rules=house,
    )
    return [d for d in found if d.kind == "report"]


def told(found: list[Deadline]) -> list[tuple[str, int | None, str, str]]:
    return [(d.occasion, d.year, str(d.latest), d.status) for d in found]


def test_each_approved_evaluation_is_due_and_only_the_newest_missed_one_reminds() -> None:
    found = asked("2022-12-01", evaluations=EVALUATED)
    assert told(found) == [
        ("evaluation", 2020, "2021-03-16", "missed"),
        ("evaluation", 2021, "2022-03-21", "missed"),
    ]
    assert [d.reminds for d in found] == [False, True]
    assert {(d.source, d.quote, d.rule, d.party) for d in found} == {("house_rule", "", None, "3103")}
    assert "Within 60 days after the evaluation for 2020 was approved" in str(found[0].rule_sentence)


def test_a_matter_about_that_year_meets_it_and_no_other() -> None:
    matters = (
        MatterDone("3103", "noted", date(2021, 2, 1), 21, "evaluation", 2020),
        MatterDone("3103", "postponed", date(2022, 2, 1), 31, "evaluation", 2021),
        MatterDone("3002", "noted", date(2022, 2, 1), 32, "evaluation", 2021),
        MatterDone("3103", "noted", date(2022, 2, 1), 33),
    )
    found = asked("2022-02-02", evaluations=EVALUATED, matters=matters)
    assert [(d.year, d.status, d.met_by) for d in found] == [(2020, "met", 21), (2021, "open", None)]


def test_a_notice_and_a_lapse_are_due_although_the_agreement_is_over() -> None:
    ended = Termination(date(2022, 5, 1), date(2022, 11, 1), 40)
    assert told(asked("2023-02-01", terminated=ended)) == [("termination", None, "2022-05-31", "missed")]
    assert told(asked("2023-02-01", lapsed_on=date(2023, 1, 1))) == [("lapse", None, "2023-02-15", "open")]
    assert all(d.reminds for d in asked("2023-02-01", terminated=ended))


def test_what_another_agreement_took_the_place_of_has_not_ended_without_one() -> None:
    followed = date(2022, 12, 31)
    assert asked("2023-02-01", lapsed_on=date(2023, 1, 1), successor_signed_on=followed) == []


@pytest.mark.parametrize(
    "house",
    [(), (HouseRule("council_lapse", "3103", days=3),), (HouseRule("council_evaluation", "0301", days=3),)],
)
def test_nothing_is_asked_for_without_its_rule(house: tuple[HouseRule, ...]) -> None:
    assert asked("2022-12-01", house, evaluations=EVALUATED) == []


def test_a_rule_does_not_reach_back_before_it_was_made() -> None:
    house = (HouseRule("council_evaluation", "3103", days=60, since=date(2022, 1, 20)),)
    assert [d.year for d in asked("2022-12-01", house, evaluations=EVALUATED)] == [2021]


def test_a_year_evaluated_twice_is_told_of_once_from_the_first_approval() -> None:
    again = (*EVALUATED, EvaluationDone(2020, date(2021, 6, 1), "continues", 25))
    assert [(h.year, h.on) for h in happenings(History(evaluations=again))] == [
        (2020, date(2021, 1, 15)),
        (2021, date(2022, 1, 20)),
    ]


@given(st.integers(1, 3660), st.dates(date(2020, 1, 1), date(2025, 1, 1)), st.integers(0, 4000))
def test_it_is_missed_exactly_when_its_last_day_is_past(days: int, on: date, later: int) -> None:
    today = on + timedelta(days=later)
    history = History(signed=date(2019, 1, 1), municipal=("3103",), lapsed_on=on)
    house = (HouseRule("council_lapse", "3103", days=days),)
    [found] = compute((), history, today=today, until=date(2040, 1, 1), house_rules=house)
    assert found.latest - on == timedelta(days=days)
    assert (found.status == "missed") == (today > found.latest)
