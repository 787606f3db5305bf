"""The attachments: look at them, take them home, add and remove them in a draft."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.services import attachments, blobs
from workflow_app.services.errors import FieldErrors, ServiceError
from workflow_app.services.sealing import foreign
from workflow_app.services.texts import TooLarge
from workflow_app.web.body import json_object, sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, shown_again, status_of, to_page
from workflow_app.web.downloads import download
from workflow_app.web.present.attachments import attachments_json, attachments_page
from workflow_app.web.present.seals import settings_of
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, AttachmentResource, Attachments
from workflow_app.web.uploads import form_file, json_file, json_text, limit_of, refuse_flood


@page("attachments", context=Attachments, permission=Permission.VIEW)
def all_attachments(context: Attachments, request: Request) -> dict[str, object]:
    """The list, and in a draft the form."""
    return {"page": attachments_page(request, context.owner), "nav": "agreements"}


@twin(context=Attachments, permission=Permission.VIEW)
def attachments_twin(context: Attachments, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return attachments_json(request, context.owner)


@view_config(context=AttachmentResource, permission=Permission.VIEW, request_method="GET")
def take_home(context: AttachmentResource, request: Request) -> Response:
    """The file, byte for byte, to be saved. A removed one can still be had by those who approved it."""
    found = context.attachment
    content = blobs.fetch(request.reading, found.sha256)
    return download(content, found.name, found.media_type, found.sha256)


@view_config(context=Attachments, permission=Permission.EDIT, request_method="POST")
def change(context: Attachments, request: Request) -> Response:
    """Add a file or remove one."""
    refuse_flood(request)
    as_program = request.content_type == "application/json"
    asked = json_object(request) if as_program else sent(request)
    action = asked.get("action", "add")
    try:
        resource = _change(context, request, asked, action)
    except ServiceError as wrong:
        if wants_json(request) or as_program or isinstance(wrong, TooLarge) or not shown_again(wrong):
            raise
        label, problems = str(asked.get("label", "")), problems_of(request, wrong)
        model = attachments_page(request, context.owner, label, problems)
        return page_again(request, "attachments", model, status_of(wrong))
    if wants_json(request):
        return as_json(request, attachments_json(request, resource), 201 if action == "add" else 200)
    code = "added" if action == "add" else "removed"
    return to_page(request, f"/agreements/{resource.agreement.id}/attachments", done=code)


def _change(
    context: Attachments, request: Request, asked: dict[str, Any], action: object
) -> AgreementResource:
    db, who, now = request.dbsession, request.who, request.now
    if action == "remove":
        number = _number(asked)
        resource = held(request, context.owner, Permission.EDIT)
        attachments.remove(db, resource.agreement, number, who=who, now=now)
        return resource
    if action != "add":
        raise FieldErrors({"action": msg("Say what to do with the attachment: add or remove.")})
    name, content = _file(request, asked)
    label = json_text(asked, "label")
    # Before the agreement is held: a hostile file takes up to half a minute, and nobody shall wait for it.
    signatures = (
        foreign.look(content, settings_of(request), now) if len(content) <= limit_of(request) else None
    )
    resource = held(request, context.owner, Permission.EDIT)
    added = attachments.add(
        db, resource.agreement, name, content, who=who, now=now, label=label, limit=limit_of(request)
    )
    foreign.bind(db, resource.agreement, added.sha256, signatures, who=who, now=now)
    return resource


def _file(request: Request, asked: dict[str, Any]) -> tuple[str, bytes]:
    if request.content_type == "application/json":
        return json_file(asked)
    chosen = form_file(request)
    if chosen is None:
        raise FieldErrors({"file": msg("No file was chosen; choose the file to attach.")})
    return chosen


def _number(asked: dict[str, Any]) -> int:
    raw = asked.get("attachment")
    if isinstance(raw, bool) or not str(raw).isascii() or not str(raw).isdecimal() or len(str(raw)) > 9:
        raise FieldErrors({"attachment": msg("Say which attachment is to be removed, by its number.")})
    return int(str(raw))
