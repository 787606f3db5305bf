"""Ladders: which days a reminder falls on, and what a kommune may choose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.reminding.ladder import (
    ESCALATION,
    KINDS,
    LADDERS,
    Ladder,
    Settings,
    rung_days,
    rung_name,
)
from workflow_app.domain.workdays import is_working_day

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_the_ordinary_ladder_of_a_year_end() -> None:
    """31 December is a day off, and so is the 24th: both are read of the day before."""
    rungs = Settings().ladder("evaluation").rungs(date(2026, 12, 31))  # type: ignore[union-attr]
    assert [(r.name, r.day) for r in rungs[:6]] == [
        ("before_90", date(2026, 10, 2)),
        ("before_30", date(2026, 12, 1)),
        ("before_7", date(2026, 12, 23)),
        ("day", date(2026, 12, 30)),
        ("after_7", date(2027, 1, 7)),
        ("after_14", date(2027, 1, 14)),
    ]
    assert rungs[-1].name == "after_56"


def test_a_saturday_is_read_of_on_the_friday() -> None:
    ladder = Ladder(before=(1, 0), weeks=0)
    saturday = date(2026, 6, 6)
    assert [(r.name, r.day) for r in ladder.rungs(saturday)] == [
        ("before_1", date(2026, 6, 5)),
        ("day", date(2026, 6, 5)),
    ]


@given(DAYS, st.sampled_from(KINDS))
def test_every_rung_is_a_working_day_and_keeps_its_side(latest: date, kind: str) -> None:
    ladder = Settings().ladder(kind)
    assert ladder is not None
    rungs = ladder.rungs(latest)
    assert all(is_working_day(r.day) for r in rungs)
    assert [r.day for r in rungs] == sorted(r.day for r in rungs)
    for rung in rungs:
        # Nobody is told that something is overdue before it is.
        assert rung.day > latest if rung.days > 0 else rung.day <= latest
        assert timedelta(0) <= latest + timedelta(days=rung.days) - rung.day <= timedelta(days=5)


@given(st.integers(-366, 366))
def test_a_name_tells_the_days(days: int) -> None:
    assert rung_days(rung_name(days)) == days


def test_the_leader_is_on_no_day() -> None:
    assert rung_days(ESCALATION) is None


def test_what_a_kommune_chooses_is_for_the_ordinary_kinds() -> None:
    own = Settings(before=(60, 14, 0), weeks=2, escalate_after=None, off=frozenset({"task"}))
    assert own.ladder("evaluation") == Ladder((60, 14, 0), 2, None)
    assert own.ladder("agenda") == LADDERS["agenda"]
    assert own.ladder("task") is None
    assert own.horizon == 90
    assert own.ladder("expiry") == Ladder((60, 14, 0), 0, None)
    none_after = Settings(weeks=0).ladder("meeting")
    assert none_after is not None
    assert none_after.weeks == 0


@pytest.mark.parametrize("before", [(), (30, 7), (7, 30, 0), (30, 30, 0), (367, 0), (0, -7)])
def test_a_ladder_that_cannot_be_climbed(before: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="falling order"):
        Settings(before=before)


@pytest.mark.parametrize("more", [{"weeks": -1}, {"escalate_after": 0}])
def test_what_comes_after_is_counted_onwards(more: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="onwards"):
        Settings(**more)  # type: ignore[arg-type]


def test_the_last_rungs_before_a_choice() -> None:
    ladder = Ladder()
    assert [ladder.last_before(d) for d in (-90, -30, -7, 0, 7)] == [False, False, True, True, True]
