"""The minutes: written, and kept as a frozen paper; taken up again only with a reason.

Whether they are public is the clause's to say, and a person's where it is
silent. Closed minutes name their legal basis. What is kept stands under its hash
in the trail, every version of it, so that nobody can exchange the paper.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.meetings.minutes import LEGAL_BASIS, public_by_clause
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.meetings import Meeting
from workflow_app.models.seals import MINUTES
from workflow_app.models.trail import TrailEntry
from workflow_app.services import blobs, trail
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import Chronicle
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.meetings.access import expect_coordinator
from workflow_app.services.meetings.changes import changed, expect_seen, tell
from workflow_app.services.meetings.conduct import expect_begun, expect_writable, kept
from workflow_app.services.sealing.outbox import to_be_sealed

KEPT = "minutes_kept"
REOPENED = "minutes_reopened"
LONGEST = 60_000
LONGEST_BASIS = 200


def is_public(meeting: Meeting, chronicle: Chronicle) -> bool | None:
    """Whether the minutes are public: by the clause, else as somebody said; None until then."""
    by_clause = public_by_clause(chronicle.rules)
    return meeting.public if by_clause is None else by_clause


def write(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    chronicle: Chronicle,
    *,
    text: str,
    public: bool | None,
    legal_basis: str,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Save the minutes as far as they are written.

    ``public`` is asked for only where no clause says; against the clause it is
    refused. Raises ``NotAllowed``, ``Conflict`` and ``FieldErrors``.
    """
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    by_clause = public_by_clause(chronicle.rules)
    wrong: dict[str, Message] = {}
    if by_clause is not None and public not in (None, by_clause):
        wrong["access"] = (
            msg("The agreement says that the minutes are public.")
            if by_clause
            else msg("The agreement says that the meetings are closed.")
        )
    if len(text) > LONGEST:
        wrong["minutes"] = msg("At most ${most} characters fit here.", most=LONGEST)
    if len(legal_basis) > LONGEST_BASIS:
        wrong["legal_basis"] = msg("At most ${most} characters fit here.", most=LONGEST_BASIS)
    if wrong:
        raise FieldErrors(wrong)
    meeting.minutes = text.strip() or None
    meeting.public = by_clause if by_clause is not None else public
    meeting.legal_basis = None if meeting.public else " ".join(legal_basis.split()) or None
    changed(meeting)
    session.flush()


def proposed_basis(meeting: Meeting) -> str:
    """The legal basis in the form: what was written, else the usual one."""
    return meeting.legal_basis or (LEGAL_BASIS if meeting.minutes is None else "")


def expect_keepable(
    agreement: Agreement,
    meeting: Meeting,
    chronicle: Chronicle,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Ask before the paper is made. Raises ``NotAllowed`` and ``Conflict`` with what is missing."""
    expect_writable(agreement, meeting, who, now.date())
    expect_seen(meeting, seen)
    if meeting.held_at is None or not any(a.present for a in meeting.attendance):
        raise Conflict("nobody_came", msg("Say who came before the minutes are kept."))
    if not meeting.minutes:
        raise Conflict("not_written", msg("The minutes are not written yet."))
    public = is_public(meeting, chronicle)
    if public is None:
        raise Conflict(
            "public_or_closed",
            msg("Say whether the minutes are public; the agreement does not, so somebody has to."),
        )
    if not public and not meeting.legal_basis:
        raise Conflict("no_legal_basis", msg("Closed minutes need their legal basis."))


def keep(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    chronicle: Chronicle,
    paper: bytes,
    *,
    who: Who,
    now: datetime,
) -> str:
    """Freeze the paper, made from what :func:`expect_keepable` let through; its SHA-256."""
    holding = expect_coordinator(agreement, who)
    meeting.minutes_sha256, meeting.minutes_at = blobs.store(session, paper), now
    changed(meeting)
    session.flush()
    tell(
        session, agreement, KEPT, who=who, holding=holding, now=now,
        data={
            "meeting": meeting.number, "sha256": meeting.minutes_sha256,
            "public": bool(is_public(meeting, chronicle)),
            "number": 1 + len(keepings(session, agreement, meeting)),
        },
        private={"legal_basis": meeting.legal_basis},
    )  # fmt: skip
    to_be_sealed(
        session, agreement.id, MINUTES, number=meeting.number, source_sha256=meeting.minutes_sha256, now=now
    )
    return meeting.minutes_sha256


def take_up_again(
    session: Session,
    agreement: Agreement,
    meeting: Meeting,
    reason: str,
    *,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Open kept minutes to be corrected; what was kept stays, until and after a new version is.

    Raises ``NotAllowed``, ``Conflict`` (not kept) and ``FieldErrors`` (a reason is needed).
    """
    holding = expect_coordinator(agreement, who)
    expect_begun(meeting, now.date())
    expect_seen(meeting, seen)
    if not kept(meeting):
        raise Conflict("not_kept", msg("The minutes are not kept yet; write in them as they are."))
    if not reason.strip():
        raise FieldErrors({"reason": msg("Say why the minutes are taken up again.")})
    meeting.minutes_at = None
    changed(meeting)
    session.flush()
    tell(
        session, agreement, REOPENED, who=who, holding=holding, now=now,
        data={"meeting": meeting.number}, private={"reason": reason.strip()},
    )  # fmt: skip


def reason_of(session: Session, agreement: Agreement, meeting: Meeting) -> str | None:
    """Why the minutes were last taken up again; None where they never were, or the words are erased."""
    rows = session.scalars(
        select(TrailEntry)
        .where(TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind == REOPENED)
        .order_by(TrailEntry.number.desc())
    )
    newest = next((r for r in rows if json.loads(r.body)["data"]["meeting"] == meeting.number), None)
    return None if newest is None else trail.clear(session, [newest]).get(newest.id, {}).get("reason")


@dataclass(frozen=True)
class Keeping:
    """One version that was kept: its number, the entry that told it, and the paper's hash."""

    number: int
    entry: int
    at: str
    sha256: str
    public: bool


def keepings(session: Session, agreement: Agreement, meeting: Meeting) -> list[Keeping]:
    """Every version kept of these minutes, the first one first."""
    rows = session.execute(
        select(TrailEntry.number, TrailEntry.body)
        .where(TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind == KEPT)
        .order_by(TrailEntry.number)
    )
    told = [(number, json.loads(body)) for number, body in rows]
    own = [(number, entry) for number, entry in told if entry["data"]["meeting"] == meeting.number]
    return [
        Keeping(place, number, entry["at"], entry["data"]["sha256"], entry["data"]["public"])
        for place, (number, entry) in enumerate(own, 1)
    ]
