"""The last look at what was read: a rule that no form would take from a person is asked about instead.

A slip of the pen ("999 møter i året", "avtalen varer i 9999 år"), or a start that
comes after the end that another clause gives. The clause stands, so it is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.model import Question
from workflow_app.domain.rule_checking import WrongRule, checked
from workflow_app.domain.rules import Rule

_BACKWARDS = msg("The period ends before it begins. What is meant?")
_UNLIKELY = msg("The clause gives a number that cannot be right. What is meant?")


def sound(rules: Iterable[Rule], asked: list[Question]) -> list[Rule]:
    """The rules that can be; for each of the others a question is added to ``asked``."""
    kept = []
    for rule in rules:
        wrong = _wrong(rule)
        if wrong is None:
            kept.append(rule)
        else:
            asked.append(_question(rule, wrong))
    return kept


def sound_answers(questions: Iterable[Question]) -> list[Question]:
    """The questions, each choice that would give a rule that cannot be left to be filled in."""
    return [
        replace(
            question,
            outcomes=tuple(
                None if rules is None or any(map(_wrong, rules)) else rules for rules in question.outcomes
            ),
        )
        for question in questions
    ]


def _wrong(rule: Rule) -> WrongRule | None:
    try:
        checked(rule.kind, rule.form, rule.values)
    except WrongRule as wrong:
        return wrong
    return None


def _question(rule: Rule, wrong: WrongRule) -> Question:
    backwards = (rule.kind, rule.form) == ("validity", "period") and list(wrong.errors) == ["to"]
    code = "period_backwards" if backwards else "unlikely_value"
    sentence = _BACKWARDS if backwards else _UNLIKELY
    return Question(code, sentence, rule.quote, rule.start, rule.end, form=f"{rule.kind}:{rule.form}")
