"""The text of an agreement: read it, compare its versions, edit it in draft, take the original away."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.services import blobs
from workflow_app.services.errors import FieldErrors, NotThere, ServiceError
from workflow_app.services.material import text_of
from workflow_app.services.sealing import foreign
from workflow_app.services.texts import TooLarge, decode_source, save_file, save_text
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, shown_again, status_of, to_page
from workflow_app.web.downloads import download
from workflow_app.web.present.seals import settings_of
from workflow_app.web.present.texts import edit_of, text_json, text_page
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource
from workflow_app.web.uploads import as_source, form_file, json_file, json_text, refuse_flood


@page("text", context=AgreementResource, name="text", permission=Permission.VIEW)
def text(context: AgreementResource, request: Request) -> dict[str, object]:
    """A version, a comparison (``old``, ``new``) or, with ``edit``, the form."""
    version = _number(request, context, "version")
    old, new = _number(request, context, "old"), _number(request, context, "new")
    edit = None
    if request.GET.get("edit") and request.has_permission(Permission.EDIT, context):
        edit = edit_of(request, context)
    compared = (old, new) if old is not None and new is not None else None
    return {
        "page": text_page(request, context, version=version, compared=compared, edit=edit),
        "nav": "agreements",
    }


@twin(context=AgreementResource, name="text", permission=Permission.VIEW)
def text_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The text as JSON."""
    return text_json(request, context, _number(request, context, "version"))


@view_config(context=AgreementResource, name="text", permission=Permission.EDIT, request_method="POST")
def save(context: AgreementResource, request: Request) -> Response:
    """Save a new version; a page with something wrong comes back with what was written."""
    refuse_flood(request)
    try:
        saved = _save(context, request)
    except ServiceError as wrong:
        program = wants_json(request) or request.content_type == "application/json"
        if program or isinstance(wrong, TooLarge) or not shown_again(wrong):
            raise
        edit = edit_of(request, context, _written(request), problems_of(request, wrong))
        return page_again(request, "text", text_page(request, context, edit=edit), status_of(wrong))
    if wants_json(request):
        return as_json(request, text_json(request, saved))
    return to_page(request, f"/agreements/{saved.agreement.id}/text", done="saved")


def _save(context: AgreementResource, request: Request) -> AgreementResource:
    data = sent(request)
    if "file" in data or "content_base64" in data:
        return _save_file(context, request, data)
    words = json_text(data, "text")
    if words is None:
        raise FieldErrors({"text": msg("The text is empty; nothing was saved.")})
    note = _note(data)
    title = data.get("title")
    if title is not None and not isinstance(title, str):
        raise FieldErrors({"title": msg("${name} must be text.", name="title")})
    resource = held(request, context, Permission.EDIT)
    save_text(
        request.dbsession, resource.agreement, words, who=request.who, now=request.now, title=title, note=note
    )
    return resource


def _save_file(context: AgreementResource, request: Request, data: dict[str, Any]) -> AgreementResource:
    """A file instead of a text; it is taken apart before the agreement is locked."""
    chosen = json_file(data) if "content_base64" in data else form_file(request)
    if chosen is None:
        raise FieldErrors({"file": msg("No file was chosen; choose the file with the agreement's text.")})
    source, note = as_source(request, chosen), _note(data)
    decode_source(source)
    db, who, now = request.dbsession, request.who, request.now
    signatures = foreign.look(source.content, settings_of(request), now)
    resource = held(request, context, Permission.EDIT)
    saved = save_file(db, resource.agreement, source, who=who, now=now, note=note)
    foreign.bind(db, resource.agreement, saved.file_sha256, signatures, who=who, now=now)
    return resource


def _note(data: dict[str, Any]) -> str | None:
    note = json_text(data, "note")
    if note is not None and len(note) > 500:
        raise FieldErrors(
            {"note": msg("The note is ${length} characters long; the most is 500.", length=len(note))}
        )
    return note


def _written(request: Request) -> dict[str, Any] | None:
    """What was written in the form; None where a file was sent and nothing was written."""
    data = sent(request)
    return data if "text" in data else None


@view_config(context=AgreementResource, name="original", permission=Permission.VIEW, request_method="GET")
def original(context: AgreementResource, request: Request) -> Response:
    """The file of a version as it came in, byte for byte."""
    version = text_of(request.dbsession, context.agreement, _number(request, context, "version"))
    if version.file_sha256 is None:
        raise NotThere(
            "no_file", msg("Version ${number} was written here; it has no file.", number=version.number)
        )
    content = blobs.fetch(request.dbsession, version.file_sha256)
    return download(
        content, version.filename or "avtale.txt", "application/octet-stream", version.file_sha256
    )


def _number(request: Request, context: AgreementResource, name: str) -> int | None:
    """A version's number from the address. Raises ``NotThere`` for one that there is not."""
    raw = request.GET.get(name)
    if raw in (None, ""):
        return None
    if (
        not raw.isascii()
        or not raw.isdecimal()
        or len(raw) > 6
        or not 1 <= int(raw) <= context.agreement.text_number
    ):
        raise NotThere("not_there", msg("There is no version «${number}» of this text.", number=raw[:20]))
    return int(raw)
