"""Marks never cover each other, stay within the rim, and point to their day."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.wheel import Mark
from workflow_app.domain.wheel.placing import INNER, OUTER, SIZES, Placed, angle_of, at, place

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def marks(on: list[date]) -> list[Mark]:
    return [Mark(number, "meeting", first=day, last=day) for number, day in enumerate(on, 1)]


def apart(one: Placed, other: Placed) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


@given(st.lists(days, max_size=30))
def test_no_two_marks_touch(on: list[date]) -> None:
    radius, placed = place(marks(on))
    assert len(placed) == len(on)
    for one, other in combinations(placed, 2):
        assert apart(one, other) > 2 * radius


@given(st.lists(days, min_size=1, max_size=30))
def test_every_mark_is_between_the_middle_and_the_rim(on: list[date]) -> None:
    radius, placed = place(marks(on))
    for spot in placed:
        distance = math.hypot(spot.x, spot.y)
        assert INNER + radius * 0.9 <= distance <= OUTER - radius


@given(st.lists(days, min_size=1, max_size=25))
def test_a_mark_stands_near_its_own_day_and_its_leader_on_it(on: list[date]) -> None:
    for spot in place(marks(on))[1]:
        assert spot.mark.last is not None
        assert spot.angle == angle_of(spot.mark.last)
        stands = (math.degrees(math.atan2(spot.y, spot.x)) + 90) % 360
        assert abs(stands - spot.angle) < 30, "and December never stands in January"


def test_a_single_mark_is_as_large_as_can_be_and_on_its_ray() -> None:
    radius, (spot,) = place(marks([date(2026, 7, 2)]))
    assert radius == SIZES[0]
    assert (spot.x, spot.y) == pytest.approx(at(angle_of(date(2026, 7, 2)), OUTER - radius - 2))


def test_many_on_one_day_get_smaller_before_they_touch() -> None:
    radius, placed = place(marks([date(2026, 12, 31)] * 25))
    assert radius < SIZES[0]
    assert min(apart(a, b) for a, b in combinations(placed, 2)) > 2 * radius


def test_more_than_can_ever_be_shown_raises_nothing() -> None:
    assert len(place(marks([date(2026, 12, 31)] * 400))[1]) == 400


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_year_begins_and_ends_at_the_top(year: int) -> None:
    assert angle_of(date(year, 1, 1), end=False) == 0
    assert angle_of(date(year, 12, 31), end=True) == 360
    assert at(0, 10) == pytest.approx((0, -10)), "the top"
    assert at(90, 10) == pytest.approx((10, 0)), "clockwise"


def test_days_go_clockwise_evenly() -> None:
    first = date(2024, 1, 1)
    angles = [angle_of(first + timedelta(days=n)) for n in range(366)]
    steps = {round(b - a, 9) for a, b in pairwise(angles)}
    assert steps == {round(360 / 366, 9)}
