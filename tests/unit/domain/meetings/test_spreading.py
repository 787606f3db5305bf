"""Evenly apart: against trying every choice there is."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.meetings.spreading import spread


@pytest.mark.parametrize(
    ("places", "count", "found"),
    [(12, 4, [1, 4, 7, 10]), (44, 1, [21]), (2, 5, [0, 1]), (0, 3, []), (9, 0, []), (1, 1, [0])],
)
def test_the_first_and_last_are_half_a_step_from_the_ends(places: int, count: int, found: list[int]) -> None:
    assert spread(places, count) == found


def test_what_is_taken_is_kept_away_from() -> None:
    assert spread(44, 3, [10]) == [2, 23, 36] or min(abs(p - 10) for p in spread(44, 3, [10])) >= 6
    assert spread(10, 2, [4, 5]) == [1, 8]
    assert spread(4, 4, [0, 1, 2, 3]) == []


def cost(places: int, chosen: list[int], taken: list[int]) -> float:
    """How uneven a choice is: the squares of what each gap is from the step."""
    stops = sorted({*chosen, *taken})
    start = min(0, *stops) if stops else 0
    step = (places - start) / len(stops)
    gaps = [(stops[0] - start + 0.5) - step / 2, (places - stops[-1] - 0.5) - step / 2]
    gaps += [b - a - step for a, b in pairwise(stops)]
    return sum(g * g for g in gaps)


@given(st.integers(1, 11), st.integers(1, 4), st.sets(st.integers(-4, 10), max_size=3))
def test_no_other_choice_is_more_even(places: int, count: int, taken: set[int]) -> None:
    known = [t for t in taken if t < places]
    free = [p for p in range(places) if p not in taken]
    found = spread(places, count, sorted(taken))
    assert len(found) == min(count, len(free))
    assert set(found) <= set(free)
    if found:
        every = [cost(places, list(c), known) for c in combinations(free, len(found))]
        assert cost(places, found, known) == pytest.approx(min(every))
