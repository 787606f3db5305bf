"""Every deadline of one agreement with its clause and status, and what the text does not say.

What is done once a year is recorded here too, beside the deadline it meets.
"""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.fields import InvalidData, clean
from workflow_app.domain.messages import msg
from workflow_app.services import yearly
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, shown_again, status_of, to_page
from workflow_app.web.present.deadlines import deadlines_json, deadlines_page
from workflow_app.web.present.yearly import REASON, TAKE_BACK, form_fields
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource


@page("deadlines", context=AgreementResource, name="deadlines", permission=Permission.VIEW)
def deadlines(context: AgreementResource, request: Request) -> dict[str, object]:
    """The coming ones, the silences, the past ones."""
    return {"page": deadlines_page(request, context), "nav": "agreements"}


@twin(context=AgreementResource, name="deadlines", permission=Permission.VIEW)
def deadlines_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return deadlines_json(request, context)


@view_config(context=AgreementResource, name="deadlines", permission=Permission.VIEW, request_method="POST")
def record(context: AgreementResource, request: Request) -> Response:
    """Record what a clause asks for once a year as done, or take back what was recorded by mistake.

    Whose it is to do so the service says: no definition gives a right to it.
    """
    written = sent(request)
    try:
        resource = _record(context, request, written)
    except ServiceError as wrong:
        if wants_json(request) or request.content_type == "application/json" or not shown_again(wrong):
            raise
        errors = wrong.fields if isinstance(wrong, FieldErrors) else {"": wrong.message}
        return page_again(
            request, "deadlines", deadlines_page(request, context, written, errors), status_of(wrong)
        )
    if wants_json(request):
        return as_json(request, deadlines_json(request, resource))
    return to_page(request, f"/agreements/{resource.agreement.id}/deadlines", done="saved")


def _record(context: AgreementResource, request: Request, written: dict[str, Any]) -> AgreementResource:
    data = {k: v for k, v in written.items() if k != "version"}
    entry = data.pop(TAKE_BACK, None)
    db = request.dbsession
    resource = held(request, context, Permission.VIEW)
    agreement, who, now = resource.agreement, request.who, request.now
    yearly.expect_recorder(agreement, who)
    fields = REASON if entry is not None else form_fields(read_chronicle(db, agreement, request.today))
    try:
        told = clean(fields, data)
    except InvalidData as wrong:
        raise FieldErrors(wrong.errors) from wrong
    if entry is not None:
        yearly.take_back(db, agreement, _number(entry), told["reason"], who=who, now=now)
    else:
        yearly.record(
            db, agreement, clause=told["clause"], on=told["on"], note=told.get("note", ""), who=who, now=now
        )
    return resource


def _number(entry: object) -> int:
    text = "" if isinstance(entry, bool) else str(entry)
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise FieldErrors({TAKE_BACK: msg("Name the entry of the trail by its number.")})
    return int(text)
