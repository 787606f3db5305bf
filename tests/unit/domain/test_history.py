"""The history answers a few questions about itself."""

from __future__ import annotations

from datetime import date

from workflow_app.domain.dates import Interval
from workflow_app.domain.history import EvaluationDone, Extension, History, MatterDone


def test_an_empty_history_is_an_unsigned_draft() -> None:
    history = History()
    assert history.signing is None
    assert history.options_used == 0
    assert history.reviews == ()


def test_a_recorded_signing_may_be_half_known() -> None:
    assert History(signed=date(2020, 4, 30)).signing == Interval.on(date(2020, 4, 30))
    assert History(signed=Interval.parse("2025-02")).signing == Interval.parse("2025-02")


def test_only_reviews_that_left_it_unchanged_discharge_a_revision_in_order_of_day() -> None:
    late = EvaluationDone(2021, date(2022, 1, 10), "reviewed_unchanged", 9)
    early = EvaluationDone(2020, date(2021, 1, 10), "reviewed_unchanged", 12)
    going_on = EvaluationDone(2022, date(2022, 12, 1), "continues", 15)
    revised = EvaluationDone(2023, date(2023, 12, 1), "to_be_revised", 18)
    assert History(evaluations=(late, going_on, early, revised)).reviews == (early, late)


def test_options_used_are_the_extensions_that_used_one() -> None:
    by_option = Extension(date(2027, 12, 31), date(2026, 9, 1), 4, by_option=True)
    agreed = Extension(date(2028, 6, 30), date(2027, 9, 1), 7)
    assert History(extensions=(by_option, agreed)).options_used == 1


def test_a_postponed_matter_is_not_dealt_with() -> None:
    outcomes = {
        outcome: MatterDone("3103", outcome, date(2020, 6, 17), 5).dealt_with
        for outcome in ("noted", "adopted", "postponed", "sent_back")
    }
    assert outcomes == {"noted": True, "adopted": True, "postponed": False, "sent_back": False}
