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
from workflow_app.domain.messages import msg
from workflow_app.services import proposals, readings
from workflow_app.services.choosing import choose_definition
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.material import rules_of
from workflow_app.services.transitions import take_transition
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, shown_again, status_of, to_page
from workflow_app.web.pagemodels import Flash, Problem
from workflow_app.web.present.rule_order import told
from workflow_app.web.present.rule_preview import as_corrected, preview
from workflow_app.web.present.rules import RulesView, Sent, proposing, right
from workflow_app.web.present.rules_json import rules_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource
from workflow_app.web.rules_asked import (
    CORRECTING,
    answers_of,
    asked_in_json,
    corrections_of,
    note_of,
    previewed,
)

Asked = Mapping[str, Any]


@page("rules", context=AgreementResource, name="rules", permission=Permission.VIEW)
def rules(context: AgreementResource, request: Request) -> dict[str, object]:
    """Every clause beside its rule."""
    view = RulesView(request, context)
    # Just made by somebody who left the choice to the text: the page says it below, and now on top too.
    why = (Flash(told(request, context, view.current), "info"),) if request.GET.get("suggested") else ()
    return {"page": view.page(), "nav": "agreements", "flashes": why}


@twin(context=AgreementResource, name="rules", permission=Permission.VIEW)
def rules_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The rules as JSON."""
    return rules_json(request, context)


@view_config(context=AgreementResource, name="rules", permission=Permission.VIEW, request_method="POST")
def change(context: AgreementResource, request: Request) -> Response:
    """Confirm, answer, correct, accept or decline; the right it takes depends on the agreement's state."""
    asked = asked_in_json(request) if request.content_type == "application/json" else sent(request)
    try:
        only_shown = previewed(asked)
        if only_shown is not None:
            return _shown(context, request, asked, only_shown)
        if asked.get("action") == "change":
            return page_again(request, "rules", RulesView(request, context, Sent(_texts(asked))).page(), 200)
        resource, code = _change(context, request, asked)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        return _again(context, request, asked, wrong)
    if wants_json(request):
        return as_json(request, rules_json(request, resource))
    return to_page(request, f"/agreements/{resource.agreement.id}/rules", done=code)


def _texts(asked: Asked) -> dict[str, str]:
    return {name: str(value) for name, value in asked.items()}


def _again(context: AgreementResource, request: Request, asked: Asked, wrong: ServiceError) -> Response:
    errors = wrong.fields if isinstance(wrong, FieldErrors) else {}
    # The fields of a rule have ids of their own, one set for each rule on the page.
    within = "anew" if "as" in asked else f"rule-{asked['rule']}" if asked.get("rule") else ""
    problems = tuple(
        Problem(f"{within}-{p.field}" if within and p.field and p.field in errors else p.field, p.message)
        for p in problems_of(request, wrong)
    )
    view = RulesView(request, context, Sent(_texts(asked), errors, problems))
    return page_again(request, "rules", view.page(), status_of(wrong))


def _shown(context: AgreementResource, request: Request, asked: Asked, action: str) -> Response:
    """What a correction or an answer would change, on the same page; nothing is written."""
    resource = held(request, context, right(context))
    note_of(asked)
    current = rules_of(request.dbsession, resource.agreement)
    corrections = corrections_of(asked, action, current.rules) if action in CORRECTING else []
    answers = answers_of(asked) if action in ("answer", "confirm") or "answers" in asked else {}
    after = as_corrected(request, resource.agreement, corrections, answers)
    if wants_json(request):
        found = rules_json(request, resource, after)
        request.tm.doom()
        return as_json(request, found)
    shown = preview(request, resource.agreement, after, action=action, sent=asked)
    given = {name: value for name, value in _texts(asked).items() if name.startswith("answer.")}
    return page_again(request, "rules", RulesView(request, resource, Sent(given, preview=shown)).page(), 200)


def _change(context: AgreementResource, request: Request, asked: Asked) -> tuple[AgreementResource, str]:
    resource = held(request, context, right(context))
    action, note = str(asked.get("action", "")), note_of(asked)
    if action == "confirm":
        return resource, _confirm(resource, request, asked, note)
    if action == "answer" and answers_of(asked):
        return resource, _answer(resource, request, answers_of(asked), note)
    if action in CORRECTING:
        current = rules_of(request.dbsession, resource.agreement)
        code = _correct(resource, request, corrections_of(asked, action, current.rules), note)
        if asked.get("confirm") is True and not proposing(resource):
            return resource, _confirm(resource, request, asked, note)
        return resource, code
    if action in ("accept", "decline") and proposing(resource):
        return resource, _settle(resource, request, asked, action)
    if action == "definition":
        return _choose(resource, request, str(asked.get("definition", ""))), "chosen"
    raise FieldErrors(
        {
            "action": msg(
                "Say what to do: confirm the rules, send corrections, or accept or decline a proposal."
            )
        }
    )


def _confirm(resource: AgreementResource, request: Request, asked: Asked, note: str | None) -> str:
    answers = answers_of(asked)
    if proposing(resource):
        return _correct(resource, request, [], note, answers)
    readings.confirm(request.dbsession, resource.agreement, who=request.who, now=request.now, answers=answers)
    return "confirmed"


def _answer(
    resource: AgreementResource, request: Request, answers: Mapping[str, str], note: str | None
) -> str:
    if proposing(resource):
        return _correct(resource, request, [], note, answers)
    readings.answer(
        request.dbsession, resource.agreement, answers, who=request.who, now=request.now, note=note
    )
    return "answered"


def _correct(
    resource: AgreementResource,
    request: Request,
    corrections: list[Mapping[str, Any]],
    note: str | None,
    answers: Mapping[str, str] | None = None,
) -> str:
    db, agreement = request.dbsession, resource.agreement
    if not proposing(resource):
        readings.correct(db, agreement, corrections, who=request.who, now=request.now, note=note)
        return "corrected"
    proposals.propose(
        db, agreement, corrections, who=request.who, now=request.now, note=note, answers=answers or {}
    )
    return _approve(resource, request)


def _choose(resource: AgreementResource, request: Request, chosen: str) -> AgreementResource:
    registry = request.definitions
    if chosen not in registry.ids:
        raise FieldErrors(
            {"definition": msg("There is no definition «${name}»; choose one of ${names}.", name=chosen[:60],
                               names=", ".join(registry.ids))}
        )  # fmt: skip
    choose_definition(
        request.dbsession, resource.agreement, registry.newest(chosen),
        current=resource.definition, who=request.who, now=request.now,
    )  # fmt: skip
    return AgreementResource(request, resource.agreement, resource.parent)


def _settle(resource: AgreementResource, request: Request, asked: Asked, action: str) -> str:
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
