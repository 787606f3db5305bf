"""The rules of an agreement as programs get them, with the numbers that corrections name them by."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.deadlines import silences
from workflow_app.domain.rules import Rule
from workflow_app.domain.rules_in_words import in_words
from workflow_app.services import proposals, rule_history
from workflow_app.services.answers import is_settled
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.material import rules_of
from workflow_app.web.present.rule_changes import Stored, moves_json, pairs
from workflow_app.web.present.rule_marks import unread_of
from workflow_app.web.present.rule_order import suggested_by
from workflow_app.web.present.rule_preview import preview_json
from workflow_app.web.present.rules import proposing, right
from workflow_app.web.resources import AgreementResource

Json = dict[str, Any]


def rules_json(request: Request, resource: AgreementResource, after: list[Stored] | None = None) -> Json:
    """The reading that stands: dated and undated rules, each with its ``index``, and what is proposed.

    ``after`` are the rules as a correction would leave them: then it is told
    what would change, and which deadlines would move.
    """
    db, agreement = request.dbsession, resource.agreement
    current = rules_of(db, agreement)
    chronicle = read_chronicle(db, agreement, request.today, current)
    suggested, because = suggested_by(current)
    told = [_told(request, n, raw) for n, raw in enumerate(current.rules)]
    return {
        "version": agreement.version,
        "text_version": current.text_number,
        "number": current.number,
        "confirmed": current.confirmed_at is not None,
        "confirmed_at": current.confirmed_at,
        "confirmed_by": current.confirmed_by,
        "rules": [r for r in told if "reason" not in r],
        "undated": [r for r in told if "reason" in r],
        "set_aside": rule_history.set_aside(db, agreement),
        "incomplete_sections": list(current.incomplete),
        "questions": [
            {**q, "index": n, "settled": is_settled(q, current.rules)}
            for n, q in enumerate(current.questions)
        ],
        "unread": [passage for _, passage in unread_of(current)],
        "references": list(current.references),
        "suggested_definition": suggested,
        "suggested_because": {k: because[k] for k in ("quote", "start", "end")} if because else None,
        "definition": {"id": agreement.definition_id, "version": agreement.definition_version},
        "silences": [
            {"kind": s.kind, "sentence": request.say(s.sentence)}
            for s in silences(chronicle.rules, chronicle.history)
            if s.rule is None
        ],
        "proposing": proposing(resource),
        "may_correct": bool(request.has_permission(right(resource), resource)),
        "proposed": _proposed(request, resource),
        **({} if after is None else preview_json(request, agreement, current, after)),
        **({"csrf_token": request.me.session.csrf_token} if request.me.session else {}),
    }


def _told(request: Request, index: int, raw: Json) -> Json:
    return {**raw, "index": index, "sentence": request.say(in_words(Rule.from_json(raw)))}


def _proposed(request: Request, resource: AgreementResource) -> Json | None:
    db, agreement = request.dbsession, resource.agreement
    proposed = proposals.proposed(db, agreement)
    if proposed is None or not proposing(resource):
        return None
    current = rules_of(db, agreement)
    return {
        "number": proposed.number,
        "changes": [{"before": old, "after": new} for old, new in pairs(current.rules, proposed.rules)],
        "moves": moves_json(request, agreement, current, proposed.rules),
    }
