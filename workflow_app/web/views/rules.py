"""The rules of an agreement: compared with their clauses, corrected, confirmed.

Before ``agree`` one coordinator corrects and confirms. Afterwards a correction
is a proposal: it counts as the proposer's approval, and the others accept it
through the write path, like every step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rules import Rule
from workflow_app.services import proposals, readings
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.material import rules_of
from workflow_app.services.transitions import take_transition
from workflow_app.web.body import json_object, sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, shown_again, status_of, to_page
from workflow_app.web.pagemodels import Flash, Problem
from workflow_app.web.present.rule_fields import values_sent
from workflow_app.web.present.rules import RulesView, proposing, right
from workflow_app.web.present.rules_json import rules_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource
from workflow_app.web.uploads import json_text

LONGEST_NOTE = 500
MOST_CORRECTIONS = 200


@page("rules", context=AgreementResource, name="rules", permission=Permission.VIEW)
def rules(context: AgreementResource, request: Request) -> dict[str, object]:
    """Every clause beside its rule."""
    flashes = _why_this_definition(context, request) if request.GET.get("suggested") else ()
    return {"page": RulesView(request, context).page(), "nav": "agreements", "flashes": flashes}


def _why_this_definition(context: AgreementResource, request: Request) -> tuple[Flash, ...]:
    """Nobody chose the order of things; say which one the text suggested, and by which words."""
    title = Message(context.definition.title)
    clause = next(
        (r for r in rules_of(request.dbsession, context.agreement).rules
         if r["kind"] == "council" and r["form"] == "adoption"), None,
    )  # fmt: skip
    said = (
        msg("It follows “${title}”, because the text says: “${quote}”", title=title, quote=clause["quote"])
        if clause is not None
        else msg(
            "It follows “${title}”, because no clause says that the kommunestyre adopts it.", title=title
        )
    )
    return (Flash(request.say(said), "info"),)


@twin(context=AgreementResource, name="rules", permission=Permission.VIEW)
def rules_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The rules as JSON."""
    return rules_json(request, context)


@view_config(context=AgreementResource, name="rules", permission=Permission.VIEW, request_method="POST")
def change(context: AgreementResource, request: Request) -> Response:
    """Confirm, correct, accept or decline; the right it takes depends on the agreement's state."""
    asked = _asked_in_json(request) if request.content_type == "application/json" else sent(request)
    try:
        resource, code = _change(context, request, asked)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        return _again(context, request, asked, wrong)
    if wants_json(request):
        return as_json(request, rules_json(request, resource))
    return to_page(request, f"/agreements/{resource.agreement.id}/rules", done=code)


def _again(
    context: AgreementResource, request: Request, asked: Mapping[str, Any], wrong: ServiceError
) -> Response:
    errors = wrong.fields if isinstance(wrong, FieldErrors) else {}
    view = RulesView(request, context, {k: str(v) for k, v in asked.items()}, errors)
    # The fields of a rule have ids of their own, one set for each rule on the page.
    within = "anew" if "as" in asked else f"rule-{asked['rule']}" if asked.get("rule") else ""
    problems = tuple(
        Problem(f"{within}-{p.field}" if within and p.field and p.field in errors else p.field, p.message)
        for p in problems_of(request, wrong)
    )
    return page_again(request, "rules", view.page(problems), status_of(wrong))


def _asked_in_json(request: Request) -> dict[str, Any]:
    """The contract's ``confirm`` and ``corrections`` as the page's actions."""
    data = json_object(request)
    action = data.get("action")
    if action is None:
        named = [name for name in ("corrections", "confirm", "accept", "decline") if data.get(name)]
        action = "confirm" if named == ["confirm"] else named[0] if named else ""
    return {**data, "action": {"corrections": "correct"}.get(str(action), str(action))}


