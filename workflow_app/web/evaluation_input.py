"""The guided form of an evaluation as it is sent: numbered fields to answers, and a program's own.

Names are ``goals.N.part`` and ``general.key``, so that a page without script, a
session that ended and a wrong value all keep what was written where it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflow_app.domain.evaluation_form import Answers, InvalidAnswers, read_answers
from workflow_app.domain.fields import FIELDS
from workflow_app.domain.messages import Message, msg
from workflow_app.services.errors import FieldErrors

GOAL = re.compile(r"goals\.([1-9][0-9]?)\.(goal|measures|effect|assessment|learning|start|end|out)")
GENERAL = re.compile(r"general\.([a-z]{1,30})")
GUIDED = "guided"
"""The hidden field that tells the guided form from the text sent whole."""
SEEN = "seen"
"""The hidden field with the number of the version the form was filled from; 0 where there was none."""


def is_guided(sent: Mapping[str, Any]) -> bool:
    """Whether the answers come goal by goal."""
    return "answers" in sent or GUIDED in sent


def answers_of(sent: Mapping[str, Any]) -> Answers:
    """The answers of the form or of a program's ``answers``. Raises ``FieldErrors`` by the form's names."""
    raw = sent["answers"] if "answers" in sent else raw_answers(sent)
    wrong: dict[str, Message] = {}
    for name in sent:
        known = name in ("answers", "outcome", "year", "version", SEEN, GUIDED)
        if not (known or GOAL.fullmatch(name) or GENERAL.fullmatch(name)):
            wrong[str(name)[:60]] = (
                msg("Send the text whole or the answers, not both: the text is composed of the answers.")
                if name in ("body", "learning_points")
                else msg("There is no answer “${name}” here.", name=str(name)[:60])
            )
    outcome = sent.get("outcome") or ""
    choices = [choice.value for choice in FIELDS["evaluation_outcome"].choices]
    if outcome and outcome not in choices:
        wrong["outcome"] = msg("Choose one of ${choices}.", choices=", ".join(choices))
        outcome = ""
    try:
        answers = read_answers(raw, outcome)
    except InvalidAnswers as faults:
        raise FieldErrors({**faults.errors, **wrong}) from faults
    if wrong:
        raise FieldErrors(wrong)
    return answers


def raw_answers(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What the form holds, goals in their order, without those marked to be left out and empty ones."""
    goals: dict[int, dict[str, Any]] = {}
    general: dict[str, Any] = {}
    for name, value in sent.items():
        if (place := GOAL.fullmatch(name)) is not None:
            goals.setdefault(int(place[1]), {})[place[2]] = value
        elif (key := GENERAL.fullmatch(name)) is not None:
            general[key[1]] = value
    kept = [goals[n] for n in sorted(goals) if not goals[n].pop("out", "")]
    said = [_placed(goal) for goal in kept if any(str(goal.get(p) or "").strip() for p in _SAID)]
    return {"goals": said, "general": general}


_SAID = ("goal", "measures", "effect", "assessment", "learning")
"""What a goal has, apart from its place; one with nothing of it is an empty row of the form."""


def _placed(goal: dict[str, Any]) -> dict[str, Any]:
    """The goal with its place as numbers; a place that is none is left out, since the words stand anyway."""
    ends = [str(goal.pop(name, "")) for name in ("start", "end")]
    if all(end.isascii() and end.isdecimal() and len(end) < 9 for end in ends):
        goal |= {"start": int(ends[0]), "end": int(ends[1])}
    return goal
