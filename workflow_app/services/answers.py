"""What a person's answer to a question makes of the rules: pure, so that it can be shown before it is saved.

The reader says with each question which rules every choice gives. Those take
the place of what was read from the same words, and count as corrected by a
person; an answer is never only noted while the rules go on saying otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors

Stored = dict[str, Any]


def answered(
    rules: Sequence[Stored], questions: Sequence[Stored], answers: Mapping[str, str]
) -> tuple[list[Stored], list[Stored]]:
    """The rules and the questions with ``answers`` given, which are by the number of the question.

    An answer that stands already changes nothing, so that what was corrected
    after it is not undone. Raises ``FieldErrors`` for one that is none of the
    question's choices.
    """
    kept, asked = list(rules), [dict(q) for q in questions]
    for key, answer in answers.items():
        question = _asked(asked, key, answer)
        if question.get("answer") == answer:
            continue
        question["answer"] = answer
        outcome = outcome_of(question, answer)
        if outcome is not None:
            fresh = [{**rule, "corrected": True} for rule in outcome]
            kept = [r for r in kept if not _instead(question, r)] + fresh
    return sorted(kept, key=lambda r: (r["start"], r["kind"])), asked


def _asked(questions: Sequence[Stored], key: str, answer: str) -> Stored:
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 6 else -1
    if not 0 <= number < len(questions) or answer not in questions[number]["choices"]:
        raise FieldErrors(
            {
                f"answer.{key[:20]}": msg(
                    "That is none of the answers to choose from; look at the question again."
                )
            }
        )
    return questions[number]


def outcome_of(question: Mapping[str, Any], answer: str) -> list[Stored] | None:
    """The rules that a choice gives; None where it is to be filled in, or the reader said nothing of it."""
    outcomes = question.get("outcomes") or ()
    at = question["choices"].index(answer)
    found: list[Stored] | None = outcomes[at] if at < len(outcomes) else None
    return found


def to_fill_in(question: Mapping[str, Any], answer: str) -> bool:
    """Whether a choice has to be written into a rule form."""
    return bool(question.get("outcomes")) and outcome_of(question, answer) is None


def is_settled(question: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> bool:
    """Whether nobody is waited for: it was answered with effect, or a corrected rule cites its clause."""
    given = question.get("answer")
    if given is not None and not to_fill_in(question, given):
        return True
    return any(rule.get("corrected") and share_words(question, rule) for rule in rules)


def kinds_of(question: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of rule that the question is about."""
    outcomes = question.get("outcomes") or ()
    kinds = {rule["kind"] for outcome in outcomes for rule in outcome or ()}
    form = question.get("form")
    return frozenset(kinds | ({form.partition(":")[0]} if form else set()))


def _instead(question: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
    """Whether the outcome takes the rule's place: of its kind, read from words the answers are about."""
    about = [question, *(r for outcome in question["outcomes"] for r in outcome or ())]
    return rule["kind"] in kinds_of(question) and any(share_words(words, rule) for words in about)


def share_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two pieces of the text, each from ``start`` to ``end``, have words in common."""
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
