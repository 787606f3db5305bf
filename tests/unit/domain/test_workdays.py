"""Working days: weekends, the holidays of the law, and the two eves that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.workdays import holiday_name, is_working_day, working_day_before


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-01-01", "Første nyttårsdag"),
        ("2026-04-02", "Skjærtorsdag"),
        ("2026-04-06", "Andre påskedag"),
        ("2027-05-17", "Andre pinsedag"),
        ("2026-05-17", "Grunnlovsdag"),
        ("2026-12-24", "Julaften"),
        ("2026-12-31", "Nyttårsaften"),
        ("2026-11-22", None),
    ],
)
def test_holidays_have_names(day: str, name: str | None) -> None:
    told = holiday_name(date.fromisoformat(day))
    # In 2027 two holidays fall on the same day; either name will do.
    assert told == name or (told is not None and name is not None and name in told)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-22", "2026-11-20"),
        ("2026-04-06", "2026-04-01"),
        ("2026-05-17", "2026-05-15"),
        ("2026-05-14", "2026-05-13"),
        ("2026-12-31", "2026-12-30"),
        ("2026-12-27", "2026-12-23"),
        ("2027-01-03", "2026-12-30"),
    ],
)
def test_a_reminder_moves_to_the_last_working_day_before(day: str, before: str) -> None:
    assert working_day_before(date.fromisoformat(day)) == date.fromisoformat(before)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_the_working_day_before_is_one_and_none_lies_between(day: date) -> None:
    found = working_day_before(day)
    assert is_working_day(found)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]
    assert not any(is_working_day(d) for d in between)
    assert (day - found).days < 10


def test_the_first_day_there_is_ends_the_search() -> None:
    assert working_day_before(date(1, 1, 1)) == date.min
