"""The trail of one agreement: its entries with their receipts, and the bundle that anyone can check."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.services import trail as trail_services
from workflow_app.services.errors import Conflict, NotThere
from workflow_app.services.receipts import receipt
from workflow_app.services.takeaway import trail_bundle
from workflow_app.web.downloads import download
from workflow_app.web.present.papers import file_name
from workflow_app.web.present.records import trail_json, trail_page
from workflow_app.web.rendering import page, twin
from workflow_app.web.resources import AgreementResource
from workflow_app.web.trail_resources import EntryResource, TrailRoom


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
    content = trail_bundle(
        request.dbsession, context.agreement, request.locale_name, request.log_signer, request.definitions
    )
    response = Response(body=content, content_type="application/zip")
    response.content_disposition = f'attachment; filename="trail-{context.agreement.id}.zip"'
    return response


@view_config(
    context=EntryResource, name="receipt.json", permission=Permission.VIEW_TRAIL, request_method="GET"
)
def entry_receipt(context: EntryResource, request: Request) -> Response:
    """The receipt of one entry: a file that proves it without us (``services.receipts``)."""
    db, agreement = request.dbsession, context.owner.agreement
    chain = trail_services.agreement_chain(agreement.id)
    found = trail_services.entries(db, chain, after=context.number - 1, limit=1)
    if not found or found[0].number != context.number:
        raise NotThere("not_there", msg("The trail has no entry with this number."))
    if request.log_signer is None:
        raise Conflict(
            "no_log_key", msg("The log of this system has no key yet, so there are no receipts to be had.")
        )
    content = receipt(db, found[0], request.log_signer)
    return download(
        content, f"{file_name('kvittering', agreement.id, str(context.number))}.json", "application/json"
    )
