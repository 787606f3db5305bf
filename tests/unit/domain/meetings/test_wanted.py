"""What the clauses of the five agreements ask for, and what it is called."""

from __future__ import annotations

from typing import Any

import pytest

from workflow_app.domain.meetings.wanted import wanted
from workflow_app.domain.rules import Rule


def council(**values: Any) -> Rule:
    return Rule("meetings", "council", "x", 0, 1, {"strength": "must", **values})


@pytest.mark.parametrize(
    ("rules", "target", "floor"),
    [
        ([council(per_year=4, spring=2, autumn=2)], 4, 4),  # Moss
        ([council(per_year=4, per_year_min=2)], 4, 2),  # Lillehammer
        ([council(per_year=5)], 5, 5),  # Stange
        ([council(per_year_min=2), council(per_year=2)], 2, 2),  # Rælingen
        ([council(per_year_min=2)], 2, 2),  # Sør-Varanger
        ([council(per_year=4, strength="should")], 4, 0),
        ([council(per_year=4, strength="should"), council(per_year_min=2)], 4, 2),
        ([Rule("attendance", "yearly", "x", 0, 1, {"per_year": 3})], 0, 0),
        ([], 0, 0),
    ],
)
def test_target_and_floor(rules: list[Rule], target: int, floor: int) -> None:
    found = wanted(rules)
    assert (found.target, found.floor) == (target, floor)


def test_the_halves_of_the_year_are_the_clause_s_own() -> None:
    assert wanted([council(per_year=4, spring=2, autumn=2)]).divided
    assert not wanted([council(per_year=4)]).divided


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([council(per_year=4, per_year_min=2)], "2 of at least 2 held, aiming at 4"),
        ([council(per_year=4)], "2 of 4 held"),
        ([council(per_year_min=2)], "2 of at least 2 held"),
        ([council(per_year_min=2), council(per_year=2)], "2 of at least 2 held"),
        ([council(per_year=4, strength="should")], "2 held, aiming at 4"),
        ([], "2 held; no clause says how many there should be"),
    ],
)
def test_how_far_the_year_has_come(rules: list[Rule], said: str) -> None:
    assert str(wanted(rules).standing(2)) == said
