"""What the politiråd's meetings leave behind: invitations that went out, minutes that were kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from workflow_app.domain.meetings.minutes import LEGAL_BASIS
from workflow_app.domain.messages import Message, msg
from workflow_app.models.meetings import Meeting
from workflow_app.models.people import Party
from workflow_app.models.trail import TrailEntry
from workflow_app.services import blobs, trail
from workflow_app.services.archive.codes import DocumentType, JournalType
from workflow_app.services.archive.model import Document, File, Registration, Shield
from workflow_app.services.archive.source import Source
from workflow_app.services.meetings.finding import meetings_of
from workflow_app.services.meetings.minutes import KEPT, is_public
from workflow_app.services.norway import local_date
from workflow_app.services.sealing import sealed
from workflow_app.services.tellings import read

SENT = "agenda_sent"
PDF = "application/pdf"


@dataclass(frozen=True)
class _Frozen:
    """One version of a paper, as the trail tells of it."""

    sha256: str
    at: datetime


@dataclass(frozen=True)
class _Kind:
    """What distinguishes invitations from minutes."""

    name: str
    file: str
    type: DocumentType
    title: Message


_INVITATION = _Kind(
    "invitation",
    "innkalling",
    DocumentType.LETTER,
    msg("Invitation to meeting ${number} of the politiråd, ${day}"),
)
_MINUTES = _Kind(
    "minutes", "referat", DocumentType.MINUTES, msg("Minutes of meeting ${number} of the politiråd, ${day}")
)


def meeting_records(source: Source) -> list[Registration]:
    """For each meeting its invitation and its minutes, with every version that went out or was kept."""
    told = _told(source)
    found = []
    for meeting in meetings_of(source.session, source.agreement):
        if invitations := told.get((SENT, meeting.number)):
            found.append(_record(source, meeting, _INVITATION, invitations, meeting.convener))
        if minutes := told.get((KEPT, meeting.number)):
            found.append(_record(source, meeting, _MINUTES, minutes, meeting.secretary))
    return found


def shield_of(source: Source, meeting: Meeting) -> Shield | None:
    """Closed where the clause says so, or somebody has said so where no clause does."""
    if is_public(meeting, source.chronicle) is not False:
        return None
    return Shield(meeting.legal_basis or LEGAL_BASIS)


def _told(source: Source) -> dict[tuple[str, int], list[_Frozen]]:
    """Kind of entry and meeting → the papers it froze, in order; one statement."""
    found: dict[tuple[str, int], list[_Frozen]] = defaultdict(list)
    chain = trail.agreement_chain(source.agreement.id)
    for entry in read(source.session, TrailEntry.chain == chain, TrailEntry.kind.in_((SENT, KEPT))):
        data = entry.entry["data"]
        if "sha256" in data:
            at = datetime.fromisoformat(entry.entry["at"])
            found[entry.kind, data["meeting"]].append(_Frozen(data["sha256"], at))
    return found


def _paper(source: Source, frozen: _Frozen) -> bytes:
    kept = sealed.newest(source.session, frozen.sha256)
    return blobs.fetch(source.session, frozen.sha256) if kept is None else kept


def _record(
    source: Source, meeting: Meeting, kind: _Kind, versions: list[_Frozen], writer: Party | None
) -> Registration:
    shield = shield_of(source, meeting)
    title = source.voice.say(Message(kind.title.text, {"number": meeting.number, "day": meeting.on}))
    direction, correspondents = source.between(writer)
    name = f"{kind.file}-møte-{meeting.number}.pdf"
    files = tuple(
        File(
            source.key("meeting", meeting.number, kind.name, number), name, PDF, frozen.at,
            partial(_paper, source, frozen), version=number,
        )
        for number, frozen in enumerate(versions, 1)
    )  # fmt: skip
    last = versions[-1].at
    return Registration(
        id=source.id("meeting", meeting.number, kind.name),
        key=source.key("meeting", meeting.number, kind.name),
        title=title,
        kind=direction,
        created=versions[0].at,
        correspondents=correspondents,
        documents=(
            Document(
                id=source.id("meeting", meeting.number, kind.name, "paper"),
                type=kind.type,
                title=title,
                created=versions[0].at,
                files=files,
                shield=shield,
            ),
        ),
        dated=local_date(last),
        sent=last if direction is JournalType.OUTGOING else None,
        received=last if direction is JournalType.INCOMING else None,
        shield=shield,
    )
