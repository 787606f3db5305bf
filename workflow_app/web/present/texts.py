"""The text page: one version, two compared, or the form to edit it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import TextVersion
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.material import rules_of, text_of
from workflow_app.services.sealing import foreign
from workflow_app.services.starters import TEMPLATE
from workflow_app.services.texts import notes_of, text_versions
from workflow_app.web.pagemodels import Comparison, Link, Problem, TextEdit, TextPage, VersionRow
from workflow_app.web.present.differences import rows
from workflow_app.web.present.sections import text_sections
from workflow_app.web.present.signatures import signatures_json, signed_file
from workflow_app.web.present.words import head, moment, person_name
from workflow_app.web.resources import AgreementResource
from workflow_app.web.uploads import ACCEPTS, limit_of

ORIGINS: dict[str, Message] = {
    "upload": msg("Uploaded: ${name}"),
    TEMPLATE: msg("Started from a template"),
    "successor": msg("Taken over from the agreement that was revised"),
}
"""What is said of a version that nobody wrote a note to."""


def text_page(
    request: Request,
    resource: AgreementResource,
    *,
    version: int | None = None,
    compared: tuple[int, int] | None = None,
    edit: TextEdit | None = None,
) -> TextPage:
    """The page of ``version`` (the newest unless one is named), a comparison, or the form."""
    db, agreement = request.dbsession, resource.agreement
    page_head = head(request, agreement, resource.definition)
    shown = text_of(db, agreement, version)
    versions = version_rows(request, resource)
    rules = rules_of(db, agreement)
    may_edit = bool(request.has_permission(Permission.EDIT, resource))
    current = shown.number == agreement.text_number
    signed = foreign.known(db, agreement)
    return TextPage(
        head=page_head,
        shown=next(v for v in versions if v.number == shown.number),
        sections=()
        if compared
        else text_sections(shown.text, frozenset(rules.incomplete if current else ())),
        versions=versions,
        comparison=_comparison(request, resource, *compared) if compared else None,
        edit=edit,
        may_edit=may_edit,
        closed=None if may_edit else request.say(_closed(resource)),
        original=_original(request, page_head.url, shown),
        signed=None if shown.file_sha256 is None else signed_file(request, signed.get(shown.file_sha256)),
        notes=tuple(request.say(note) for note in notes_of(shown)),
        accepts=ACCEPTS,
        max_size=f"{limit_of(request) >> 20} MB",
    )


def edit_of(
    request: Request,
    resource: AgreementResource,
    given: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> TextEdit:
    """The form with the text that stands, or with what was written before something was wrong."""
    if given is not None:
        return TextEdit(given.get("title", ""), given.get("text", ""), given.get("note", ""), problems)
    current = text_of(request.dbsession, resource.agreement)
    return TextEdit(resource.agreement.title, current.text, problems=problems)


def _closed(resource: AgreementResource) -> Message:
    if Permission.EDIT in resource.definition.states[resource.agreement.state].may:
        return msg("Only an SLT coordinator or a politikontakt of the parties edits the text.")
    return msg("The text is closed: it can be edited in a draft only. Reopen the agreement to change it.")


def _original(request: Request, url: str, version: TextVersion) -> Link | None:
    if version.file_sha256 is None:
        return None
    return Link(
        f"{url}/original?version={version.number}", version.filename or request.say(msg("The original file"))
    )


def _comparison(request: Request, resource: AgreementResource, old: int, new: int) -> Comparison:
    db, agreement = request.dbsession, resource.agreement
    return Comparison(old, new, rows(text_of(db, agreement, old).text, text_of(db, agreement, new).text))


def version_rows(request: Request, resource: AgreementResource) -> tuple[VersionRow, ...]:
    """Every saved text, newest first, with what its writer noted."""
    db, agreement = request.dbsession, resource.agreement
    notes = _notes(request, agreement.id)
    url = head(request, agreement, resource.definition).url
    return tuple(
        VersionRow(
            number=v.number,
            when=moment(request, v.created_at),
            who=person_name(request, v.person_id) if v.person_id else request.say(msg("the system")),
            sha256=v.sha256,
            href=f"{url}/text?version={v.number}",
            note=notes.get(v.number) or _note(request, v),
            current=v.number == agreement.text_number,
        )
        for v in text_versions(db, agreement)
    )


def _note(request: Request, version: TextVersion) -> str | None:
    origin = ORIGINS.get(version.origin)
    return request.say(Message(origin.text, {"name": version.filename})) if origin else None


def _notes(request: Request, agreement_id: str) -> dict[int, str]:
    """What was noted when a version was saved; it stands in the trail, where it can be erased."""
    entries = request.dbsession.scalars(
        select(TrailEntry).where(
            TrailEntry.chain == trail.agreement_chain(agreement_id), TrailEntry.kind == "text_saved"
        )
    ).all()
    clear = trail.clear(request.dbsession, entries)
    return {
        json.loads(e.body)["data"]["text"]: clear[e.id]["note"]
        for e in entries
        if "note" in clear.get(e.id, {})
    }


def text_json(request: Request, resource: AgreementResource, version: int | None = None) -> dict[str, Any]:
    """The text as programs get it."""
    db, agreement = request.dbsession, resource.agreement
    shown = text_of(db, agreement, version)
    signed = foreign.known(db, agreement)
    return {
        "version": agreement.version,
        "title": agreement.title,
        "text_version": shown.number,
        "text": shown.text,
        "sha256": shown.sha256,
        "notes": [request.say(note) for note in notes_of(shown)],
        "may_edit": bool(request.has_permission(Permission.EDIT, resource)),
        "versions": [
            {
                "number": v.number,
                "sha256": v.sha256,
                "origin": v.origin,
                "filename": v.filename,
                "file_sha256": v.file_sha256,
                "signatures": signatures_json(signed.get(v.file_sha256 or "")),
                "notes": [request.say(note) for note in notes_of(v)],
                "by": v.person_id,
                "at": v.created_at,
            }
            for v in text_versions(db, agreement)
        ],
    }
