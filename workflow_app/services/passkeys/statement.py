"""What a passkey signs when something is signed off: a statement that can be read.

The challenge is SHA-256 over it (``domain.trail.statement_challenge``), so that a
signature says *this agreement, this text, this step, in this role, after this
entry* and nothing else. Another's approval in the same round is not part of it and
breaks nothing; a change of text, rules or state makes it another statement.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Decision
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import ApprovalRound
from workflow_app.models.trail import TrailEntry
from workflow_app.services.cases import Gathered
from workflow_app.services.passkeys.wire import b64
from workflow_app.services.trail import agreement_chain

VERSION = 1


def state(
    session: Session, agreement: Agreement, decision: Decision, gathered: Gathered, origin: str
) -> dict[str, Any]:
    """What this decision would have its approver sign, with a nonce drawn now.

    ``origin`` is the log's origin line. The decision must fill a slot.
    """
    assert decision.fills is not None
    assert decision.holding is not None
    assert decision.digest is not None
    return {
        "v": VERSION,
        "agreement": agreement.id,
        "digest": decision.digest,
        "transition": decision.transition,
        "role": decision.holding.role,
        "party": decision.holding.party,
        "opening": opening_of(session, agreement, decision, gathered),
        "nonce": b64(secrets.token_bytes(32)),
        "origin": origin,
    }


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two statements say the same but for their nonces."""
    return {**one, "nonce": None} == {**other, "nonce": None}


def opening_of(
    session: Session, agreement: Agreement, decision: Decision, gathered: Gathered
) -> dict[str, Any]:
    """The entry that opened what is approved: the newest ``transition`` before the round, else the first.

    All approvals of a round have the same one, whatever happens to the agreement meanwhile.
    """
    before = _first_approval(gathered, decision)
    chain = agreement_chain(agreement.id)
    wanted = select(TrailEntry.number, TrailEntry.hash).where(TrailEntry.chain == chain)
    moved = wanted.where(TrailEntry.kind == "transition").order_by(TrailEntry.number.desc()).limit(1)
    if before is not None:
        number = select(TrailEntry.number).where(TrailEntry.id == before).scalar_subquery()
        moved = moved.where(TrailEntry.number < number)
    row = session.execute(moved).one_or_none()
    if row is None:
        row = session.execute(wanted.order_by(TrailEntry.number).limit(1)).one()
    return {"number": row.number, "hash": row.hash}


def _first_approval(gathered: Gathered, decision: Decision) -> int | None:
    """The entry of the first approval of the round this decision adds to, None where it opens one."""
    current = next((r for r in gathered.rounds if _adds_to(r, decision)), None)
    return current.approvals[0].entry_id if current is not None and current.approvals else None


def _adds_to(row: ApprovalRound, decision: Decision) -> bool:
    return row.transition == decision.transition and row.digest == decision.digest
