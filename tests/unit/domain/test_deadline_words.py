"""What a deadline is called: every kind has words, and a name tells one year from another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from workflow_app.domain.deadline_words import WHAT, headline, what_to_do
from workflow_app.domain.deadlines import Deadline
from workflow_app.domain.deadlines.model import Kind
from workflow_app.domain.messages import msg
from workflow_app.domain.rules import Rule

ON = date(2026, 12, 31)
BASE = Deadline("evaluation", "clause", ON, ON, "Hvert år.", msg("Every year."), year=2026)
WALK = Rule("task", "yearly", "Trygghetsvandring", 0, 5, {"what": "Trygghetsvandring", "per_year_min": 1})


def test_every_kind_says_what_to_do() -> None:
    assert set(WHAT) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("deadline", "name"),
    [
        (BASE, "Evaluation 2026"),
        (replace(BASE, kind="expiry", year=None), "Expiry"),
        (replace(BASE, kind="meeting"), "Meetings of the politiråd in 2026"),
        (replace(BASE, kind="task", rule=WALK), "Task 2026: Trygghetsvandring"),
        (replace(BASE, kind="report", year=None), "Report to the kommunestyre"),
        (
            replace(BASE, kind="report", occasion="evaluation"),
            "The evaluation of 2026 before the kommunestyre",
        ),
    ],
)
def test_a_name_stands_alone(deadline: Deadline, name: str) -> None:
    assert str(headline(deadline)) == name


def test_an_agenda_is_that_of_its_meeting() -> None:
    sentence = msg("${days} days before the meeting on ${day}.", days=7, day=date(2026, 5, 5))
    agenda = replace(BASE, kind="agenda", rule_sentence=sentence, meeting=3)
    assert str(headline(agenda)) == "The agenda of the meeting on 2026-05-05"


def test_a_report_of_something_else_says_what_is_laid_before_the_council() -> None:
    assert what_to_do("report") == WHAT["report"]
    assert what_to_do("report", "evaluation") != WHAT["report"]
    assert what_to_do("evaluation", "evaluation") == WHAT["evaluation"]
