"""The very day: the last one in time, the first one too late, and proofs chosen among several."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from workflow_app.domain.dates import Interval
from workflow_app.domain.deadlines import Deadline, compute, effective_end, in_force, moves
from workflow_app.domain.history import EvaluationDone, Extension, History, MatterDone, Termination
from workflow_app.domain.rules import Rule

SIGNED = date(2023, 3, 1)
LAST = date(2026, 12, 31)
DAY = timedelta(days=1)
PERIOD = Rule("validity", "period", "the period", 0, 9, {"from": "2023-01-01", "to": str(LAST)})
NOTICE = Rule("termination", "notice", "three months", 10, 19, {"months": 3})
RENEWS = Rule("renewal", "automatic", "a year", 20, 29, {"months": 12})
OPTION = Rule("renewal", "option", "one year more", 20, 29, {"months": [12]})
EVALUATED = Rule("evaluation", "yearly", "by year's end", 30, 39, {"month": 12, "day": 31})
COUNCIL = Rule("council", "referatsak", "before the council", 40, 49)
YEAR_END = Rule("revision", "every", "at year's end", 50, 59, {"months": 12, "anchor": "year_end"})


def asked(
    *rules: Rule, today: date = SIGNED, until: date = date(2028, 1, 1), **history: Any
) -> list[Deadline]:
    return list(compute(rules, History(**{"signed": SIGNED, **history}), today=today, until=until))


def test_a_lapse_is_the_day_after_the_last_in_force() -> None:
    assert in_force((), History(signed=SIGNED, lapsed_on=date(2027, 1, 1))) == (SIGNED, LAST)


def test_a_half_known_signing_is_surely_in_force_from_its_latest_day() -> None:
    assert in_force((), History(signed=Interval.parse("2025-02"))) == (date(2025, 2, 28), None)


def test_a_notice_for_the_very_last_day_is_a_termination_all_the_same() -> None:
    given = Termination(date(2026, 9, 1), LAST, 30)
    assert "Terminated" in str(effective_end((PERIOD,), History(terminated=given), SIGNED).reason)
    assert "entry 30" in str(asked(PERIOD, terminated=given)[0].rule_sentence)


@pytest.mark.parametrize(("late", "status"), [(0, "met"), (1, "moot")])
def test_notice_is_in_time_through_its_last_day(late: int, status: str) -> None:
    given = Termination(date(2026, 9, 30) + late * DAY, LAST, 30)
    assert asked(PERIOD, NOTICE, terminated=given)[0].status == status


@pytest.mark.parametrize(("late", "status"), [(0, "open"), (1, "moot")])
def test_a_choice_is_open_through_its_last_day(late: int, status: str) -> None:
    for rule, day in ((NOTICE, date(2026, 9, 30)), (OPTION, LAST)):
        found = asked(PERIOD, rule, today=day + late * DAY)
        assert [d.status for d in found if d.quote == rule.quote] == [status]


@pytest.mark.parametrize(("late", "status"), [(0, "open"), (1, "missed")])
def test_an_expiry_is_open_through_its_last_day(late: int, status: str) -> None:
    assert asked(PERIOD, today=LAST + late * DAY)[0].status == status


@pytest.mark.parametrize(("late", "reminds"), [(0, True), (1, False)])
def test_an_agreement_is_over_the_day_after_its_last(late: int, reminds: bool) -> None:
    found = asked(PERIOD, EVALUATED, today=LAST + late * DAY)
    assert [d.reminds for d in found if d.year == 2025] == [reminds]


def test_a_deadline_on_the_last_day_in_force_is_not_moot() -> None:
    given = Termination(date(2024, 6, 1), date(2024, 12, 31), 30)
    found = asked(EVALUATED, terminated=given, until=date(2025, 12, 31))
    assert [d.status for d in found] == ["open", "open", "moot"]


def test_the_renewal_after_the_period_that_ends_on_the_last_day_asked() -> None:
    assert [d.kind for d in asked(PERIOD, RENEWS, until=LAST)] == []
    assert [d.kind for d in asked(PERIOD, RENEWS, until=LAST + DAY)] == ["renewal"]
    assert [d.kind for d in asked(PERIOD, until=LAST - DAY)] == []
    assert [d.kind for d in asked(PERIOD, until=LAST)] == ["expiry"]


def test_two_reviews_in_one_cycle_discharge_it_once() -> None:
    reviews = tuple(
        EvaluationDone(2023, date(2023, month, 1), "reviewed_unchanged", month) for month in (6, 11)
    )
    found = asked(YEAR_END, evaluations=reviews)
    assert [(str(d.latest), d.met_by) for d in found] == [("2023-12-31", 6), ("2024-12-31", None)]


def test_the_newest_extension_is_the_one_told_and_needs_no_assumption_of_the_clause() -> None:
    two_years = Rule("validity", "duration", "two years", 0, 9, {"months": 24, "from": None})
    first, second = Extension(LAST, SIGNED, 8), Extension(LAST + DAY, SIGNED, 11)
    (expiry,) = asked(two_years, extensions=(second, first))
    assert expiry.latest == LAST + DAY
    assert "entry 11" in str(expiry.rule_sentence)
    assert expiry.assumptions == ()
    assert asked(two_years)[0].assumptions == ("counted from the signing date; the clause does not say",)


def test_the_first_matter_that_dealt_with_it_is_the_proof() -> None:
    matters = tuple(MatterDone("3103", "noted", date(2023, 5, 1), entry) for entry in (14, 9))
    assert [d.met_by for d in asked(COUNCIL, matters=matters, municipal=("3103",))] == [9]


def test_nobody_is_reminded_to_report_an_agreement_that_is_over() -> None:
    late: dict[str, Any] = {"today": date(2027, 6, 1), "municipal": ("3103",)}
    assert [d.reminds for d in asked(COUNCIL, **late)] == [True]
    assert [d.reminds for d in asked(PERIOD, COUNCIL, **late) if d.kind == "report"] == [False]


def test_a_correction_that_moves_only_the_latest_day_is_a_move() -> None:
    month, day = (Rule("evaluation", "once", "by then", 0, 9, {"by": by}) for by in ("2025-06", "2025-06-01"))
    (move,) = moves([month], [day], History(), today=SIGNED, until=date(2026, 1, 1))
    assert (move.before and move.before.latest, move.after and move.after.latest) == (
        date(2025, 6, 30),
        date(2025, 6, 1),
    )
