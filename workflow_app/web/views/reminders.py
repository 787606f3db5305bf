"""A kommune's reminders: read by whoever may see the kommune, set by those who set its house rules."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.services import parties
from workflow_app.services.errors import FieldErrors
from workflow_app.services.reminders.settings import set_settings, settings_of
from workflow_app.services.reminders.written import read
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, to_page
from workflow_app.web.party_resources import RULE_SETTERS, PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.reminder_settings import reminders_json, reminders_page
from workflow_app.web.rendering import page, twin, wants_json


@page("reminders", context=PartyResource, name="reminders", permission=Right.SEE_PARTY)
def reminders(context: PartyResource, request: Request) -> dict[str, object]:
    """The ladder, with a form for those who set it."""
    return {"page": reminders_page(request, context), "nav": "parties"}


@twin(context=PartyResource, name="reminders", permission=Right.SEE_PARTY)
def reminders_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return reminders_json(request, context)


@view_config(context=PartyResource, name="reminders", permission=Right.SET_RULES, request_method="POST")
def change(context: PartyResource, request: Request) -> Response:
    """Set the kommune's ladder; it is an entry in the kommune's chain."""
    written = sent(request)
    party = parties.find(request.dbsession, context.party.key)
    try:
        chosen = read(written, settings_of(request.dbsession, [party])[party.key])
    except FieldErrors as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        return page_again(request, "reminders", reminders_page(request, context, written, wrong.fields), 422)
    set_settings(request.dbsession, party, chosen, actor=_actor(request, party.key), now=request.now)
    if wants_json(request):
        return as_json(request, reminders_json(request, context))
    return to_page(request, f"/parties/{party.key}/reminders", done="saved")


def _actor(request: Request, key: str) -> EntryActor:
    held = next(h for h in request.who.holdings if h.party == key and h.role in RULE_SETTERS)
    actor: EntryActor = request.who.entry(held)
    return actor
