"""Handing over a role: choose, look at what it would do, confirm."""

from __future__ import annotations

from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services.errors import Conflict, FieldErrors, ServiceError
from workflow_app.services.handover_doing import Done, carry_out, plan_of
from workflow_app.services.people_roles import roles_of
from workflow_app.web.changing import as_json, page_again, to_page
from workflow_app.web.handover_asked import Written, asked, beside_its_field, order, written
from workflow_app.web.pagemodels import Problem
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.handover import Asked, done_page, handover_page, plan_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.views.password import password_link


@page("handover", context=PartyResource, name="handover", permission=Right.ADMINISTER)
def handover(context: PartyResource, request: Request) -> dict[str, object]:
    """Which role; with ``role`` and ``from`` (a user name) the form for it."""
    return {"page": handover_page(request, context, _chosen(context, request)), "nav": "parties"}


@twin(context=PartyResource, name="handover", permission=Right.ADMINISTER)
def handover_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """What a program may send."""
    return {
        "roles": list(roles_of(context.party.side)),
        "fields": [
            "role",
            "from",
            "to",
            "new",
            "parties",
            "first_day",
            "last_day",
            "title",
            "confirm",
            "seen",
        ],
    }


def _chosen(context: PartyResource, request: Request) -> Asked | None:
    role = request.GET.get("role", "")
    if role not in roles_of(context.party.side):
        return None
    return asked(request.dbsession, role, request.GET.get("from", ""))


@view_config(context=PartyResource, name="handover", permission=Right.ADMINISTER, request_method="POST")
def hand_over(context: PartyResource, request: Request) -> Response:
    """Show what it would do, or do it when it was confirmed."""
    sent = written(request, context)
    program = wants_json(request) or request.content_type == "application/json"
    handing: Asked | None = None
    try:
        if sent.values["role"] not in roles_of(context.party.side):
            raise FieldErrors({"role": msg("Choose which role is handed over.")})
        handing = asked(request.dbsession, sent.values["role"], sent.values["from"])
        if not sent.confirmed:
            return _preview(context, request, sent, handing, program)
        done = carry_out(
            request.dbsession, order(request.dbsession, sent, handing), seen=sent.values["seen"] or None,
            who=request.who, now=request.now, registry=request.definitions,
        )  # fmt: skip
    except (FieldErrors, Conflict) as wrong:
        return _again(context, request, sent, handing, wrong, program)
    return _answer(context, request, done, program)


def _preview(
    context: PartyResource, request: Request, sent: Written, handing: Asked, program: bool
) -> Response:
    wanted = order(request.dbsession, sent, handing)
    plan = plan_of(
        request.dbsession, wanted, who=request.who, today=request.today, registry=request.definitions
    )
    if program:
        return as_json(request, plan_json(request, plan))
    model = handover_page(request, context, handing, sent.values, sent.parties, plan)
    return page_again(request, "handover", model, 200, "parties")


def _again(
    context: PartyResource,
    request: Request,
    sent: Written,
    handing: Asked | None,
    wrong: ServiceError,
    program: bool,
) -> Response:
    said = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
    said = beside_its_field(said, sent.values)
    if program:
        raise FieldErrors(said) if isinstance(wrong, FieldErrors) else wrong
    problems = tuple(Problem(name, request.say(message)) for name, message in said.items())
    plan = None
    if wrong.code == "handover_moved" and handing is not None:
        plan = plan_of(
            request.dbsession, order(request.dbsession, sent, handing), who=request.who, today=request.today,
            registry=request.definitions,
        )  # fmt: skip
    model = handover_page(request, context, handing, sent.values, sent.parties, plan, problems)
    return page_again(request, "handover", model, 409 if isinstance(wrong, Conflict) else 422, "parties")


def _answer(context: PartyResource, request: Request, done: Done, program: bool) -> Response:
    link = password_link(request, done.new) if done.added else None
    if program:
        return as_json(
            request,
            {
                **plan_json(request, done.plan),
                "given": [a.id for a in done.given],
                "ended": [a.id for a in done.ended],
                "password_link": link,
            },
        )
    if link is None:
        return to_page(request, f"/parties/{context.party.key}", done="handed_over")
    model = done_page(request, context, done, link)
    value = {"page": model, "nav": "parties"}
    return render_to_response("workflow_app.templates:pages/handover.pt", value, request=request)