def _change(
    context: AgreementResource, request: Request, asked: Mapping[str, Any]
) -> tuple[AgreementResource, str]:
    resource = held(request, context, right(context))
    action = asked.get("action", "")
    note = json_text(dict(asked), "note")
    if note is not None and len(note) > LONGEST_NOTE:
        raise FieldErrors({"note": msg("The note is ${length} characters long; the most is ${most}.",
                                       length=len(note), most=LONGEST_NOTE)})  # fmt: skip
    if action == "confirm":
        return resource, _confirm(resource, request, _answers(asked), note)
    if action in ("correct", "set_aside", "replace"):
        corrections = _corrections(resource, request, asked, str(action))
        code = _correct(resource, request, corrections, note)
        if asked.get("confirm") is True and not proposing(resource):
            return resource, _confirm(resource, request, _answers(asked), note)
        return resource, code
    if action in ("accept", "decline") and proposing(resource):
        return resource, _settle(resource, request, asked, str(action))
    raise FieldErrors(
        {
            "action": msg(
                "Say what to do: confirm the rules, send corrections, or accept or decline a proposal."
            )
        }
    )


def _answers(asked: Mapping[str, Any]) -> dict[str, str]:
    answers = asked.get("answers")
    if isinstance(answers, Mapping):
        return {str(key): str(answer) for key, answer in answers.items()}
    return {k.removeprefix("answer."): str(v) for k, v in asked.items() if k.startswith("answer.")}


def _confirm(resource: AgreementResource, request: Request, answers: dict[str, str], note: str | None) -> str:
    if proposing(resource):
        return _correct(resource, request, [], note)
    readings.confirm(request.dbsession, resource.agreement, who=request.who, now=request.now, answers=answers)
    return "confirmed"


def _correct(
    resource: AgreementResource, request: Request, corrections: list[Mapping[str, Any]], note: str | None
) -> str:
    db, agreement = request.dbsession, resource.agreement
    if not proposing(resource):
        readings.correct(db, agreement, corrections, who=request.who, now=request.now, note=note)
        return "corrected"
    proposals.propose(db, agreement, corrections, who=request.who, now=request.now, note=note)
    return _approve(resource, request)


def _settle(resource: AgreementResource, request: Request, asked: Mapping[str, Any], action: str) -> str:
    db, agreement = request.dbsession, resource.agreement
    named = asked.get("proposal")
    if agreement.proposed_rules is None or (
        named not in (None, "") and str(named) != str(agreement.proposed_rules)
    ):
        raise Conflict("no_proposal", msg("That proposal is no longer there; look at the rules again."))
    if action == "decline":
        proposals.decline(db, agreement, who=request.who, now=request.now)
        return "declined"
    return _approve(resource, request)


def _approve(resource: AgreementResource, request: Request) -> str:
    """The approval of what is proposed, through the write path."""
    taken = take_transition(
        request.dbsession, resource.agreement, proposals.CORRECT, request.who, {}, request.now,
        registry=request.definitions,
    )  # fmt: skip
    if taken.decision is None:
        raise Conflict(taken.refusals[0].code, taken.refusals[0].reason)
    return "corrected" if taken.decision.to else "proposed"


def _corrections(
    resource: AgreementResource, request: Request, asked: Mapping[str, Any], action: str
) -> list[Mapping[str, Any]]:
    if "corrections" in asked:
        found = asked["corrections"]
        if not isinstance(found, list) or not found or len(found) > MOST_CORRECTIONS:
            raise FieldErrors({"corrections": msg("corrections must be a list of one or more corrections.")})
        return found
    current = rules_of(request.dbsession, resource.agreement).rules
    key = str(asked.get("rule", ""))
    index = (
        int(key) if key.isascii() and key.isdecimal() and len(key) < 6 and int(key) < len(current) else None
    )
    if action == "replace":
        kind, _, form = str(asked.get("as", "")).partition(":")
        rule = {
            "kind": kind,
            "form": form,
            "quote": str(asked.get("quote", "")),
            **values_sent(kind, form, asked),
        }
        return [{"rule": rule} if index is None else {"index": index, "rule": rule}]
    if index is None:
        raise FieldErrors({"rule": msg("Say which rule is meant.")})
    if action == "set_aside":
        return [{"index": index, "remove": True}]
    stands = Rule.from_json(current[index])
    return [{"index": index, "rule": values_sent(stands.kind, stands.form, asked)}]
