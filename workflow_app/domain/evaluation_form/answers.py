"""An evaluation as it is answered: each goal of the agreement, the questions besides, the conclusion.

The answers are stored as they are, beside the text that is composed of them, and
both are hashed: a reader of ten years from now needs neither this form nor its
words. Partial answers are kept like any other; :func:`missing` says what is
lacking before anybody can approve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from workflow_app.domain.evaluation_form.words import ASSESSMENTS, PARTS, QUESTIONS, REQUIRED
from workflow_app.domain.messages import Message, msg

VERSION = 1
"""The shape of the stored answers; told in them, so that another shape is known for what it is."""

LONGEST = 20_000
"""The most characters of one answer."""
LONGEST_GOAL = 500
MOST_GOALS = 40


@dataclass(frozen=True)
class GoalAnswer:
    """One goal in the agreement's words or in those of the evaluators, and what is said of it.

    ``start`` and ``end`` say where the words stand in the agreement's text
    (code points); both None for a goal written by hand.
    """

    goal: str
    measures: str = ""
    effect: str = ""
    assessment: str = ""
    learning: str = ""
    start: int | None = None
    end: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored and as a program sends it."""
        said = {"goal": self.goal, **{p: getattr(self, p) for p in PARTS}, "assessment": self.assessment}
        return said if self.start is None else {**said, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Answers:
    """All answers of one evaluation. ``general`` is by the key of the question.

    ``outcome`` is what has been chosen so far, "" while nothing is; it counts
    when nothing is missing any more.
    """

    goals: tuple[GoalAnswer, ...] = ()
    general: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is stored and hashed; empty answers are left out, so that they do not change the hash."""
        said = {key: self.general[key] for key in QUESTIONS if self.general.get(key, "").strip()}
        return {
            "version": VERSION,
            "goals": [g.to_json() for g in self.goals],
            "general": said,
            "outcome": self.outcome,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """Answers that were stored. Raises ``ValueError`` for another shape than :data:`VERSION`."""
        if raw.get("version") != VERSION:
            raise ValueError(f"answers of version {raw.get('version')!r} cannot be read here")
        goals = tuple(GoalAnswer(**g) for g in raw["goals"])
        return cls(goals, dict(raw["general"]), raw.get("outcome", ""))


class InvalidAnswers(Exception):
    """Raised by :func:`read_answers` with every wrong field."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def read_answers(sent: object, outcome: str = "") -> Answers:
    """Answers as a page or a program sends them; a goal without words and answers is left out.

    Raises :class:`InvalidAnswers` by ``goals.N.name`` (N from 1) and ``general.key``.
    """
    wrong: dict[str, Message] = {}
    if not isinstance(sent, Mapping):
        raise InvalidAnswers({"answers": msg("The answers must be an object with goals and general.")})
    for name in sent.keys() - {"version", "goals", "general", "outcome"}:
        wrong[str(name)[:60]] = msg("There is no answer “${name}” here.", name=str(name)[:60])
    goals = sent.get("goals") or []
    general = sent.get("general") or {}
    if not isinstance(goals, list) or len(goals) > MOST_GOALS:
        wrong["goals"] = msg("The goals must be a list, of ${most} at most.", most=MOST_GOALS)
        goals = []
    if not isinstance(general, Mapping):
        wrong["general"] = msg("The answers besides the goals must be an object, by question.")
        general = {}
    found = [g for n, raw in enumerate(goals, 1) if (g := _goal(n, raw, wrong)) is not None]
    said = {}
    for key, value in general.items():
        if key not in QUESTIONS:
            wrong[f"general.{str(key)[:40]}"] = msg(
                "There is no such question; the questions are ${keys}.", keys=", ".join(QUESTIONS)
            )
        else:
            said[key] = _text(f"general.{key}", value, wrong)
    if wrong:
        raise InvalidAnswers(wrong)
    return Answers(tuple(found), {k: v for k, v in said.items() if v}, outcome)


def _goal(number: int, raw: object, wrong: dict[str, Message]) -> GoalAnswer | None:
    at = f"goals.{number}"
    if not isinstance(raw, Mapping):
        wrong[at] = msg("A goal must be an object with goal, measures, effect, assessment and learning.")
        return None
    for name in raw.keys() - {"goal", "assessment", "start", "end", *PARTS}:
        wrong[f"{at}.{str(name)[:40]}"] = msg("There is no answer “${name}” here.", name=str(name)[:60])
    said = {p: _text(f"{at}.{p}", raw.get(p), wrong) for p in PARTS}
    assessment = raw.get("assessment") or ""
    if assessment and assessment not in ASSESSMENTS:
        wrong[f"{at}.assessment"] = msg("Choose one of ${choices}.", choices=", ".join(ASSESSMENTS))
        assessment = ""
    goal = _text(f"{at}.goal", raw.get("goal"), wrong, LONGEST_GOAL)
    if not goal:
        if any(said.values()) or assessment:
            wrong[f"{at}.goal"] = msg("Write which goal this is about.")
        return None
    start, end = _place(raw, at, wrong)
    return GoalAnswer(" ".join(goal.split()), assessment=str(assessment), start=start, end=end, **said)


def _place(raw: Mapping[str, Any], at: str, wrong: dict[str, Message]) -> tuple[int | None, int | None]:
    start, end = raw.get("start"), raw.get("end")
    if start is None and end is None:
        return None, None
    if type(start) is int and type(end) is int and 0 <= start < end < 2**31:
        return start, end
    wrong[f"{at}.start"] = msg("A place in the text is a start and a later end, in characters.")
    return None, None


def _text(name: str, value: object, wrong: dict[str, Message], longest: int = LONGEST) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        wrong[name] = msg("An answer must be text.")
        return ""
    text = value.replace("\r\n", "\n").strip()
    if len(text) > longest:
        wrong[name] = msg(
            "The answer is ${length} characters long; the most is ${most}.", length=len(text), most=longest
        )
    # A lone surrogate cannot be encoded, and so neither stored nor hashed.
    elif any((c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" for c in text):
        wrong[name] = msg("The answer holds characters that cannot be kept; write it with ordinary letters.")
    return text


def missing(answers: Answers) -> Iterator[tuple[str, Message]]:
    """What is lacking before it can be approved: field and sentence, in the order of the form."""
    if not answers.goals:
        yield "goals.1.goal", msg("Name at least one goal of the agreement.")
    for number, goal in enumerate(answers.goals, 1):
        if not goal.effect:
            yield f"goals.{number}.effect", msg("Goal ${number}: what has changed?", number=number)
        if not goal.assessment:
            yield f"goals.{number}.assessment", msg("Goal ${number}: was it reached?", number=number)
    for key in REQUIRED:
        if not answers.general.get(key, "").strip():
            yield f"general.{key}", QUESTIONS[key]
    if not answers.outcome:
        yield "outcome", msg("The outcome is not chosen.")
