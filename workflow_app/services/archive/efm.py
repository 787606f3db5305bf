"""arkivmelding 3.1 as eFormidling wants it: one message, one case file, all its registrations.

The order of elements is the schema's (``arkivmelding.xsd``, where a type that
extends another writes its own elements after all of the other's), since XML
Schema's sequences leave no choice. Every element with ``minOccurs`` 1 is written
without a condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from workflow_app.services.archive import own_metadata
from workflow_app.services.archive.codes import (
    SHIELDED_DOCUMENT,
    SHIELDED_METADATA,
    Access,
    DocumentStatus,
    Medium,
    Place,
    Variant,
)
from workflow_app.services.archive.model import (
    CaseFile,
    Correspondent,
    Document,
    File,
    Registration,
    Shield,
    Stored,
)
from workflow_app.services.archive.xml import Branch
from workflow_app.services.norway import local_date

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
SYSTEM = "Avtaleflyt"
PART = "Part"
"""M303 sakspartRolle, for which there is no list."""


def message(case: CaseFile, stored: Mapping[str, Stored], *, message_id: UUID, at: datetime) -> bytes:
    """The XML. ``stored`` has every file of the case by its key; ``at`` (aware) is when it is handed over."""
    root = Branch.root("arkivmelding", NAMESPACE, avtaleflyt=own_metadata.NAMESPACE)
    root.line("system", SYSTEM)
    root.uuid("meldingId", message_id)
    root.moment("tidspunkt", at)
    root.number("antallFiler", len(stored))
    _case(root.branch("mappe", "saksmappe"), case, stored, at)
    return root.to_bytes()


def _case(mappe: Branch, case: CaseFile, stored: Mapping[str, Stored], at: datetime) -> None:
    mappe.uuid("systemID", case.id)
    if case.year is not None and case.sequence is not None:
        mappe.line("mappeID", f"{case.year}/{case.sequence}")
    mappe.title("tittel", case.title)
    mappe.title("offentligTittel", case.title)
    mappe.moment("opprettetDato", case.created)
    mappe.line("opprettetAv", SYSTEM)
    if case.closed is not None:
        mappe.moment("avsluttetDato", case.closed)
        mappe.line("avsluttetAv", SYSTEM)
    for registration in case.registrations:
        _registration(mappe.branch("basisregistrering", "journalpost"), case, registration, stored, at)
    mappe.number("saksaar", case.year)
    mappe.number("sakssekvensnummer", case.sequence)
    mappe.day("saksdato", case.opened)
    mappe.title("administrativEnhet", case.office)
    mappe.title("saksansvarlig", case.responsible)
    mappe.line("saksstatus", case.status.words)
    for participant in case.participants:
        part = mappe.branch("sakspart")
        part.line("sakspartID", participant.number)
        part.title("sakspartNavn", participant.name)
        part.line("sakspartRolle", PART)


def _registration(
    post: Branch, case: CaseFile, registration: Registration, stored: Mapping[str, Stored], at: datetime
) -> None:
    post.uuid("systemID", registration.id)
    post.moment("opprettetDato", registration.created)
    post.line("opprettetAv", SYSTEM)
    post.moment("arkivertDato", at)
    post.line("arkivertAv", SYSTEM)
    post.uuid("referanseForelderMappe", case.id)
    _shield(post, registration.shield)
    for number, document in enumerate(registration.documents, 1):
        _document(post.branch("dokumentbeskrivelse"), document, number, stored)
    post.title("tittel", registration.title)
    post.title("offentligTittel", registration.title)
    kept = next((d.original_at for d in registration.documents if d.original_at), None)
    if kept is not None:
        post.line("dokumentmedium", Medium.MIXED.words)
        post.line("oppbevaringssted", kept)
    own = post.branch(own_metadata.ELEMENT)
    if registration.council is not None:
        own_metadata.council_metadata(own, registration.council)
    own_metadata.file_metadata(own, (stored[f.key] for d in registration.documents for f in d.files))
    post.line("journalposttype", registration.kind.words)
    # The schema has no word for what is still being written but the one before journaling.
    post.line("journalstatus", "Journalført" if registration.finished else "Ferdigstilt fra saksbehandler")
    post.day("journaldato", local_date(at))
    post.day("dokumentetsDato", registration.dated)
    post.moment("mottattDato", registration.received)
    post.moment("sendtDato", registration.sent)
    post.number("antallVedlegg", len(registration.documents) - 1)
    for correspondent in registration.correspondents:
        _correspondent(post.branch("korrespondansepart"), correspondent, case.office)


def _correspondent(part: Branch, correspondent: Correspondent, office: str) -> None:
    part.line("korrespondanseparttype", correspondent.kind.words)
    # The schema has no element for a kommune's number, and there are two Herøy.
    kommune = correspondent.number is not None and correspondent.number.isdecimal()
    part.title(
        "korrespondansepartNavn",
        f"{correspondent.name} ({correspondent.number})" if kommune else correspondent.name,
    )
    if correspondent.officer:
        part.line("administrativEnhet", office)
        part.line("saksbehandler", correspondent.officer)


def _document(below: Branch, document: Document, number: int, stored: Mapping[str, Stored]) -> None:
    status = DocumentStatus.FINISHED if document.finished else DocumentStatus.IN_WORK
    below.uuid("systemID", document.id)
    # Open in the schema; the code of KS Fiks' list, so that both messages name it alike.
    below.line("dokumenttype", document.type.short)
    below.line("dokumentstatus", status.words)
    below.title("tittel", document.title)
    below.moment("opprettetDato", document.created)
    below.line("opprettetAv", SYSTEM)
    if document.original_at is not None:
        below.line("dokumentmedium", Medium.MIXED.words)
        below.line("oppbevaringssted", document.original_at)
    below.line("tilknyttetRegistreringSom", (Place.MAIN if number == 1 else Place.ATTACHED).words)
    below.number("dokumentnummer", number)
    below.moment("tilknyttetDato", document.created)
    below.line("tilknyttetAv", SYSTEM)
    _shield(below, document.shield)
    for file in document.files:
        _file(below.branch("dokumentobjekt"), file, stored[file.key])


def _file(below: Branch, file: File, stored: Stored) -> None:
    kept = not file.production and stored.format.archival
    below.number("versjonsnummer", stored.version)
    below.line("variantformat", (Variant.ARCHIVE if kept else Variant.PRODUCTION).words)
    below.moment("opprettetDato", file.created)
    below.line("opprettetAv", SYSTEM)
    below.line("referanseDokumentfil", stored.name)


def _shield(parent: Branch, shield: Shield | None) -> None:
    if shield is None:
        return
    below = parent.branch("skjerming")
    below.line("tilgangsrestriksjon", Access.CLOSED.words)
    below.title("skjermingshjemmel", shield.basis)
    below.line("skjermingMetadata", SHIELDED_METADATA)
    below.line("skjermingDokument", SHIELDED_DOCUMENT)
