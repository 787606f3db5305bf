"""Reading the trail: the head of a chain, its entries page by page, and what may be shown in clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.trail import Opening, decode
from workflow_app.models.agreements import Agreement
from workflow_app.models.trail import TrailClear, TrailEntry

BATCH = 1000
"""Rows held at a time where a whole chain is read."""


def head(session: Session, chain: str) -> tuple[int, str | None]:
    """How many entries ``chain`` has, and the hash of the last one (0 and None where none)."""
    last = session.execute(
        select(TrailEntry.number, TrailEntry.hash)
        .where(TrailEntry.chain == chain)
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    return (0, None) if last is None else (last.number, last.hash)


def entries(session: Session, chain: str, *, after: int = 0, limit: int = 50) -> list[TrailEntry]:
    """The entries of ``chain`` from number ``after`` + 1 on, at most ``limit`` of them."""
    return list(
        session.scalars(
            select(TrailEntry)
            .where(TrailEntry.chain == chain, TrailEntry.number > after)
            .order_by(TrailEntry.number)
            .limit(limit)
        )
    )


def clear(session: Session, entries: Iterable[TrailEntry]) -> dict[int, dict[str, str]]:
    """Entry id → field → clear value, for those that were not erased."""
    found = openings(session, [entry.id for entry in entries])
    return {key: {field: o.value for field, o in fields.items()} for key, fields in found.items()}


def openings(session: Session, entry_ids: Sequence[int]) -> dict[int, dict[str, Opening]]:
    """Entry id → field → salt and clear value; entries without any are left out."""
    found: dict[int, dict[str, Opening]] = {}
    for start in range(0, len(entry_ids), BATCH):
        some = entry_ids[start : start + BATCH]
        rows = session.execute(
            select(TrailClear.entry_id, TrailClear.field, TrailClear.salt, TrailClear.value)
            .where(TrailClear.entry_id.in_(some))
            .order_by(TrailClear.entry_id, TrailClear.field)
        )
        for row in rows:
            found.setdefault(row.entry_id, {})[row.field] = Opening(row.salt, row.value)
    return found


def sent_back_because(session: Session, agreement: Agreement) -> str | None:
    """The reason given when the agreement was last made a draft again (reopened, sent back); None else.

    The council's decision stands for the reason where only that was written.
    """
    last = session.execute(
        select(TrailEntry.id, TrailEntry.body)
        .where(TrailEntry.chain == f"agreement/{agreement.id}", TrailEntry.kind == "transition")
        .order_by(TrailEntry.number.desc())
        .limit(1)
    ).first()
    if last is None or decode(last.body).get("to") != agreement.state:
        return None
    told = {field: opening.value for field, opening in openings(session, [last.id]).get(last.id, {}).items()}
    return told.get("reason") or told.get("decision")
