"""What is handed to an archive, as plain values: a case file, its registrations, documents and files.

Between the agreement and the two XML formats, so that neither format's writer
asks the database anything and what is sent is decided once. A file is planned
here with a way to fetch its bytes; the page that tells what would be sent makes
no paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from workflow_app.services.archive.codes import (
    CaseStatus,
    Correspondence,
    CouncilCase,
    DocumentType,
    JournalType,
)


@dataclass(frozen=True)
class Shield:
    """Closed to the public, with the legal basis ("offl. § 13 jf. fvl. § 13")."""

    basis: str


@dataclass(frozen=True)
class File:
    """One file of a document. ``key`` names it among the agreement's files, the same in every export.

    ``name`` is what people call it, ``load`` fetches or makes its bytes.
    ``production`` marks what it was written in, beside the one that is kept;
    ``signed`` what came with signatures of its own.
    ``version`` is its number where the document has several, each kept for
    itself; None where a newer one takes the place of the one before.
    """

    key: str
    name: str
    media_type: str
    created: datetime
    load: Callable[[], bytes]
    production: bool = False
    signed: bool = False
    version: int | None = None


@dataclass(frozen=True)
class Document:
    """A document (dokumentbeskrivelse). The first of a registration is its main document.

    ``original_at`` is where a paper original is kept.
    """

    id: UUID
    type: DocumentType
    title: str
    created: datetime
    files: tuple[File, ...]
    finished: bool = True
    shield: Shield | None = None
    original_at: str | None = None


@dataclass(frozen=True)
class Correspondent:
    """A sender or receiver; ``number`` a kommune's number or the key of a police unit.

    ``officer`` is the case officer, the only person named in a message.
    """

    kind: Correspondence
    name: str
    number: str | None = None
    officer: str | None = None


@dataclass(frozen=True)
class Council:
    """What a registration is to the kommunestyre. ``year`` and ``sequence`` are of "RS 12/20", if it has one.

    ``decided`` is what was decided, on ``meeting_date``; None before.
    """

    kind: CouncilCase
    committee: str | None = None
    meeting_date: date | None = None
    case_number: str | None = None
    year: int | None = None
    sequence: int | None = None
    proposal: str | None = None
    decided: str | None = None


@dataclass(frozen=True)
class Registration:
    """A journal entry (journalpost) with its documents.

    ``dated`` is the document's own day; ``sent`` or ``received`` the time it went
    out or came in.
    """

    id: UUID
    key: str
    title: str
    kind: JournalType
    created: datetime
    correspondents: tuple[Correspondent, ...]
    documents: tuple[Document, ...]
    dated: date | None = None
    sent: datetime | None = None
    received: datetime | None = None
    shield: Shield | None = None
    council: Council | None = None

    @property
    def finished(self) -> bool:
        """Whether every document is finished."""
        return all(document.finished for document in self.documents)


@dataclass(frozen=True)
class Participant:
    """A party to the case."""

    name: str
    number: str
    own: bool


@dataclass(frozen=True)
class CaseFile:
    """The case file (saksmappe) of one agreement in one party's archive.

    ``year`` and ``sequence`` are the archive's own number ("20/1234"), where the
    party has told it.
    """

    id: UUID
    key: str
    title: str
    created: datetime
    opened: date
    office: str
    responsible: str
    status: CaseStatus
    participants: tuple[Participant, ...]
    registrations: tuple[Registration, ...]
    year: int | None = None
    sequence: int | None = None
    closed: datetime | None = None


@dataclass(frozen=True)
class Format:
    """What kind of file it is. ``archival``: one of the formats an archive keeps as it is."""

    code: str
    details: str
    mime: str
    archival: bool


@dataclass(frozen=True)
class Stored:
    """A file as it lies in the package: its name there, its bytes, and what is told of them."""

    name: str
    content: bytes
    sha256: str
    format: Format
    version: int

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)
