"""Calendar feeds, and the page where a person makes their addresses and takes them back."""

from __future__ import annotations

from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.people import Party
from workflow_app.services.actors import Who
from workflow_app.services.calendars import feeds, ics
from workflow_app.services.calendars.choosing import chosen
from workflow_app.services.calendars.gathering import Scope
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.calendar_door import VIEW
from workflow_app.web.changing import as_json, problems_of, status_of, to_page
from workflow_app.web.pagemodels.calendars import CalendarPage
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.calendars import address, calendar_json, calendar_page, calendar_response
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, Root


@view_config(context=Root, name=VIEW, permission=Right.SEE_OWN, request_method="GET")
def own_calendar(context: Root, request: Request) -> Response:
    """All that is the reader's own."""
    return calendar_response(request, Scope(), ics.title_of(None))


@view_config(context=AgreementResource, name=VIEW, permission=Permission.VIEW, request_method="GET")
def agreement_calendar(context: AgreementResource, request: Request) -> Response:
    """One agreement's deadlines and meetings."""
    agreement = context.agreement
    return calendar_response(request, Scope(agreement=agreement), ics.title_of(agreement.title))


@view_config(context=PartyResource, name=VIEW, permission=Right.SEE_PARTY, request_method="GET")
def party_calendar(context: PartyResource, request: Request) -> Response:
    """What the reader may see of one kommune's or police unit's agreements."""
    return calendar_response(request, Scope(party=context.party), ics.title_of(context.party.name))


@page("calendar", context=Root, name="calendar", permission=Right.SEE_OWN)
def calendar(context: Root, request: Request) -> dict[str, object]:
    """The addresses that work, and a form for another."""
    return {"page": calendar_page(request), "nav": "calendar"}


@twin(context=Root, name="calendar", permission=Right.SEE_OWN)
def calendar_twin(context: Root, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return calendar_json(request)


@view_config(context=Root, name="calendar", permission=Right.SEE_OWN, request_method="POST")
def change(context: Root, request: Request) -> Response:
    """Make an address (shown in this answer and never again), or take one back."""
    written = sent(request)
    try:
        if written.get("action") == "revoke":
            return _revoked(request, written)
        return _made(request, written)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        problems, status = problems_of(request, wrong), status_of(wrong)
        request.tm.doom()
        return _shown(request, calendar_page(request, None, problems, str(written.get("about", ""))), status)


def _made(request: Request, written: dict[str, Any]) -> Response:
    who: Who = request.who
    about = chosen(request.dbsession, who, request.definitions, str(written.get("about") or ""))
    clear, feed = feeds.make(
        request.dbsession, who.person_id, now=request.now, actor=who.entry(),
        agreement=about if isinstance(about, Agreement) else None,
        party=about if isinstance(about, Party) else None,
    )  # fmt: skip
    new = address(request, feed, clear)
    if wants_json(request) or request.content_type == "application/json":
        made = {"id": feed.id, "about": new.about, "token": clear, "url": new.https, "webcal": new.webcal}
        return as_json(request, made, 201)
    # No redirect: the address could not be shown after it, since nothing has kept it.
    return _shown(request, calendar_page(request, new), 200)


def _shown(request: Request, model: CalendarPage, status: int) -> Response:
    value = {"page": model, "nav": "calendar"}
    response = render_to_response("workflow_app.templates:pages/calendar.pt", value, request=request)
    response.status_int = status
    return response


def _revoked(request: Request, written: dict[str, Any]) -> Response:
    raw, who = str(written.get("feed", "")), request.who
    if not (raw.isascii() and raw.isdecimal()) or len(raw) > 9:
        raise FieldErrors({"feed": msg("Say which calendar address is to be taken back.")})
    feeds.revoke(request.dbsession, who.person_id, int(raw), actor=who.entry(), now=request.now)
    if wants_json(request) or request.content_type == "application/json":
        return as_json(request, calendar_json(request))
    return to_page(request, "/calendar", done="taken_back")
