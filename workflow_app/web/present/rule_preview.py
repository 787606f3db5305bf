"""A correction before it is saved: what it changes, and which deadlines move with it.

The rules that would stand are made by the very functions that save them, and
the deadlines by the one function that computes them; nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.domain.rule_names import kind_word
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import RuleSet
from workflow_app.services.answers import answered
from workflow_app.services.corrections import corrected
from workflow_app.services.errors import ServiceError
from workflow_app.services.material import rules_of, text_of
from workflow_app.web.pagemodels import Preview, PreviewChange
from workflow_app.web.present.rule_changes import Stored, moved, moves_json, pairs
from workflow_app.web.present.rule_proposals import said

NOT_SENT_AGAIN = frozenset({"action", "then", "csrf_token", "version"})


def as_corrected(
    request: Request,
    agreement: Agreement,
    corrections: Sequence[Mapping[str, Any]],
    answers: Mapping[str, str],
) -> list[Stored]:
    """The rules as they would stand.

    Raises as the services do, and ``ServiceError`` (``nothing_changed``) for
    answers that leave everything as it is.
    """
    current = rules_of(request.dbsession, agreement)
    rules: list[Stored] = current.rules
    if corrections or not answers:
        rules = corrected(rules, corrections, text_of(request.dbsession, agreement).text)
    rules, questions = answered(rules, current.questions, answers)
    if rules == current.rules and questions == current.questions:
        raise ServiceError("nothing_changed", msg("That answer stands already; nothing was changed."))
    return rules


def preview(
    request: Request, agreement: Agreement, after: list[Stored], *, action: str, sent: Mapping[str, Any]
) -> Preview:
    """The page's part: old and new, the deadlines that move, and all that was written, to be sent again."""
    current = rules_of(request.dbsession, agreement)
    return Preview(
        changes=tuple(_change(request, old, new) for old, new in pairs(current.rules, after)),
        moves=tuple(request.say(words) for _, words in moved(request, agreement, current, after)),
        action=action,
        sent=tuple((name, str(value)) for name, value in sent.items() if name not in NOT_SENT_AGAIN),
        back=_back(sent),
    )


def _back(sent: Mapping[str, Any]) -> str:
    """Where the form stands that was sent."""
    if "as" in sent:
        return "#anew"
    return f"#rule-{sent['rule']}" if sent.get("rule") else "#questions-title"


def _change(request: Request, old: Stored | None, new: Stored | None) -> PreviewChange:
    shown = new or old
    assert shown is not None, "a pair has at least one side"
    return PreviewChange(
        kind=request.say(kind_word(shown["kind"])),
        before=said(request, old),
        after=said(request, new),
        quoted_before=old["quote"] if old else None,
        quoted_after=new["quote"] if new else None,
    )


def preview_json(request: Request, agreement: Agreement, current: RuleSet, after: list[Stored]) -> Stored:
    """The same for a program: beside the rules as they stand."""
    return {
        "changes": [{"before": old, "after": new} for old, new in pairs(current.rules, after)],
        "moves": moves_json(request, agreement, current, after),
    }
