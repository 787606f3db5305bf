"""Refused attempts are entries too: who tried what, when, and what they were told.

An auditor reads them three years on, and a public paper counts them. They are
rate-limited, so that a stuck program cannot bury an agreement's history in
its own refusals; what exceeds the limit is refused all the same, unrecorded.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding, Refusal
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail
from workflow_app.services.actors import Who

REFUSAL = "refusal"
WINDOW = timedelta(hours=1)
PER_WINDOW = 200
"""Refusals kept per agreement and hour: far above what people do, far below what a loop does."""


def record_refusal(
    session: Session,
    agreement: Agreement,
    transition: str,
    who: Who | None,
    refusals: tuple[Refusal, ...],
    now: datetime,
) -> TrailEntry | None:
    """Append the entry of a refused attempt, or None when there have been too many."""
    chain = trail.agreement_chain(agreement.id)
    recent = session.scalar(
        select(func.count()).where(
            TrailEntry.chain == chain, TrailEntry.kind == REFUSAL, TrailEntry.at > now - WINDOW
        )
    )
    if (recent or 0) >= PER_WINDOW:
        return None
    return trail.append(
        session,
        chain,
        kind=REFUSAL,
        now=now,
        actor=who.entry(_holding(agreement, who)) if who else None,
        from_state=agreement.state,
        definition=agreement.definition_digest,
        agreement=agreement.digest,
        data={"attempted": transition[:60], "codes": [r.code for r in refusals]},
    )


def refusals_of(session: Session, agreement: Agreement) -> int:
    """How many refused attempts the trail holds; all that a public paper says of them."""
    return (
        session.scalar(
            select(func.count()).where(
                TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind == REFUSAL
            )
        )
        or 0
    )


def _holding(agreement: Agreement, who: Who) -> Holding | None:
    keys = {p.party.key for p in agreement.parties}
    return next((h for h in who.holdings if h.party in keys), None)
