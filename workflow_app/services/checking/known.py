"""Whether these very bytes are a paper that the trail names.

The trail names papers by their SHA-256, so only the bytes themselves can be
found; a changed paper is simply not known. Looked for are the papers that the
system made or sealed, and files that came with electronic signatures: each
holds hashes, times or signatures that nobody guesses, so whoever asks holds the
file. What people attach may be any file, a published form even, and to find it
would tell a stranger in which kommune it lies; it is looked for only on behalf
of somebody who is signed in, and told only to those who see the agreement.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from workflow_app.models.contents import Attachment, Blob, TextVersion
from workflow_app.models.meetings import Meeting
from workflow_app.models.proceedings import Matter, MatterFile
from workflow_app.models.seals import Seal, SignedFile
from workflow_app.models.trail import TrailEntry
from workflow_app.services.meetings.minutes import KEPT
from workflow_app.services.trail import agreement_chain

MOST_REVISIONS = 8
"""How many earlier states of a PDF are looked for; each seal or signature adds one."""

_END_OF_FILE = re.compile(rb"%%EOF(\r?\n|\r)?")
_OLDER = ("agenda_sent", KEPT)
"""Entries of papers that later ones replaced, so that no table names them any more."""


@dataclass(frozen=True)
class Known:
    """A paper found: the agreement it belongs to, and the entry of its chain that first names it.

    ``appended`` is how many bytes the file has after the paper that is named: a
    seal or a signature adds to the end of a PDF and leaves what was there.
    """

    sha256: str
    agreement_id: str
    entry_id: int
    number: int
    kind: str
    at: datetime
    appended: int = 0


def find(session: Session, content: bytes, *, attached: bool) -> list[Known]:
    """Where the trail names these bytes, or the beginning of them: one for each agreement.

    ``attached`` also looks among what people uploaded: for those who are signed
    in, and the caller tells them of what they may see alone.
    """
    for size, digest in _states(content):
        if session.scalar(select(exists().where(Blob.sha256 == digest))):
            named = _named(session, digest, attached)
            found = [k for ident in named if (k := _entry(session, ident, digest, len(content) - size))]
            if found:
                return found
    return []


def _states(content: bytes) -> Iterator[tuple[int, str]]:
    """Size and hash of the whole, then of what it was before each thing was appended, the last first."""
    marks = list(_END_OF_FILE.finditer(content))[-MOST_REVISIONS:]
    # Whether a line break after the mark was there before is not known: both are tried.
    ends = {end for mark in marks for end in (mark.start() + len(b"%%EOF"), mark.end())}
    sizes = [*sorted(end for end in ends if end < len(content)), len(content)]
    digest, start, found = hashlib.sha256(), 0, []
    for size in sizes:
        digest.update(memoryview(content)[start:size])
        found.append((size, digest.hexdigest()))
        start = size
    yield from reversed(found)


def _named(session: Session, digest: str, attached: bool) -> list[str]:
    """The agreements with a paper of this hash, each once."""
    places: list[Select[str]] = [
        select(Matter.agreement_id).where(Matter.frozen_sha256 == digest),
        select(Seal.agreement_id).where(or_(Seal.source_sha256 == digest, Seal.sealed_sha256 == digest)),
        select(SignedFile.agreement_id).where(SignedFile.sha256 == digest),
        select(Meeting.agreement_id).where(
            or_(Meeting.minutes_sha256 == digest, Meeting.invitation_sha256 == digest)
        ),
    ]
    if attached:
        places += [
            select(Attachment.agreement_id).where(Attachment.sha256 == digest),
            select(TextVersion.agreement_id).where(TextVersion.file_sha256 == digest),
            select(Matter.agreement_id).join(MatterFile).where(MatterFile.sha256 == digest),
        ]
    found = [ident for place in places for ident in session.scalars(place)]
    return list(dict.fromkeys(found or _replaced(session, digest)))


def _replaced(session: Session, digest: str) -> Iterable[str]:
    """Where newer invitations or minutes took their place: the whole trail is read, since it is rare."""
    rows = session.execute(
        select(TrailEntry.chain, TrailEntry.body)
        .where(TrailEntry.kind.in_(_OLDER))
        .execution_options(yield_per=1000)
    )
    return [chain.removeprefix("agreement/") for chain, body in rows if digest.encode() in body]


def _entry(session: Session, ident: str, digest: str, appended: int) -> Known | None:
    rows = session.execute(
        select(TrailEntry.id, TrailEntry.number, TrailEntry.kind, TrailEntry.at, TrailEntry.body)
        .where(TrailEntry.chain == agreement_chain(ident))
        .order_by(TrailEntry.number)
    )
    for row in rows:
        if digest.encode() in row.body:
            return Known(digest, ident, row.id, row.number, row.kind, row.at, appended)
    return None
