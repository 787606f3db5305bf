"""What of the guided form is folded, and what its headings say."""

from __future__ import annotations

from typing import Any

import pytest

from workflow_app.web.pagemodels.evaluation import AnswerField, GoalFields
from workflow_app.web.present.evaluation_folding import ANSWERED, BEGUN, UNANSWERED, standing_of, unfolded


@pytest.mark.parametrize(
    ("raw", "standing"),
    [
        ({}, UNANSWERED),
        ({"goal": "Mindre rus", "effect": "  ", "assessment": ""}, UNANSWERED),
        ({"assessment": "no such answer"}, UNANSWERED),
        ({"effect": "Færre saker."}, BEGUN),
        ({"assessment": "reached"}, BEGUN),
        ({"measures": "Turer.", "assessment": "reached"}, BEGUN),
        ({"effect": "Færre saker.", "assessment": "reached"}, ANSWERED),
    ],
)
def test_a_goal_is_answered_when_nothing_is_lacking(raw: dict[str, Any], standing: str) -> None:
    assert standing_of(raw)[0] == standing


def goal(number: int, standing: str, opened: bool = False) -> GoalFields:
    """A goal that stands so."""
    return GoalFields(number, AnswerField("", ""), (), (), standing=standing, open=opened)


@pytest.mark.parametrize(
    ("goals", "shown"),
    [
        ([goal(1, ANSWERED), goal(2, UNANSWERED), goal(3, UNANSWERED)], [2]),
        ([goal(1, UNANSWERED), goal(2, BEGUN, True)], [2]),
        ([goal(1, ANSWERED), goal(2, ANSWERED)], []),
        ([], []),
    ],
)
def test_the_goal_to_go_on_with_stands_open(goals: list[GoalFields], shown: list[int]) -> None:
    assert [g.number for g in unfolded(goals) if g.open] == shown
