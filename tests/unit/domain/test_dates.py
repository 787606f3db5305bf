"""Days, half-known days and month arithmetic, by hand and by property."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.dates import (
    Interval,
    add_days,
    add_months,
    as_interval,
    clipped,
    last_day_before,
    last_day_of_term,
    prolonged,
    render,
)

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2020-04-30", 12, "2021-04-30"),
        ("2018-12-03", 12, "2019-12-03"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2021-02-28", 12, "2022-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-05-17", 0, "2026-05-17"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_months_are_counted_to_the_same_number_or_the_last_day(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_counting_saturates_instead_of_raising() -> None:
    assert add_months(date(2020, 1, 1), 12 * 9000) == date.max
    assert add_months(date(2020, 1, 1), -12 * 9000) == date.min
    assert add_days(date.max, 1) == date.max
    assert add_days(date.min, -1) == date.min
    assert clipped(10_000, 2, 31) == date.max


@pytest.mark.parametrize(
    ("expiry", "months", "last"),
    [
        ("2014-04-30", 3, "2014-01-31"),
        ("2025-12-31", 3, "2025-09-30"),
        ("2025-06-30", 3, "2025-03-31"),
        ("2015-07-01", 3, "2015-04-01"),
        ("2026-02-28", 1, "2026-01-31"),
        ("2024-02-29", 1, "2024-01-31"),
        ("2024-02-28", 1, "2024-01-28"),
        ("2026-12-31", 6, "2026-06-30"),
        ("2026-05-30", 3, "2026-02-27"),
    ],
)
def test_last_day_to_give_notice_leaves_whole_months(expiry: str, months: int, last: str) -> None:
    assert last_day_before(date.fromisoformat(expiry), months) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [("2013-07-01", 12, "2014-06-30"), ("2024-02-29", 12, "2025-02-27"), ("2024-01-01", 36, "2026-12-31")],
)
def test_a_term_includes_its_first_day(first: str, months: int, last: str) -> None:
    assert last_day_of_term(date.fromisoformat(first), months) == date.fromisoformat(last)


def test_prolonging_a_month_end_gives_a_month_end() -> None:
    assert prolonged(date(2025, 6, 30), 12) == date(2026, 6, 30)
    assert prolonged(date(2026, 4, 30), 1) == date(2026, 5, 31)
    assert prolonged(date(2023, 2, 28), 12) == date(2024, 2, 29)


@settings(deadline=None)
@given(days, st.integers(0, 600))
def test_added_months_land_in_the_month_named(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_days(later, 1).day == 1)


@settings(deadline=None)
@given(days, days, st.integers(-600, 600))
def test_counting_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    first, last = sorted((one, other))
    for count in (add_months, prolonged, last_day_of_term, last_day_before):
        assert count(first, months) <= count(last, months)


@settings(deadline=None)
@given(days, st.integers(1, 120))
def test_notice_on_the_last_day_is_in_time_and_the_day_after_is_not(expiry: date, months: int) -> None:
    last = last_day_before(expiry, months)
    assert add_months(add_days(last, 1), months) <= add_days(expiry, 1)
    assert add_months(add_days(last, 2), months) >= add_days(expiry, 1)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025-02-03", "2025-02-03", "2025-02-03"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_half_known_dates_are_intervals(text: str, earliest: str, latest: str) -> None:
    assert Interval.parse(text) == Interval(date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize(
    "text", ["", "2020-02-31", "2020-13", "0000", "2020-2-3", "31.12.2020", "2020-01-01 ", "٢٠٢٠", "signing"]
)
def test_anything_else_is_refused_with_a_sentence_naming_it(text: str) -> None:
    with pytest.raises(ValueError, match="not a da") as refused:
        Interval.parse(text)
    assert repr(text) in str(refused.value)


def test_an_interval_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Interval(date(2020, 1, 2), date(2020, 1, 1))


def test_intervals_print_as_programs_read_them() -> None:
    assert str(Interval.on(date(2020, 4, 30))) == "2020-04-30"
    assert str(Interval.parse("2025-02")) == "2025-02-01/2025-02-28"
    assert as_interval(date(2020, 1, 1)) == Interval.on(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("day", "language", "rendered"),
    [
        (date(2018, 12, 3), "nb", "3. desember 2018"),
        (date(2018, 12, 3), "nn", "3. desember 2018"),
        (date(2018, 12, 3), "en", "3 December 2018"),
        (Interval.parse("2025-02"), "nb", "februar 2025"),
        (Interval.parse("2025-02"), "en", "February 2025"),
        (Interval.parse("2025"), "nn", "2025"),
        (Interval(date(2025, 3, 1), date(2025, 5, 31)), "nb", "1. mars – 31. mai 2025"),
        (Interval(date(2025, 12, 1), date(2026, 2, 28)), "nb", "1. desember 2025 – 28. februar 2026"),
        (Interval(date(2025, 3, 2), date(2025, 3, 31)), "en", "2 March – 31 March 2025"),
    ],
)
def test_dates_read_as_a_person_writes_them(day: date | Interval, language: str, rendered: str) -> None:
    assert render(day, language) == rendered
