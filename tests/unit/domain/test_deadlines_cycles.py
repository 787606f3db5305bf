"""What meets a yearly evaluation or a revision, and what stands as "ikke dokumentert"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflow_app.domain.deadlines import compute
from workflow_app.domain.history import EvaluationDone, EvaluationOutcome, Extension, History, Termination
from workflow_app.domain.rules import Rule

SIGNED = date(2020, 4, 30)
EVALUATED = Rule("evaluation", "yearly", "by year's end", 10, 20, {"month": 12, "day": 31})
REVISED = Rule("revision", "every", "each year", 30, 40, {"months": 12, "anchor": "signing"})
TWO_YEARS = Rule("validity", "period", "2020–2021", 50, 60, {"from": "2020-01-01", "to": "2021-12-31"})


def done(year: int, on: str, entry: int, outcome: EvaluationOutcome = "reviewed_unchanged") -> EvaluationDone:
    return EvaluationDone(year, date.fromisoformat(on), outcome, entry)


def standing(
    today: str, *evaluations: EvaluationDone, rules: tuple[Rule, ...], until: str = "2023-12-31", **more: Any
) -> list[tuple[str, str, int | None, bool]]:
    """Day, status, entry, and whether somebody is still reminded."""
    history = History(**{"signed": SIGNED, "evaluations": evaluations, **more})
    found = compute(rules, history, today=date.fromisoformat(today), until=date.fromisoformat(until))
    return [(str(d.latest), d.status, d.met_by, d.reminds) for d in found]


def test_an_evaluation_meets_the_year_it_names_early_or_late() -> None:
    early, late = done(2021, "2021-02-01", 9, "continues"), done(2020, "2022-03-01", 14, "continues")
    assert standing("2022-06-01", late, early, rules=(EVALUATED,), until="2022-12-31") == [
        ("2020-12-31", "met", 14, False),
        ("2021-12-31", "met", 9, False),
        ("2022-12-31", "open", None, True),
    ]


def test_a_deadline_counts_to_the_end_of_its_day() -> None:
    assert standing("2020-12-31", rules=(EVALUATED,), until="2020-12-31")[0][1] == "open"
    assert standing("2021-01-01", rules=(EVALUATED,), until="2020-12-31")[0][1] == "missed"


def test_of_missed_years_only_the_newest_reminds() -> None:
    assert standing("2023-05-01", rules=(EVALUATED,), until="2023-12-31") == [
        ("2020-12-31", "missed", None, False),
        ("2021-12-31", "missed", None, False),
        ("2022-12-31", "missed", None, True),
        ("2023-12-31", "open", None, True),
    ]


def test_who_has_evaluated_a_later_year_is_not_asked_for_an_earlier_one() -> None:
    assert standing("2023-02-01", done(2022, "2023-01-15", 9), rules=(EVALUATED,)) == [
        ("2020-12-31", "missed", None, False),
        ("2021-12-31", "missed", None, False),
        ("2022-12-31", "met", 9, False),
        ("2023-12-31", "open", None, True),
    ]


def test_of_two_evaluations_naming_a_year_the_first_entry_is_the_proof() -> None:
    both = (done(2020, "2021-02-01", 12), done(2020, "2020-12-01", 8))
    assert standing("2021-03-01", *both, rules=(EVALUATED,), until="2020-12-31") == [
        ("2020-12-31", "met", 8, False)
    ]


def test_nothing_is_missed_before_a_signing_is_recorded() -> None:
    written = Rule("signed", "date", "30.4.2020", 0, 9, {"date": "2020-04-30"})
    drafted = standing("2026-01-01", rules=(written, EVALUATED, REVISED), until="2021-12-31", signed=None)
    assert {status for _, status, _, _ in drafted} == {"open"}


def test_an_evaluation_due_once_is_met_by_one_of_that_year() -> None:
    once = Rule("evaluation", "once", "by 1.10.2022", 10, 20, {"by": "2022-10-01"})
    assert standing("2023-01-01", rules=(once,)) == [("2022-10-01", "missed", None, True)]
    assert standing("2023-01-01", done(2022, "2022-12-01", 6), rules=(once,))[0][1:3] == ("met", 6)


def test_a_revision_is_one_at_a_time_and_starts_anew_with_each_review() -> None:
    reviews = (done(2020, "2020-12-10", 7), done(2022, "2022-02-28", 11))
    assert standing("2023-03-01", *reviews, rules=(REVISED,)) == [
        ("2021-04-30", "met", 7, False),
        ("2021-12-10", "met", 11, False),
        ("2023-02-28", "missed", None, True),
    ]


def test_an_evaluation_that_only_continues_leaves_the_revision_due() -> None:
    assert standing("2021-05-01", done(2020, "2020-12-10", 7, "continues"), rules=(REVISED,)) == [
        ("2021-04-30", "missed", None, True)
    ]


def test_a_signed_successor_is_the_revision() -> None:
    begun = done(2020, "2020-12-10", 7, "to_be_revised")
    assert standing("2021-01-01", begun, rules=(REVISED,)) == [("2021-04-30", "open", None, True)]
    signed = standing(
        "2021-04-01", begun, rules=(REVISED,), successor_signed_on=date(2021, 3, 1), successor_entry=20
    )
    assert signed == [("2021-04-30", "met", 20, False)]


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((), ["2020-12-31 missed"]),
        ((done(2020, "2020-12-10", 7),), ["2020-12-31 met", "2021-12-31 missed"]),
        ((done(2020, "2021-01-20", 7),), ["2020-12-31 met", "2021-12-31 missed"]),
        ((done(2020, "2022-01-20", 7),), ["2020-12-31 met", "2022-12-31 open"]),
    ],
)
def test_a_late_review_does_not_move_a_day_fixed_in_the_calendar(
    reviews: tuple[EvaluationDone, ...], expected: list[str]
) -> None:
    fixed = Rule("revision", "every", "each year's end", 30, 40, {"months": 12, "anchor": "year_end"})
    found = standing("2022-02-01", *reviews, rules=(fixed,))
    assert [f"{day} {status}" for day, status, _, _ in found] == expected


def test_a_termination_makes_what_comes_after_it_moot() -> None:
    given = Termination(date(2021, 3, 1), date(2021, 9, 1), 15)
    found = standing("2021-04-15", rules=(EVALUATED, REVISED), until="2022-12-31", terminated=given)
    assert found == [
        ("2020-12-31", "missed", None, True),
        ("2021-04-30", "open", None, True),
        ("2021-12-31", "moot", None, False),
        ("2022-12-31", "moot", None, False),
    ]


def test_nobody_is_reminded_once_the_agreement_is_over() -> None:
    rules = (EVALUATED, REVISED, TWO_YEARS)
    assert not any(r for *_, r in standing("2022-06-01", rules=rules, lapsed_on=date(2022, 1, 1)))
    given = Termination(date(2021, 3, 1), date(2021, 9, 1), 15)
    assert not any(r for *_, r in standing("2021-09-02", rules=rules, terminated=given, until="2021-12-31"))


def test_an_extension_brings_its_own_evaluations() -> None:
    longer = Extension(date(2022, 12, 31), date(2021, 10, 1), 9)
    found = standing("2021-11-01", rules=(EVALUATED, TWO_YEARS), extensions=(longer,))
    assert [day for day, *_ in found] == ["2020-12-31", "2021-12-31", "2022-12-31", "2022-12-31"]


def test_a_half_known_signing_leaves_out_a_cycle_that_may_come_before_it() -> None:
    written = Rule("signed", "date", "juni 2020", 0, 9, {"date": "2020-06"})
    mid_june = Rule("evaluation", "yearly", "each 15 June", 10, 20, {"month": 6, "day": 15})
    found = standing("2020-06-01", rules=(written, mid_june), until="2021-12-31", signed=None)
    assert [day for day, *_ in found] == ["2021-06-15"]


def test_a_season_says_how_it_is_read() -> None:
    spring = Rule("evaluation", "yearly", "each spring", 10, 20, {"season": "spring"})
    found = compute((spring,), History(signed=SIGNED), today=SIGNED, until=date(2021, 12, 31))
    assert [(str(d.earliest), str(d.latest), d.year) for d in found] == [("2021-03-01", "2021-05-31", 2021)]
    assert found[0].assumptions == ("spring is read as 1 March to 31 May",)
    assert found[0].settled_by is None
