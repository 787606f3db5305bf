"""The attachments of an agreement: what they are called, how large, by which hash."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.contents import Attachment
from workflow_app.services.material import attachments_of
from workflow_app.services.sealing import foreign
from workflow_app.services.sealing.foreign import Known
from workflow_app.web.pagemodels import AttachmentRow, AttachmentsPage, Problem
from workflow_app.web.present.signatures import signatures_json, signed_file
from workflow_app.web.present.words import head, moment, person_name
from workflow_app.web.resources import AgreementResource
from workflow_app.web.uploads import limit_of


def size_word(request: Request, size: int) -> str:
    """A size as it is read: "812 bytes", "14 kB", "1,2 MB"."""
    if size < 1000:
        said: str = request.say(msg("${count} bytes", count=size))
        return said
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    point = "." if request.locale_name == "en" else ","
    return f"{size / 1_000_000:.1f}".replace(".", point) + " MB"


def attachment_row(
    request: Request, url: str, attachment: Attachment, signed: Known | None = None
) -> AttachmentRow:
    """One attachment; its label is its name without the suffix. ``signed`` is what its signatures told."""
    return AttachmentRow(
        id=str(attachment.id),
        label=PurePosixPath(attachment.name).stem,
        filename=attachment.name,
        size=size_word(request, attachment.size),
        sha256=attachment.sha256,
        href=f"{url}/attachments/{attachment.id}",
        when=moment(request, attachment.added_at),
        who=person_name(request, attachment.person_id) if attachment.person_id else None,
        signed=signed_file(request, signed),
    )


def attachments_page(
    request: Request, resource: AgreementResource, label: str = "", problems: tuple[Problem, ...] = ()
) -> AttachmentsPage:
    """The page; ``label`` and ``problems`` keep what was written and say what is wrong."""
    page_head = head(request, resource.agreement, resource.definition)
    may = bool(request.has_permission(Permission.EDIT, resource))
    signed = foreign.known(request.dbsession, resource.agreement)
    return AttachmentsPage(
        head=page_head,
        rows=tuple(
            attachment_row(request, page_head.url, a, signed.get(a.sha256))
            for a in attachments_of(request.dbsession, resource.agreement)
        ),
        may_change=may,
        closed=None if may else request.say(_closed(resource)),
        max_size=f"{limit_of(request) >> 20} MB",
        label=label,
        problems=problems,
    )


def _closed(resource: AgreementResource) -> Message:
    if Permission.EDIT in resource.definition.states[resource.agreement.state].may:
        return msg("Only an SLT coordinator or a politikontakt of the parties changes the attachments.")
    return msg("The attachments are part of what has been agreed on; they are changed in a draft only.")


def attachments_json(request: Request, resource: AgreementResource) -> dict[str, Any]:
    """The attachments as programs get them."""
    agreement = resource.agreement
    signed = foreign.known(request.dbsession, agreement)
    return {
        "version": agreement.version,
        "attachments": [
            {
                "id": a.id,
                "name": a.name,
                "media_type": a.media_type,
                "size": a.size,
                "sha256": a.sha256,
                "by": a.person_id,
                "at": a.added_at,
                "href": f"/agreements/{agreement.id}/attachments/{a.id}",
                "signatures": signatures_json(signed.get(a.sha256)),
            }
            for a in attachments_of(request.dbsession, agreement)
        ],
        "may_change": bool(request.has_permission(Permission.EDIT, resource)),
    }
