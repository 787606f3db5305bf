"""Starting an agreement: from a file, or from one of our own texts."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

from workflow_app.domain.definitions import Definition
from workflow_app.domain.messages import msg
from workflow_app.domain.reading import Reading
from workflow_app.models.agreements import Agreement
from workflow_app.services.agreements import Choose, Source, TooLarge, create_draft
from workflow_app.services.errors import FieldErrors
from workflow_app.services.material import text_of
from workflow_app.services.sealing import foreign
from workflow_app.services.sources import decode_source
from workflow_app.services.starters import TEMPLATE, starter, starters
from workflow_app.web.body import json_object, refuse_nul
from workflow_app.web.changing import as_json, page_again, problems_of, to_page, too_large
from workflow_app.web.permissions import Right
from workflow_app.web.present.add import AS_READ, Wanted, add_page, definition_choices
from workflow_app.web.present.seals import settings_of
from workflow_app.web.present.twins import agreement_json
from workflow_app.web.rendering import page, twin, wants_json
from workflow_app.web.resources import AgreementResource, Agreements
from workflow_app.web.uploads import as_source, form_file, json_file, json_text, json_texts, refuse_flood


@page("add", context=Agreements, name="add", permission=Right.START)
def add_form(context: Agreements, request: Request) -> dict[str, object]:
    """The form."""
    return {"page": add_page(request), "nav": "agreements"}


@twin(context=Agreements, name="add", permission=Right.START)
def add_twin(context: Agreements, request: Request) -> dict[str, object]:
    """What a program may send."""
    return {
        "fields": ["filename", "content_base64", "municipal", "police", "definition", "title"],
        "definitions": [
            {"id": c.value, "title": c.label} for c in definition_choices(request) if c.value != AS_READ
        ],
        "templates": [{"name": s.name, "title": s.title, "language": s.language} for s in starters()],
        **({"csrf_token": request.me.session.csrf_token} if request.me.session else {}),
    }


@view_config(context=Agreements, name="add", permission=Right.START, request_method="POST")
def add(context: Agreements, request: Request) -> Response:
    """Make the draft: 303 to its rules, or 201 with the agreement."""
    refuse_flood(request)
    if request.content_type == "application/json":
        data = json_object(request)
        source, wanted = _json_source(request, data), _wanted_in_json(data)
    else:
        wanted = _wanted_in_form(request)
        try:
            source = _form_source(request, wanted)
        except FieldErrors as wrong:
            return page_again(request, "add", add_page(request, wanted, problems_of(request, wrong)), 422)
    try:
        agreement = _make(request, source, wanted)
    except TooLarge:
        raise
    except FieldErrors as wrong:
        if wants_json(request) or request.content_type == "application/json":
            raise
        return page_again(request, "add", add_page(request, wanted, problems_of(request, wrong)), 422)
    if wants_json(request):
        return as_json(request, agreement_json(request, AgreementResource(request, agreement, context)), 201)
    more = {"suggested": "1"} if wanted.definition == AS_READ else {}
    if text_of(request.dbsession, agreement).notes:
        more["notes"] = "1"
    return to_page(request, f"/agreements/{agreement.id}/rules", done="created", **more)


@exception_view_config(TooLarge)
def file_too_large(context: TooLarge, request: Request) -> Response:
    """A file beyond what is taken in, here or among the attachments."""
    return too_large(request, context)


def _make(request: Request, source: Source, wanted: Wanted) -> Agreement:
    # What is too large or cannot be read is refused before anything is looked for in it.
    decode_source(source)
    signatures = foreign.look(source.content, settings_of(request), request.now)
    made = create_draft(
        request.dbsession,
        source,
        municipal=wanted.municipal or (),
        police=wanted.police or (),
        definition=_definition(request, wanted.definition),
        who=request.who,
        now=request.now,
        title=wanted.title or None,
    )
    file = text_of(request.dbsession, made).file_sha256
    foreign.bind(request.dbsession, made, file, signatures, who=request.who, now=request.now)
    return made


def _definition(request: Request, chosen: str) -> Definition | Choose:
    registry = request.definitions
    if chosen == AS_READ:

        def suggested(reading: Reading) -> Definition:
            found: Definition = registry.newest(reading.suggested_definition)
            return found

        return suggested
    if chosen not in registry.ids:
        raise FieldErrors(
            {"definition": msg("There is no definition «${name}»; choose one of ${names}.", name=chosen[:60],
                               names=", ".join(registry.ids))}
        )  # fmt: skip
    found: Definition = registry.newest(chosen)
    return found


def _json_source(request: Request, data: dict[str, Any]) -> Source:
    if (name := json_text(data, "template")) is not None:
        found = starter(name)
        return Source(f"{found.name}.md", found.text.encode(), TEMPLATE)
    return as_source(request, json_file(data))


def _wanted_in_json(data: dict[str, Any]) -> Wanted:
    return Wanted(
        title=json_text(data, "title") or "",
        municipal=json_texts(data, "municipal"),
        police=json_texts(data, "police"),
        definition=json_text(data, "definition") or AS_READ,
    )


def _wanted_in_form(request: Request) -> Wanted:
    post = request.POST
    refuse_nul(post.items())
    return Wanted(
        source=str(post.get("source", "file")),
        template=str(post.get("template", "")),
        title=str(post.get("title", "")).strip(),
        municipal=[str(key).strip() for key in post.getall("municipal") if str(key).strip()],
        police=[str(key).strip() for key in post.getall("police") if str(key).strip()],
        definition=str(post.get("definition", AS_READ)),
    )


def _form_source(request: Request, wanted: Wanted) -> Source:
    if wanted.source == "template":
        found = starter(wanted.template)
        return Source(f"{found.name}.md", found.text.encode(), TEMPLATE)
    chosen = form_file(request)
    if chosen is None:
        raise FieldErrors({"file": msg("No file was chosen; choose the file with the agreement's text.")})
    return as_source(request, chosen)
