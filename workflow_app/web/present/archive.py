"""What an archive would be handed, as a page, as JSON, and as the button that leads there.

No paper is made to tell of it: the case file is planned, and its files are only
named.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pyramid.request import Request

from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.people import Party
from workflow_app.services.archive.access import archivist, own_parties
from workflow_app.services.archive.case import case_file
from workflow_app.services.archive.exporting import Handed, handed, source_of
from workflow_app.services.archive.lacking import lacking
from workflow_app.services.archive.model import CaseFile, Document, Registration
from workflow_app.services.archive.packing import ArchiveFormat
from workflow_app.services.tellings import Telling
from workflow_app.web.pagemodels.archive import (
    ArchiveButton,
    ArchiveDocument,
    ArchiveHanded,
    ArchivePage,
    ArchiveRegistration,
)
from workflow_app.web.pagemodels.common import Choice, Link, Problem
from workflow_app.web.present.words import agreement_url, day, head, moment, party_name, person_name
from workflow_app.web.resources import AgreementResource

FORMATS: dict[ArchiveFormat, Message] = {
    ArchiveFormat.EFORMIDLING: msg("eFormidling: one message (arkivmelding 3.1)"),
    ArchiveFormat.KS_FIKS: msg("KS Fiks Arkiv: one message for each registration (version 1)"),
}


class ArchiveView:
    """The agreement for one party's archive, for one request."""

    def __init__(self, request: Request, resource: AgreementResource, party: Party) -> None:
        self.request, self.resource, self.party = request, resource, party
        self.source = source_of(
            request.dbsession, resource.agreement, party, registry=request.definitions, now=request.now
        )
        self.case: CaseFile = case_file(self.source)
        self.missing = lacking(self.source)
        self.may = archivist(party, request.who) is not None
        self.told = handed(request.dbsession, resource.agreement)

    def page(self, chosen: str | None = None, problems: tuple[Problem, ...] = ()) -> ArchivePage:
        """The page; ``chosen`` is the format somebody asked for."""
        request, agreement, case = self.request, self.resource.agreement, self.case
        top = head(request, agreement, self.resource.definition)
        wanted = chosen or request.registry["archive_format"]
        closed = msg(
            "An agreement is handed to the archive of ${party} by its own coordinator, council secretary"
            " or administrator.",
            party=self.party.name,
        )
        return ArchivePage(
            head=top,
            party=self.party.name,
            party_key=self.party.key,
            parties=tuple(
                Link(
                    "" if p.party.id == self.party.id else f"{top.url}/archive?party={p.party.key}",
                    p.party.name,
                )
                for p in agreement.parties
            ),
            formats=tuple(Choice(f.value, request.say(label), f == wanted) for f, label in FORMATS.items()),
            registrations=tuple(self._registration(r) for r in case.registrations),
            status=case.status.words,
            missing=tuple(request.say(m) for m in self.missing),
            handed=tuple(self._handed(t) for t in reversed(self.told)),
            case_number=f"{case.year}/{case.sequence}" if case.sequence is not None else None,
            may=self.may,
            closed=None if self.may else request.say(closed),
            problems=problems,
        )

    def json(self) -> dict[str, Any]:
        """The same for a program."""
        case = self.case
        return {
            "version": self.resource.agreement.version,
            "party": self.party.key,
            "parties": [p.party.key for p in self.resource.agreement.parties],
            "format": self.request.registry["archive_format"].value,
            "formats": [form.value for form in ArchiveFormat],
            "may": self.may,
            "case": {
                "system_id": str(case.id),
                "title": case.title,
                "year": case.year,
                "sequence": case.sequence,
                "status": case.status.words,
                "registrations": [_registration_json(r) for r in case.registrations],
            },
            "missing": [self.request.say(m) for m in self.missing],
            "handed": [
                {"at": t.entry["at"], "entry": t.number, **t.entry["data"], "by": _actor(t)}
                for t in self.told
            ],
        }

    def _registration(self, found: Registration) -> ArchiveRegistration:
        return ArchiveRegistration(
            title=found.title,
            kind=found.kind.words,
            documents=tuple(
                ArchiveDocument(d.title, d.type.words, tuple(f.name for f in d.files), d.finished)
                for d in found.documents
            ),
            shield=found.shield.basis if found.shield is not None else None,
            dated=day(self.request, found.dated) if found.dated is not None else None,
        )

    def _handed(self, told: Telling) -> ArchiveHanded:
        data, by = told.entry["data"], _actor(told)
        return ArchiveHanded(
            when=moment(self.request, datetime.fromisoformat(told.entry["at"])),
            party=party_name(self.resource.agreement, data["party"]),
            format=data["format"],
            who=person_name(self.request, by) if by is not None else None,
        )


def _actor(told: Telling) -> str | None:
    return (told.entry["actor"] or {}).get("person")


def _registration_json(found: Registration) -> dict[str, Any]:
    return {
        "system_id": str(found.id),
        "title": found.title,
        "type": found.kind.words,
        "case_type": found.council.kind.words if found.council is not None else None,
        "dated": found.dated,
        "legal_basis": found.shield.basis if found.shield is not None else None,
        "documents": [_document_json(d) for d in found.documents],
    }


def _document_json(found: Document) -> dict[str, Any]:
    return {
        "system_id": str(found.id),
        "title": found.title,
        "type": found.type.short,
        "finished": found.finished,
        "files": [f.name for f in found.files],
    }


def made_json(made: Handed, form: ArchiveFormat, party: Party, encoded: str) -> dict[str, Any]:
    """What was handed over, for a program: the zip itself as base64, and what was entered."""
    return {
        "name": made.name,
        "format": form.value,
        "party": party.key,
        "size": len(made.content),
        "entry": made.entry.number,
        "members": sorted(made.package.members),
        "content_base64": encoded,
    }


def archive_button(request: Request, resource: AgreementResource) -> ArchiveButton | None:
    """The button, for one who may hand the agreement to an archive of her own."""
    own = own_parties(resource.agreement, request.who)
    if not own or not request.has_permission(Permission.VIEW_TRAIL, resource):
        return None
    return ArchiveButton(own[0].key, f"{agreement_url(request, resource.agreement.id)}/archive")
