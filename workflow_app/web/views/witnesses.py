"""A party's witnesses: seen by whoever sees the party, registered and retired by its administrators."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import msg
from workflow_app.services import parties
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.log import witnesses
from workflow_app.services.people_roles import ADMINISTRATOR
from workflow_app.services.trail import EntryActor
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, page_again, status_of, to_page
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.witnesses import witnesses_json, witnesses_page
from workflow_app.web.rendering import page, twin, wants_json


@page("witnesses", context=PartyResource, name="witnesses", permission=Right.SEE_PARTY)
def show(context: PartyResource, request: Request) -> dict[str, object]:
    """Every witness, with how far it has come."""
    return {"page": witnesses_page(request, context), "nav": "parties"}


@twin(context=PartyResource, name="witnesses", permission=Right.SEE_PARTY)
def show_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return witnesses_json(request, context)


@view_config(context=PartyResource, name="witnesses", permission=Right.ADMINISTER, request_method="POST")
def change(context: PartyResource, request: Request) -> Response:
    """Register a witness (``action=add``, ``vkey``) or retire one (``retire``, ``witness``, ``because``)."""
    given = {name: str(value).strip()[:400] for name, value in sent(request).items()}
    try:
        done = _change(context, request, given)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        fields = wrong.fields if isinstance(wrong, FieldErrors) else {_place(given): wrong.message}
        model = witnesses_page(request, context, given, fields)
        return page_again(request, "witnesses", model, status_of(wrong), "parties")
    if wants_json(request):
        request.dbsession.flush()
        return as_json(request, witnesses_json(request, context))
    return to_page(request, f"/parties/{context.party.key}/witnesses", done=done)


def _change(context: PartyResource, request: Request, given: dict[str, str]) -> str:
    db, party = request.dbsession, parties.find(request.dbsession, context.party.key)
    how: dict[str, Any] = {
        "actor": EntryActor(person=request.who.person_id, role=ADMINISTRATOR, party=party.key),
        "now": request.now,
        "real_now": request.real_now,
    }
    if given.get("action") == "add":
        # Whom the server calls is the operator's to say: an address is given by the command alone.
        witnesses.register(db, party, given.get("vkey", ""), **how)
        return "witness_added"
    if given.get("action") == "retire":
        found = witnesses.find(db, party, given.get("witness", ""))
        witnesses.retire(db, found, given.get("because", ""), **how)
        return "witness_retired"
    raise FieldErrors({"action": msg("Choose what to change: ${choices}.", choices="add, retire")})


def _place(given: dict[str, str]) -> str:
    return "vkey" if given.get("action") == "add" else ""
