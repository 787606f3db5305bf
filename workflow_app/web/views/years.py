"""The year wheel of an agreement and of a party: a page, JSON, and a picture of its own."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.years import Year, of_agreement, of_party
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import AgreementResource


@page("year", context=AgreementResource, name="year", permission=Permission.VIEW)
def agreement_year(context: AgreementResource, request: Request) -> dict[str, object]:
    """One year of one agreement (``year``; this one unless it is named)."""
    return {"page": of_agreement(request, context).page(), "nav": "agreements"}


@twin(context=AgreementResource, name="year", permission=Permission.VIEW)
def agreement_year_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return of_agreement(request, context).json()


@view_config(context=AgreementResource, name="year.svg", permission=Permission.VIEW, request_method="GET")
def agreement_sheet(context: AgreementResource, request: Request) -> Response:
    """The sheet for the wall."""
    return _sheet(of_agreement(request, context))


@page("year", context=PartyResource, name="year", permission=Right.SEE_PARTY)
def party_year(context: PartyResource, request: Request) -> dict[str, object]:
    """One year of what the reader may see of a party's agreements."""
    return {"page": of_party(request, context).page(), "nav": "parties"}


@twin(context=PartyResource, name="year", permission=Right.SEE_PARTY)
def party_year_twin(context: PartyResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return of_party(request, context).json()


@view_config(context=PartyResource, name="year.svg", permission=Right.SEE_PARTY, request_method="GET")
def party_sheet(context: PartyResource, request: Request) -> Response:
    """The sheet for the wall."""
    return _sheet(of_party(request, context))


def _sheet(year: Year) -> Response:
    response = Response(year.sheet(), content_type="image/svg+xml", charset="utf-8")
    response.content_disposition = f'inline; filename="arshjul-{year.year}.svg"'
    return response
