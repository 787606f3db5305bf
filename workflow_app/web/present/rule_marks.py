"""What is marked in the agreement's text beside its rules: rules, questions, sentences not read.

Each mark leads to what was made of the words, and that leads back; the ids of
both ends are made here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.models.contents import RuleSet
from workflow_app.services.answers import share_words
from workflow_app.web.pagemodels.clauses import Mark, MarkKind
from workflow_app.web.present.marked_text import Span

_IDS: dict[MarkKind, tuple[str, str]] = {
    "rule": ("clause-", "rule-"),
    "question": ("asked-", "answer."),
    "unread": ("passed-", "unread-"),
}
"""What the ids of a mark and of its counterpart begin with."""


def mark_id(kind: MarkKind, key: str) -> str:
    """The id of the marked words."""
    return _IDS[kind][0] + key


def unread_of(current: RuleSet) -> list[tuple[str, dict[str, Any]]]:
    """The sentences that speak of time and that no rule cites by now, each with its number."""
    return [
        (str(n), passage)
        for n, passage in enumerate(current.unread)
        if not any(share_words(r, passage) for r in current.rules)
    ]


def spans(
    request: Request, current: RuleSet, unread: Sequence[tuple[str, Mapping[str, Any]]]
) -> Iterator[Span]:
    """Every mark of the page."""
    for n, rule in enumerate(current.rules):
        said = msg("read as: ${kind}, rule ${number}", kind=kind_word(rule["kind"]), number=n + 1)
        yield _span(rule, "rule", str(n), str(n + 1), request.say(said))
    asked = request.say(msg("a question is asked about these words"))
    for n, question in enumerate(current.questions):
        yield _span(question, "question", str(n), "?", asked)
    passed = request.say(msg("speaks of time, and was not read"))
    for key, passage in unread:
        yield _span(passage, "unread", key, "⋯", passed)


def _span(at: Mapping[str, Any], kind: MarkKind, key: str, badge: str, said: str) -> Span:
    own, other = _IDS[kind]
    return Span(at["start"], at["end"], Mark(own + key, f"#{other}{key}", badge, said, kind))
