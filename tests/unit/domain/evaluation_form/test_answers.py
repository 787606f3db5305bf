"""Answers: read from anything that is sent, stored and read again, and what they lack."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.digests import evaluation_digest
from workflow_app.domain.evaluation_form import Answers, GoalAnswer, InvalidAnswers, missing, read_answers
from workflow_app.domain.evaluation_form.composing import compose

GOAL = {"goal": "Mindre vold", "effect": "Færre saker.", "assessment": "partly", "learning": "Spør tidlig."}
WHOLE = {"goals": [GOAL], "general": {"cooperation": "Godt.", "conclusion": "Videre."}}


def lacks(answers: Answers) -> list[str]:
    return [name for name, _ in missing(answers)]


def test_whole_answers_lack_nothing_and_each_part_is_missed_by_its_name() -> None:
    assert lacks(read_answers(WHOLE, "continues")) == []
    assert lacks(read_answers(WHOLE)) == ["outcome"]
    assert lacks(read_answers({})) == ["goals.1.goal", "general.cooperation", "general.conclusion", "outcome"]
    partly = {"goals": [GOAL, {"goal": "Mindre rus", "measures": "Møter."}], "general": {}}
    assert lacks(read_answers(partly, "continues")) == [
        "goals.2.effect", "goals.2.assessment", "general.cooperation", "general.conclusion",
    ]  # fmt: skip


def test_empty_goals_are_left_out_and_words_are_drawn_together() -> None:
    read = read_answers({"goals": [{"goal": " "}, {"goal": "Mindre\n vold "}, {"measures": ""}]})
    assert [g.goal for g in read.goals] == ["Mindre vold"]


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ("tekst", ["answers"]),
        ({"goals": {}}, []),
        ({"goals": "Mindre vold"}, ["goals"]),
        ({"goals": ["Mindre vold"]}, ["goals.1"]),
        ({"goals": [GOAL, {"measures": "Uten mål."}]}, ["goals.2.goal"]),
        ({"goals": [GOAL | {"assessment": "bra"}]}, ["goals.1.assessment"]),
        ({"goals": [GOAL | {"score": 3}]}, ["goals.1.score"]),
        ({"goals": [GOAL | {"effect": 3}]}, ["goals.1.effect"]),
        ({"goals": [GOAL | {"effect": "\x00"}]}, ["goals.1.effect"]),
        ({"goals": [GOAL | {"effect": "\ud800"}]}, ["goals.1.effect"]),
        ({"goals": [GOAL | {"effect": "x" * 20_001}]}, ["goals.1.effect"]),
        ({"goals": [GOAL | {"start": 9, "end": 3}]}, ["goals.1.start"]),
        ({"goals": [GOAL] * 41}, ["goals"]),
        ({"general": {"mood": "god"}}, ["general.mood"]),
        ({"general": []}, []),
        ({"general": "godt"}, ["general"]),
        ({"summary": "x"}, ["summary"]),
    ],
)
def test_what_is_wrong_is_named(sent: Any, fields: list[str]) -> None:
    if not fields:
        assert read_answers(sent) == Answers()
        return
    with pytest.raises(InvalidAnswers) as caught:
        read_answers(sent)
    assert sorted(caught.value.errors) == fields


def test_another_shape_of_stored_answers_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 2"):
        Answers.from_json({"version": 2, "goals": []})


words = st.text(max_size=30).map(str.strip)
goals = st.builds(
    GoalAnswer,
    goal=st.text(min_size=1, max_size=20),
    measures=words,
    effect=words,
    assessment=st.sampled_from(["", "reached", "partly"]),
    learning=words,
)


@given(st.lists(goals, max_size=4), st.dictionaries(st.sampled_from(["situation", "conclusion"]), words))
def test_stored_answers_are_the_same_when_read_again(found: list[GoalAnswer], said: dict[str, str]) -> None:
    answers = Answers(tuple(found), {k: v for k, v in said.items() if v}, "continues")
    again = Answers.from_json(answers.to_json())
    assert again == answers
    assert compose(again, str) == compose(answers, str)


def test_the_text_says_everything_and_learning_stands_goal_by_goal() -> None:
    body, learning = compose(read_answers(WHOLE, "continues"), str)
    assert body.startswith("Goal 1: Mindre vold\nAssessment: Partly reached\n\n")
    for said in ("Færre saker.", "Godt.", "Videre."):
        assert said in body
    assert learning == "Mindre vold: Spør tidlig."


def test_answers_are_hashed_and_a_text_sent_whole_has_the_hash_it_always_had() -> None:
    answers = read_answers(WHOLE, "continues")
    body, learning = compose(answers, str)
    told = evaluation_digest(2025, body, learning, "continues", answers.to_json())
    assert told != evaluation_digest(2025, body, learning, "continues")
    other = read_answers({**WHOLE, "goals": [GOAL | {"assessment": "reached"}]}, "continues")
    assert told != evaluation_digest(2025, body, learning, "continues", other.to_json())
    # Computed before answers were thought of: approvals given then must go on counting.
    old = "ebedc93bd2ef8722dd884850dccf4b2789e44d5b9d45ee0ee2224cd3e131ef99"
    assert evaluation_digest(2025, "Det gikk bra.", "", "continues") == old
