"""The trail of one agreement: its entries, and the bundle that anyone can check without us."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.services.takeaway import trail_bundle
from workflow_app.web.present.records import trail_json, trail_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import AgreementResource
from workflow_app.web.trail_resources import TrailRoom


@page("trail", context=TrailRoom, permission=Permission.VIEW_TRAIL)
def trail(context: TrailRoom, request: Request) -> dict[str, object]:
    """The entries, newest first."""
    return {"page": trail_page(request, context.owner), "nav": "agreements"}


@twin(context=TrailRoom, permission=Permission.VIEW_TRAIL)
def trail_twin(context: TrailRoom, request: Request) -> dict[str, Any]:
    """The same for a program, as they were hashed."""
    return trail_json(request, context.owner)


@view_config(
    context=AgreementResource, name="trail.zip", permission=Permission.VIEW_TRAIL, request_method="GET"
)
def trail_zip(context: AgreementResource, request: Request) -> Response:
    """The bundle: the chain, those of its parties, and every file they speak of."""
    content = trail_bundle(request.dbsession, context.agreement, request.locale_name)
    response = Response(body=content, content_type="application/zip")
    response.content_disposition = f'attachment; filename="trail-{context.agreement.id}.zip"'
    return response
