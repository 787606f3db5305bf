"""What the trail tells of a matter: its numbers and days in clear, names and free text as commitments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import Matter
from workflow_app.services import trail
from workflow_app.services.actors import Who
from workflow_app.services.mail.noticing import note


def public_fields(matter: Matter) -> dict[str, Any]:
    """The matter's clear, non-personal values for an entry of the trail."""
    values = {
        "number": matter.number,
        "party": matter.party.key,
        "kind": matter.kind,
        "occasion": None if matter.occasion == "agreement" else matter.occasion,
        "year": matter.year,
        "archive_case": matter.archive_case,
        "case_number": matter.case_number,
        "meeting_date": matter.meeting_date.isoformat() if matter.meeting_date else None,
        "outcome": matter.outcome,
    }
    return {k: v for k, v in values.items() if v is not None}


def private_fields(matter: Matter) -> dict[str, str]:
    """The matter's names and free text, to be committed to."""
    values = {
        "committee": matter.committee,
        "case_officer": matter.case_officer,
        "proposal": matter.proposal,
        "legal_basis": matter.legal_basis,
        "decision": matter.decision,
    }
    return {k: v for k, v in values.items() if v}


def record(
    session: Session, agreement: Agreement, matter: Matter, kind: str, who: Who, now: datetime, **more: Any
) -> None:
    """Append the entry that tells what was done with the matter before its meeting."""
    entry = trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind=kind,
        now=now,
        actor=who.entry(),
        agreement=agreement.digest,
        data={**public_fields(matter), **more},
        private=private_fields(matter),
    )
    if kind == "matter_frozen":
        note(session, agreement, entry)
