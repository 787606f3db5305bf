"""Who stands in at an agreement's meetings: look, name one, let it end."""

from __future__ import annotations

from datetime import date
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.services import deputies, people
from workflow_app.services.errors import FieldErrors, NotAllowed, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, status_of, to_page
from workflow_app.web.handover_asked import in_words
from workflow_app.web.pagemodels import Problem
from workflow_app.web.present.deputies import deputies_json, deputies_page
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource

PLACE = {
    "unknown_person": "username",
    "person_ended": "username",
    "both_sides": "username",
    "deputy_overlaps": "username",
    "period": "to",
    "role_of_party": "office",
}
"""The code of a fault → the field it belongs to."""


@page("deputies", context=AgreementResource, name="deputies", permission=Permission.VIEW)
def all_deputies(context: AgreementResource, request: Request) -> dict[str, object]:
    """The clause and those who were named."""
    return {"page": deputies_page(request, context), "nav": "agreements"}


@twin(context=AgreementResource, name="deputies", permission=Permission.VIEW)
def deputies_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return deputies_json(request, context)


@view_config(context=AgreementResource, name="deputies", permission=Permission.VIEW, request_method="POST")
def change(context: AgreementResource, request: Request) -> Response:
    """Name a deputy or let one end; who may is asked by the service, of the party's own people."""
    values = {name: str(value).strip()[:300] for name, value in sent(request).items()}
    try:
        resource = held(request, context, Permission.VIEW)
        if values.get("action") == "end":
            _end(request, resource, values)
        else:
            _add(request, resource, values)
    except NotAllowed:
        raise
    except ServiceError as wrong:
        said = wrong.fields if isinstance(wrong, FieldErrors) else {PLACE.get(wrong.code, ""): wrong.message}
        said = {name: in_words(message) for name, message in said.items()}
        if wants_json(request) or request.content_type == "application/json":
            raise (FieldErrors(said) if isinstance(wrong, FieldErrors) else wrong) from wrong
        problems = tuple(Problem(name, request.say(message)) for name, message in said.items())
        return page_again(
            request, "deputies", deputies_page(request, context, values, problems), status_of(wrong)
        )
    if wants_json(request):
        return as_json(request, deputies_json(request, resource))
    code = "saved" if values.get("action") == "end" else "added"
    return to_page(request, f"/agreements/{resource.agreement.id}/deputies", done=code)


def _add(request: Request, resource: AgreementResource, values: dict[str, str]) -> None:
    key, _, role = values.get("office", "").partition(" ")
    party = next((p.party for p in resource.agreement.parties if p.party.key == key), None)
    wrong: dict[str, Message] = {}
    first = _day(values, "from", wrong)
    last = _day(values, "to", wrong)
    if party is None or not role:
        wrong["office"] = msg("Choose for whom somebody is to stand in.")
    if not values.get("username"):
        wrong["username"] = msg("Write the user name of the one who stands in.")
    if wrong or party is None:
        raise FieldErrors(wrong)
    person = people.find(request.dbsession, values["username"])
    deputies.appoint(
        request.dbsession, resource.agreement, party, person, role,
        title=values.get("title") or None, from_date=first or request.today, to_date=last,
        who=request.who, now=request.now,
    )  # fmt: skip


def _end(request: Request, resource: AgreementResource, values: dict[str, str]) -> None:
    wrong: dict[str, Message] = {}
    last = _day(values, "last_day", wrong)
    raw = values.get("deputy", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10):
        wrong["deputy"] = msg("Choose whose standing in is to end.")
    if wrong:
        raise FieldErrors(wrong)
    deputies.end(
        request.dbsession, resource.agreement, int(raw), last_day=last or request.today,
        who=request.who, now=request.now,
    )  # fmt: skip


def _day(values: dict[str, str], name: str, wrong: dict[str, Message]) -> date | None:
    raw = values.get(name, "")
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        wrong[name] = msg("«${value}» is not a date; write it as 2026-12-31.", value=raw[:40])
        return None
