"""Every deadline of one agreement with its clause and status, and what the text does not say."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.web.present.deadlines import deadlines_json, deadlines_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import AgreementResource


@page("deadlines", context=AgreementResource, name="deadlines", permission=Permission.VIEW)
def deadlines(context: AgreementResource, request: Request) -> dict[str, object]:
    """The coming ones, the silences, the past ones."""
    return {"page": deadlines_page(request, context), "nav": "agreements"}


@twin(context=AgreementResource, name="deadlines", permission=Permission.VIEW)
def deadlines_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return deadlines_json(request, context)
