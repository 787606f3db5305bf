"""Handing an agreement to an archive: what it would be given, and the package itself.

The package is an entry in the trail, so it is made by a POST and never by a
look. Who may see the trail may look; the service asks for a role of the very party.
"""

from __future__ import annotations

import base64
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import msg
from workflow_app.services.archive.access import party_of
from workflow_app.services.archive.exporting import format_named, hand_over
from workflow_app.services.documents_anchor import printed_log
from workflow_app.services.errors import Conflict, FieldErrors, NotThere, ServiceError
from workflow_app.web.body import sent
from workflow_app.web.changing import as_json, held, page_again, problems_of, status_of
from workflow_app.web.downloads import download
from workflow_app.web.present.archive import ArchiveView, made_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource

ASKED = frozenset({"format", "party", "version", "csrf_token"})
"""What may be sent; none of it has to be."""


@page("archive", context=AgreementResource, name="archive", permission=Permission.VIEW_TRAIL)
def archive(context: AgreementResource, request: Request) -> dict[str, object]:
    """What the archive of a party (``party``; the reader's own unless named) would get, and what it lacks."""
    return {"page": _view(context, request).page(), "nav": "agreements"}


@twin(context=AgreementResource, name="archive", permission=Permission.VIEW_TRAIL)
def archive_twin(context: AgreementResource, request: Request) -> dict[str, Any]:
    """The same for a program."""
    return _view(context, request).json()


@view_config(
    context=AgreementResource, name="archive", permission=Permission.VIEW_TRAIL, request_method="POST"
)
def package(context: AgreementResource, request: Request) -> Response:
    """Make the package and enter it: a zip for a person, the same in base64 for a program."""
    asked = sent(request)
    program = wants_json(request) or request.content_type == "application/json"
    try:
        _refuse_unknown(asked)
        form = format_named(_text(asked, "format"), request.registry["archive_format"])
        resource = held(request, context, Permission.VIEW_TRAIL)
        party = party_of(resource.agreement, _text(asked, "party"), request.who)
        made = hand_over(
            request.dbsession, resource.agreement, party, form,
            registry=request.definitions, now=request.now, who=request.who,
            log=printed_log(request.registry.settings, request.log_signer),
        )  # fmt: skip
    except (FieldErrors, Conflict) as wrong:
        if program:
            raise
        return _again(context, request, asked, wrong)
    if program:
        encoded = base64.b64encode(made.content).decode("ascii")
        return as_json(request, made_json(made, form, party, encoded))
    return download(made.content, made.name, "application/zip")


def _again(
    context: AgreementResource, request: Request, asked: dict[str, Any], wrong: ServiceError
) -> Response:
    # A party that is none is told of beside the reader's own.
    unknown = isinstance(wrong, FieldErrors) and "party" in wrong.fields
    party = party_of(context.agreement, None if unknown else _text(asked, "party"), request.who)
    model = ArchiveView(request, context, party).page(_text(asked, "format"), problems_of(request, wrong))
    return page_again(request, "archive", model, status_of(wrong))


def _view(context: AgreementResource, request: Request) -> ArchiveView:
    try:
        party = party_of(context.agreement, request.GET.get("party"), request.who)
    except FieldErrors as wrong:
        raise NotThere("not_there", wrong.message) from wrong
    return ArchiveView(request, context, party)


def _refuse_unknown(asked: dict[str, Any]) -> None:
    # Nothing has to be said here, so what is said by another name would pass unheard.
    unknown = sorted(asked.keys() - ASKED)
    if unknown:
        sentence = msg("There is no field of this name; “format”, “party” and “version” may be given.")
        raise FieldErrors(dict.fromkeys(unknown, sentence))


def _text(asked: dict[str, Any], name: str) -> str | None:
    """A word of the form or the JSON. Raises ``FieldErrors`` for what is no text."""
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise FieldErrors({name: msg("“${name}” must be text.", name=name)})
    return (value or "").strip()[:200] or None
