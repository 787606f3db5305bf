"""The invitation to a meeting: its paper, as it was sent or as it stands, and the sending of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.definitions import Permission
from workflow_app.models.meetings import Meeting
from workflow_app.services import blobs
from workflow_app.services.meetings import finding, invitation
from workflow_app.services.meetings.paper import invitation_pdf
from workflow_app.web.present.meeting import paper_json
from workflow_app.web.present.papers import pdf_response, translator
from workflow_app.web.resources import AgreementResource, MeetingResource


@view_config(context=MeetingResource, name="invitation.pdf", permission=Permission.VIEW, request_method="GET")
def invitation_paper(context: MeetingResource, request: Request) -> Response:
    """The invitation as it was last sent; as it stands now where none was, or with ``draft``."""
    found = finding.find(request.dbsession, context.agreement, context.meeting.number)
    if found.invitation_sha256 is not None and not request.GET.get("draft"):
        content = blobs.fetch(request.dbsession, found.invitation_sha256)
    else:
        content = _made(request, context.owner, found, "draft")
    return pdf_response(request, content, "innkalling", str(found.number), found.on.isoformat())


def send(
    request: Request, resource: AgreementResource, it: Meeting, asked: Mapping[str, Any], seen: int | None
) -> None:
    """Make the paper, freeze it and put the letters in the outbox; everything is asked before it is made."""
    db, agreement = request.dbsession, resource.agreement
    invitation.expect_sendable(db, agreement, it, who=request.who, now=request.now, seen=seen)
    kind = "invitation" if it.invited_at is None else "changed"
    paper = _made(request, resource, it, kind)
    invitation.send(db, agreement, it, paper, who=request.who, now=request.now)


def _made(request: Request, resource: AgreementResource, it: Meeting, kind: str) -> bytes:
    agreement = resource.agreement
    twin = json.dumps(paper_json(request, resource, it), ensure_ascii=False, indent=1, default=_plain)
    return invitation_pdf(
        request.dbsession, agreement, it, kind=kind, now=request.now, twin=twin.encode(),
        translate=translator(request, agreement.language), language=agreement.language,
    )  # fmt: skip


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a paper's JSON")
