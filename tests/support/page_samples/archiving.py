"""Samples of what an archive would be handed."""

from __future__ import annotations

from tests.support.page_samples.people import HEAD, at, day
from workflow_app.web.pagemodels.archive import (
    ArchiveDocument,
    ArchiveHanded,
    ArchivePage,
    ArchiveRegistration,
)
from workflow_app.web.pagemodels.common import Choice, Link, Problem

FORMATS = (
    Choice("eformidling", "eFormidling: én melding (arkivmelding 3.1)", chosen=True),
    Choice("ks-fiks", "KS Fiks Arkiv: én melding for hver journalpost (versjon 1)"),
)
ARCHIVE = ArchivePage(
    head=HEAD,
    party="Lillevik kommune",
    party_key="9901",
    parties=(
        Link("", "Lillevik kommune"),
        Link("/agreements/12/archive?party=fjordby", "Fjordby politistasjonsdistrikt"),
    ),
    formats=FORMATS,
    registrations=(
        ArchiveRegistration(
            "Avtale: Politirådsavtale",
            "Utgående dokument",
            (
                ArchiveDocument("Politirådsavtale", "Avtale", ("avtale.pdf", "avtale.docx")),
                ArchiveDocument("Vedlegg 1.xlsx", "Vedlegg", ("Vedlegg 1.xlsx",), finished=False),
            ),
            dated=day("2020-04-30"),
        ),
        ArchiveRegistration(
            "Referat fra møte 3",
            "Inngående dokument",
            (ArchiveDocument("Referat fra møte 3", "Protokoll", ("referat-møte-3.pdf",)),),
            shield="offl. § 13 jf. fvl. § 13",
        ),
    ),
    status="Under behandling",
    missing=("Sak 1 er ikke frosset; dokumentet sendes som ett som fortsatt skrives.",),
    handed=(
        ArchiveHanded(at("2026-03-12", "09:30"), "Lillevik kommune", "eformidling", "Kari Nordmann"),
        ArchiveHanded(at("2026-03-11", "09:30"), "Lillevik kommune", "ks-fiks"),
    ),
    case_number="2020/118",
    may=True,
    problems=(Problem("format", "«x» er ikke et arkivformat."),),
)
ARCHIVE_CLOSED = ArchivePage(
    head=HEAD,
    party="Fjordby politistasjonsdistrikt",
    party_key="fjordby",
    parties=(Link("", "Fjordby politistasjonsdistrikt"),),
    formats=FORMATS,
    registrations=ARCHIVE.registrations[:1],
    status="Avsluttet",
    closed="Avtalen overføres til arkivet til Fjordby politistasjonsdistrikt av partens egne.",
)
