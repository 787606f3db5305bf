"""One agreement: where it stands, what comes next, whom it waits for, from which clause."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.web.present.agreement import agreement_page
from workflow_app.web.present.twins import agreement_json
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import AgreementResource


@page("agreement", context=AgreementResource, permission=Permission.VIEW)
def agreement(context: AgreementResource, request: Request) -> dict[str, object]:
    """The agreement's own page."""
    return {"page": agreement_page(request, context), "nav": "agreements"}


@twin(context=AgreementResource, permission=Permission.VIEW)
def agreement_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The agreement as the contract's JSON."""
    return agreement_json(request, context)
