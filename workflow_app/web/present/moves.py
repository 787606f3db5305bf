"""Where an agreement has been: its moves, from the trail, and what became void by them.

A round that was completed did move the agreement; when the agreement becomes a
draft again afterwards, its approvals count no more, and the page has to say so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Of
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.models.trail import TrailEntry
from workflow_app.services import trail

LATEST = 40
"""Moves looked at; an agreement has a handful."""


class Move(NamedTuple):
    """One move from a state to a state, and when it was made."""

    source: str
    to: str
    at: datetime


def moves(db: Session, agreement: Agreement, definition: Definition) -> list[Move]:
    """The agreement's latest moves, the most recent first."""
    if agreement.state == definition.initial and agreement.agreed_digest is None:
        return []
    rows = db.execute(
        select(TrailEntry.body, TrailEntry.at)
        .where(TrailEntry.chain == trail.agreement_chain(agreement.id), TrailEntry.kind == "transition")
        .order_by(TrailEntry.number.desc())
        .limit(LATEST)
    )
    told = ((json.loads(row.body), row.at) for row in rows)
    return [Move(body["from"], body["to"], at) for body, at in told if body.get("from") and body.get("to")]


def undone(definition: Definition, row: ApprovalRound, made: Sequence[Move]) -> bool:
    """Whether the round was completed, and the agreement a draft again afterwards."""
    if row.closed_at is None or row.closed_because != "completed":
        return False
    approvals = definition.transitions[row.transition].approvals
    if approvals is None or approvals.of is not Of.AGREEMENT:
        return False
    return any(m.to == definition.initial and m.at >= row.closed_at for m in made)
