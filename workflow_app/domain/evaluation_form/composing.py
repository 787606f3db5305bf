"""The text of an evaluation that was answered goal by goal: what a program reads as ``body``.

The same answers give the same text in the same language, so that who reads the
text and who reads the answers have read the same evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from workflow_app.domain.evaluation_form.answers import Answers
from workflow_app.domain.evaluation_form.words import ASSESSMENTS, PARTS, QUESTIONS
from workflow_app.domain.messages import Message, msg

Say = Callable[[Message], str]


def compose(answers: Answers, say: Say) -> tuple[str, str]:
    """Body and learning points in the language of ``say``; learning points stand goal by goal."""
    return "\n\n".join(_body(answers, say)), "\n".join(_learning(answers))


def _body(answers: Answers, say: Say) -> Iterator[str]:
    for number, goal in enumerate(answers.goals, 1):
        head = say(msg("Goal ${number}: ${goal}", number=number, goal=goal.goal))
        lines = [head]
        if goal.assessment in ASSESSMENTS:
            lines.append(f"{say(msg('Assessment'))}: {say(ASSESSMENTS[goal.assessment])}")
        yield "\n".join(lines)
        for name, label in PARTS.items():
            if name != "learning" and (said := getattr(goal, name)):
                yield f"{say(label)}\n{said}"
    for key, label in QUESTIONS.items():
        if said := answers.general.get(key, "").strip():
            yield f"{say(label)}\n{said}"


def _learning(answers: Answers) -> Iterator[str]:
    for goal in answers.goals:
        if goal.learning:
            yield f"{goal.goal}: {goal.learning}"
