"""``no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett``: one message for each registration.

The schema lets a message hold at most one case file and one registration, so a
case is a row of messages: the first makes the case file, every other one names it
by our own key (``referanseEksternNoekkel``) and systemID. Where the kommune has
told its archive's case number the case is there already, and no message makes
one: each registration names that number. A matter with a number of its own
("RS 12/20") is a ``moetesak``; the type has no other place for its kind.

The order of elements is the schema's, and codes are written with their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from workflow_app.services.archive import own_metadata
from workflow_app.services.archive.codes import (
    Access,
    Code,
    DocumentStatus,
    JournalStatus,
    Medium,
    Place,
    TextFormat,
    Variant,
)
from workflow_app.services.archive.identity import identifier
from workflow_app.services.archive.model import (
    CaseFile,
    Correspondent,
    Council,
    Document,
    File,
    Registration,
    Shield,
    Stored,
)
from workflow_app.services.archive.xml import Branch
from workflow_app.services.norway import OSLO, local_date

NAMESPACE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
CATALOGUE = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
SYSTEM = "Avtaleflyt"


def message(
    case: CaseFile, registration: Registration, stored: Mapping[str, Stored], *, first: bool, at: datetime
) -> bytes:
    """The XML of one registration. ``stored`` has its files by key; ``at`` (aware) is when it is handed over.

    ``first`` says whether this is the message that makes the case file, where one is to be made.
    """
    root = Branch.root("arkivmelding", NAMESPACE, n5mdk=CATALOGUE, avtaleflyt=own_metadata.NAMESPACE)
    root.line("system", SYSTEM)
    root.number("antallFiler", sum(len(document.files) for document in registration.documents))
    if first and case.sequence is None:
        _case(root.branch("mappe", "saksmappe"), case)
    _registration(root, case, registration, stored, at)
    return root.to_bytes()


def _case(mappe: Branch, case: CaseFile) -> None:
    mappe.uuid("systemID", case.id)
    mappe.title("tittel", case.title)
    mappe.title("offentligTittel", case.title)
    mappe.moment("opprettetDato", case.created)
    mappe.line("opprettetAv", SYSTEM)
    if case.closed is not None:
        mappe.moment("avsluttetDato", case.closed)
        mappe.line("avsluttetAv", SYSTEM)
    for participant in case.participants:
        part = mappe.branch("part")
        part.line("partID", participant.number)
        part.title("partNavn", participant.name)
        part.flag("erPersonnavn", False)
    _key(mappe, case.key)
    mappe.day("saksdato", case.opened)
    mappe.branch("administrativEnhet").foreign(CATALOGUE).title("navn", case.office)
    mappe.branch("saksansvarlig").foreign(CATALOGUE).title("navn", case.responsible)
    _coded(mappe, "saksstatus", case.status)


def _registration(
    root: Branch, case: CaseFile, registration: Registration, stored: Mapping[str, Stored], at: datetime
) -> None:
    council = registration.council
    numbered = council is not None and council.sequence is not None
    below = root.branch("registrering", "moetesak" if numbered else "journalpost")
    below.uuid("systemID", registration.id)
    below.moment("opprettetDato", registration.created)
    below.line("opprettetAv", SYSTEM)
    below.moment("arkivertDato", at)
    below.line("arkivertAv", SYSTEM)
    _parent(below.branch("referanseForelderMappe").foreign(CATALOGUE), case)
    _shield(below, registration.shield)
    for number, document in enumerate(registration.documents, 1):
        _document(below.branch("dokumentbeskrivelse"), document, number, stored)
    below.title("tittel", registration.title)
    below.title("offentligTittel", registration.title)
    kept = next((d.original_at for d in registration.documents if d.original_at), None)
    if kept is not None:
        _coded(below, "dokumentmedium", Medium.MIXED)
    if council is not None and not numbered:
        own_metadata.council_metadata(below.branch(own_metadata.ELEMENT), council)
    if kept is not None:
        note = below.branch("merknad")
        note.line("merknadstekst", f"Papiroriginal: {kept}")
        note.moment("merknadsdato", registration.created)
        note.line("merknadRegistrertAv", SYSTEM)
    for correspondent in registration.correspondents:
        _correspondent(below.branch("korrespondansepart"), correspondent, case.office)
    _key(below, registration.key)
    if council is not None and numbered:
        _council(below, council, case.office, closed=registration.shield is not None)
    else:
        _journal(below, registration, at)


def _journal(below: Branch, registration: Registration, at: datetime) -> None:
    _coded(below, "journalposttype", registration.kind)
    finished = registration.finished
    _coded(below, "journalstatus", JournalStatus.JOURNALED if finished else JournalStatus.RESERVED)
    below.day("journaldato", local_date(at))
    below.day("dokumentetsDato", registration.dated)
    below.moment("mottattDato", registration.received)
    below.moment("sendtDato", registration.sent)
    below.number("antallVedlegg", len(registration.documents) - 1)


def _council(below: Branch, council: Council, office: str, *, closed: bool) -> None:
    _coded(below, "moetesakstype", council.kind)
    below.number("moetesaksaar", council.year)
    below.number("moetesakssekvensnummer", council.sequence)
    below.branch("administrativEnhet").foreign(CATALOGUE).title("navn", office)
    if closed:
        # The words of a closed matter stand in its shielded document alone.
        return
    if council.proposal:
        _words(below.branch("innstilling"), council.proposal)
    if council.decided and council.meeting_date is not None:
        decision = below.branch("vedtak")
        _words(decision.branch("vedtakstekst"), council.decided)
        decision.moment("dato", datetime.combine(council.meeting_date, time(), OSLO))


def _parent(below: Branch, case: CaseFile) -> None:
    """The case file: by the archive's own number where it is told, else by our names for it."""
    if case.year is not None and case.sequence is not None:
        number = below.branch("saksnummer")
        number.number("saksaar", case.year)
        number.number("sakssekvensnummer", case.sequence)
    else:
        below.uuid("systemID", case.id)
        key = below.branch("referanseEksternNoekkel")
        key.line("fagsystem", SYSTEM)
        key.line("noekkel", case.key)


