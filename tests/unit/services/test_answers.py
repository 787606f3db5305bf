"""An answer's rules take the place of those read from the same words, and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.domain.reading import read
from workflow_app.services.answers import answered, is_settled, kinds_of, outcome_of, to_fill_in
from workflow_app.services.errors import FieldErrors

Stored = dict[str, Any]


def rule(kind: str, start: int, end: int, **more: Any) -> Stored:
    return {"kind": kind, "form": "x", "quote": "", "start": start, "end": end, **more}


TERM, SHORTER = rule("validity", 10, 20, months=24), rule("validity", 10, 20, months=12)
OTHER = rule("revision", 10, 20)
ELSEWHERE = rule("validity", 40, 50)
QUESTION: Stored = {
    "code": "q", "sentence": "?", "values": {}, "quote": "", "start": 10, "end": 20,
    "choices": ["a", "b", "none", "later"], "outcomes": [[TERM], [SHORTER], [], None],
    "form": "validity:duration",
}  # fmt: skip
READ = [TERM, OTHER, ELSEWHERE]


def by_answer(answer: str, rules: list[Stored] = READ, question: Stored = QUESTION) -> list[Stored]:
    return answered(rules, [question], {"0": answer})[0]


def test_the_outcome_replaces_its_kind_at_the_same_words_and_counts_as_corrected() -> None:
    assert by_answer("b") == [OTHER, {**SHORTER, "corrected": True}, ELSEWHERE]
    assert by_answer("none") == [OTHER, ELSEWHERE]


def test_a_choice_to_be_filled_in_leaves_the_rules_and_settles_nothing() -> None:
    rules, [asked] = answered(READ, [QUESTION], {"0": "later"})
    assert rules == sorted(READ, key=lambda r: (r["start"], r["kind"]))
    assert asked["answer"] == "later"
    assert to_fill_in(asked, "later")
    assert not is_settled(asked, rules)
    assert is_settled(asked, [{**TERM, "corrected": True}])
    assert not is_settled(asked, [{**ELSEWHERE, "corrected": True}])


def test_the_one_not_chosen_of_two_that_contradict_each_other_falls_away() -> None:
    """They stand in two places, and the question quotes the first."""
    asked = {**QUESTION, "choices": ["a", "b"], "outcomes": [[TERM], [ELSEWHERE]]}
    assert by_answer("a", question=asked) == [OTHER, {**TERM, "corrected": True}]
    assert by_answer("b", question=asked) == [OTHER, {**ELSEWHERE, "corrected": True}]


def test_a_question_stored_before_answers_had_effect_is_answered_as_it_was() -> None:
    old = {k: v for k, v in QUESTION.items() if k not in ("outcomes", "form")}
    rules, [asked] = answered(READ, [old], {"0": "a"})
    assert rules == sorted(READ, key=lambda r: (r["start"], r["kind"]))
    assert asked["answer"] == "a"
    assert is_settled(asked, rules)
    assert outcome_of(old, "a") is None
    assert not to_fill_in(old, "a")
    assert kinds_of(old) == frozenset()


@pytest.mark.parametrize(("key", "answer"), [("0", "c"), ("1", "a"), ("x", "a"), ("", "a"), ("²", "a")])
def test_what_is_no_choice_of_the_question_is_refused(key: str, answer: str) -> None:
    with pytest.raises(FieldErrors):
        answered(READ, [QUESTION], {key: answer})


def test_what_was_given_is_not_changed() -> None:
    before = [dict(r) for r in READ], dict(QUESTION)
    by_answer("b")
    assert before == (READ, QUESTION)


@given(st.lists(st.sampled_from(["a", "b", "none", "later"]), max_size=5))
def test_the_last_answer_with_effect_decides(answers: list[str]) -> None:
    rules: list[Stored] = READ
    questions = [QUESTION]
    for answer in answers:
        rules, questions = answered(rules, questions, {"0": answer})
    told = [a for a in answers if a != "later"]
    if told:
        assert rules == by_answer(told[-1])


def test_the_readers_own_outcomes_stand_in_the_text() -> None:
    text = "Avtalen gjelder i to år.\n\nAvtalen løper frem til 31.12.2027.\n"
    for question in read(text).questions:
        for outcome in question.outcomes:
            assert all(text[r.start : r.end] == r.quote for r in outcome or ())
