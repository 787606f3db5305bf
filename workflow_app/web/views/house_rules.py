"""A kommune's house rules: read by whoever may see the kommune, set by its own people."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services import house_rules, parties
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, to_page
from workflow_app.web.party_resources import RULE_SETTERS, PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.house_rules import house_rules_json, house_rules_page
from workflow_app.web.rendering import page, twin, wants_json


def _kommune(context: PartyResource) -> PartyResource:
    if context.party.side != parties.MUNICIPAL:
        raise NotThere("not_there", msg("Only a kommune has house rules; this is a police unit."))
    return context


@page("house_rules", context=PartyResource, name="rules", permission=Right.SEE_PARTY)
def rules(context: PartyResource, request: Request) -> dict[str, object]:
    """Every rule, with a form for those who set them."""
    return {"page": house_rules_page(request, _kommune(context)), "nav": "parties"}


@twin(context=PartyResource, name="rules", permission=Right.SEE_PARTY)
def rules_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return house_rules_json(request, _kommune(context))


@view_config(context=PartyResource, name="rules", permission=Right.SET_RULES, request_method="POST")
def change(context: PartyResource, request: Request) -> Response:
    """Set the rules that are named; an empty one is taken away."""
    written = sent(request)
    resource = _kommune(context)
    try:
        if not written:
            raise FieldErrors({"": msg("Name a house rule and its number.")})
        wanted = house_rules.read_numbers(written)
    except FieldErrors as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        return page_again(
            request, "house_rules", house_rules_page(request, resource, written, wrong.fields), 422
        )
    party = parties.find(request.dbsession, resource.party.key)
    house_rules.change(request.dbsession, party, wanted, actor=_actor(request, party.key), now=request.now)
    if wants_json(request):
        return as_json(request, house_rules_json(request, resource))
    return to_page(request, f"/parties/{party.key}/rules", done="saved")


def _actor(request: Request, key: str) -> EntryActor:
    held = next(h for h in request.who.holdings if h.party == key and h.role in RULE_SETTERS)
    actor: EntryActor = request.who.entry(held)
    return actor
