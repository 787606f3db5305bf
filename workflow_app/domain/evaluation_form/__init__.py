"""The yearly evaluation as a guided form: goals found in the agreement, answers, and the text of them."""

from workflow_app.domain.evaluation_form.answers import (
    Answers,
    GoalAnswer,
    InvalidAnswers,
    missing,
    read_answers,
)

__all__ = ["Answers", "GoalAnswer", "InvalidAnswers", "missing", "read_answers"]
