"""What I may do now, the form for it, and doing it: the browser's way to the write path.

Whether it is still the same person is asked before the agreement is locked; see ``signing``.
"""

from __future__ import annotations

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Effect, Permission, Transition
from workflow_app.domain.fields import FieldType, InvalidData
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.services.cases import case_of
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.ticking import tick_one, tick_replaced
from workflow_app.services.transitions import Taken, lock, take_transition
from workflow_app.web.body import sent_version
from workflow_app.web.changing import refused
from workflow_app.web.pagemodels import TransitionPage
from workflow_app.web.present.approving import offered
from workflow_app.web.present.forms import field_json
from workflow_app.web.present.steps import transition_page, transitions_page
from workflow_app.web.present.twins import (
    agreement_json,
    approvals_json,
    possible_json,
    refusal_json,
    what_i_may_do,
)
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, TransitionResource, Transitions
from workflow_app.web.views.errors import answer
from workflow_app.web.views.signing import Proof, data_of, prove


@page("transitions", context=Transitions, permission=Permission.VIEW)
def transitions(context: Transitions, request: Request) -> dict[str, object]:
    """What I may do now, and the reasons for the rest."""
    return {"page": transitions_page(request, context.owner)}


@twin(context=Transitions, permission=Permission.VIEW)
def transitions_twin(context: Transitions, request: Request) -> dict[str, object]:
    """The same for a program."""
    db, agreement = request.dbsession, context.agreement
    gathered, chronicle = case_of(db, agreement), read_chronicle(db, agreement, request.today)
    found = what_i_may_do(request, context.owner, gathered, chronicle)
    return {
        "version": agreement.version,
        "transitions": possible_json(request, found),
        "approvals": approvals_json(gathered.rounds),
    }


@page("transition", context=TransitionResource, permission=Permission.VIEW)
def transition_form(context: TransitionResource, request: Request) -> dict[str, object]:
    """The form: exactly what is done, to what, in what role."""
    return {"page": transition_page(request, context)}


@twin(context=TransitionResource, permission=Permission.VIEW)
def transition_twin(context: TransitionResource, request: Request) -> dict[str, object]:
    """The fields a program must send, and the approvals so far."""
    db, agreement = request.dbsession, context.agreement
    gathered, chronicle = case_of(db, agreement), read_chronicle(db, agreement, request.today)
    found = {p.transition: p for p in what_i_may_do(request, context.owner, gathered, chronicle)}
    mine = found.get(context.__name__)
    step = context.definition.transitions[context.__name__]
    rounds = tuple(r for r in gathered.rounds if r.transition == step.name)
    return {
        "name": step.name,
        "version": agreement.version,
        "allowed": bool(mine and mine.allowed),
        "refusals": [refusal_json(request, r) for r in mine.refusals] if mine else [
            {"code": "automatic", "reason": request.say(msg("This happens by itself when it is due."))}
        ],
        "fields": [field_json(request, f) for f in offered(step)],
        "approvals": approvals_json(rounds),
    }  # fmt: skip


@view_config(context=TransitionResource, permission=Permission.VIEW, request_method="POST")
def do(context: TransitionResource, request: Request) -> Response:
    """Do it, and answer: 303 or 200 when done, 403, 409 or 422 when not."""
    data, version = data_of(request), sent_version(request)
    step = context.definition.transitions[context.__name__]
    try:
        taken = _take(context, request, data, version, prove(context, request, step, data))
    except (InvalidData, FieldErrors) as wrong:
        return _wrong_fields(context, request, wrong)
    if not taken.done:
        return _mended(context, request, step, data, taken) or refused(request, taken)
    if wants_json(request):
        return _json(context, request)
    decision = taken.decision
    assert decision is not None
    code = (
        "repeated"
        if decision.repeated
        else "moved"
        if decision.to
        else "approved"
        if decision.fills
        else "recorded"
    )
    return HTTPSeeOther(f"{request.script_name}/agreements/{context.agreement.id}?done={code}")


def _take(
    context: TransitionResource,
    request: Request,
    data: dict[str, Any],
    version: int | None,
    proof: Proof,
) -> Taken:
    db = request.dbsession
    agreement = lock(db, context.agreement.id)
    if agreement is None:
        raise NotThere("not_found", msg("There is nothing here, or nothing that is yours to see."))
    tick_one(db, agreement, request.now, registry=request.definitions)
    taken = take_transition(
        db, agreement, context.__name__, request.who, data, request.now,
        registry=request.definitions, version=version, reauthenticated=proof.reauthenticated,
        sign_off=proof.sign_off, passkey=proof.passkey,
    )  # fmt: skip
    if taken.decision is not None and Effect.RECORD_SIGNING in taken.decision.effects:
        tick_replaced(db, agreement, request.now, registry=request.definitions)
    return taken


def _wrong_fields(
    context: TransitionResource, request: Request, wrong: InvalidData | FieldErrors
) -> Response:
    errors = wrong.errors if isinstance(wrong, InvalidData) else wrong.fields
    if wants_json(request):
        said = {name: request.say(m) for name, m in errors.items()}
        return answer(request, 422, "invalid", next(iter(errors.values())), fields=said)
    return _drawn(request, transition_page(request, context, given=data_of(request), errors=errors), 422)


def _mended(
    context: TransitionResource, request: Request, step: Transition, data: dict[str, Any], taken: Taken
) -> Response | None:
    """The form with what was written and why it was refused; None where nothing in it could be mended."""
    writes = any(f.type is not FieldType.PASSWORD for f in step.fields)
    # One who saw another agreement than the one that stands looks at that first.
    stale = any(r.code == "stale_version" for r in taken.refusals)
    if wants_json(request) or taken.forbidden or stale or not writes:
        return None
    errors = {f"refusal {n}": r.reason for n, r in enumerate(taken.refusals)}
    model = transition_page(request, context, given=data, errors=errors)
    return _drawn(request, model, 409) if model.form else None


def _drawn(request: Request, model: TransitionPage, status: int) -> Response:
    response = render_to_response(
        "workflow_app.templates:pages/transition.pt", {"page": model}, request=request
    )
    response.status_int = status
    return response


def _json(context: TransitionResource, request: Request) -> Response:
    # What stands after the step, not what the tree was walked with.
    written = request.dbsession.get(Agreement, context.agreement.id)
    assert written is not None
    fresh = AgreementResource(request, written, context.owner.parent)
    return render_to_response("json", agreement_json(request, fresh), request=request)
