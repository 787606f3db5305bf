"""What no form would take is asked about, with the clause that says it; the rest of the text is read."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import read
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.sound import sound, sound_answers
from workflow_app.domain.rules import Rule

FOUR = Rule("meetings", "council", "x", 0, 1, MappingProxyType({"per_year": 4, "strength": "must"}))
FAR_TOO_OFTEN = Rule(
    "meetings", "council", "x", 0, 1, MappingProxyType({"per_year": 999, "strength": "must"})
)


@pytest.mark.parametrize(
    ("clause", "form"),
    [
        ("Politirådet skal møtes 999 ganger i året.", "meetings:council"),
        ("Avtalen har en varighet på 900 år.", "validity:duration"),
        ("Saksliste sendes ut senest 900 dager før møtet i politirådet.", "agenda:lead"),
    ],
)
def test_a_number_that_cannot_be_right_is_asked_about(clause: str, form: str) -> None:
    reading = read(f"Avtalen revideres årlig.\n\n{clause}\n")
    assert [rule.kind for rule in reading.rules] == ["revision"]
    asked = [question for question in reading.questions if question.code == "unlikely_value"]
    assert [(question.quote, question.form) for question in asked] == [(clause, form)]


def test_a_start_after_the_end_that_another_clause_gives_is_asked_about() -> None:
    reading = read("Avtalen trer i kraft 1.8.2031.\n\nAvtalen gjelder til og med 31.12.2028.\n")
    assert not [rule for rule in reading.rules if rule.kind == "validity"]
    assert [question.code for question in reading.questions] == ["period_backwards"]


def test_what_can_be_is_left_alone() -> None:
    asked: list[Question] = []
    assert sound([FOUR], asked) == [FOUR]
    assert asked == []


def test_an_answer_that_would_give_such_a_rule_is_to_be_filled_in() -> None:
    question = Question("whose", msg("Whose?"), "x", 0, 1, (msg("a"), msg("b")), ((FAR_TOO_OFTEN,), ()))
    assert sound_answers([question])[0].outcomes == (None, ())


def test_words_of_a_value_are_on_one_line_and_can_be_shown() -> None:
    reading = read("Ungdoms\x1brådet skal  delta i politirådets møter\nto ganger i året.")
    assert [rule.values["who"] for rule in reading.rules] == ["Ungdomsrådet"]
