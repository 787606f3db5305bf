"""Days no meeting is called on, and weeks as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.meetings.free_days import before_easter, closed, unwise, weeks_in, weeks_words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-05-17", "2027-05-17 is andre pinsedag og grunnlovsdag; choose a working day."),
        ("2029-05-17", "2029-05-17 is grunnlovsdag; choose a working day."),
        ("2026-05-14", "2026-05-14 is Kristi himmelfartsdag; choose a working day."),
        ("2026-12-24", "2026-12-24 is julaften; choose a working day."),
        ("2026-12-31", "2026-12-31 is nyttårsaften; choose a working day."),
        ("2026-11-22", "2026-11-22 is a Saturday or Sunday; choose a working day."),
        ("2026-05-25", "2026-05-25 is andre pinsedag; choose a working day."),
    ],
)
def test_a_holiday_is_refused_by_its_name(day: str, said: str) -> None:
    assert str(closed(date.fromisoformat(day))) == said


def test_an_ordinary_day_is_open_and_wise() -> None:
    assert closed(date(2026, 11, 24)) is None
    assert unwise(date(2026, 11, 24), (48,)) is not None
    assert unwise(date(2026, 11, 24), (47,)) is None


@pytest.mark.parametrize("day", ["2026-05-15", "2024-05-10", "2028-12-23"])
def test_a_day_squeezed_between_two_days_off_is_not_proposed(day: str) -> None:
    on = date.fromisoformat(day)
    assert closed(on) is not None or "alone" in str(unwise(on, ()))


def test_the_week_before_easter_is_found_and_no_other() -> None:
    found = [date(2026, m, d) for m in (3, 4, 5) for d in range(1, 31) if before_easter(date(2026, m, d))]
    assert [d.isoformat() for d in (found[0], found[-1])] == ["2026-03-30", "2026-04-05"]
    assert "week before Easter" in str(unwise(date(2026, 3, 31), ()))


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("8, 28-32, 40", (8, 28, 29, 30, 31, 32, 40)), ("", ()), ("1–2;53", (1, 2, 53)), ("9,9 , 9", (9,))],
)
def test_weeks_are_read_as_people_write_them(text: str, weeks: tuple[int, ...]) -> None:
    assert weeks_in(text) == weeks


@pytest.mark.parametrize("text", ["54", "0", "8-", "uke 8", "32-28", "8 9"])
def test_what_is_no_week_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text[:3]):
        weeks_in(text)


@given(st.sets(st.integers(1, 53)))
def test_weeks_in_words_are_read_back(weeks: set[int]) -> None:
    assert set(weeks_in(weeks_words(weeks))) == weeks
