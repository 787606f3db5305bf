"""Which goals of the guided form are folded away, and what their heading says of them.

A form with seven goals is ten screens long. Folded, it is one, and whoever takes
it up again sees at once what is left; the goal to go on with stands open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow_app.domain.evaluation_form.words import ASSESSMENTS, PARTS
from workflow_app.domain.messages import Message, msg
from workflow_app.web.pagemodels.evaluation import GoalFields

ANSWERED, BEGUN, UNANSWERED = "met", "soon", "open"
"""Written as the status of a deadline is, so that the tags look the same."""


def standing_of(raw: Mapping[str, Any]) -> tuple[str, Message]:
    """How far a goal is answered, from its raw answers, and the words for it.

    Answered when nothing is lacking: what has changed, and whether it was reached.
    """
    said = [part for part in PARTS if str(raw.get(part) or "").strip()]
    judged = raw.get("assessment") in ASSESSMENTS
    if judged and "effect" in said:
        return ANSWERED, msg("Answered")
    return (BEGUN, msg("Half answered")) if judged or said else (UNANSWERED, msg("Not answered yet"))


def unfolded(goals: Sequence[GoalFields]) -> tuple[GoalFields, ...]:
    """The goals, with the first that nobody has begun opened where no other stands open."""
    if any(goal.open for goal in goals):
        return tuple(goals)
    first = next((goal.number for goal in goals if goal.standing == UNANSWERED), None)
    return tuple(replace(goal, open=goal.number == first) for goal in goals)