def _correspondent(part: Branch, correspondent: Correspondent, office: str) -> None:
    part.line("korrespondansepartID", correspondent.number)
    _coded(part, "korrespondanseparttype", correspondent.kind)
    part.title("korrespondansepartNavn", correspondent.name)
    if correspondent.officer:
        part.branch("administrativEnhet").foreign(CATALOGUE).title("navn", office)
        part.branch("saksbehandler").foreign(CATALOGUE).title("navn", correspondent.officer)
    part.flag("erPersonnavn", False)


def _document(below: Branch, document: Document, number: int, stored: Mapping[str, Stored]) -> None:
    below.uuid("systemID", document.id)
    _coded(below, "dokumenttype", document.type)
    status = DocumentStatus.FINISHED if document.finished else DocumentStatus.IN_WORK
    _coded(below, "dokumentstatus", status)
    below.title("tittel", document.title)
    below.moment("opprettetDato", document.created)
    below.line("opprettetAv", SYSTEM)
    if document.original_at is not None:
        _coded(below, "dokumentmedium", Medium.MIXED)
    _coded(below, "tilknyttetRegistreringSom", Place.MAIN if number == 1 else Place.ATTACHED)
    below.number("dokumentnummer", number)
    below.moment("tilknyttetDato", document.created)
    below.line("tilknyttetAv", SYSTEM)
    _shield(below, document.shield)
    for file in document.files:
        _file(below.branch("dokumentobjekt"), document, file, stored[file.key])
    _key(below, str(document.id))


def _file(below: Branch, document: Document, file: File, stored: Stored) -> None:
    kept = Variant.ARCHIVE if not file.production and stored.format.archival else Variant.PRODUCTION
    below.uuid("systemID", identifier(str(document.id), file.key))
    below.number("versjonsnummer", stored.version)
    _coded(below, "variantformat", Variant.SIGNED if file.signed else kept)
    _listed(below, "format", stored.format.code, stored.format.details)
    below.line("formatDetaljer", stored.format.details)
    below.line("mimeType", stored.format.mime)
    below.moment("opprettetDato", file.created)
    below.line("opprettetAv", SYSTEM)
    below.title("filnavn", file.name)
    below.line("referanseDokumentfil", stored.name)
    below.line("sjekksum", stored.sha256)
    below.line("sjekksumAlgoritme", own_metadata.ALGORITHM)
    below.number("filstoerrelse", stored.size)


def _shield(parent: Branch, shield: Shield | None) -> None:
    if shield is None:
        return
    below = parent.branch("skjerming")
    _coded(below, "tilgangsrestriksjon", Access.CLOSED)
    below.title("skjermingshjemmel", shield.basis)


def _key(below: Branch, key: str) -> None:
    """Our own name for it, by which an archive knows it again."""
    names = below.branch("referanseEksternNoekkel").foreign(CATALOGUE)
    names.line("fagsystem", SYSTEM)
    names.line("noekkel", key)


def _words(below: Branch, text: str) -> None:
    inside = below.foreign(CATALOGUE)
    inside.text("tekstInnhold", text)
    _listed(inside, "tekstFormat", TextFormat.PLAIN.short, TextFormat.PLAIN.words)


def _coded(below: Branch, name: str, code: Code) -> None:
    _listed(below, name, code.short, code.words)


def _listed(below: Branch, name: str, short: str, words: str) -> None:
    value = below.branch(name).foreign(CATALOGUE)
    value.line("kode", short)
    value.line("beskrivelse", words)
