"""The catalogue values an arkivmelding may carry, each with KS Fiks' code and Noark's words.

eFormidling's schema wants the words (Noark 5 delivers no codes), KS Fiks Arkiv the
code with the words beside it. Both stand in one place, so that the two messages
cannot mean different things.

Sources: eFormidling's ``metadatakatalog.xsd`` 3.1 (the enumerations) and the code
lists ``no.ks.fiks.arkiv.v1.kodelister.*``; Noark 5's metadata catalogue names M500
and M502, for which neither has a list.
"""

from __future__ import annotations

from enum import Enum


class Code(Enum):
    """A value of a catalogue: ``short`` is KS Fiks' code, ``words`` what Noark calls it."""

    def __init__(self, short: str, words: str) -> None:
        self.short = short
        self.words = words


class JournalType(Code):
    """M082 journalposttype: which way a document went, seen from the archive's owner."""

    INCOMING = "I", "Inngående dokument"
    OUTGOING = "U", "Utgående dokument"
    INTERNAL = "X", "Organinternt dokument uten oppfølging"
    COUNCIL = "S", "Saksframlegg"


class JournalStatus(Code):
    """M053 journalstatus. Noark lets nobody register an unfinished document as journaled."""

    JOURNALED = "J", "Journalført"
    RESERVED = "R", "Reservert dokument"


class CaseStatus(Code):
    """M052 saksstatus."""

    OPEN = "B", "Under behandling"
    CLOSED = "A", "Avsluttet"
    DROPPED = "U", "Utgår"


class DocumentType(Code):
    """M083 dokumenttype."""

    AGREEMENT = "AVTALE", "Avtale"
    COUNCIL_PAPER = "SAKSFRAMLEGG", "Saksframlegg"
    DECISION = "VEDTAK", "Vedtak"
    REPORT = "RAPPORT", "Rapport"
    MINUTES = "PROTOKOLL", "Protokoll"
    LETTER = "KORR", "Korrespondanse"
    ATTACHMENT = "VEDLEGG", "Vedlegg"
    OTHER = "DOKUMENT", "Dokument"


class DocumentStatus(Code):
    """M054 dokumentstatus."""

    IN_WORK = "B", "Dokumentet er under redigering"
    FINISHED = "F", "Dokumentet er ferdigstilt"


class Place(Code):
    """M217 tilknyttetRegistreringSom."""

    MAIN = "H", "Hoveddokument"
    ATTACHED = "V", "Vedlegg"


class Variant(Code):
    """M700 variantformat."""

    PRODUCTION = "P", "Produksjonsformat"
    ARCHIVE = "A", "Arkivformat"
    SIGNED = "S", "Digitalt signert dokument"


class Medium(Code):
    """M300 dokumentmedium."""

    ELECTRONIC = "E", "Elektronisk arkiv"
    MIXED = "B", "Blandet fysisk og elektronisk arkiv"


class Correspondence(Code):
    """M087 korrespondanseparttype."""

    SENDER = "EA", "Avsender"
    RECEIVER = "EM", "Mottaker"
    OWN_SENDER = "IA", "Intern avsender"
    OWN_RECEIVER = "IM", "Intern mottaker"


class CouncilCase(Code):
    """M088 moetesakstype."""

    DECISION = "PS", "Politisk sak"
    INFORMATION = "RS", "Referatsak"


class Access(Code):
    """M500 tilgangsrestriksjon; the word is Noark's only obligatory one, the code the usual one for it."""

    CLOSED = "UO", "Unntatt offentlighet"


class TextFormat(Code):
    """KS Fiks' tekstformat."""

    PLAIN = "tekst", "Tekst som tekstformat"


SHIELDED_METADATA = "Skjerming tittel dokumentbeskrivelse"
"""M502 skjermingMetadata of what is closed: the titles of its documents; no name of a person is in them."""

SHIELDED_DOCUMENT = "Skjerming av hele dokumentet"
"""M503 skjermingDokument of what is closed."""
