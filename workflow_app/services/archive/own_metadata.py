"""What neither schema has a place for, in a namespace of our own (virksomhetsspesifikkeMetadata).

eFormidling's arkivmelding 3.1 knows no møtesak and no checksums, and KS Fiks' no
møtesak without a number. An archive may read them here or leave them; what the
schemas do have a place for stands there alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from workflow_app.services.archive.model import Council, Stored
from workflow_app.services.archive.xml import Branch

NAMESPACE = "urn:avtaleflyt:arkiv:1"
ELEMENT = "virksomhetsspesifikkeMetadata"
ALGORITHM = "SHA-256"
"""M706 sjekksumAlgoritme."""


def council_metadata(parent: Branch, council: Council) -> None:
    """What a registration is to the kommunestyre."""
    own = parent.foreign(NAMESPACE)
    own.line("moetesakstype", council.kind.words)
    own.line("utvalg", council.committee)
    own.day("moetedato", council.meeting_date)
    own.line("moetesaksnummer", council.case_number)
    own.number("moetesaksaar", council.year)
    own.number("moetesakssekvensnummer", council.sequence)


def file_metadata(parent: Branch, files: Iterable[Stored]) -> None:
    """Format, size and checksum of each file."""
    own = parent.foreign(NAMESPACE)
    for stored in files:
        below = own.branch("fil")
        below.line("filnavn", stored.name)
        below.line("format", stored.format.code)
        below.line("formatDetaljer", stored.format.details)
        below.line("mimeType", stored.format.mime)
        below.line("sjekksum", stored.sha256)
        below.line("sjekksumAlgoritme", ALGORITHM)
        below.number("filstoerrelse", stored.size)
