"""How a paper's seal stands, as it is read, and where the original lies of what was signed on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from workflow_app.domain.definitions import Effect
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.contents import Attachment
from workflow_app.models.seals import Seal
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.errors import NotThere
from workflow_app.services.norway import OSLO
from workflow_app.services.sealing import sealed
from workflow_app.services.sealing.certificate import open_certificate
from workflow_app.services.sealing.errors import REASONS, CannotSeal
from workflow_app.services.sealing.running import NO_TIMESTAMP
from workflow_app.services.sealing.settings import SealSettings, seal_settings
from workflow_app.web.pagemodels import Link
from workflow_app.web.pagemodels.seals import OnPaper, SealLine
from workflow_app.web.resources import AgreementResource

FROZEN, TODAY = "frozen", "today"
"""``form`` of a paper's address: as it was frozen, without the seal; as things stand now."""

SOON = msg("Not sealed yet; that is done within a few minutes.")


def chosen(request: Request, row: Seal | None, make: Callable[[], bytes], *, living: bool = True) -> bytes:
    """The bytes of the form that is asked for: with its seal unless told otherwise, else made now.

    ``living``: the paper can still be made as things stand today. Raises ``NotThere``.
    """
    form = request.GET.get("form")
    if form not in (None, "", FROZEN, TODAY):
        raise NotThere("not_there", msg("A paper has the forms “frozen” and “today” besides its own."))
    if form == TODAY and living:
        return make()
    content = None if row is None else sealed.bytes_of(request.reading, row, sealed=form != FROZEN)
    if content is None and form == FROZEN:
        raise NotThere("not_there", msg("This paper has not been frozen yet."))
    return make() if content is None else content


def settings_of(request: Request) -> SealSettings:
    """The installation's settings for sealing."""
    return seal_settings(request.registry.settings)


def trouble(request: Request) -> Message | None:
    """Why nothing can be sealed at all just now; None where it can."""
    settings = settings_of(request)
    try:
        _ = settings.timestamp
        if settings.make and settings.key is not None and not settings.key.exists():
            return None
        open_certificate(settings, request.now)
    except CannotSeal as no:
        return no.reason
    return None


def seal_line(request: Request, row: Seal, url: str, *, living: bool = True) -> SealLine:
    """How the paper at ``url`` stands."""
    others, form = [], f"{url}{'&' if '?' in url else '?'}form="
    if row.sealed_sha256 is not None:
        others.append(Link(f"{form}{FROZEN}", request.say(msg("without the seal"))))
    if living and row.source_sha256 is not None:
        others.append(Link(f"{form}{TODAY}", request.say(msg("as things stand today"))))
    return SealLine(row.sealed_sha256 is not None, request.say(standing(request, row)), tuple(others))


def frozen_line(request: Request, source_sha256: str | None, url: str) -> SealLine | None:
    """How a paper stands that is frozen under its hash; None where nobody wanted it sealed."""
    row = None if source_sha256 is None else sealed.row_of(request.dbsession, source_sha256)
    return None if row is None else seal_line(request, row, url, living=False)


def standing(request: Request, row: Seal) -> Message:
    """The seal of one paper in a sentence."""
    if row.sealed_at is not None:
        day = row.sealed_at.astimezone(OSLO).date()
        if row.remark == NO_TIMESTAMP:
            return msg(
                "Sealed ${day}, without a timestamp: the timestamp server did not answer for a day.", day=day
            )
        if row.level == "B-T":
            return msg("Sealed ${day}, with a timestamp.", day=day)
        return msg("Sealed ${day}.", day=day)
    reason = trouble(request) or REASONS.get(row.problem or "")
    return SOON if reason is None else msg("Not sealed yet, because ${reason}.", reason=reason)


def seal_json(row: Seal | None) -> dict[str, Any] | None:
    """The same for a program."""
    if row is None:
        return None
    return {
        "frozen_sha256": row.source_sha256,
        "frozen_at": row.frozen_at,
        "sealed_sha256": row.sealed_sha256,
        "sealed_at": row.sealed_at,
        "level": row.level,
        "certificate": row.certificate,
        "remark": row.remark,
        "problem": row.problem,
    }


def on_paper(request: Request, resource: AgreementResource, url: str) -> OnPaper | None:
    """Where the original of what was signed on paper is, as those told who registered it; None else."""
    agreement, definition = resource.agreement, resource.definition
    if agreement.signing is None:
        return None
    told = [
        name
        for name, step in definition.transitions.items()
        if Effect.RECORD_SIGNING in step.effects and not (step.approvals and step.approvals.reauthenticate)
    ]
    entry = request.dbsession.scalars(
        select(TrailEntry)
        .where(TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.transition.in_(told))
        .where(TrailEntry.kind == "transition")
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    if entry is None:
        return None
    body: dict[str, Any] = json.loads(entry.body)
    place = trail.clear(request.dbsession, [entry]).get(entry.id, {}).get("original_at")
    return OnPaper(
        sentence=request.say(msg("Signed on paper ${day}.", day=agreement.signing)),
        place=place,
        erased=place is None and "original_at" in body.get("private", {}),
        scan=_scan(request, agreement, body.get("data", {}).get("scan"), url),
    )


def _scan(request: Request, agreement: Agreement, sha256: str | None, url: str) -> Link | None:
    if sha256 is None:
        return None
    found = request.dbsession.scalars(
        select(Attachment)
        .where(Attachment.agreement_id == agreement.id, Attachment.sha256 == sha256)
        .order_by(Attachment.id.desc())
        .limit(1)
    ).first()
    return None if found is None else Link(f"{url}/attachments/{found.id}", found.name)
